//! A connection is folded into the headers of its segments, and made whole again.

use crate::track::flow::FlowId;
use crate::track::keep::Table;
use crate::track::keep::embryo::Embryo;
use crate::track::keep::header::Header;
use crate::track::keep::nursery::MOST_SEGMENTS;
use crate::track::keep::place::{Location, Room};
use crate::track::keep::whole::Whole;

impl Table {
    /// Finds a bed for a connection, be it that another one is folded.
    pub(super) fn lay(&mut self, id: FlowId, headers: &[Header]) -> u32 {
        let (bed, occupant) = self.nursery.next_bed();
        if let Some(occupant) = occupant {
            self.fold(occupant, bed);
        }
        self.nursery.lay(bed, id, headers);
        bed
    }

    /// Keeps a connection as the headers of its segments.
    fn fold(&mut self, id: FlowId, bed: u32) {
        let Some(Room::Whole(at)) = self.place(id).map(Location::room) else {
            return;
        };
        let Some(whole) = self
            .whole
            .get_mut(at)
            .filter(|whole| whole.bed == Some(bed))
        else {
            return;
        };
        if !whole.is_made_of_segments() {
            whole.bed = None;
            return;
        }
        let flow = &whole.connection.flow;
        let embryo = Embryo {
            key: flow.key,
            id,
            stream: flow.stream,
            earlier: flow.earlier,
            cast: flow.cast(),
            headers: self.nursery.headers(bed),
        };
        self.memory.add_embryo(&embryo);
        let key = embryo.key;
        let place = Location::embryo(self.embryos.add(embryo));
        self.whole.take(at);
        self.memory.remove_whole();
        self.move_to(id, &key, Location::whole(at), place);
    }

    /// Makes a connection whole by observing its segments again.
    #[cold]
    pub(super) fn hatch(&mut self, at: u32) -> Option<Room> {
        let embryo = self.embryos.get(at)?;
        let (id, key, headers) = (embryo.id, embryo.key, embryo.headers.clone());
        let connection = embryo.observed_again(self.wants)?;
        let has_room = headers.len() < MOST_SEGMENTS;
        // While it still has its own place: another may be folded for the bed.
        let bed = has_room.then(|| self.lay(id, &headers));
        self.take_embryo(at);
        let is_over = connection.flow.is_over_at_both_ends();
        let whole = self.whole.add(Whole {
            connection,
            bed,
            stray_syn: None,
            is_over,
        });
        self.memory.add_whole();
        self.move_to(id, &key, Location::embryo(at), Location::whole(whole));
        Some(Room::Whole(whole))
    }

    pub(super) fn take_embryo(&mut self, at: u32) -> Option<Embryo> {
        let embryo = self.embryos.take(at)?;
        self.memory.remove_embryo(&embryo);
        Some(embryo)
    }
}
