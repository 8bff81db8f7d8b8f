//! Connections that leave: those that have been over for long, and, where there
//! is no more memory, those that can best be spared.

use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::connection::Connection;
use crate::track::flow::FlowId;
use crate::track::keep::entry::Entry;
use crate::track::keep::gone::Gone;
use crate::track::keep::leaving::{Kept, Leaving};
use crate::track::keep::place::{Location, Room};
use crate::track::keep::whole::Whole;
use crate::track::keep::{LINGERING, Table};
use crate::track::wants::Wants;

impl Table {
    /// Lets go the connections that have been over for 2 MSL at a time.
    #[cold]
    pub(super) fn let_go(&mut self, now: Timestamp) {
        while let Some(&(since, id)) = self.over.front()
            && now - since >= LINGERING
        {
            self.over.pop_front();
            let Some(last) = self.last_of(id) else {
                continue;
            };
            if now - last < LINGERING {
                // A segment came since: it stays as long from then on.
                self.over.push_back((last, id));
                continue;
            }
            if let Some(kept) = self.take_over(id) {
                self.left.push(Leaving {
                    kept,
                    until: now,
                    is_given_up: false,
                    held: self.held,
                });
            }
        }
    }

    /// When the latest segment of a connection came that is kept.
    fn last_of(&self, id: FlowId) -> Option<Timestamp> {
        match self.place(id)?.room() {
            Room::Whole(at) => Some(self.whole.get(at)?.connection.flow.last),
            Room::Embryo(at) => Some(self.embryos.get(at)?.headers.last()?.time()),
            Room::Gone(_) | Room::Nowhere => None,
        }
    }

    /// Takes a connection, if it is over still, and remembers its numbers.
    fn take_over(&mut self, id: FlowId) -> Option<Kept> {
        let place = self.place(id)?;
        let gone = match place.room() {
            Room::Whole(at) => {
                let whole = self.whole.get_mut(at)?;
                let flow = &whole.connection.flow;
                whole.is_over = flow.is_over_at_both_ends();
                let gone = Gone::of_over(flow)?;
                self.taking.connection(flow);
                gone
            }
            Room::Embryo(at) => {
                let again = self.embryos.get(at)?.observed_again(Wants::OURS)?;
                let gone = Gone::of_over(&again.flow)?;
                self.taking.connection(&again.flow);
                gone
            }
            Room::Gone(_) | Room::Nowhere => return None,
        };
        let kept = self.take(place)?;
        let to = Location::gone(self.gone.add(gone));
        self.move_to(id, &gone.key, place, to);
        self.departed.push_back(id);
        if self.departed.len() > self.memory.most_gone() {
            self.forget_oldest();
        }
        Some(kept)
    }

    /// Forgets the connection that left first of those that are remembered.
    fn forget_oldest(&mut self) {
        let Some(id) = self.departed.pop_front() else {
            return;
        };
        // One that has returned is no longer there.
        if let Some(place) = self.place(id)
            && let Room::Gone(at) = place.room()
            && let Some(gone) = self.gone.take(at)
        {
            self.move_to(id, &gone.key, place, Location::NOWHERE);
        }
        self.drop_first_places();
    }

    /// Gives back the places of the first connections, where they are nowhere any
    /// more.
    fn drop_first_places(&mut self) {
        while self.places.front() == Some(&Location::NOWHERE) {
            self.places.pop_front();
            self.first = self.first.wrapping_add(1);
        }
    }

    /// Takes a connection from its place, in the form that it has there.
    fn take(&mut self, place: Location) -> Option<Kept> {
        match place.room() {
            Room::Whole(at) => {
                let whole = self.whole.take(at)?;
                self.memory.remove_whole();
                Some(Kept::Whole(Box::new(whole.connection)))
            }
            Room::Embryo(at) => Some(Kept::Embryo(self.take_embryo(at)?)),
            Room::Gone(_) | Room::Nowhere => None,
        }
    }

    /// Lets a connection return that had left, since more of it comes.
    pub(super) fn let_return(&mut self, at: u32, gone: Gone, segment: &Segment<'_>) -> Entry {
        let flow = gone.return_with(segment);
        let connection = Connection::of(flow, false, self.wants);
        // As it was when it left.
        let is_over = connection.flow.is_over_at_both_ends();
        let whole = self.whole.add(Whole {
            connection,
            bed: None,
            stray_syn: None,
            is_over,
        });
        self.memory.add_whole();
        self.gone.take(at);
        self.move_to(
            gone.id,
            &gone.key,
            Location::gone(at),
            Location::whole(whole),
        );
        if is_over {
            self.over.push_back((segment.time, gone.id));
        }
        Entry::known(whole)
    }

    /// Gives up connections until there is room again: those that are over, then
    /// those that have been silent longest.
    #[cold]
    pub(super) fn give_up(&mut self) {
        let before = self.left.len();
        while self.memory.is_nearly_full()
            && let Some((_, id)) = self.over.pop_front()
        {
            if let Some(kept) = self.take_over(id) {
                self.left.push(self.given_up_now(kept));
            }
        }
        while self.memory.is_nearly_full() && self.let_go_silent() {}
        self.drop_first_places();
        let given_up = &mut self.left[before..];
        self.given_up += given_up.len() as u64;
        given_up.sort_by_key(Leaving::id);
    }

    const fn given_up_now(&self, kept: Kept) -> Leaving {
        Leaving {
            kept,
            until: self.latest,
            is_given_up: true,
            held: self.held,
        }
    }

    /// Lets go those that have been silent longest; `false` where there are none.
    fn let_go_silent(&mut self) -> bool {
        let before = self.left.len();
        for id in self.silent_longest() {
            if let Some(place) = self.place(id)
                && let Some(kept) = self.take(place)
            {
                if let Kept::Whole(connection) = &kept {
                    self.taking.connection(&connection.flow);
                }
                self.move_to(id, kept.key(), place, Location::NOWHERE);
                self.left.push(self.given_up_now(kept));
            }
        }
        self.left.len() > before
    }

    /// An eighth of the connections, those whose latest segments came first.
    fn silent_longest(&self) -> Vec<FlowId> {
        let whole = self.whole.iter().map(|whole| {
            let flow = &whole.connection.flow;
            (flow.last, flow.id)
        });
        let embryos = self.embryos.iter();
        let embryos = embryos.filter_map(|one| Some((one.headers.last()?.time(), one.id)));
        let mut all: Vec<_> = whole.chain(embryos).collect();
        let share = all.len().div_ceil(8);
        if share < all.len() {
            all.select_nth_unstable(share);
        }
        all.into_iter().take(share).map(|(_, id)| id).collect()
    }

    /// Connections that have left since this was asked last.
    #[inline]
    pub(in crate::track) fn take_left(&mut self) -> impl Iterator<Item = Connection> + use<> {
        let wants = self.wants;
        let left = std::mem::take(&mut self.left).into_iter();
        left.filter_map(move |one| one.connection(wants))
    }

    /// Every connection that was not yet passed on: those that have left, then
    /// those still kept, in the order of first segments, each after `end` was
    /// done with it.
    pub(in crate::track) fn into_connections(
        mut self,
        end: impl Fn(&mut Connection),
    ) -> impl Iterator<Item = Connection> {
        self.note_shown();
        let places = std::mem::take(&mut self.places);
        let left = self.take_left();
        let kept = places.into_iter().filter_map(move |place| {
            let mut connection = self.take(place)?.whole(self.wants)?;
            end(&mut connection);
            connection.is_worth_showing().then_some(connection)
        });
        left.chain(kept)
    }

    /// The same, each shown where it is: a move of a connection costs as much as
    /// a segment of it.
    pub(in crate::track) fn show_all<E>(
        &mut self,
        end: impl Fn(&mut Connection),
        mut show: impl FnMut(&Connection) -> Result<(), E>,
    ) -> Result<(), E> {
        self.note_shown();
        for connection in self.take_left() {
            show(&connection)?;
        }
        // So many there were, when none has a place any more.
        self.first = self.next_id().0;
        for place in std::mem::take(&mut self.places) {
            let mut again;
            let kept = match place.room() {
                Room::Whole(at) => self.whole.get_mut(at).map(|whole| &mut whole.connection),
                Room::Embryo(at) => {
                    let embryo = self.embryos.get(at);
                    again = embryo.and_then(|embryo| embryo.observed_again(self.wants));
                    again.as_mut()
                }
                Room::Gone(_) | Room::Nowhere => None,
            };
            if let Some(connection) = kept {
                end(connection);
                if connection.is_worth_showing() {
                    show(connection)?;
                }
            }
        }
        Ok(())
    }
}
