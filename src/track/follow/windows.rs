//! Windows that close and open.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::stalls::Stalls;
use crate::track::verdict::Verdict;

impl Half {
    /// Closes or opens its window, as a segment that it sent to `other` says.
    #[cold]
    pub(super) fn turn_window(&mut self, segment: &Segment<'_>, other: &Self) {
        if !Self::tells_window(segment, other) {
            return;
        }
        let is_done = other.fin_acked || self.state.is_over();
        if segment.window > 0 || is_done {
            if self.closed_window.take().is_some() {
                let opened_by = (segment.window > 0).then_some(segment.frame);
                self.stalls_mut().end(segment.time, opened_by);
            }
        } else if self.closed_window.is_none() && !segment.flags.has(Flags::FIN) {
            self.stalls_mut().begin(segment.time);
            self.closed_window = Some(segment.frame);
        }
    }

    fn stalls_mut(&mut self) -> &mut Stalls {
        &mut self.incidents.get_or_insert_default().troubles.stalls
    }
}

impl Flow {
    /// Whether it is time to say that the window of direction `dir` stalls the
    /// connection, since a probe was answered `at` that time; once for each
    /// time that it closes.
    pub(super) fn settles_stall(&mut self, dir: Dir, at: Timestamp) -> bool {
        if Verdict::of(self) != (Verdict::Stalled { by: dir }) {
            return false;
        }
        let incidents = &mut self.ends_mut(dir).0.incidents;
        incidents
            .as_mut()
            .is_some_and(|incidents| incidents.troubles.stalls.become_due(at))
    }
}
