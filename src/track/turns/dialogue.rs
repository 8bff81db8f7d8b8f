//! The turns of a connection as they come.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::Kind;
use crate::track::look::Look;
use crate::track::turns::past::{Past, Untimed};
use crate::track::turns::turn::{Speech, Turn, between};

/// How far the latest turn has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TurnPhase {
    /// The server has spoken, the client has not.
    Greeting,
    /// The client has spoken.
    Asking,
    /// The server has answered.
    Answering,
    /// Both speak at once.
    Both(Untimed),
}

/// The turns of a connection; made by its first octets.
#[derive(Debug, Clone)]
pub(in crate::track) struct Dialogue {
    phase: TurnPhase,
    /// What the client has said in the latest turn; in a greeting nothing.
    request: Speech,
    /// Its first number, and the one behind its last; in a greeting the server's.
    start: SeqNum,
    end: SeqNum,
    /// When it was sent for the last time.
    sent_again_at: Span,
    /// What the server has said in it.
    answer: Option<Speech>,
    /// Whether the server had heard all that the client had sent when it spoke last.
    has_heard_all: bool,
    past: Option<Box<Past>>,
}

/// How far what `segment` acknowledges lies beyond the octets that the other end was
/// seen to send: less than 0 where it had not heard all of them.
fn acknowledges_beyond(flow: &Flow, dir: Dir, segment: &Segment<'_>) -> Option<i32> {
    let other = flow.receiver(dir);
    if !segment.is_ack() || !other.is_known() {
        return None;
    }
    let beyond = segment.ack - other.nxt;
    // A FIN says nothing.
    let is_before_fin = beyond == -1 && other.fin == Some(segment.ack);
    Some(if is_before_fin { 0 } else { beyond })
}

/// The number of the first octet in a segment.
fn first_octet(segment: &Segment<'_>) -> SeqNum {
    segment.seq + u32::from(segment.flags.has(Flags::SYN))
}

impl Dialogue {
    /// The first turn, by the first new octets of a connection; `None` where they belong
    /// to what the capture began too late for.
    #[cold]
    pub(in crate::track) fn begun_by(
        flow: &Flow,
        dir: Dir,
        segment: &Segment<'_>,
        now: Span,
        octets: u32,
    ) -> Option<Self> {
        let speech = Speech::of(segment, now, octets);
        let beyond = acknowledges_beyond(flow, dir, segment);
        let is_heard = flow.receiver(dir).segments > 0;
        let has_opening = flow.handshake.syn.is_some() || flow.handshake.syn_ack.is_some();
        let phase = match (dir, beyond) {
            (Dir::ToClient, Some(beyond)) if is_heard && beyond > 0 => {
                TurnPhase::Both(Untimed::Unclear)
            }
            (Dir::ToClient, _) if has_opening => TurnPhase::Greeting,
            (Dir::ToClient, _) => return None,
            (Dir::ToServer, Some(beyond)) if is_heard && beyond < 0 => {
                TurnPhase::Both(Untimed::Pipelined)
            }
            (Dir::ToServer, _) => TurnPhase::Asking,
        };
        Some(Self {
            phase,
            request: match dir {
                Dir::ToServer => speech,
                Dir::ToClient => Speech {
                    octets: 0,
                    ..speech
                },
            },
            start: first_octet(segment),
            end: segment.end(),
            sent_again_at: now,
            answer: (dir == Dir::ToClient).then_some(speech),
            has_heard_all: dir == Dir::ToClient && beyond == Some(0),
            past: None,
        })
    }

    /// Takes a segment, with the connection as it was before; `octets` of its data are
    /// new.
    #[inline]
    pub(in crate::track) fn take(
        &mut self,
        flow: &Flow,
        dir: Dir,
        segment: &Segment<'_>,
        look: &Look,
        octets: u32,
    ) {
        match dir {
            Dir::ToServer if octets > 0 => self.client_speaks(flow, segment, look.now, octets),
            Dir::ToClient if octets > 0 => self.server_speaks(flow, segment, look.now, octets),
            Dir::ToServer if segment.payload_len > 0 => self.ask_again(flow, segment, look),
            Dir::ToClient if self.sent_again_at != self.request.last_at => {
                self.note_arrival(flow, segment, look.now);
            }
            _ => {}
        }
    }

    fn client_speaks(&mut self, flow: &Flow, segment: &Segment<'_>, now: Span, octets: u32) {
        let beyond = acknowledges_beyond(flow, Dir::ToServer, segment);
        let is_server_heard = flow.server.segments > 0;
        let lacks = is_server_heard && beyond.is_some_and(|beyond| beyond > 0);
        let has_heard_all = !is_server_heard || beyond.is_none_or(|beyond| beyond >= 0);
        match self.phase {
            // Of what it acknowledges the capture has nothing: it was the answer.
            TurnPhase::Asking if lacks => {
                self.phase = TurnPhase::Both(Untimed::Unclear);
                self.begin(segment, now, octets, TurnPhase::Asking);
            }
            TurnPhase::Greeting if has_heard_all => {
                self.begin(segment, now, octets, TurnPhase::Asking);
            }
            // Nothing of the greeting had arrived: both spoke at once.
            TurnPhase::Greeting if !segment.is_ack() || segment.ack - self.start <= 0 => {
                self.phase = TurnPhase::Both(Untimed::Overlapping);
                self.request = Speech::of(segment, now, octets);
            }
            TurnPhase::Greeting => {
                self.begin(segment, now, octets, TurnPhase::Both(Untimed::Overlapping));
            }
            TurnPhase::Answering if has_heard_all => {
                self.begin_behind(lacks, segment, now, octets, TurnPhase::Asking);
            }
            TurnPhase::Answering => {
                let both = TurnPhase::Both(Untimed::Pipelined);
                self.begin_behind(true, segment, now, octets, both);
            }
            TurnPhase::Both(_) if has_heard_all && self.has_heard_all => {
                self.begin(segment, now, octets, TurnPhase::Asking);
            }
            TurnPhase::Asking | TurnPhase::Both(_) => self.go_on_asking(segment, now, octets),
        }
        self.has_heard_all = false;
    }

    fn go_on_asking(&mut self, segment: &Segment<'_>, now: Span, octets: u32) {
        self.request.go_on(segment, now, octets);
        self.sent_again_at = now;
        if segment.end() - self.end > 0 {
            self.end = segment.end();
        }
    }

    fn server_speaks(&mut self, flow: &Flow, segment: &Segment<'_>, now: Span, octets: u32) {
        let beyond = acknowledges_beyond(flow, Dir::ToClient, segment);
        let lacks = flow.client.segments > 0 && beyond.is_some_and(|beyond| beyond > 0);
        self.has_heard_all = beyond.is_some_and(|beyond| beyond >= 0);
        self.phase = match self.phase {
            TurnPhase::Asking if lacks => TurnPhase::Both(Untimed::Unclear),
            TurnPhase::Asking => self.answered_by(flow, segment, now),
            TurnPhase::Greeting | TurnPhase::Answering if lacks => {
                let answer = Speech::of(segment, now, octets);
                self.finish(true);
                self.request = Speech {
                    octets: 0,
                    ..answer
                };
                self.answer = Some(answer);
                self.phase = TurnPhase::Both(Untimed::Unclear);
                return;
            }
            phase => phase,
        };
        match &mut self.answer {
            Some(answer) => answer.go_on(segment, now, octets),
            None => self.answer = Some(Speech::of(segment, now, octets)),
        }
    }

    /// What the first octets of the server behind those of the client are.
    fn answered_by(&mut self, flow: &Flow, segment: &Segment<'_>, now: Span) -> TurnPhase {
        let acknowledges = |number: SeqNum| segment.is_ack() && segment.ack - number >= 0;
        if !acknowledges(self.end) {
            let has_heard_some = segment.is_ack() && segment.ack - self.start > 0;
            let is_first = self.past.as_ref().is_none_or(|past| past.count == 0);
            return TurnPhase::Both(if is_first && !has_heard_some {
                Untimed::Overlapping
            } else {
                Untimed::Pipelined
            });
        }
        self.note_arrival(flow, segment, now);
        let fin = flow.client.fin.filter(|&fin| fin == self.end);
        if fin.is_some_and(|fin| acknowledges(fin + 1)) {
            let teardown = &flow.teardown;
            let fins = [teardown.first_fin, teardown.second_fin];
            let own = fins.into_iter().flatten();
            if let Some(fin) = own.into_iter().find(|fin| fin.dir == Dir::ToServer) {
                self.request.last_frame = fin.frame;
                self.request.last_at = fin.time - flow.first;
                self.sent_again_at = self.request.last_at;
            }
        }
        if between(self.request.last_at, now).is_negative() {
            return TurnPhase::Both(Untimed::Unclear);
        }
        TurnPhase::Answering
    }

    /// Notes that the client has sent again what was not acknowledged of a request.
    #[cold]
    fn ask_again(&mut self, flow: &Flow, segment: &Segment<'_>, look: &Look) {
        let is_again = look
            .kind
            .is_some_and(|judged| judged.kind == Kind::Retransmission);
        let is_open = segment.end() - flow.client.una > 0;
        if self.phase == TurnPhase::Asking
            && is_again
            && is_open
            && look.role.unacceptable.is_none()
        {
            self.sent_again_at = look.now;
        }
    }

    /// Takes the first acknowledgment of a request that was sent again: one that comes
    /// sooner than the server can answer is for what was sent before.
    #[cold]
    fn note_arrival(&mut self, flow: &Flow, segment: &Segment<'_>, now: Span) {
        let is_first = flow.client.una - self.end < 0 && segment.ack - self.end >= 0;
        if !segment.is_ack() || !is_first || segment.flags.any(Flags::SYN | Flags::RST) {
            return;
        }
        let leg = flow.handshake.server_leg().unwrap_or(Span(0));
        if between(self.sent_again_at, now).0 < leg.0 / 2 {
            self.sent_again_at = self.request.last_at;
        }
    }

    /// Begins a turn with octets of the client.
    fn begin(&mut self, segment: &Segment<'_>, now: Span, octets: u32, phase: TurnPhase) {
        self.begin_behind(false, segment, now, octets, phase);
    }

    /// The same behind an answer that may have gone on, where `is_open` is set.
    fn begin_behind(
        &mut self,
        is_open: bool,
        segment: &Segment<'_>,
        now: Span,
        octets: u32,
        phase: TurnPhase,
    ) {
        self.finish(is_open);
        self.phase = phase;
        self.request = Speech::of(segment, now, octets);
        self.end = segment.end();
        self.start = first_octet(segment);
        self.sent_again_at = now;
        self.answer = None;
    }

    /// Ends the latest turn: it belongs to the past.
    fn finish(&mut self, is_open: bool) {
        let latest = self.latest(is_open);
        let past = self.past.get_or_insert_default();
        past.octets[0] += self.request.octets;
        match (self.phase, latest) {
            (TurnPhase::Greeting, _) => past.greeting = self.answer,
            (TurnPhase::Answering, Some(turn)) => past.take(turn),
            (TurnPhase::Asking | TurnPhase::Answering, _) => past.count += 1,
            (TurnPhase::Both(untimed), _) => past.take_untimed(untimed),
        }
        if self.phase != TurnPhase::Greeting {
            past.octets[1] += self.answer.map_or(0, |answer| answer.octets);
        }
    }

    /// The latest turn, where it has an answer and times.
    fn latest(&self, is_open: bool) -> Option<Turn> {
        let answer = self.answer.filter(|_| self.phase == TurnPhase::Answering)?;
        Some(Turn {
            request: self.request,
            sent_again_at: self.sent_again_at,
            answer,
            is_open,
        })
    }

    /// The turn whose answer begins with the segment of `frame`, while it is the latest.
    pub(in crate::track) fn answered_with(&self, frame: NonZeroU64) -> Option<Turn> {
        self.latest(false).filter(|turn| turn.answer.frame == frame)
    }

    /// The turns as they are where nothing more comes, and whether the latest request was
    /// not answered.
    pub(super) fn ended(&self) -> (Past, bool) {
        let mut all = self.clone();
        all.finish(false);
        let past = all.past.map(|past| *past).unwrap_or_default();
        (past, self.phase == TurnPhase::Asking)
    }

    /// Which way the latest octets went, and when.
    pub(in crate::track) fn spoke_last(&self) -> (Dir, Span) {
        match self.answer {
            Some(answer) if answer.last_frame >= self.request.last_frame => {
                (Dir::ToClient, answer.last_at)
            }
            _ => (Dir::ToServer, self.request.last_at),
        }
    }

    /// What the server said in the latest turn, where it spoke last.
    pub(super) fn last_answer(&self) -> Option<Speech> {
        let answer = self.answer?;
        (answer.last_at >= self.request.last_at).then_some(answer)
    }
}
