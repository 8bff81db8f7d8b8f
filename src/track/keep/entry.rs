//! Where the connection of a segment is, and what it begins with where it begins.

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::track::connection::{Connection, Heritage};
use crate::track::elsewhere::Elsewhere;
use crate::track::flow::{Another, FlowId, StreamId};
use crate::track::keep::Table;
use crate::track::keep::gone::Gone;
use crate::track::keep::header::Header;
use crate::track::keep::place::{Place, Room};
use crate::track::keep::whole::Whole;
use crate::track::sighting::Sighting;
use crate::track::wants::Wants;

/// Where the connection of a segment is.
pub(super) struct Entry {
    pub(super) at: u32,
    /// What it begins with, where it begins.
    start: Option<Start>,
    /// The number that it has for Wireshark from here on, where that takes the
    /// segment, a SYN, for the beginning of another.
    parts: Option<StreamId>,
}

/// What a connection begins with.
struct Start {
    id: FlowId,
    stream: StreamId,
    earlier: Option<FlowId>,
    same_as: Option<FlowId>,
    answers: Option<Elsewhere>,
    bed: Option<u32>,
    heritage: Option<Heritage>,
}

/// What the connection leaves that had the key before.
#[derive(Default)]
struct Before {
    id: Option<FlowId>,
    /// Where Wireshark takes the next one for the same.
    heritage: Option<Heritage>,
    /// The SYN that the next one begins with, where that came while it was open.
    syn: Option<Box<Header>>,
}

impl Before {
    fn gone(gone: &Gone, another: Option<Another>) -> Self {
        let is_ours = another == Some(Another::Ours);
        Self {
            id: Some(gone.id),
            heritage: is_ours.then(|| Heritage::of_stream(gone.stream)),
            syn: None,
        }
    }
}

impl Entry {
    /// Of a connection that is there.
    #[inline]
    pub(super) const fn known(at: u32) -> Self {
        Self {
            at,
            start: None,
            parts: None,
        }
    }

    /// The number of the connection that begins.
    pub(super) fn id(&self) -> FlowId {
        self.start.as_ref().map_or(FlowId(0), |start| start.id)
    }

    /// Gives a connection what it begins with; whether it uses ports again for
    /// Wireshark.
    #[inline]
    pub(super) fn apply(
        self,
        whole: &mut Whole,
        sender: End,
        segment: &Segment<'_>,
        wants: Wants,
    ) -> bool {
        if let Some(stream) = self.parts {
            whole.connection.part_stream(stream, segment.time, wants);
            whole.stray_syn = Header::of(segment, sender, Sighting::First).map(Box::new);
            whole.bed = None;
            return true;
        }
        let Some(start) = self.start else {
            return false;
        };
        let reuses_ports = start.earlier.is_some() && start.heritage.is_none();
        whole.bed = start.bed;
        let flow = &mut whole.connection.flow;
        (flow.earlier, flow.stream) = (start.earlier, start.stream);
        flow.same_as = start.same_as;
        flow.answers = start.answers.map(Box::new);
        if let Some(heritage) = start.heritage {
            whole.connection.inherit(heritage);
        }
        reuses_ports
    }
}

impl Table {
    /// Whether a SYN asks for a connection of its own although its addresses and
    /// ports are known, and for whom.
    #[inline]
    fn another(&self, at: u32, sender: End, segment: &Segment<'_>) -> Option<Another> {
        if !segment.flags.has(Flags::SYN) {
            return None;
        }
        self.whole.get(at)?.is_followed_by(sender, segment)
    }

    /// Where the connection of a segment is whose ends have one that is whole.
    #[inline]
    pub(super) fn enter_whole(
        &mut self,
        at: u32,
        key: FlowKey,
        sender: End,
        segment: &Segment<'_>,
    ) -> Entry {
        match self.another(at, sender, segment) {
            None => Entry::known(at),
            Some(Another::Wiresharks) => Entry {
                parts: Some(self.next_stream()),
                ..Entry::known(at)
            },
            Some(Another::Everybodys | Another::Ours) => {
                self.enter(Some(Room::Whole(at)), key, sender, segment)
            }
        }
    }

    /// Makes a place for a connection that begins with a segment, or returns with
    /// it; `known` is the one that had the key so far.
    #[inline(never)]
    pub(super) fn enter(
        &mut self,
        known: Option<Room>,
        key: FlowKey,
        sender: End,
        segment: &Segment<'_>,
    ) -> Entry {
        let known = if self.memory.is_full() {
            self.give_up();
            self.find(&key)
        } else {
            known
        };
        let before = match known {
            Some(Room::Whole(at)) => self.before(at, sender, segment),
            Some(Room::Gone(at)) => match self.gone.get(at).copied() {
                None => Before::default(),
                Some(gone) => match gone.is_followed_by(sender, segment) {
                    None => return self.let_return(at, gone, segment),
                    another => Before::gone(&gone, another),
                },
            },
            _ => Before::default(),
        };
        let id = self.next_id();
        let stream = match &before.heritage {
            Some(heritage) => heritage.stream,
            None => self.next_stream(),
        };
        let same_as = self.openers.take(id, segment);
        let answers = self.answered_elsewhere(id, segment);
        // What it inherits, or is, no header tells.
        let is_plain = before.heritage.is_none() && same_as.is_none() && answers.is_none();
        let bed = is_plain.then(|| self.lay(id, &[]));
        let at = self.whole.reserve();
        self.places.push_back(Place::whole(at));
        // It may have moved to make room.
        let older = before.id.and_then(|earlier| self.place(earlier));
        let older = older.map(Place::bits);
        self.index.set(&key, older, Place::whole(at).bits());
        self.recent[key.corner()] = at;
        self.memory.add_whole();
        if let Some(syn) = before.syn {
            *self.whole.slot(at) = Some(self.begun(id, key, &syn));
        }
        Entry {
            start: Some(Start {
                id,
                stream,
                earlier: before.id,
                same_as,
                answers,
                bed,
                heritage: before.heritage,
            }),
            ..Entry::known(at)
        }
    }

    /// The SYN that a segment answers which begins the connection `id`, where that asked
    /// another address; its connection takes note.
    fn answered_elsewhere(&mut self, id: FlowId, segment: &Segment<'_>) -> Option<Elsewhere> {
        let asked = self.openers.asked(segment)?;
        let (key, _) = FlowKey::of(&segment.dst, &asked.addr);
        if let Some(connection) = self.get_mut(&key) {
            let answer = Elsewhere {
                id,
                frame: segment.frame,
                addr: segment.src,
            };
            connection
                .flow
                .answered_from
                .get_or_insert_with(|| Box::new(answer));
        }
        Some(asked)
    }

    /// What the connection in a place leaves to the one that a segment begins.
    fn before(&self, at: u32, sender: End, segment: &Segment<'_>) -> Before {
        let Some(whole) = self.whole.get(at) else {
            return Before::default();
        };
        let is_ours = whole.is_followed_by(sender, segment) == Some(Another::Ours);
        Before {
            id: Some(whole.connection.flow.id),
            heritage: is_ours.then(|| whole.connection.heritage()),
            syn: whole.syn_before(sender, segment).copied().map(Box::new),
        }
    }

    /// A connection that begins with a SYN which stood on the one before it.
    fn begun(&mut self, id: FlowId, key: FlowKey, syn: &Header) -> Whole {
        let (asker, opening) = (syn.sender(), syn.segment(&key));
        let cast = self.listeners.cast(&key, asker, &opening);
        let mut connection = Connection::begin(id, key, cast, opening.time, self.wants);
        connection.witness(self.held);
        connection.observe(asker, &opening, false, &mut syn.sight());
        Whole::of(connection)
    }

    fn next_stream(&mut self) -> StreamId {
        let next = self.streams;
        self.streams = next.wrapping_add(1);
        StreamId(next)
    }
}
