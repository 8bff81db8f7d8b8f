//! A connection, as far as its segments have shown it.

use std::net::SocketAddr;
use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};
use crate::track::dir::Dir;
use crate::track::elsewhere::Elsewhere;
pub use crate::track::flow_id::FlowId;
use crate::track::half::Half;
use crate::track::handshake::Handshake;
use crate::track::held::Held;
use crate::track::icmp_errors::IcmpErrors;
use crate::track::on_demand::OnDemand;
use crate::track::roles::{Cast, Roles};
use crate::track::round_trip::RoundTrip;
use crate::track::state::State;
use crate::track::teardown::Teardown;

/// Wireshark's number of a connection, `tcp.stream`. It takes a SYN between the same
/// ends for a new connection where its number differs, whatever became of the earlier
/// one, and for the same where it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamId(pub u32);

/// For whom a SYN between the same ends begins another connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Another {
    /// For Wireshark too.
    Everybodys,
    /// For Wireshark alone: this one is open, and its other end answers such a SYN with
    /// what it expects (RFC 5961 §4.2).
    Wiresharks,
    /// For us: the earlier one is over, and this is its number used again.
    Ours,
}

/// For so long two ends that are silent are taken to be there still.
const OF_SILENT: Span = Span(60_000_000_000);
/// How long after a connection that was open a SYN with its number begins another:
/// no copy of its SYN is underway for so long. One that was only tried is tried
/// again for longer.
const OF_OPEN: Span = Span(1_000_000_000);
const OF_TRIED: Span = Span(60_000_000_000);

/// A connection. What every segment touches stands in front.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct Flow {
    /// Addresses and ports.
    pub key: FlowKey,
    /// Its number.
    pub id: FlowId,
    /// Wireshark's number of it.
    pub stream: StreamId,
    /// The connection that was between the same addresses and ports before.
    pub earlier: Option<FlowId>,
    /// The connection that it is, seen behind a translation of addresses.
    pub same_as: Option<FlowId>,
    /// The SYN that its first segment answers, which asked another address.
    pub answers: Option<Box<Elsewhere>>,
    /// The answer to its SYN that came from another address than was asked.
    pub answered_from: Option<Box<Elsewhere>>,
    /// How client and server were told apart.
    pub roles: Roles,
    /// Which end of the key is the client.
    pub(super) client_end: End,
    /// Which one sent the first segment.
    pub(super) first_end: End,
    /// Whether it was already shown as ended.
    pub(super) is_reported: bool,
    /// Whether it had left, over for long, when more of it came.
    pub(super) has_returned: bool,
    /// Whether the run was cut off in the middle of it.
    pub(super) is_cut_off: bool,
    /// What kinds of segment the capture had held so far.
    pub(super) held: Held,
    /// How long the capture went on in silence.
    pub(super) silence: Span,
    /// When the first of its segments in the capture was captured; a capture may
    /// have them in another order than that of their times.
    pub first: Timestamp,
    /// The earliest time of a segment.
    pub began: Timestamp,
    /// The latest time of a segment.
    pub last: Timestamp,
    /// The latest segment with data that was sent for the first time.
    pub(super) last_data: Option<NewData>,
    /// Whether a segment other than a SYN had an MSS.
    pub(super) has_late_mss: bool,
    /// The ICMP errors about its segments.
    pub(super) icmp: Option<Box<IcmpErrors>>,
    /// The round trip of its handshake.
    pub(super) round_trip: RoundTrip,
    /// The end that opened.
    pub client: Half,
    /// The end that was opened to.
    pub server: Half,
    /// How it was opened.
    pub handshake: Handshake,
    /// How it was closed.
    pub teardown: OnDemand<Teardown>,
}

/// A segment with data that was sent for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NewData {
    /// Which way it went.
    pub(super) dir: Dir,
    /// The frame.
    pub(super) frame: NonZeroU64,
}

impl Flow {
    pub(super) fn new(id: FlowId, key: FlowKey, cast: Cast, first: Timestamp) -> Self {
        Self {
            id,
            stream: StreamId(id.0),
            earlier: None,
            same_as: None,
            answers: None,
            answered_from: None,
            roles: cast.roles,
            client_end: cast.client,
            first_end: cast.first,
            is_reported: false,
            has_returned: false,
            is_cut_off: false,
            held: Held::default(),
            silence: Span(0),
            key,
            first,
            began: first,
            last: first,
            client: Half::default(),
            server: Half::default(),
            handshake: Handshake::default(),
            teardown: OnDemand::default(),
            last_data: None,
            has_late_mss: false,
            icmp: None,
            round_trip: RoundTrip::default(),
        }
    }

    /// Who is who.
    pub(super) const fn cast(&self) -> Cast {
        Cast {
            client: self.client_end,
            roles: self.roles,
            first: self.first_end,
        }
    }

    /// The client's address and port.
    #[must_use]
    pub fn client_addr(&self) -> SocketAddr {
        self.key.end(self.client_end)
    }

    /// The server's address and port.
    #[must_use]
    pub fn server_addr(&self) -> SocketAddr {
        self.key.end(self.client_end.other())
    }

    /// The direction of what an end of the key sends.
    #[inline]
    pub(super) fn dir_from(&self, sender: End) -> Dir {
        if self.client_end == sender {
            Dir::ToServer
        } else {
            Dir::ToClient
        }
    }

    /// The end that sends segments of direction `dir`.
    #[must_use]
    pub const fn sender(&self, dir: Dir) -> &Half {
        match dir {
            Dir::ToServer => &self.client,
            Dir::ToClient => &self.server,
        }
    }

    /// The end that receives segments of direction `dir`.
    #[must_use]
    pub const fn receiver(&self, dir: Dir) -> &Half {
        self.sender(dir.reverse())
    }

    /// Sender and receiver of direction `dir`, to be changed.
    pub(super) const fn ends_mut(&mut self, dir: Dir) -> (&mut Half, &mut Half) {
        match dir {
            Dir::ToServer => (&mut self.client, &mut self.server),
            Dir::ToClient => (&mut self.server, &mut self.client),
        }
    }

    /// `seq` of direction `dir` counted from the sender's ISS.
    #[must_use]
    pub fn relative_seq(&self, dir: Dir, seq: SeqNum) -> u32 {
        seq.relative_to(self.sender(dir).iss)
    }

    /// `ack` of direction `dir` counted from the receiver's ISS.
    #[must_use]
    pub fn relative_ack(&self, dir: Dir, ack: SeqNum) -> u32 {
        ack.relative_to(self.receiver(dir).iss)
    }

    /// How far the windows that direction `dir` offers are shifted; `None` where
    /// a SYN was not captured, so that nobody knows. What Wireshark takes for it
    /// is in [its room](crate::track::wireshark).
    #[must_use]
    #[inline]
    pub const fn window_scale(&self, dir: Dir) -> Option<u8> {
        self.sender(dir).shift
    }

    /// The window that a segment of direction `dir` offers, in octets: scaled
    /// where scaling is known to be in force, never in a SYN (RFC 7323 §2.2).
    #[must_use]
    pub fn window(&self, dir: Dir, segment: &Segment<'_>) -> u32 {
        let is_syn = segment.flags.has(Flags::SYN);
        let scale = self.window_scale(dir).filter(|_| !is_syn);
        u32::from(segment.window) << scale.unwrap_or(0)
    }

    /// Whether the end that sends in direction `dir` holds TIME-WAIT.
    #[must_use]
    pub fn holds_time_wait(&self, dir: Dir) -> bool {
        self.sender(dir).state == State::TimeWait
    }

    /// The one direction that was captured, where its segments show that the
    /// other end spoke too: they acknowledge something. One alone is no
    /// direction.
    #[must_use]
    pub fn only_direction(&self) -> Option<Dir> {
        let is_alone = |&dir: &Dir| {
            let (own, other) = (self.sender(dir), self.receiver(dir));
            own.segments > 1 && other.segments == 0 && other.is_known()
        };
        [Dir::ToServer, Dir::ToClient].into_iter().find(is_alone)
    }

    /// Whether it was shown as ended: [`Observation::ended`](crate::track::observation::Observation)
    /// was true once.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        self.is_reported
    }

    /// Whether a SYN of an end begins another connection.
    pub(super) fn is_followed_by(&self, sender: End, syn: &Segment<'_>) -> Option<Another> {
        let dir = self.dir_from(sender);
        let half = self.sender(dir);
        if !half.is_known() {
            return None;
        }
        if syn.is_ack() {
            // The SYN of another was not captured.
            let other = self.receiver(dir);
            let is_other = half.iss != syn.seq && other.iss + 1 != syn.ack;
            let is_done = self.is_over_at_both_ends() || half.fin.is_some();
            return (is_other && other.is_known() && is_done).then_some(Another::Ours);
        }
        if half.iss != syn.seq {
            // Without bare ACKs in the capture nobody knows that it is not open, and over.
            let may_be_over = self.held.lacks_bare_acks() && !self.is_open_for(dir);
            let wait = if may_be_over { OF_OPEN } else { OF_SILENT };
            let is_alive = self.is_answered_for(dir) && syn.time - self.last < wait;
            return Some(if is_alive {
                Another::Wiresharks
            } else {
                Another::Everybodys
            });
        }
        let wait = if self.is_opened() { OF_OPEN } else { OF_TRIED };
        (self.is_over_at_both_ends() && syn.time - self.last >= wait).then_some(Another::Ours)
    }

    /// Whether both ends are open, and the one that sends in direction `dir` has heard
    /// so.
    pub(super) fn is_open_for(&self, dir: Dir) -> bool {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let has_heard = receiver.syn_acked || receiver.state == State::Unknown;
        sender.is_live() && receiver.is_live() && has_heard
    }

    /// The same, or whether the end that sends in direction `dir` has only asked, and
    /// been answered.
    pub(super) fn is_answered_for(&self, dir: Dir) -> bool {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let is_answered = sender.opened
            && sender.state == State::SynSent
            && receiver.state == State::SynReceived
            && !self.handshake.is_simultaneous;
        is_answered || self.is_open_for(dir)
    }

    /// The window that the end which sends in direction `dir` offered last, in octets;
    /// unscaled where nobody knows.
    pub(super) fn offered_by(&self, dir: Dir) -> u32 {
        let sender = self.sender(dir);
        u32::from(sender.window) << sender.shift.unwrap_or(0)
    }

    /// Whether both ends are done: closed, refused, reset or in TIME-WAIT. An
    /// end that was never heard does not count.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.client.is_over() && self.server.is_over()
    }

    /// Whether both ends are known to be done.
    pub(super) const fn is_over_at_both_ends(&self) -> bool {
        self.client.state.is_over() && self.server.state.is_over()
    }

    /// How long the capture went on after its latest segment.
    #[must_use]
    pub const fn silence(&self) -> Span {
        self.silence
    }

    /// From the earliest segment to the latest.
    #[must_use]
    pub fn duration(&self) -> Span {
        self.last - self.began
    }

    /// Segments of either end that were sent again: SYNs, and what
    /// [`Troubles`](crate::track::troubles::Troubles) counts.
    #[must_use]
    pub fn segments_again(&self) -> u64 {
        let handshake = &self.handshake;
        let syns = u64::from(handshake.syn_again) + u64::from(handshake.syn_ack_again);
        let troubles = [&self.client, &self.server].map(Half::troubles);
        let others = troubles.into_iter().flatten();
        let others = others.map(|found| u64::from(found.retransmissions()));
        syns + others.sum::<u64>()
    }
}
