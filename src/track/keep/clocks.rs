//! The timestamps of the SYNs that a server took from each address, and of those that it
//! ignored: whether they run backwards.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::flow_key::FlowKey;
use crate::segment::Segment;
use crate::time::{Span, Timestamp};
use crate::track::diagnosis::Backwards;
use crate::track::dir::Dir;
use crate::track::flow::{Flow, FlowId};
use crate::track::keep::pairs::{AskerAndServer, IGNORED, Pairs, pair_of};

/// For so long a server remembers a timestamp (RFC 7323 appendix B.2, Linux).
const REMEMBERED: Span = Span(60_000_000_000);
/// How many have to be ignored, and how many taken whose timestamps belong to one clock.
const ENOUGH: u8 = 2;
/// How many of them are remembered until enough were, for each address.
const MOST_UNTOLD: usize = 4;
/// The most ticks of a clock in a millisecond.
const FASTEST: i64 = 2;
/// Nanoseconds in a millisecond.
const MILLISECOND: i64 = 1_000_000;

/// What is known of addresses and servers.
#[derive(Debug, Default)]
pub(super) struct Clocks {
    pairs: Pairs<ClockSeen>,
    /// Connections whose SYN was ignored for its timestamp, as another one has shown since.
    shown: Vec<EarlierIgnored>,
}

/// A connection whose SYN was ignored before it was known that that was for its timestamp.
#[derive(Debug, Clone, Copy)]
pub(super) struct EarlierIgnored {
    pub(super) key: FlowKey,
    pub(super) id: FlowId,
    pub(super) backwards: Backwards,
}

/// The SYNs of an address that a server took.
#[derive(Debug)]
struct ClockSeen {
    /// The highest timestamp, when it was answered, and with which frame.
    highest: u32,
    at: Timestamp,
    frame: NonZeroU64,
    /// How many in a row belong to one clock.
    of_one_clock: u8,
    /// How many with a lower timestamp were ignored, and the connections of the first.
    ignored: u8,
    untold: Vec<EarlierIgnored>,
    /// Whether a lower one was taken, or a higher one ignored.
    is_mixed: bool,
}

impl Clocks {
    /// Takes a segment with SYN, of a connection as it was before; whether it is ignored
    /// for its timestamp.
    pub(super) fn take(
        &mut self,
        flow: &Flow,
        dir: Dir,
        segment: &Segment<'_>,
    ) -> Option<Backwards> {
        let handshake = &flow.handshake;
        if segment.flags.any(Flags::RST | Flags::FIN) || handshake.syn_ack.is_some() {
            return None;
        }
        if segment.is_ack() {
            let is_answer = dir == Dir::ToClient && handshake.syn_again < IGNORED;
            let value = handshake.offered.timestamps.filter(|_| is_answer)?;
            self.answer(pair_of(flow), value, segment);
            return None;
        }
        let is_third = dir == Dir::ToServer && handshake.syn_again + 1 == IGNORED;
        let (value, _) = segment.options.timestamps().filter(|_| is_third)?;
        self.ignore(flow, value, segment.time)
    }

    /// Connections of which it is known since this was asked last that their SYN was
    /// ignored for its timestamp.
    pub(super) fn take_shown(&mut self) -> Vec<EarlierIgnored> {
        std::mem::take(&mut self.shown)
    }

    /// Whether there are any.
    #[inline]
    pub(super) const fn has_shown(&self) -> bool {
        !self.shown.is_empty()
    }

    fn answer(&mut self, pair: AskerAndServer, value: u32, answer: &Segment<'_>) {
        let first = ClockSeen {
            highest: value,
            at: answer.time,
            frame: answer.frame,
            of_one_clock: 1,
            ignored: 0,
            untold: Vec::new(),
            is_mixed: false,
        };
        match self.pairs.known(&pair) {
            Some(seen) if answer.time - seen.at < REMEMBERED => seen.take(value, answer),
            _ => self.pairs.remember(pair, first),
        }
    }

    /// Takes a SYN of `flow` that was sent often enough to be ignored; whether it was for
    /// its timestamp.
    fn ignore(&mut self, flow: &Flow, value: u32, now: Timestamp) -> Option<Backwards> {
        let seen = self.pairs.known(&pair_of(flow))?;
        if now - seen.at >= REMEMBERED {
            return None;
        }
        let behind = seen.highest.wrapping_sub(value);
        if behind.cast_signed() <= 0 {
            seen.is_mixed = true;
            return None;
        }
        let backwards = Backwards {
            behind,
            answered: seen.frame,
        };
        seen.ignored = seen.ignored.saturating_add(1);
        let is_shown = seen.ignored >= ENOUGH && seen.of_one_clock >= ENOUGH && !seen.is_mixed;
        if is_shown {
            self.shown.append(&mut seen.untold);
            return Some(backwards);
        }
        if seen.untold.len() < MOST_UNTOLD {
            let (key, id) = (flow.key, flow.id);
            seen.untold.push(EarlierIgnored { key, id, backwards });
        }
        None
    }
}

impl ClockSeen {
    fn take(&mut self, value: u32, answer: &Segment<'_>) {
        let passed = answer.time - self.at;
        let ticks = i64::from(value.wrapping_sub(self.highest).cast_signed());
        if ticks < 0 {
            self.is_mixed = true;
            return;
        }
        let most = (passed.0 / MILLISECOND + 1).saturating_mul(FASTEST);
        self.of_one_clock = if ticks <= most {
            self.of_one_clock.saturating_add(1)
        } else {
            1
        };
        (self.highest, self.at, self.frame) = (value, answer.time, answer.frame);
    }
}
