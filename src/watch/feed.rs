//! What the run gathers for the screen, in its own thread: which connections have changed,
//! the frames for who opens one, and the last rows of those that it no longer keeps.
//!
//! Nothing is told here: between two frames the [teller](crate::watch::teller) does that.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;

use tcptrace::frame::Frame;
use tcptrace::origin::Origin;
use tcptrace::segment::Packet;
use tcptrace::sink::{Event, Sink};
use tcptrace::skip::Skip;
use tcptrace::time::Timestamp;
use tcptrace::track::Observation;
use tcptrace::track::Wants;
use tcptrace::track::connection::Connection;
use tcptrace::track::flow::Flow;

use crate::watch::following::Following;
use crate::watch::marks::Marks;
use crate::watch::news::KeptFrame;
use crate::watch::row::WatchRow;
use crate::watch::store::Store;

/// The most last rows that wait for a screen which takes none; the oldest go first.
const MOST_LAST: usize = 1 << 20;

/// What was gathered, shared by who gathers and who tells.
pub type Shared = Rc<RefCell<ToTell>>;

/// What was gathered and is to be told.
pub struct ToTell {
    pub changed: Marks,
    pub store: Store,
    /// The last rows of connections that the run does not keep any more.
    pub last: VecDeque<WatchRow>,
    /// The connection that is open on the screen.
    pub open: Option<Following>,
    /// When the latest frame was captured.
    pub latest: Timestamp,
    /// What the source says beside its frames.
    pub origin: Option<Origin>,
    /// Whether that is to be looked at again.
    pub asks_origin: bool,
    /// Whether nobody looks any more.
    pub is_left: bool,
    /// An ICMP message, until it is known whether it is about a segment.
    icmp: Option<KeptFrame>,
}

/// Where the run ends up.
pub struct Feed(Shared);

impl Feed {
    pub const fn new(shared: Shared) -> Self {
        Self(shared)
    }
}

impl Sink for Feed {
    fn wants(&self) -> Wants {
        Wants::TIMED | Wants::TIME_SPENT
    }

    #[inline]
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        let gathered = &mut *self.0.borrow_mut();
        match event {
            Event::Packet(packet, Some(seen)) => gathered.segment(packet.frame, seen),
            Event::Packet(packet, None) => gathered.other(packet),
            Event::Unreachable(flow) | Event::IcmpError(flow, _) => gathered.icmp_error(flow),
            Event::Connection(_) if gathered.is_left => {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            Event::Connection(connection) => gathered.leaves(connection),
            Event::Socket(connection, _) => gathered.changes(&connection.flow),
            // The screen shows how the run stands.
            Event::Standing(_) | Event::Quiet | Event::Capture(_) | Event::End(_) => {}
        }
        Ok(())
    }
}

impl ToTell {
    /// Gathers for who opens connections as many frames as have room in so many octets.
    pub fn new(octets: usize) -> Self {
        Self {
            changed: Marks::default(),
            store: Store::new(octets),
            last: VecDeque::new(),
            open: None,
            latest: Timestamp::default(),
            origin: None,
            asks_origin: true,
            is_left: false,
            icmp: None,
        }
    }

    #[inline]
    fn segment(&mut self, frame: &Frame<'_>, seen: &Observation<'_>) {
        self.look_at(frame);
        self.keep(seen.flow, frame);
        self.changed.mark(seen.flow.id);
    }

    #[inline]
    fn keep(&mut self, flow: &Flow, frame: &Frame<'_>) {
        let nth = flow.client.segments + flow.server.segments;
        let place = self.store.keep(flow.id, nth, frame);
        if let Some(open) = self.open.as_mut().filter(|open| open.id == flow.id) {
            open.take(place);
        }
    }

    fn other(&mut self, packet: &Packet<'_>) {
        self.look_at(packet.frame);
        if packet.segment.is_err_and(|skip| skip == Skip::Icmp) {
            self.icmp = Some(KeptFrame::of(packet.frame));
        }
    }

    #[inline]
    fn look_at(&mut self, frame: &Frame<'_>) {
        self.latest = frame.time;
        if self.asks_origin {
            self.look_at_origin(frame);
        }
    }

    #[cold]
    fn look_at_origin(&mut self, frame: &Frame<'_>) {
        self.asks_origin = false;
        if self.origin.as_ref() != frame.origin {
            self.origin = frame.origin.cloned();
        }
    }

    /// The latest frame was an ICMP error about a connection.
    fn icmp_error(&mut self, flow: &Flow) {
        if let Some(kept) = self.icmp.take() {
            self.keep(flow, &kept.frame(None));
        }
        self.changes(flow);
    }

    fn changes(&mut self, flow: &Flow) {
        self.changed.mark(flow.id);
        if let Some(open) = self.open.as_mut().filter(|open| open.id == flow.id) {
            open.has_changed = true;
        }
    }

    fn leaves(&mut self, connection: &Connection) {
        let id = connection.flow.id;
        if self.last.len() >= MOST_LAST {
            self.last.pop_front();
        }
        self.last.push_back(WatchRow::of(connection));
        if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
            open.left = Some(Box::new(connection.clone()));
        }
    }
}
