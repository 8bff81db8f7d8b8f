//! A connection and its two ends, as far as the segments have shown them.

use std::net::SocketAddr;
use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::icmp_error::IcmpError;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};
use crate::track::analysis::InitialRtt;
use crate::track::handshake::Handshake;
use crate::track::holes::Holes;
use crate::track::ledger::Ledger;
use crate::track::outstanding::Outstanding;
use crate::track::sending::Sending;
use crate::track::stall::Asks;
use crate::track::state::State;
use crate::track::teardown::Teardown;
use crate::track::trail::Trail;
use crate::track::troubles::Troubles;

/// A connection's number, from 0 in the order of first segments: Wireshark's
/// `tcp.stream`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FlowId(pub u32);

/// Which way a segment travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Dir {
    /// From the client to the server.
    ToServer,
    /// From the server to the client.
    ToClient,
}

impl Dir {
    /// The other way.
    #[must_use]
    pub const fn reverse(self) -> Self {
        match self {
            Self::ToServer => Self::ToClient,
            Self::ToClient => Self::ToServer,
        }
    }

    /// The end that sends this way: `client` or `server`.
    #[must_use]
    pub const fn sender(self) -> &'static str {
        match self {
            Self::ToServer => "client",
            Self::ToClient => "server",
        }
    }
}

/// How client and server were told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Roles {
    /// The client sent the SYN.
    BySyn,
    /// The server sent the SYN-ACK; the SYN was not captured.
    BySynAck,
    /// A guess: the first sender is called the client.
    Guessed,
}

/// A connection.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Flow {
    /// Addresses and ports.
    // First, so that a dormant connection is known by it.
    pub key: FlowKey,
    /// Its number.
    pub id: FlowId,
    /// The connection that was between the same addresses and ports before.
    pub earlier: Option<FlowId>,
    /// How client and server were told apart.
    pub roles: Roles,
    /// Which end of the key is the client.
    pub(super) client_end: End,
    /// Whether it was already shown as ended.
    pub(super) is_reported: bool,
    /// Whether the run was cut off in the middle of it.
    pub(super) is_cut_off: bool,
    /// When its first segment was captured.
    pub first: Timestamp,
    /// When its latest segment was captured.
    pub last: Timestamp,
    /// The end that opened.
    pub client: Half,
    /// The end that was opened to.
    pub server: Half,
    /// How it was opened.
    pub handshake: Handshake,
    /// How it was closed.
    pub teardown: Teardown,
    /// What other programs' reports say of it, where that is wanted.
    pub ledger: Option<Box<Ledger>>,
    /// The latest segment with data that was sent for the first time.
    pub(super) last_data: Option<NewData>,
    /// Whether a segment other than a SYN had an MSS.
    pub(super) has_late_mss: bool,
    /// The ICMP error that answered the SYN.
    pub unreachable: Option<Box<IcmpError>>,
    /// Wireshark's round trip of the handshake.
    pub(super) initial_rtt: InitialRtt,
}

/// One end of a connection, by what it sent.
///
/// Only send variables: what one end may receive is what the other has
/// acknowledged and offered, seen a second time (RFC 9293 §3.3.1).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct Half {
    /// RFC 9293's state.
    pub state: State,
    /// Whether `iss` and `nxt` mean anything yet.
    pub(super) knows: Known,
    /// Whether the other end acknowledged this end's SYN.
    pub syn_acked: bool,
    /// Whether the other end acknowledged this end's FIN.
    pub fin_acked: bool,
    /// Whether this end sent a SYN without ACK: an active open.
    pub opened: bool,
    /// Whether its latest SYN-ACK or FIN was a repetition not yet answered.
    pub(super) asks_again: bool,
    /// What its latest segment asks.
    pub(super) asks: Asks,
    /// Segments that it repeated, keep-alives and window probes, since the other
    /// end was last heard: 255 at most.
    pub(super) unanswered: u8,
    /// TTL or hop limit of its latest segment that was no RST.
    pub ttl: u8,
    /// SEG.WND of its latest segment, unscaled.
    pub window: u16,
    /// ISS: the number of its SYN, or one before the first number seen.
    pub iss: SeqNum,
    /// SND.UNA: the highest number the other end acknowledged.
    pub una: SeqNum,
    /// SND.NXT: the highest SEG.SEQ + SEG.LEN it sent.
    pub nxt: SeqNum,
    /// The number of its FIN.
    pub fin: Option<SeqNum>,
    /// The frame of its latest segment; 0 before the first.
    pub last_frame: u64,
    /// The frame with which it closed its window; 0 while it is open.
    pub(super) closed_window: u64,
    /// Segments it sent.
    pub segments: u64,
    /// Segments with data, repeated ones included.
    pub data_segments: u64,
    /// Octets of data, repeated ones included.
    pub octets: u64,
    /// Octets of data that it had sent before.
    pub octets_again: u64,
    /// What it sent and the other end has not acknowledged.
    pub(super) outstanding: Outstanding,
    /// What it left out.
    pub(super) holes: Option<Box<Holes>>,
    /// What happened to its segments.
    pub(super) troubles: Option<Box<Troubles>>,
    /// In which order it sent.
    pub(super) sending: Sending,
    /// What the rules need to know of its segments.
    pub(super) trail: Trail,
}

/// How the base of an end's relative numbers is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Known {
    /// Nothing was heard of it.
    Nothing,
    /// From an acknowledgment or from the middle of its data.
    Guess,
    /// From its SYN.
    Syn,
}

/// A segment with data that was sent for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NewData {
    /// Which way it went.
    pub(super) dir: Dir,
    /// The frame.
    pub(super) frame: u64,
}

/// A segment worth remembering, and the states of both ends after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mark {
    /// The frame's number.
    pub frame: NonZeroU64,
    /// When it was captured.
    pub time: Timestamp,
    /// SEG.SEQ.
    pub seq: SeqNum,
    /// SEG.ACK.
    pub ack: SeqNum,
    /// The control bits.
    pub flags: Flags,
    /// Which way it went.
    pub dir: Dir,
    /// The client's state after it.
    pub client: State,
    /// The server's state after it.
    pub server: State,
}

impl Mark {
    /// Whether the ACK bit is set, so that `ack` means something.
    #[must_use]
    pub const fn is_ack(&self) -> bool {
        self.flags.has(Flags::ACK)
    }
}

impl Default for Half {
    fn default() -> Self {
        Self {
            state: State::Unknown,
            knows: Known::Nothing,
            syn_acked: false,
            fin_acked: false,
            opened: false,
            asks_again: false,
            asks: Asks::Nothing,
            unanswered: 0,
            ttl: 0,
            window: 0,
            iss: SeqNum::default(),
            una: SeqNum::default(),
            nxt: SeqNum::default(),
            fin: None,
            last_frame: 0,
            closed_window: 0,
            segments: 0,
            data_segments: 0,
            octets: 0,
            octets_again: 0,
            outstanding: Outstanding::default(),
            troubles: None,
            holes: None,
            sending: Sending::default(),
            trail: Trail::default(),
        }
    }
}

impl Half {
    /// What happened to its segments; `None` where nothing did.
    #[must_use]
    pub fn troubles(&self) -> Option<&Troubles> {
        self.troubles.as_deref()
    }

    /// Whether its SYN was captured, so that `iss` is no guess.
    #[must_use]
    pub fn has_syn(&self) -> bool {
        self.knows == Known::Syn
    }

    /// Whether neither a segment of it nor one that proves its state was seen.
    pub(super) const fn is_unheard(&self) -> bool {
        matches!(self.state, State::Unknown) && self.segments == 0
    }

    const fn is_over(&self) -> bool {
        self.state.is_over() || self.is_unheard()
    }

    /// Whether anything is known about its numbers.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.knows != Known::Nothing
    }

    /// How many of the `len` numbers from `start` on it sent before: all that
    /// were acknowledged, and those that were captured.
    pub(super) fn sent_between(&self, start: SeqNum, len: u32) -> u32 {
        let acked = (self.una - start).max(0).cast_unsigned().min(len);
        let up_to = (self.nxt - start).max(0).cast_unsigned().min(len);
        let behind = up_to.saturating_sub(acked);
        let left_out = self.holes.as_ref().map_or(0, |holes| {
            holes.between(start + acked, start + acked + behind)
        });
        acked + behind - left_out.min(behind)
    }

    /// Whether a RST counts for it. In SYN-SENT only one that acknowledges the
    /// SYN does (RFC 9293 §3.10.7.3).
    pub(super) fn heeds_reset(&self, reset: &Segment<'_>) -> bool {
        self.state != State::SynSent || reset.is_ack() && self.has_sent_up_to(reset.ack)
    }

    /// Whether its SYN and no more than it sent stands before `end`.
    pub(super) fn has_sent_up_to(&self, end: SeqNum) -> bool {
        end - self.iss > 0 && end - self.nxt <= 0
    }

    /// The frame with which it closed its window, while that is closed.
    #[must_use]
    pub fn window_closed_by(&self) -> Option<u64> {
        (self.closed_window > 0).then_some(self.closed_window)
    }

    /// How often it has repeated itself, keep-alives and window probes included,
    /// since the other end was last heard; 255 at most.
    #[must_use]
    pub const fn unanswered(&self) -> u8 {
        self.unanswered
    }

    /// The number after its FIN, which acknowledges it.
    #[must_use]
    pub fn fin_end(&self) -> Option<SeqNum> {
        self.fin.map(|fin| fin + 1)
    }
}

impl Flow {
    pub(super) fn new(id: FlowId, key: FlowKey, client_end: End, first: Timestamp) -> Self {
        Self {
            id,
            earlier: None,
            roles: Roles::Guessed,
            client_end,
            is_reported: false,
            is_cut_off: false,
            key,
            first,
            last: first,
            client: Half::default(),
            server: Half::default(),
            handshake: Handshake::default(),
            teardown: Teardown::default(),
            ledger: None,
            last_data: None,
            has_late_mss: false,
            unreachable: None,
            initial_rtt: InitialRtt::default(),
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

    /// How far the window of the latest segment of direction `dir` is shifted,
    /// unless it is a SYN. As in Wireshark, a SYN that was not captured is
    /// taken to offer what the other one does.
    #[must_use]
    #[inline]
    pub const fn window_shift(&self, dir: Dir) -> u8 {
        self.sender(dir).trail.shift
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

    /// The window that a segment of direction `dir` offers, in octets: scaled
    /// where scaling is in force, never in a SYN (RFC 7323 §2.2).
    #[must_use]
    pub fn window(&self, dir: Dir, segment: &Segment<'_>) -> u32 {
        let scale = match (self.handshake.scales(), dir) {
            (Some(_), _) if segment.flags.has(Flags::SYN) => 0,
            (Some((client, _)), Dir::ToServer) => client,
            (Some((_, server)), Dir::ToClient) => server,
            (None, _) => 0,
        };
        u32::from(segment.window) << scale
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

    /// Whether it was shown as ended: [`Observation::ended`](super::Observation)
    /// was true once.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        self.is_reported
    }

    /// Whether both ends are done: closed, refused, reset or in TIME-WAIT. An
    /// end that was never heard does not count.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.client.is_over() && self.server.is_over()
    }

    /// From the first segment to the latest.
    #[must_use]
    pub fn duration(&self) -> Span {
        self.last - self.first
    }
}
