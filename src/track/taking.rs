//! How a capture was taken, as its segments tell: what stands twice in it, what stands
//! behind later frames, what was cut off, what the network card had still to do, and
//! whether the clock was set.

use crate::time::Timestamp;
use crate::track::capture_clock::CaptureClock;
pub(super) use crate::track::capture_clock::LONG;
use crate::track::flaws::Flaws;
use crate::track::flow::Flow;
use crate::track::observation::Observation;
use crate::track::sighting::Sighting;
use crate::verification::is_left_to_hardware;

/// How a capture was taken.
#[derive(Debug, Default)]
pub(super) struct Taking {
    clock: CaptureClock,
    flaws: Flaws,
    has_begun: bool,
    /// The interface of the latest frame.
    interface: u32,
}

impl Taking {
    /// Takes a segment, of which `previous` was the time of the one before.
    #[inline]
    pub(super) fn take(&mut self, seen: &Observation<'_>, previous: Timestamp, has_jumped: bool) {
        let segment = seen.segment;
        let goes_back = segment.time - previous;
        let is_cut =
            segment.payload.len() < segment.payload_len as usize || segment.options.missing > 0;
        let is_same_interface = self.interface == segment.vantage.interface;
        let is_usual = goes_back.0 >= 0
            && !is_cut
            && !has_jumped
            && !self.clock.is_in_doubt()
            && !seen.is_late
            && matches!(seen.sight, Sighting::First)
            && segment.payload_len <= seen.flow.most_octets()
            && !seen.flow.sender(seen.dir).leaves_checksums;
        self.interface = segment.vantage.interface;
        if !is_usual || !self.has_begun {
            self.take_closely(seen, previous, has_jumped, (is_cut, is_same_interface));
        }
    }

    #[cold]
    fn take_closely(
        &mut self,
        seen: &Observation<'_>,
        previous: Timestamp,
        has_jumped: bool,
        (is_cut, is_same_interface): (bool, bool),
    ) {
        let segment = seen.segment;
        if self.clock.is_in_doubt() {
            self.clock.clears_up(segment.time, seen.is_late);
        }
        if segment.time < previous && self.has_begun {
            self.clock
                .goes_back(segment.time, previous, is_same_interface);
        } else if seen.is_late {
            self.clock.reordered += 1;
        }
        if has_jumped {
            self.clock.is_set();
        }
        if let Sighting::Again(again) = seen.sight {
            self.flaws.copies += 1;
            self.flaws.copies_elsewhere += u64::from(again.is_elsewhere);
        }
        self.flaws.truncated += u64::from(is_cut);
        self.has_begun = true;
        if matches!(seen.sight, Sighting::Again(_)) {
            return;
        }
        let sender = seen.flow.sender(seen.dir);
        let is_large = segment.payload_len > seen.flow.most_octets();
        let is_begun = sender.leaves_checksums && is_left_to_hardware(segment);
        self.flaws.offload += u64::from(is_large || is_begun);
        self.flaws.large += u64::from(is_large);
    }

    /// Takes a connection that leaves.
    pub(super) fn connection(&mut self, flow: &Flow) {
        self.flaws.take(flow);
    }

    /// What is known of it.
    pub(super) fn flaws(&self) -> Flaws {
        let mut flaws = self.flaws.clone();
        (flaws.reordered, flaws.clock_steps) = self.clock.at_end();
        flaws
    }
}
