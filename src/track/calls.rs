//! The calls of the sockets interface (POSIX.1, RFC 9293 §3.9.1) that segments imply, with
//! hindsight.
//!
//! A segment shows that a call was made before it; where one returns, it shows the earliest
//! time of that. Whether a program called `close()` or `shutdown()` shows only where the other
//! end goes on to send and that is taken: without it, `close()` stands for both.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::seq::SeqNum;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::Kind;
use crate::track::moves::Chain;
use crate::track::part::Part;
use crate::track::point::Point;
use crate::track::reset_cause::ResetCause;
use crate::track::state::State;
use crate::track::time_spent::TimeCause;
use crate::track::trace::Trace;

/// What a program asked of its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SocketCall {
    /// To listen.
    Listen,
    /// To open a connection.
    Connect,
    /// To be given one that was opened.
    Accept,
    /// To send.
    Send,
    /// To be given what arrived.
    Receive,
    /// The same, when nothing more was to come.
    ReceiveEnd,
    /// To close its direction, while it still received.
    Shutdown,
    /// To close.
    Close,
}

impl SocketCall {
    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Listen => "listen()",
            Self::Connect => "connect()",
            Self::Accept => "accept()",
            Self::Send => "send()",
            Self::Receive => "recv()",
            Self::ReceiveEnd => "recv() = 0",
            Self::Shutdown => "shutdown()",
            Self::Close => "close()",
        }
    }

    /// Whether it returns by the segment, and does not bring it about.
    #[must_use]
    pub const fn returns(self) -> bool {
        matches!(self, Self::Accept | Self::Receive | Self::ReceiveEnd)
    }
}

/// A call that a segment implies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Implied {
    /// The segment's frame.
    pub frame: NonZeroU64,
    /// The end whose program made it, by the direction in which that sends.
    pub by: Dir,
    /// What it was.
    pub call: SocketCall,
}

/// What one end did in all: what tells what its calls were.
#[derive(Default)]
struct Conduct {
    /// The frame of its latest new data or FIN.
    spoke: Option<NonZeroU64>,
    /// That of its first FIN.
    fin: Option<NonZeroU64>,
    /// What that FIN acknowledges.
    fin_ack: Option<SeqNum>,
    /// That of the other end's latest new data.
    heard: Option<NonZeroU64>,
    has_reset: bool,
    has_listened: bool,
    /// RCV.NXT: up to where all has arrived, as far as that shows.
    next: Option<SeqNum>,
    /// Whether the other end's FIN was sent, and it has not been told yet.
    awaits_end: bool,
}

impl Conduct {
    /// Whether a segment that arrives brings what is expected next.
    fn is_next(&mut self, point: &Point) -> bool {
        let is_next = self.next.is_none_or(|next| point.seq - next <= 0);
        if is_next && self.next.is_none_or(|next| point.end() - next > 0) {
            self.next = Some(point.end());
        }
        is_next
    }

    /// Takes note of what it acknowledges.
    fn acknowledge(&mut self, ack: SeqNum) {
        if self.next.is_some_and(|next| ack - next > 0) {
            self.next = Some(ack);
        }
    }
}

impl Trace {
    /// The calls of both ends' programs that the segments of a connection imply, in order.
    #[must_use]
    pub fn calls(&self, flow: &Flow) -> Vec<Implied> {
        let lost = self.lost();
        let ends = [Dir::ToServer, Dir::ToClient].map(|dir| self.conduct(dir));
        let mut calls = Calls {
            reset: flow.teardown.reset.map(|reset| reset.frame),
            cause: flow.reset_cause(),
            ends,
            found: Vec::new(),
            turn: None,
            is_due: false,
        };
        let first = self.points().next();
        if let Some(first) = first.filter(|_| calls.end(Dir::ToClient).has_listened) {
            calls.add(first, Dir::ToClient, SocketCall::Listen);
        }
        for point in self.points().filter(|point| point.part != Part::Copy) {
            let arrives = lost.binary_search(&point.frame).is_err();
            let waited = self.wait_before(point.frame).map(|wait| wait.cause);
            calls.take(point, arrives, waited);
        }
        calls.found
    }

    fn conduct(&self, dir: Dir) -> Conduct {
        let mut conduct = Conduct::default();
        for point in self.points() {
            let (is_own, is_fin) = (point.dir == dir, is_fin(point));
            if is_own && (is_new(point) || is_fin) {
                conduct.spoke = Some(point.frame);
            }
            if is_own && is_fin && conduct.fin.is_none() {
                conduct.fin = Some(point.frame);
                conduct.fin_ack = point.flags.has(Flags::ACK).then_some(point.ack);
            }
            if !is_own && is_new(point) {
                conduct.heard = Some(point.frame);
            }
            conduct.has_reset |= is_own && point.part == Part::Reset;
            let moved = chain(point, dir).states();
            conduct.has_listened |= moved.starts_with(&[State::Listen, State::SynReceived]);
        }
        conduct
    }
}

struct Calls {
    reset: Option<NonZeroU64>,
    cause: Option<ResetCause>,
    ends: [Conduct; 2],
    found: Vec<Implied>,
    /// Which way the latest new data went, and whether it has not arrived yet.
    turn: Option<Dir>,
    is_due: bool,
}

impl Calls {
    const fn end(&self, dir: Dir) -> &Conduct {
        match dir {
            Dir::ToServer => &self.ends[0],
            Dir::ToClient => &self.ends[1],
        }
    }

    fn add(&mut self, point: &Point, by: Dir, call: SocketCall) {
        let frame = point.frame;
        self.found.push(Implied { frame, by, call });
    }

    const fn end_mut(&mut self, dir: Dir) -> &mut Conduct {
        match dir {
            Dir::ToServer => &mut self.ends[0],
            Dir::ToClient => &mut self.ends[1],
        }
    }

    fn take(&mut self, point: &Point, arrives: bool, waited: Option<TimeCause>) {
        let (own, other) = (point.dir, point.dir.reverse());
        let arrives = arrives && self.end_mut(other).is_next(point);
        if point.flags.has(Flags::ACK) {
            self.end_mut(own).acknowledge(point.ack);
        }
        if point.part == Part::Syn && chain(point, own).states().contains(&State::SynSent) {
            self.add(point, own, SocketCall::Connect);
        }
        let opens = [State::SynReceived, State::Established];
        let is_open = chain(point, other).states().starts_with(&opens);
        // Its system opens it: only what it says later shows that a program has it.
        if is_open && self.end(other).has_listened && self.end(other).spoke.is_some() {
            self.add(point, other, SocketCall::Accept);
        }
        if point.payload_len > 0 && !point.part.asks() {
            self.data(point, arrives, waited);
        }
        if is_fin(point) && self.end(own).fin == Some(point.frame) {
            let is_half = self.end(own).heard > Some(point.frame) && !self.end(own).has_reset;
            let call = if is_half {
                SocketCall::Shutdown
            } else {
                SocketCall::Close
            };
            self.add(point, own, call);
            let awaits_end = self.reads_after(other, point.frame) && !self.crosses(other, point);
            self.end_mut(other).awaits_end = awaits_end;
            if arrives {
                self.tell_end(point, other);
            }
        }
        let has_it = [State::CloseWait, State::Closing, State::TimeWait];
        if has_it
            .iter()
            .any(|state| chain(point, own).states().contains(state))
        {
            self.tell_end(point, own);
        }
        let is_abort =
            point.part == Part::Reset && self.cause.is_some_and(ResetCause::is_of_program);
        if self.reset == Some(point.frame) && is_abort && self.end(own).fin.is_none() {
            self.add(point, own, SocketCall::Close);
        }
    }

    /// That nothing more is to come, to the end that has not been told yet.
    fn tell_end(&mut self, point: &Point, to: Dir) {
        if std::mem::take(&mut self.end_mut(to).awaits_end) {
            self.add(point, to, SocketCall::ReceiveEnd);
        }
    }

    /// What one end sends in a turn may be one call or several: one is shown, and one more
    /// where its program took its time.
    fn data(&mut self, point: &Point, arrives: bool, waited: Option<TimeCause>) {
        let (own, other) = (point.dir, point.dir.reverse());
        let is_anew = waited == Some(application(own));
        if is_new(point) && (self.turn != Some(own) || is_anew) {
            self.turn = Some(own);
            self.is_due = true;
            self.add(point, own, SocketCall::Send);
        }
        if self.is_due && self.turn == Some(own) && arrives {
            self.is_due = false;
            if self.reads_after(other, point.frame) {
                self.add(point, other, SocketCall::Receive);
            }
        }
    }

    /// Whether an end had sent its own FIN when a FIN reached it, though that was captured
    /// later: then what it does last shows nothing.
    fn crosses(&self, reader: Dir, fin: &Point) -> bool {
        let end = self.end(reader);
        let is_unheard = end.fin_ack.is_some_and(|ack| ack - fin.end() < 0);
        end.fin > Some(fin.frame) && end.spoke == end.fin && is_unheard
    }

    /// Whether what an end did later shows that its program reads what comes with a frame:
    /// it goes on in order, or has closed its own direction alone.
    fn reads_after(&self, reader: Dir, frame: NonZeroU64) -> bool {
        let end = self.end(reader);
        let is_half = end
            .fin
            .is_some_and(|fin| fin < frame && Some(fin) < end.heard);
        !end.has_reset && (end.spoke > Some(frame) || is_half)
    }
}

const fn application(dir: Dir) -> TimeCause {
    match dir {
        Dir::ToServer => TimeCause::ClientApplication,
        Dir::ToClient => TimeCause::ServerApplication,
    }
}

const fn chain(point: &Point, end: Dir) -> &Chain {
    match end {
        Dir::ToServer => &point.moves.client,
        Dir::ToClient => &point.moves.server,
    }
}

/// Whether it brings octets that were not sent before.
fn is_new(point: &Point) -> bool {
    let kind = point.judged.map_or(Kind::New, |judged| judged.kind);
    let carries = matches!(
        point.part,
        Part::HandshakeAck | Part::Data | Part::Fin | Part::FinAck
    );
    carries && point.payload_len > point.again && matches!(kind, Kind::New | Kind::OutOfOrder)
}

const fn is_fin(point: &Point) -> bool {
    matches!(point.part, Part::Fin | Part::FinAck)
}
