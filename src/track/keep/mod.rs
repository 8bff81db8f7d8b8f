//! Where the connections are kept: found by their key, and as many as there is
//! memory for.
//!
//! A connection is kept whole, but one that had no more than three segments is
//! kept as their headers when many others have begun since: it is made whole by
//! observing these again, so that nothing can be different. One that has been
//! over for 2 MSL (RFC 9293 §3.4.2) leaves; its numbers are remembered.

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
mod place;
mod slab;
mod whole;

use std::collections::VecDeque;

use crate::flags::Flags;
use crate::flow_index::FlowIndex;
use crate::flow_key::FlowKey;
use crate::segment::Segment;
use crate::time::{Span, Timestamp};
use crate::track::connection::Connection;
use crate::track::flaws::Flaws;
use crate::track::flow::FlowId;
use crate::track::held::Held;
use crate::track::keep::embryo::Embryo;
use crate::track::keep::gone::Gone;
use crate::track::keep::leaving::Leaving;
use crate::track::keep::listeners::Listeners;
use crate::track::keep::memory::Memory;
use crate::track::keep::nursery::Nursery;
use crate::track::keep::openers::Openers;
use crate::track::keep::place::{Place, Room};
use crate::track::keep::slab::Slab;
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
    places: VecDeque<Place>,
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
        }
    }

    /// Takes a segment into its connection, or begins one with it.
    #[inline]
    pub(super) fn observe<'a>(&'a mut self, segment: &'a Segment<'_>) -> Observation<'a> {
        if let Some((since, _)) = self.over.front()
            && segment.time - *since >= LINGERING
        {
            self.let_go(segment.time);
        }
        let previous = std::mem::replace(&mut self.latest, segment.time);
        let (key, sender) = FlowKey::of(&segment.src, &segment.dst);
        let entry = match self.find(&key) {
            Some(Room::Whole(at)) => self.enter_whole(at, key, sender, segment),
            known => self.enter(known, key, sender, segment),
        };
        let wants = self.wants;
        let whole = self.whole.slot(entry.at).get_or_insert_with(|| {
            let cast = self.listeners.cast(&key, sender, segment);
            Whole::of(Connection::begin(
                entry.id(),
                key,
                cast,
                segment.time,
                wants,
            ))
        });
        let reuses_ports = entry.apply(whole, sender, segment, wants);
        let Whole {
            connection,
            bed,
            is_over,
            ..
        } = whole;
        let held = self.held;
        connection.witness(held);
        let passed = segment.time - previous;
        let has_jumped = passed.0 > LONG && connection.flow.shows_clock_step(sender, segment);
        let seen = connection.observe(sender, segment, reuses_ports, &mut self.sights);
        self.held.take(seen.dir, segment);
        self.taking.take(&seen, previous, has_jumped);
        if segment.flags.has(Flags::SYN) {
            self.listeners.note(segment);
        }
        if let Some(place) = *bed
            && !self
                .nursery
                .note(place, segment, sender, (seen.sight, held))
        {
            *bed = None;
        }
        if seen.flow.is_over_at_both_ends() && !*is_over {
            *is_over = true;
            self.over.push_back((segment.time, seen.flow.id));
        }
        seen
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
        let place = Place::of_bits(self.index.find(key, |bits| self.is_of(bits, key))?);
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
        match Place::of_bits(bits).room() {
            Room::Whole(at) => self.whole.get(at).is_some_and(|whole| whole.has_key(key)),
            Room::Embryo(at) => self.embryos.get(at).is_some_and(|one| one.key == *key),
            Room::Gone(at) => self.gone.get(at).is_some_and(|one| one.key == *key),
            Room::Nowhere => false,
        }
    }

    /// Notes that a connection has moved.
    fn move_to(&mut self, id: FlowId, key: &FlowKey, from: Place, to: Place) {
        if let Some(place) = self.place_mut(id) {
            *place = to;
        }
        // Only the latest one with the key is found by it.
        let is_latest = self.index.find(key, |bits| bits == from.bits()).is_some();
        match (is_latest, to) {
            (false, _) => {}
            (true, Place::NOWHERE) => self.index.remove(key, from.bits()),
            (true, to) => self.index.set(key, Some(from.bits()), to.bits()),
        }
    }

    fn place(&self, id: FlowId) -> Option<Place> {
        let at = id.0.wrapping_sub(self.first) as usize;
        self.places.get(at).copied()
    }

    fn place_mut(&mut self, id: FlowId) -> Option<&mut Place> {
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
