//! Where the connections are kept: found by their key, and as many as there is
//! memory for.
//!
//! A connection is kept whole, but one that had no more than three segments is
//! kept as their headers when many others have begun since: it is made whole by
//! observing these again, so that nothing can be different. One that has been
//! over for 2 MSL (RFC 9293 §3.4.2) leaves; its numbers are remembered.

mod clocks;
mod departure;
mod embryo;
mod entry;
mod folding;
mod gone;
mod header;
mod leaving;
mod listeners;
mod memory;
mod nursery;
mod openers;
mod pairs;
mod place;
mod present;
mod slab;
mod syn_fates;
mod whole;

use std::collections::VecDeque;

use crate::flags::Flags;
use crate::flow_index::FlowIndex;
use crate::flow_key::FlowKey;
use crate::segment::Segment;
use crate::time::{Span, Timestamp};
use crate::track::connection::Connection;
use crate::track::flaws::Flaws;
use crate::track::flow::{FlowId, StreamId};
use crate::track::held::Held;
use crate::track::keep::clocks::Clocks;
use crate::track::keep::embryo::Embryo;
use crate::track::keep::gone::Gone;
use crate::track::keep::leaving::Leaving;
use crate::track::keep::listeners::Listeners;
use crate::track::keep::memory::Memory;
use crate::track::keep::nursery::Nursery;
use crate::track::keep::openers::Openers;
use crate::track::keep::place::{Location, Room};
use crate::track::keep::slab::Slab;
use crate::track::keep::syn_fates::SynFates;
use crate::track::keep::whole::Whole;
use crate::track::observation::Observation;
use crate::track::sights::Sights;
use crate::track::taking::{LONG, Taking};
use crate::track::wants::Wants;

/// How long a connection stays that is over: 2 MSL, as implementations count
/// them.
const LINGERING: Span = Span(60_000_000_000);

/// The connections of a run.
pub(super) struct Table {
    wants: Wants,
    /// The latest connection of each key.
    index: FlowIndex,
    /// Recent connections that are whole, by the corner of their keys: looked at
    /// before the index is.
    recent: [u32; 64],
    whole: Slab<Whole>,
    embryos: Slab<Embryo>,
    gone: Slab<Gone>,
    nursery: Nursery,
    listeners: Listeners,
    /// Where each connection is, by its number less `first`.
    places: VecDeque<Location>,
    first: u32,
    /// How many connections there were for Wireshark.
    streams: u32,
    /// Connections that were over at a time, in the order of these times.
    over: VecDeque<(Timestamp, FlowId)>,
    /// Connections that have left and are remembered, in the order of leaving.
    departed: VecDeque<FlowId>,
    /// Connections that have left and are to be shown.
    left: Vec<Leaving>,
    /// How many were given up for lack of memory.
    given_up: u64,
    /// When the latest segment was captured.
    latest: Timestamp,
    memory: Memory,
    sights: Sights,
    /// What kinds of segment there were.
    held: Held,
    /// What the capture did to them.
    taking: Taking,
    openers: Openers,
    clocks: Clocks,
    syn_fates: SynFates,
}

impl Table {
    pub(super) fn new(wants: Wants, most: usize) -> Self {
        Self {
            wants,
            index: FlowIndex::default(),
            recent: [u32::MAX; 64],
            whole: Slab::default(),
            embryos: Slab::default(),
            gone: Slab::default(),
            nursery: Nursery::default(),
            listeners: Listeners::default(),
            places: VecDeque::new(),
            first: 0,
            streams: 0,
            over: VecDeque::new(),
            departed: VecDeque::new(),
            left: Vec::new(),
            given_up: 0,
            latest: Timestamp::default(),
            memory: Memory::new(wants, most),
            sights: Sights::new(),
            held: Held::default(),
            taking: Taking::default(),
            openers: Openers::default(),
            clocks: Clocks::default(),
            syn_fates: SynFates::default(),
        }
    }

    /// The same, but that the first connection has these numbers.
    pub(super) fn numbering(mut self, first: FlowId, stream: StreamId) -> Self {
        (self.first, self.streams) = (first.0, stream.0);
        self
    }

    /// Takes a segment into its connection, or begins one with it.
    #[inline]
    pub(super) fn observe<'a>(&'a mut self, segment: &'a Segment<'_>) -> Observation<'a> {
        if self.clocks.has_shown() {
            self.note_shown();
        }
        self.let_go_by(segment.time);
        let previous = std::mem::replace(&mut self.latest, segment.time);
        let (key, sender) = FlowKey::of(&segment.src, &segment.dst);
        let entry = match self.find(&key) {
            Some(Room::Whole(at)) => self.enter_whole(at, key, sender, segment),
            known => self.enter(known, key, sender, segment),
        };
        let (wants, held) = (self.wants, self.held);
        let whole = self.whole.slot(entry.at).get_or_insert_with(|| {
            let cast = self.listeners.cast(&key, sender, segment);
            let (id, began) = (entry.id(), segment.time);
            Whole::of(Connection::begin(id, key, cast, began, wants))
        });
        let reuses_ports = entry.apply(whole, sender, segment, wants);
        whole.connection.witness(held);
        if segment.flags.has(Flags::SYN) {
            whole.learn_from_others(sender, segment, &mut self.clocks, &mut self.syn_fates);
        }
        let has_jumped = segment.time - previous > Span(LONG)
            && whole.connection.flow.shows_clock_step(sender, segment);
        let Whole {
            connection,
            bed,
            is_over,
            ..
        } = whole;
        let seen = connection.observe(sender, segment, reuses_ports, &mut self.sights);
        self.held.take(seen.dir, segment);
        self.taking.take(&seen, previous, has_jumped);
        if segment.flags.has(Flags::SYN) {
            self.listeners.note(segment);
        }
        let sight = (seen.sight, held);
        if bed.is_some_and(|place| !self.nursery.note(place, segment, sender, sight)) {
            *bed = None;
        }
        if seen.flow.is_over_at_both_ends() && !*is_over {
            *is_over = true;
            self.over.push_back((segment.time, seen.flow.id));
        }
        seen
    }

    /// Lets those leave that have been over for long at a time.
    #[inline]
    fn let_go_by(&mut self, time: Timestamp) {
        let is_due = |(since, _): &(Timestamp, FlowId)| time - *since >= LINGERING;
        if self.over.front().is_some_and(is_due) {
            self.let_go(time);
        }
    }

    /// Notes of connections what later ones have shown: that their SYN was ignored for its
    /// timestamp.
    #[cold]
    fn note_shown(&mut self) {
        for one in self.clocks.take_shown() {
            if let Some(Room::Whole(at)) = self.find(&one.key)
                && let Some(whole) = self.whole.get_mut(at)
                && whole.connection.flow.id == one.id
            {
                whole.connection.note_backwards(one.backwards);
                // Its headers alone do not tell that.
                whole.bed = None;
            }
        }
    }

    /// Where the latest connection with this key is; whole, unless it is gone.
    #[inline]
    fn find(&mut self, key: &FlowKey) -> Option<Room> {
        let corner = key.corner();
        let recent = self.recent[corner];
        if self
            .whole
            .get(recent)
            .is_some_and(|whole| whole.has_key(key))
        {
            return Some(Room::Whole(recent));
        }
        self.find_in_index(key)
    }

    #[inline(never)]
    fn find_in_index(&mut self, key: &FlowKey) -> Option<Room> {
        let place = Location::of_bits(self.index.find(key, |bits| self.is_of(bits, key))?);
        let room = match place.room() {
            // Whole it takes several times as much; it may itself be given up.
            Room::Embryo(_) if self.memory.is_full() => {
                self.give_up();
                return self.find_in_index(key);
            }
            Room::Embryo(at) => self.hatch(at)?,
            room => room,
        };
        if let Room::Whole(at) = room {
            self.recent[key.corner()] = at;
        }
        Some(room)
    }

    fn is_of(&self, bits: u32, key: &FlowKey) -> bool {
        match Location::of_bits(bits).room() {
            Room::Whole(at) => self.whole.get(at).is_some_and(|whole| whole.has_key(key)),
            Room::Embryo(at) => self.embryos.get(at).is_some_and(|one| one.key == *key),
            Room::Gone(at) => self.gone.get(at).is_some_and(|one| one.key == *key),
            Room::Nowhere => false,
        }
    }

    /// Notes that a connection has moved.
    fn move_to(&mut self, id: FlowId, key: &FlowKey, from: Location, to: Location) {
        if let Some(place) = self.place_mut(id) {
            *place = to;
        }
        // Only the latest one with the key is found by it.
        let is_latest = self.index.find(key, |bits| bits == from.bits()).is_some();
        match (is_latest, to) {
            (false, _) => {}
            (true, Location::NOWHERE) => self.index.remove(key, from.bits()),
            (true, to) => self.index.set(key, Some(from.bits()), to.bits()),
        }
    }

    fn place(&self, id: FlowId) -> Option<Location> {
        let at = id.0.wrapping_sub(self.first) as usize;
        self.places.get(at).copied()
    }

    fn place_mut(&mut self, id: FlowId) -> Option<&mut Location> {
        let at = id.0.wrapping_sub(self.first) as usize;
        self.places.get_mut(at)
    }

    /// The number that the next connection will have.
    pub(super) fn next_id(&self) -> FlowId {
        let kept = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        FlowId(self.first.wrapping_add(kept))
    }

    /// When the latest segment was captured.
    pub(super) const fn latest(&self) -> Timestamp {
        self.latest
    }

    /// What kinds of segment there were.
    pub(super) const fn held(&self) -> Held {
        self.held
    }

    /// What the capture did to the traffic, with what that shows of the connections
    /// that are kept still.
    pub(super) fn flaws(&self) -> Flaws {
        let mut flaws = self.taking.flaws();
        for whole in self.whole.iter() {
            flaws.take(&whole.connection.flow);
        }
        let embryos = self.embryos.iter().filter(|one| one.headers.len() > 1);
        for again in embryos.filter_map(|one| one.observed_again(Wants::OURS)) {
            flaws.take(&again.flow);
        }
        flaws.with_filtered(self.held)
    }

    /// How many were given up for lack of memory.
    pub(super) const fn given_up(&self) -> u64 {
        self.given_up
    }

    /// The latest connection with this key, to be changed by something else than
    /// a segment.
    pub(super) fn get_mut(&mut self, key: &FlowKey) -> Option<&mut Connection> {
        let Some(Room::Whole(at)) = self.find(key) else {
            return None;
        };
        Some(&mut self.whole.get_mut(at)?.connection)
    }
}

#[cfg(test)]
mod tests;
