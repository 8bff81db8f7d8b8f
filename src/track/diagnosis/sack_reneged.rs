//! A receiver that takes back what it had acknowledged selectively.

use std::num::NonZeroU64;

use crate::seq::SeqNum;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;

pub(super) const ABOUT: Description = Description {
    code: Code::SackReneged,
    name: "sack_reneged",
    severity: Severity::Slows,
    means: "An end said by SACK that it had octets behind a hole, and when the hole was filled it \
        acknowledged no further than into them: it has thrown them away, as it may where it lacks memory. \
        Its sender has to send them again, and finds out by a timeout. `times` is how often, `bytes` how \
        many octets it took back the first time.",
    unlike: "An acknowledgment that stops in front of the octets fills only a part of the hole. One that \
        was overtaken acknowledges less than was acknowledged before. Blocks whose edges are none of \
        the sender's segments have been shifted on the way, and say nothing.",
    reference: "RFC 2018 §8",
};

/// What an end has selectively acknowledged, nearest to its acknowledgment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sacked {
    block: Option<SackedPiece>,
    times: u32,
    first: Option<Reneged>,
}

/// Octets behind a hole.
#[derive(Debug, Clone, Copy)]
pub(super) struct SackedPiece {
    start: SeqNum,
    end: SeqNum,
    frame: NonZeroU64,
}

/// What was taken back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reneged {
    said: NonZeroU64,
    frame: NonZeroU64,
    bytes: u32,
}

/// What a segment tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Receipt {
    block: Option<SackedPiece>,
    reneged: Option<Reneged>,
}

impl Receipt {
    /// What a segment tells of what its sender has; `known` is what it told before.
    pub(super) fn of(moment: &Moment<'_>, known: Option<&Sacked>) -> Option<Self> {
        let (segment, other) = (moment.segment, moment.receiver());
        // Nothing is known, and nothing told.
        if known.is_none() && segment.options.are_usual() {
            return None;
        }
        let may_tell = segment.is_ack() && moment.role.unacceptable.is_none() && other.is_known();
        if !may_tell || segment.ack - other.una < 0 {
            return None;
        }
        let before = known.and_then(|known| known.block);
        let advances = segment.ack - other.una > 0;
        let is_inside =
            |block: &SackedPiece| segment.ack - block.start >= 0 && block.end - segment.ack > 0;
        let reneged = before.filter(|block| advances && is_inside(block));
        let reneged = reneged.map(|block| Reneged {
            said: block.frame,
            frame: segment.frame,
            bytes: (block.end - segment.ack).cast_unsigned(),
        });
        let is_outstanding = |block: &SackedPiece| block.start - segment.ack > 0;
        let before = before.filter(is_outstanding);
        let new = Self::lowest(moment);
        // Of more blocks than there is room for, the lowest may be left out.
        let block = match (before, new) {
            (Some(before), Some(new)) if before.start - new.start < 0 => Some(before),
            (before, new) => new.or(before),
        };
        let had = known.is_some_and(|known| known.block.is_some());
        (had || block.is_some()).then_some(Self { block, reneged })
    }

    /// The lowest block that a segment tells, of those that its receiver has sent so.
    fn lowest(moment: &Moment<'_>) -> Option<SackedPiece> {
        let (segment, other) = (moment.segment, moment.receiver());
        let twice = segment.duplicate_sack();
        let blocks = segment.sack_blocks().filter(|block| Some(*block) != twice);
        let blocks = blocks.filter(|(start, end)| {
            let is_sent = *end - other.nxt <= 0;
            *start - segment.ack > 0 && *end - *start > 0 && is_sent
        });
        let (start, end) = blocks.min_by_key(|(start, _)| *start - segment.ack)?;
        let begins_one = other.transmissions.of(start).any(|sent| sent.seq == start);
        begins_one.then_some(SackedPiece {
            start,
            end,
            frame: segment.frame,
        })
    }
}

impl Receipt {
    /// Whether something was taken back.
    pub(super) const fn is_reneged(&self) -> bool {
        self.reneged.is_some()
    }
}

impl Sacked {
    pub(super) fn take(&mut self, report: &Receipt) {
        self.block = report.block;
        if let Some(reneged) = report.reneged {
            self.times = self.times.saturating_add(1);
            self.first.get_or_insert(reneged);
        }
    }

    /// Whether there is anything that it may take back.
    pub(super) const fn awaits(&self) -> bool {
        self.block.is_some()
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(&self, end: Dir) -> Option<Diagnosis> {
        let Reneged { said, frame, bytes } = self.first?;
        let measures = [Measure::Times(self.times), Measure::Bytes(bytes)];
        Some(ABOUT.found(end, (frame, &[said]), &measures))
    }
}
