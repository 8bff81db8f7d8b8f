//! Where the connection of a segment is, and what it begins with where it begins.

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::track::connection::{Connection, Heritage};
use crate::track::diagnosis::TimeWait;
use crate::track::elsewhere::Elsewhere;
use crate::track::flow::{Another, FlowId, StreamId};
use crate::track::keep::Table;
use crate::track::keep::gone::Gone;
use crate::track::keep::header::Header;
use crate::track::keep::place::{Location, Room};
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
    time_wait: Option<TimeWait>,
}

/// The connection that had the key before.
enum KeyHolder {
    /// It has left, and the segment is one of its own.
    Returns(u32, Gone),
    /// It leaves this to the next.
    Leaves(Before),
}

/// What the connection leaves that had the key before.
#[derive(Default)]
struct Before {
    id: Option<FlowId>,
    /// Where Wireshark takes the next one for the same.
    heritage: Option<Heritage>,
    /// The SYN that the next one begins with, where that came while it was open.
    syn: Option<Box<Header>>,
    /// The TIME-WAIT in which either end of it is.
    time_wait: Option<TimeWait>,
}

impl Before {
    fn gone(gone: &Gone, another: Option<Another>) -> Self {
        let is_ours = another == Some(Another::Ours);
        Self {
            id: Some(gone.id),
            heritage: is_ours.then(|| Heritage::of_stream(gone.stream)),
            ..Self::default()
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
        if let Some(time_wait) = start.time_wait {
            whole.connection.note_time_wait(time_wait);
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
        let mut before = match self.left_by(known, sender, segment) {
            KeyHolder::Returns(at, gone) => return self.let_return(at, gone, segment),
            KeyHolder::Leaves(before) => before,
        };
        let syn = before.syn.take();
        let start = self.start(before, segment);
        let at = self.settle(&key, start.earlier);
        if let Some(syn) = syn {
            *self.whole.slot(at) = Some(self.begun(start.id, key, &syn));
        }
        Entry {
            start: Some(start),
            ..Entry::known(at)
        }
    }

    /// What the connection that had the key leaves to one that a segment begins, unless
    /// the segment is its own.
    fn left_by(&self, known: Option<Room>, sender: End, segment: &Segment<'_>) -> KeyHolder {
        let gone = match known {
            Some(Room::Whole(at)) => return KeyHolder::Leaves(self.before(at, sender, segment)),
            Some(Room::Gone(at)) => self.gone.get(at).map(|gone| (at, *gone)),
            _ => None,
        };
        let Some((at, gone)) = gone else {
            return KeyHolder::Leaves(Before::default());
        };
        match gone.is_followed_by(sender, segment) {
            None => KeyHolder::Returns(at, gone),
            another => KeyHolder::Leaves(Before::gone(&gone, another)),
        }
    }

    /// What a connection begins with, its numbers among it.
    fn start(&mut self, before: Before, segment: &Segment<'_>) -> Start {
        let id = self.next_id();
        let stream = match &before.heritage {
            Some(heritage) => heritage.stream,
            None => self.next_stream(),
        };
        let same_as = self.openers.take(id, segment);
        let answers = self.answered_elsewhere(id, segment);
        // What it inherits, or is, no header tells.
        let is_told = before.heritage.is_some() || before.time_wait.is_some();
        let is_plain = !is_told && same_as.is_none() && answers.is_none();
        Start {
            id,
            stream,
            earlier: before.id,
            same_as,
            answers,
            bed: is_plain.then(|| self.lay(id, &[])),
            heritage: before.heritage,
            time_wait: before.time_wait,
        }
    }

    /// A place for the next connection, by which its key finds it from here on instead of
    /// an earlier one.
    fn settle(&mut self, key: &FlowKey, earlier: Option<FlowId>) -> u32 {
        let at = self.whole.reserve();
        self.places.push_back(Location::whole(at));
        // It may have moved to make room.
        let older = earlier.and_then(|earlier| self.place(earlier));
        let older = older.map(Location::bits);
        self.index.set(key, older, Location::whole(at).bits());
        self.recent[key.corner()] = at;
        self.memory.add_whole();
        at
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
            time_wait: TimeWait::of(&whole.connection.flow),
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
