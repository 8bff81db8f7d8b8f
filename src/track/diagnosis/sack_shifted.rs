//! SACK blocks of numbers that were never sent: somebody on the way shifts the numbers of
//! segments, and not those in this option.

use std::num::NonZeroU64;

use crate::seq::SeqNum;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::half::Half;
use crate::track::transmission::Transmission;

pub(super) const ABOUT: Description = Description {
    code: Code::SackShifted,
    name: "sack_shifted",
    severity: Severity::Slows,
    means: "The SACK blocks of an end are of numbers that the other never sent and could not send, all by the same \
        `offset` from what it did: a firewall on the way changes the sequence numbers of segments and those that \
        are acknowledged, and not those in the SACK option. What these say is lost on the sender, which repairs \
        its losses as slowly as without SACK, or answers them as nonsense. The firewall should leave sequence \
        numbers alone, or take SACK-permitted out of SYNs. It takes two blocks that differ. `times` is how many \
        segments had such blocks, `offset` what is to be taken off, modulo 2^32.",
    unlike: "A block of what arrived twice lies below the acknowledgment (RFC 2883), and none lies before the \
        initial number. What the capture lacks may have been sent, but not beyond the window. Blocks whose \
        offsets differ are damaged. Behind the firewall, where the receiver is, all numbers agree.",
    reference: "RFC 2018 §3 and §4, RFC 2883 §4",
};

/// How far from what was sent a number lies that was never sent: farther than what a
/// capture may lack.
const FAR: u32 = 1 << 20;
/// How many different blocks it takes.
const ENOUGH: u32 = 2;

/// Blocks of an end that are of no numbers sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shifted {
    times: u32,
    differing: u32,
    latest: (SeqNum, SeqNum),
    /// The offset is no more than this, and less by no more than so much.
    offset: u32,
    room: i32,
    first: [NonZeroU64; 2],
}

/// What the blocks of a segment tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Misplaced {
    block: (SeqNum, SeqNum),
    offset: u32,
    room: i32,
    frame: NonZeroU64,
}

/// Whether an end that has received up to `ack`, and offers what ends at `edge`, cannot
/// have received a block.
fn is_impossible((start, end): (SeqNum, SeqNum), ack: SeqNum, edge: SeqNum, other: &Half) -> bool {
    let far = FAR.cast_signed();
    let is_beyond = end - edge > far && end - ack > 0;
    let is_before = other.iss - start > far && !other.has_gone_far;
    end - start > 0 && (is_beyond || is_before)
}

impl Misplaced {
    pub(super) fn of(moment: &Moment<'_>) -> Option<Self> {
        let (segment, sender, other) = (moment.segment, moment.sender(), moment.receiver());
        let shift = sender.shift?;
        let block = segment.sack_blocks().next()?;
        let edge = segment.ack + (u32::from(segment.window) << shift);
        let may_tell = other.has_syn() && moment.role.unacceptable.is_none();
        if !may_tell || !is_impossible(block, segment.ack, edge, other) {
            return None;
        }
        // It lies behind what is missing, a segment at least, and in what was sent.
        let missing = other.transmissions.of(segment.ack).next();
        let missing = missing.map_or(segment.ack + 1, Transmission::end);
        let offset = block.0.0.wrapping_sub(missing.0);
        let least = block.1.0.wrapping_sub(other.highest().0);
        Some(Self {
            block,
            offset,
            room: offset.wrapping_sub(least).cast_signed(),
            frame: segment.frame,
        })
    }
}

impl Shifted {
    pub(super) fn take(known: &mut Option<Box<Self>>, one: Misplaced) {
        let Some(shifted) = known else {
            *known = Some(Box::new(Self {
                times: 1,
                differing: 1,
                latest: one.block,
                offset: one.offset,
                room: one.room,
                first: [one.frame; 2],
            }));
            return;
        };
        shifted.times = shifted.times.saturating_add(1);
        if one.block == shifted.latest {
            return;
        }
        shifted.latest = one.block;
        shifted.differing = shifted.differing.saturating_add(1);
        if shifted.differing == ENOUGH {
            shifted.first[1] = one.frame;
        }
        // Where both may lie.
        let above = one.offset.wrapping_sub(shifted.offset).cast_signed();
        let least = above
            .wrapping_sub(one.room)
            .max(shifted.room.wrapping_neg());
        let most = above.min(0);
        shifted.offset = shifted.offset.wrapping_add_signed(most);
        shifted.room = most.wrapping_sub(least);
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(&self, end: Dir) -> Option<Diagnosis> {
        let is_found = self.differing >= ENOUGH && self.room >= 0;
        let [first, second] = self.first;
        let measures = [Measure::Times(self.times), Measure::Offset(self.offset)];
        is_found.then(|| ABOUT.found(end, (second, &[first]), &measures))
    }
}
