//! What became of SYNs, over the connections between an address and a server: whether those
//! that ask for something are answered.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::attempts::{Answered, Attempt, Attempts};
use crate::track::diagnosis::{InVain, SynFate};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::keep::pairs::{IGNORED, Pairs, pair_of};

/// How many connections have to be answered only without something, and how many SYNs with
/// it to be sent in vain.
const CONNECTIONS: u8 = 2;
const SYNS: u8 = 3;

/// What is known of addresses and servers.
#[derive(Debug, Default)]
pub(super) struct SynFates {
    pairs: Pairs<Fate>,
}

/// What became of the SYNs of an address to a server.
#[derive(Debug, Clone, Copy)]
struct Fate {
    ecn: SynsAsked,
    fast_open: SynsAsked,
    /// When one was answered latest, and with which frame.
    at: Timestamp,
    frame: NonZeroU64,
}

/// What became of those that ask for something.
#[derive(Debug, Clone, Copy, Default)]
struct SynsAsked {
    /// Whether any was answered.
    is_answered: bool,
    /// How many connections were answered only when they asked no more, and how many SYNs
    /// had been sent in vain.
    connections: u8,
    syns: u8,
}

fn asks_ecn(one: &Attempt) -> bool {
    one.flags().has(Flags::ECE | Flags::CWR)
}

fn asks_fast_open(one: &Attempt) -> bool {
    one.offer().fast_open.is_some()
}

impl SynFates {
    /// Takes a segment with SYN, of a connection as it was before; what it tells of others.
    pub(super) fn take(&mut self, flow: &Flow, dir: Dir, segment: &Segment<'_>) -> Option<SynFate> {
        let handshake = &flow.handshake;
        let is_plain = !segment.flags.any(Flags::RST | Flags::FIN);
        let first = handshake
            .syn
            .filter(|_| is_plain && handshake.syn_ack.is_none())?;
        let pair = pair_of(flow);
        if !segment.is_ack() {
            let is_ignored = dir == Dir::ToServer && handshake.syn_again + 1 >= IGNORED;
            let fate = self.pairs.known(&pair).filter(|_| is_ignored)?;
            return (fate.at - first.time)
                .0
                .is_positive()
                .then_some(SynFate::Ignored {
                    answered: fate.frame,
                });
        }
        if dir != Dir::ToClient {
            return None;
        }
        if self.pairs.known(&pair).is_none() {
            let nothing = Fate {
                ecn: SynsAsked::default(),
                fast_open: SynsAsked::default(),
                at: segment.time,
                frame: segment.frame,
            };
            self.pairs.remember(pair, nothing);
        }
        let fate = self.pairs.known(&pair)?;
        (fate.at, fate.frame) = (segment.time, segment.frame);
        fate.answer(flow, segment)
    }
}

impl Fate {
    fn answer(&mut self, flow: &Flow, answer: &Segment<'_>) -> Option<SynFate> {
        let handshake = &flow.handshake;
        let only = Attempt::marked(&handshake.syn?, handshake.offered);
        let syns = handshake.syns.as_deref();
        let first = syns.and_then(|syns| syns.nth(0)).unwrap_or(&only);
        let latest = syns.and_then(Attempts::latest).unwrap_or(&only);
        let echo = answer.options.timestamps().map(|(_, echo)| echo);
        let answered = match syns.and_then(|syns| syns.answered_by(answer.ack, echo)) {
            Some(Answered::Earlier(nth) | Answered::Numbered(nth)) => {
                syns.and_then(|syns| syns.nth(nth))?
            }
            _ => latest,
        };
        self.ecn.is_answered |= asks_ecn(answered);
        self.fast_open.is_answered |= asks_fast_open(answered);
        let is_dropped = |asks: fn(&Attempt) -> bool| asks(first) && !asks(answered);
        // Where it asked for both no more, nobody knows which of them was not borne.
        match (is_dropped(asks_ecn), is_dropped(asks_fast_open)) {
            (true, false) => self.ecn.note(syns?, asks_ecn, answered).map(SynFate::Ecn),
            (false, true) => {
                let noted = self.fast_open.note(syns?, asks_fast_open, answered);
                noted.map(SynFate::FastOpen)
            }
            _ => None,
        }
    }
}

impl SynsAsked {
    /// Takes note of SYNs that asked for it, before another was answered that did not.
    fn note(
        &mut self,
        syns: &Attempts,
        asks: fn(&Attempt) -> bool,
        answered: &Attempt,
    ) -> Option<InVain> {
        let first = syns.nth(0)?;
        let all = (0..=syns.again()).filter_map(|nth| syns.nth(nth));
        let in_vain = all.filter(|one| asks(one)).count();
        let in_vain = u8::try_from(in_vain).unwrap_or(u8::MAX);
        self.connections = self.connections.saturating_add(1);
        self.syns = self.syns.saturating_add(in_vain);
        let is_shown = self.connections >= CONNECTIONS && self.syns >= SYNS;
        (is_shown && !self.is_answered).then_some(InVain {
            syns: u32::from(self.syns),
            wait: answered.time - first.time,
            answered: answered.frame,
        })
    }
}
