//! What became of a connection: one word, and the frames that show it.

use std::num::NonZeroU64;

use crate::icmp_error::Reason;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::held::Sort;
use crate::track::mark::Mark;
use crate::track::state::State;
use crate::track::timeouts::FIRST_TIMEOUT;

/// How often an end repeats itself unanswered before the other is said to have
/// vanished: one or two losses are everyday, a third in a row is not.
pub const UNANSWERED: u8 = 3;

/// How long an end waits for an answer before it repeats itself: the first
/// retransmission timeout (RFC 6298 §2.1).
pub const PATIENCE: Span = FIRST_TIMEOUT;

/// How a connection ended, or how far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// SYN, and nothing that acknowledges it.
    NoAnswer,
    /// SYN, and a RST came back.
    Refused,
    /// SYN, and an ICMP error came back.
    Unreachable(Reason),
    /// SYN-ACK, never acknowledged, or a SYN from either end.
    HalfOpen,
    /// Opened and not closed when the capture ended, or cut off with it before.
    Open,
    /// Opened, and one end's window was closed when the capture ended.
    Stalled {
        /// The end whose window it is, by the direction in which it sends.
        by: Dir,
    },
    /// Opened, and one end no longer answered what the other one repeated.
    Vanished {
        /// The end that was silent.
        silent: Dir,
    },
    /// Opened, and large segments of one end no longer arrived, smaller ones did.
    BlackHole {
        /// The end that sent them.
        by: Dir,
    },
    /// One end sent a FIN, the other did not.
    HalfClosed {
        /// The end that closed, by the direction of its FIN.
        by: Dir,
    },
    /// Both ends sent a FIN, the last one was not acknowledged.
    Closing,
    /// Closed in order.
    Closed {
        /// The end that closed first.
        by: Dir,
    },
    /// Both ends closed at once, in order.
    ClosedAtOnce,
    /// Ended by a RST.
    Reset {
        /// The end that sent it.
        by: Dir,
    },
    /// Opened before the capture began, and not closed when it ended.
    Midstream,
    /// It had ended, and left 60 s later; more came then, and this is what.
    AfterEnd,
    /// Whether what was due came the capture could not hold.
    Unknown(Due),
}

/// What was due when a connection was last seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Due {
    /// An answer to the SYN.
    Answer,
    /// The ACK of the SYN-ACK.
    Ack,
    /// Any sign of an end.
    Sign {
        /// The end, by the direction in which it sends.
        by: Dir,
    },
    /// An open window.
    Window {
        /// The end whose window it is, by the direction in which it sends.
        by: Dir,
    },
}

/// Why the capture could not hold what was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Blind {
    /// It ended before.
    Ended,
    /// It holds no segments but SYNs of that direction.
    OnlySyns,
    /// It holds nothing of that direction.
    NoDirection,
    /// It holds no bare acknowledgments.
    NoAcks,
}

impl Verdict {
    /// The verdict on a connection, as far as it has come. One that was cut off
    /// is open: what it waits for would have come, or not, behind the cut. So
    /// is one that waits for the direction that was not captured.
    #[must_use]
    pub fn of(flow: &Flow) -> Self {
        if flow.has_returned {
            return Self::AfterEnd;
        }
        let verdict = Self::as_captured(flow);
        if let Some(due) = verdict.unseen(flow) {
            return Self::Unknown(due);
        }
        match verdict {
            Self::Stalled { .. } if flow.is_cut_off && !flow.is_opened() => Self::Midstream,
            Self::HalfClosed { .. } | Self::Closing | Self::Stalled { .. } if flow.is_cut_off => {
                Self::Open
            }
            Self::HalfOpen if flow.only_direction().is_some() => Self::Open,
            verdict => verdict,
        }
    }

    /// What may have come and could not be captured, where the verdict says that it
    /// did not come.
    fn unseen(self, flow: &Flow) -> Option<Due> {
        let handshake = &flow.handshake;
        let due = match self {
            Self::NoAnswer if !is_repeated(handshake.syn_again) && flow.answered_from.is_none() => {
                Due::Answer
            }
            // The direction that is missing is said as such.
            Self::HalfOpen
                if !is_repeated(handshake.syn_ack_again) && flow.only_direction().is_none() =>
            {
                Due::Ack
            }
            Self::Stalled { by } => Due::Window { by },
            Self::Vanished { silent } if flow.sender(silent).segments == 0 => {
                Due::Sign { by: silent }
            }
            _ => return None,
        };
        flow.blindness(due).map(|_| due)
    }

    /// The verdict, as if nothing came behind the last segment.
    fn as_captured(flow: &Flow) -> Self {
        let (handshake, teardown) = (&flow.handshake, &flow.teardown);
        match (teardown.reset, teardown.closer()) {
            (Some(reset), None) if reset.dir == Dir::ToClient && is_attempt(flow) => Self::Refused,
            (Some(reset), None) if flow.answers_unseen_syn(&reset) => Self::Refused,
            // It refused an acknowledgment, and asks for another.
            (Some(reset), None) if flow.asks_on_after(&reset) => Self::HalfOpen,
            (Some(reset), _) if !flow.is_closed() && !flow.may_be_closed() => {
                Self::Reset { by: reset.dir }
            }
            (_, Some(_)) if flow.is_closed() && teardown.is_simultaneous => Self::ClosedAtOnce,
            (_, Some(by)) if flow.is_closed() => Self::Closed { by },
            _ if flow.has_ignored_ack() => Self::HalfOpen,
            (_, closer) if flow.is_opened() || closer.is_some() => Self::unfinished(flow),
            _ if handshake.has_answer() => Self::HalfOpen,
            _ if handshake.syn.is_some() && !flow.client.syn_acked => match flow.unreachable() {
                Some(error) => Self::Unreachable(error.reason),
                None => Self::NoAnswer,
            },
            _ => Self::unfinished(flow),
        }
    }

    /// The verdict on a connection that opened, or was open before the capture
    /// began, and that did not end.
    fn unfinished(flow: &Flow) -> Self {
        if let Some(by) = flow.lost_in_black_hole() {
            return Self::BlackHole { by };
        }
        let ends = [Dir::ToServer, Dir::ToClient];
        let closed_window = |by: &Dir| flow.sender(*by).window_closed_by().is_some();
        // An answer that could not be captured is not missing.
        let is_heard = flow.only_direction().is_none();
        let gave_up = |by: &Dir| is_heard && flow.sender(*by).unanswered() >= UNANSWERED;
        let teardown = &flow.teardown;
        let gave_up = ends.into_iter().find(gave_up);
        let closed_window = ends.into_iter().find(closed_window);
        match (gave_up, teardown.closer(), closed_window) {
            (Some(by), _, _) => Self::Vanished {
                silent: by.reverse(),
            },
            _ if teardown.second_fin.is_some() => Self::Closing,
            (_, Some(by), _) => {
                let is_unanswered = !flow.sender(by).fin_acked && teardown.fin_again >= 2;
                if is_heard && is_unanswered && flow.sender(by).unanswered() >= 2 {
                    Self::Vanished {
                        silent: by.reverse(),
                    }
                } else {
                    Self::HalfClosed { by }
                }
            }
            (_, _, Some(by)) => Self::Stalled { by },
            _ if flow.is_opened() => Self::Open,
            _ => Self::Midstream,
        }
    }

    /// Whether the connection opened, and closed or is still open: nothing
    /// failed.
    #[must_use]
    pub const fn is_normal(self) -> bool {
        match self {
            Self::Open
            | Self::HalfClosed { .. }
            | Self::Closing
            | Self::Closed { .. }
            | Self::ClosedAtOnce
            | Self::Midstream
            | Self::AfterEnd
            | Self::Unknown(_) => true,
            Self::NoAnswer
            | Self::Refused
            | Self::Unreachable(_)
            | Self::HalfOpen
            | Self::Stalled { .. }
            | Self::Vanished { .. }
            | Self::BlackHole { .. }
            | Self::Reset { .. } => false,
        }
    }

    /// Whether the connection was closed or reset.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Closed { .. } | Self::ClosedAtOnce | Self::Reset { .. }
        )
    }

    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::Refused => "refused",
            Self::Unreachable(_) => "unreachable",
            Self::HalfOpen => "half_open",
            Self::Open => "open",
            Self::Stalled { .. } => "stalled",
            Self::Vanished { .. } => "peer_vanished",
            Self::BlackHole { .. } => "mtu_black_hole",
            Self::HalfClosed { .. } => "half_closed",
            Self::Closing => "closing",
            Self::Closed { .. } => "closed",
            Self::ClosedAtOnce => "closed_at_once",
            Self::Reset { .. } => "reset",
            Self::Midstream => "midstream",
            Self::AfterEnd => "after_end",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The frames that show it, in their order: up to four.
    pub fn evidence(self, flow: &Flow) -> impl Iterator<Item = u64> + use<> {
        let (handshake, teardown) = (&flow.handshake, &flow.teardown);
        let mark = |mark: Option<Mark>| mark.map(|mark| mark.frame.get());
        let latest = |dir| flow.sender(dir).last_frame.map(NonZeroU64::get);
        let told = |dir| {
            let notice = flow.told_in_vain(dir)?;
            Some(notice.error.frame.get())
        };
        let mut frames = match self {
            Self::NoAnswer => [mark(handshake.syn), latest(Dir::ToServer), None, None],
            Self::Refused => [mark(handshake.syn), mark(teardown.reset), None, None],
            Self::Unreachable(_) => {
                let error = flow.unreachable().map(|error| error.frame.get());
                [mark(handshake.syn), error, None, None]
            }
            Self::HalfOpen => {
                let told = told(Dir::ToClient);
                [mark(handshake.syn_ack), told, latest(Dir::ToClient), None]
            }
            Self::Open | Self::Midstream | Self::AfterEnd => [None; 4],
            Self::Unknown(Due::Answer) => [mark(handshake.syn), None, None, None],
            Self::Unknown(Due::Ack) => [mark(handshake.syn_ack), None, None, None],
            Self::Unknown(Due::Window { by } | Due::Sign { by }) => {
                [latest(by.reverse()), None, None, None]
            }
            Self::Stalled { by } => [
                flow.sender(by).window_closed_by().map(NonZeroU64::get),
                latest(by),
                latest(by.reverse()),
                None,
            ],
            Self::Vanished { silent } => {
                let told = told(silent.reverse());
                [latest(silent), told, latest(silent.reverse()), None]
            }
            Self::BlackHole { by } => {
                let hole = flow.black_hole(by);
                let shown_by = hole.map(|hole| hole.shown_by.frame().get());
                [shown_by, hole.map(|hole| hole.latest.get()), None, None]
            }
            Self::HalfClosed { .. } => [mark(teardown.first_fin), None, None, None],
            Self::Closing => [
                mark(teardown.first_fin),
                mark(teardown.second_fin),
                None,
                None,
            ],
            Self::Closed { .. } | Self::ClosedAtOnce => [
                mark(teardown.first_fin),
                mark(teardown.first_ack),
                mark(teardown.second_fin),
                mark(teardown.second_ack),
            ],
            Self::Reset { by } => {
                let provoked_by = teardown.reset_provoked_by.map(NonZeroU64::get);
                [provoked_by, told(by), mark(teardown.reset), None]
            }
        };
        frames.sort_unstable();
        let mut shown = 0;
        frames.into_iter().flatten().filter(move |&frame| {
            let is_new = frame != shown;
            shown = frame;
            is_new
        })
    }
}

/// Whether a SYN or SYN-ACK was sent again, since what was due had not come.
const fn is_repeated(again: u8) -> bool {
    again > 0
}

impl Flow {
    /// Why the capture could not hold what was due, where it could not.
    #[must_use]
    pub fn blindness(&self, due: Due) -> Option<Blind> {
        let (handshake, held) = (&self.handshake, self.held);
        match due {
            Due::Answer if !held.has_direction(Dir::ToClient) => Some(Blind::NoDirection),
            Due::Ack if !held.has_more_than_syns(Dir::ToServer) => Some(Blind::OnlySyns),
            Due::Answer => self.has_ended_soon(handshake.syn_again),
            Due::Ack => self.has_ended_soon(handshake.syn_ack_again),
            Due::Sign { .. } => Some(Blind::NoDirection),
            Due::Window { by } if !held.has(by, Sort::BareAck) => Some(Blind::NoAcks),
            Due::Window { .. } => None,
        }
    }

    /// Whether the capture ended before an answer was due, to what had been sent once
    /// and so often again.
    fn has_ended_soon(&self, again: u8) -> Option<Blind> {
        (again == 0 && self.silence < PATIENCE).then_some(Blind::Ended)
    }

    /// Whether all that was captured is a RST that answers a segment without ACK (RFC
    /// 9293 §3.5.2): a SYN.
    fn answers_unseen_syn(&self, reset: &Mark) -> bool {
        let is_alone = self.client.segments + self.server.segments == 1;
        is_alone && reset.is_ack() && reset.seq.0 == 0
    }

    /// Whether the sender of a RST has gone on to ask for the ACK of its SYN, as an end
    /// does that stays in SYN-RECEIVED (RFC 9293 §3.5.2, group 2).
    fn asks_on_after(&self, reset: &Mark) -> bool {
        let sender = self.sender(reset.dir);
        let is_later = sender.last_frame.is_some_and(|last| last > reset.frame);
        sender.state == State::SynReceived && is_later
    }

    /// Whether both FINs were acknowledged.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let is_complete = self.teardown.second_fin.is_some();
        is_complete && self.client.fin_acked && self.server.fin_acked
    }

    /// Whether both ends sent a FIN, and the capture could hold no acknowledgment of
    /// the second.
    #[must_use]
    pub fn may_be_closed(&self) -> bool {
        self.teardown.second_fin.is_some() && !self.held.has_any(Sort::BareAck)
    }

    /// Whether the handshake was seen to succeed.
    #[must_use]
    pub fn is_opened(&self) -> bool {
        !self.has_ignored_ack() && self.was_acknowledged()
    }

    /// Whether the server repeats its SYN-ACK though that was acknowledged: it has not
    /// taken the acknowledgment.
    #[must_use]
    pub fn has_ignored_ack(&self) -> bool {
        self.server.state == State::SynReceived && self.handshake.ack.is_some()
    }

    fn was_acknowledged(&self) -> bool {
        let handshake = &self.handshake;
        handshake.ack.is_some()
            || handshake.syn_ack.is_some() && self.client.state == State::Established
            || handshake.syn.is_some() && !handshake.has_answer() && self.client.syn_acked
    }

    /// Whether it was opened and closed, or reset, without an octet of data.
    #[must_use]
    pub fn is_without_data(&self) -> bool {
        let is_known = self.handshake.ack.is_some() && self.only_direction().is_none();
        is_known && self.client.octets == 0 && self.server.octets == 0
    }
}

/// Whether all that is known of the server is that it answered a SYN.
fn is_attempt(flow: &Flow) -> bool {
    flow.handshake.syn.is_some() && !flow.server.has_syn() && flow.server.data_segments == 0
}
