//! The same segment seen twice: a capture on several interfaces, a port mirrored
//! on its way in and out, two captures merged. Nobody sent it again, and so it
//! moves nothing.
//!
//! What was seen lately of all connections is remembered in one table, by what a
//! second sending would change. A segment that is there is another sight of the
//! same where it was captured somewhere else, or where the capture doubles what
//! its sender sends; else the network copied it, and it is judged as any other.

mod evidence;
mod print;
#[cfg(test)]
mod tests;

use std::num::NonZeroU64;

use print::Print;

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::dir::Dir;
use crate::track::doubling::{Doubling, Ripe};
use crate::track::flow::Flow;
use crate::track::sighting::{SeenAgain, Sighting};
use crate::vantage::Vantage;
use crate::verification::is_begun;

/// How many segments are remembered, of all connections: a power of two, and some
/// milliseconds of a busy link.
const MOST: usize = 1 << 13;
const LAST: u16 = (1 << 13) - 1;

/// How far two sights of a segment may be apart whose transmission can be told,
/// by a number that the next one would not have, in nanoseconds: less than a
/// retransmission timeout of SYNs, more than a way across an ocean.
const FAR: i64 = 200_000_000;
/// The same where nothing would tell: less than any timeout.
const NEAR: i64 = 10_000_000;

/// More routers than that no way between two ends has: what differs by more began with
/// another TTL, and so at another host.
const MOST_ROUTERS: u8 = 32;

/// How many of the latest that may be alike by their place are looked at.
const MOST_ALIKE: usize = 4;

/// Segments seen lately: the latest in turn, and where the latest of each print is.
pub(super) struct Sights {
    /// Empty until the first segment comes.
    seen: Vec<Remembered>,
    places: Vec<u16>,
    next: u16,
}

/// A segment that was seen.
#[derive(Debug, Clone, Copy)]
struct Remembered {
    print: Print,
    /// Where it was seen, a bit for each such place.
    vantages: u32,
    frame: u64,
    at: Timestamp,
    /// How many of its sender's had come so long before that another sight of them
    /// would have come.
    ripe: Ripe,
    vantage: Vantage,
    ttl: u8,
    checksum: u16,
    /// The one before it that its print may be taken for.
    older: u16,
}

impl Remembered {
    const NOTHING: Self = Self {
        print: Print::NONE,
        vantages: 0,
        frame: 0,
        at: Timestamp::new(0, 0),
        ripe: Ripe::NONE,
        vantage: Vantage::UNKNOWN,
        ttl: 0,
        checksum: 0,
        older: 0,
    };
}

impl Default for Sights {
    fn default() -> Self {
        Self::new()
    }
}

/// Who knows which segments were seen before.
pub(super) trait Recall {
    /// Remembers a segment that an end of `key` sent, and that is no copy; how far
    /// its sender had come is told by `doubling`.
    fn note(&mut self, from: (&FlowKey, End), segment: &Segment<'_>, doubling: &Doubling);

    /// What a segment of direction `dir` is to those that were seen before.
    fn find(
        &mut self,
        from: (&FlowKey, End),
        segment: &Segment<'_>,
        flow: &Flow,
        dir: Dir,
    ) -> Sighting;
}

/// Of one segment it is known whether it was seen before.
impl Recall for Sighting {
    fn note(&mut self, _: (&FlowKey, End), _: &Segment<'_>, _: &Doubling) {}

    fn find(&mut self, _: (&FlowKey, End), _: &Segment<'_>, _: &Flow, _: Dir) -> Sighting {
        *self
    }
}

impl Sights {
    pub(super) const fn new() -> Self {
        Self {
            seen: Vec::new(),
            places: Vec::new(),
            next: 0,
        }
    }
}

impl Recall for Sights {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "half of it is known to who calls")]
    fn note(&mut self, (key, sender): (&FlowKey, End), segment: &Segment<'_>, doubling: &Doubling) {
        if self.seen.is_empty() {
            self.seen = vec![Remembered::NOTHING; MOST];
            self.places = vec![0; MOST];
        }
        let print = Print::of((key, sender), segment);
        let at = self.next;
        self.next = (at + 1) & LAST;
        let (Some(place), Some(free)) = (
            self.places.get_mut(print.place(MOST)),
            self.seen.get_mut(usize::from(at)),
        ) else {
            return;
        };
        let older = std::mem::replace(place, at);
        *free = Remembered {
            print,
            vantages: vantage_bit(segment),
            frame: segment.frame.get(),
            at: segment.time,
            ripe: doubling.ripe(),
            vantage: segment.vantage,
            ttl: segment.ttl,
            checksum: segment.checksum,
            older,
        };
    }

    fn find(
        &mut self,
        (key, sender): (&FlowKey, End),
        segment: &Segment<'_>,
        flow: &Flow,
        dir: Dir,
    ) -> Sighting {
        self.find_print((key, sender), segment, flow, dir)
            .unwrap_or(Sighting::First)
    }
}

impl Sights {
    /// The latest one with a print.
    fn latest(&mut self, print: Print) -> Option<&mut Remembered> {
        let mut at = *self.places.get(print.place(MOST))?;
        for _ in 0..MOST_ALIKE {
            let seen = self.seen.get(usize::from(at))?;
            if seen.print == print {
                return self.seen.get_mut(usize::from(at));
            }
            at = seen.older;
        }
        None
    }

    fn find_print(
        &mut self,
        (key, sender): (&FlowKey, End),
        segment: &Segment<'_>,
        flow: &Flow,
        dir: Dir,
    ) -> Option<Sighting> {
        let print = Print::of((key, sender), segment);
        let seen = self.latest(print)?;
        let after = segment.time - seen.at;
        let of = NonZeroU64::new(seen.frame)?;
        let is_of_other = segment.ttl.abs_diff(seen.ttl) > MOST_ROUTERS;
        if of >= segment.frame || after.0.abs() > FAR || is_of_other {
            return None;
        }
        let bit = vantage_bit(segment);
        let is_elsewhere = seen.vantages & bit == 0;
        let is_same = segment.checksum == seen.checksum
            || is_elsewhere
                && [segment.checksum, seen.checksum]
                    .into_iter()
                    .any(|sum| is_begun(sum, segment));
        // Another transmission would have another number, or another timestamp.
        let is_counted = flow.counts_transmissions(dir, segment);
        let has_no_timeout = segment.flags.has(Flags::RST) && is_elsewhere;
        let is_near =
            after.0.abs() <= NEAR || segment.options.timestamps().is_some() || has_no_timeout;
        let is_one = match (is_elsewhere, is_counted) {
            (true, true) => true,
            (true, false) => is_near,
            (false, true) => flow.sender(dir).doubling.doubles(seen.ripe, after),
            (false, false) => is_near && flow.doubles_unnumbered(dir, segment, seen.ripe, after),
        };
        if !is_same || !is_one {
            let is_twin = is_same && (is_counted || segment.flags.has(Flags::SYN));
            return is_twin.then_some(Sighting::Twin);
        }
        seen.vantages |= bit;
        Some(Sighting::Again(SeenAgain {
            of,
            after,
            first_at: seen.vantage,
            is_elsewhere,
        }))
    }
}

/// A bit for where a segment was captured, and how many routers behind.
fn vantage_bit(segment: &Segment<'_>) -> u32 {
    let at = segment.vantage;
    let mixed = (at.interface
        ^ at.path.rotate_left(7)
        ^ u32::from(segment.ttl) << 3
        ^ u32::from(at.way) << 17)
        .wrapping_mul(0x9e37_79b1);
    1 << (mixed >> 27)
}
