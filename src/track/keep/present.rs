//! Connections as they stand, for who looks at them while the capture goes on.

use std::borrow::Cow;
use std::ops::Range;

use crate::track::connection::Connection;
use crate::track::flaw_scan::FlawScan;
use crate::track::flaws::Flaws;
use crate::track::flow::FlowId;
use crate::track::keep::Table;
use crate::track::keep::place::{Location, Room};
use crate::track::wants::Wants;

impl Table {
    /// The connection of this number, where it is still kept.
    pub(in crate::track) fn connection(&self, id: FlowId) -> Option<Cow<'_, Connection>> {
        match self.place(id)?.room() {
            Room::Whole(at) => Some(Cow::Borrowed(&self.whole.get(at)?.connection)),
            Room::Embryo(at) => {
                let again = self.embryos.get(at)?.observed_again(self.wants)?;
                Some(Cow::Owned(again))
            }
            Room::Gone(_) | Room::Nowhere => None,
        }
    }

    /// The numbers of the connections that may still be kept, in the order of first
    /// segments.
    pub(in crate::track) fn ids(&self) -> Range<u32> {
        self.first..self.next_id().0
    }

    /// Looks at `most` connections more for what the capture did to them.
    pub(in crate::track) fn look_for_flaws(&self, scan: &mut FlawScan, most: u32) -> Option<Flaws> {
        let (first, end) = (self.first, self.next_id().0);
        let mut found = scan.found.take().unwrap_or_else(|| {
            scan.next = first;
            self.taking.flaws()
        });
        let next = scan.next.max(first);
        let until = end.min(next.saturating_add(most));
        for id in next..until {
            self.note_flaws_of(FlowId(id), &mut found);
        }
        scan.next = until.max(next);
        if until < end {
            scan.found = Some(found);
            return None;
        }
        Some(found.with_filtered(self.held))
    }

    fn note_flaws_of(&self, id: FlowId, found: &mut Flaws) {
        match self.place(id).map(Location::room) {
            Some(Room::Whole(at)) => {
                if let Some(whole) = self.whole.get(at) {
                    found.take(&whole.connection.flow);
                }
            }
            Some(Room::Embryo(at)) => {
                let embryo = self.embryos.get(at).filter(|one| one.headers.len() > 1);
                if let Some(again) = embryo.and_then(|one| one.observed_again(Wants::OURS)) {
                    found.take(&again.flow);
                }
            }
            Some(Room::Gone(_) | Room::Nowhere) | None => {}
        }
    }
}
