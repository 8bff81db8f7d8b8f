//! Stage 3: what a segment means to its connection.
//!
//! For each segment the tracker looks, then moves:
//!
//! 1. find the connection, or begin one (`keep`);
//! 2. say what the segment is, with the connection as it was before (`look`);
//! 3. advance the connection (`follow`).
//!
//! The look only reads and the move is the only one to write, so neither depends
//! on what the other will do. Time is the frames' time; there is no other clock.
//!
//! What is ours is here. Each dialect has a room and a state of its own there:
//! [`wireshark`], [`zeek`], [`classic`]. They may read what is ours; nothing of
//! ours reads theirs: a `connection` only holds them all, and `observe` passes each
//! segment to them and on what they say.

pub mod acceptance;
pub mod aftermath;
pub mod agreement;
mod asks;
pub mod attempts;
mod blank;
pub mod calls;
mod capture_clock;
pub mod classic;
pub mod conflict;
pub mod connection;
pub mod diagnosis;
pub mod dir;
pub mod distribution;
pub mod doubling;
pub mod elsewhere;
pub mod figures;
pub mod flaw_scan;
pub mod flaws;
pub mod flow;
pub mod flow_id;
mod follow;
pub mod half;
pub mod handshake;
pub mod held;
mod holes;
pub mod icmp_errors;
mod incidents;
pub mod judgement;
mod keep;
pub mod ledger;
mod likeness;
pub mod long_wait;
mod look;
mod losses;
pub mod mark;
pub mod moves;
pub mod observation;
mod observe;
pub mod oddity;
pub mod offer;
pub mod on_demand;
pub mod openness;
mod oversize;
pub mod part;
pub mod point;
pub mod position;
pub mod reset_cause;
pub mod roles;
mod round_trip;
mod sending;
pub mod series;
pub mod servers;
pub mod sighting;
mod sights;
mod sockets;
pub mod stalls;
mod stamp;
pub mod state;
pub mod summary;
mod taking;
pub mod teardown;
pub mod time_spent;
mod timeouts;
mod timing;
pub mod trace;
pub mod transmission;
mod transmissions;
pub mod troubles;
mod ttls;
pub mod turns;
pub mod unproved;
pub mod verdict;
mod waiting;
pub mod waits;
pub mod wants;
pub mod wireshark;
pub mod zeek;

pub use observation::Observation;
pub use wants::Wants;

use std::borrow::Cow;
use std::ops::Range;

use crate::flow_key::FlowKey;
use crate::icmp_error::IcmpError;
use crate::segment::Segment;
use crate::socket::SocketWord;
use crate::time::Timestamp;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flaw_scan::FlawScan;
use crate::track::flaws::Flaws;
use crate::track::flow::{Flow, FlowId, StreamId};
use crate::track::held::Held;
use crate::track::icmp_errors::Notice;
use crate::track::keep::Table;

/// The most octets that connections may take, unless said otherwise.
pub const MOST_MEMORY: usize = 1 << 30;

/// How a capture ended.
#[derive(Debug, Clone, Copy, Default)]
pub struct CaptureEnd {
    /// When: silence lasted until then. `None` is the time of the latest segment.
    pub at: Option<Timestamp>,
    /// Whether it goes on behind its end, as nobody wanted more.
    pub is_cut_off: bool,
}

/// Follows every connection of a capture.
pub struct Tracker {
    table: Table,
}

impl Default for Tracker {
    fn default() -> Self {
        Self::new(Wants::OURS)
    }
}

impl Tracker {
    /// A tracker that keeps of each connection what is wanted, and takes a
    /// gibibyte of memory at most.
    #[must_use]
    pub fn new(wants: Wants) -> Self {
        Self::bounded(wants, MOST_MEMORY)
    }

    /// A tracker that takes up to `most` octets for connections, and then gives up
    /// those that have ended, and those that have been silent longest: see
    /// [`left`](Self::left).
    #[must_use]
    pub fn bounded(wants: Wants, most: usize) -> Self {
        Self {
            table: Table::new(wants, most),
        }
    }

    /// The same, but that its first connection has these numbers: for who shows a part of
    /// a capture again.
    #[must_use]
    pub fn numbering(mut self, first: FlowId, stream: StreamId) -> Self {
        self.table = self.table.numbering(first, stream);
        self
    }

    /// Places a segment in its connection and says what it means there.
    #[inline]
    pub fn observe<'a>(&'a mut self, segment: &'a Segment<'_>) -> Observation<'a> {
        self.table.observe(segment)
    }

    /// Places an ICMP error in the connection whose segment it is about, and says which
    /// it is of its [`icmp_errors`](Flow::icmp_errors); `None` where it tells nothing new
    /// or is about none that was seen to be sent (RFC 5927 §4).
    pub fn icmp(&mut self, error: &IcmpError) -> Option<(&Flow, &Notice)> {
        let (key, sender) = FlowKey::of(&error.src, &error.dst);
        let flow = &mut self.table.get_mut(&key)?.flow;
        if !flow.note_icmp(flow.dir_from(sender), error) {
            return None;
        }
        let flow = &*flow;
        Some((flow, flow.icmp.as_deref()?.of_frame(error.frame)?))
    }

    /// Connections that have left since this was asked last, to be shown: they
    /// had been over for 60 s of the capture's time, or there was no more memory.
    /// For lack of memory one may leave before its end: it is shown as it was then,
    /// and what comes of it later begins another connection. One that was over
    /// comes again where it brought more data since.
    /// They take memory until they are asked for.
    #[inline]
    pub fn left(&mut self) -> impl Iterator<Item = Connection> + use<> {
        self.table.take_left()
    }

    /// How many connections were seen.
    #[must_use]
    pub fn connections(&self) -> u64 {
        u64::from(self.table.next_id().0)
    }

    /// How many connections left for lack of memory, whether they were over or not.
    #[must_use]
    pub const fn given_up(&self) -> u64 {
        self.table.given_up()
    }

    /// What the capture did to the traffic, so far; asked once, before the connections
    /// are shown, since it looks at all of them.
    #[must_use]
    pub fn flaws(&self) -> Flaws {
        self.table.flaws()
    }

    /// The same by and by: looks at `most` connections more, and says what was found once
    /// it has looked at all. What goes on meanwhile is in the next look.
    pub fn look_for_flaws(&self, scan: &mut FlawScan, most: u32) -> Option<Flaws> {
        self.table.look_for_flaws(scan, most)
    }

    /// The connection of this number as it stands, where it is still kept. The capture
    /// goes on: nothing is concluded from its silence.
    #[must_use]
    pub fn connection(&self, id: FlowId) -> Option<Cow<'_, Connection>> {
        self.table.connection(id)
    }

    /// The connections that are kept, each as if the capture ended now, which it does
    /// not: in the order of first segments, and without those that have
    /// [left](Self::left).
    pub fn present(&self, end: CaptureEnd) -> impl Iterator<Item = Connection> {
        let ids = self.table.ids().map(FlowId);
        ids.filter_map(move |id| self.present_one(id, end))
    }

    /// The same of one connection.
    #[must_use]
    pub fn present_one(&self, id: FlowId, end: CaptureEnd) -> Option<Connection> {
        let mut connection = self.table.connection(id)?.into_owned();
        let at = end.at.unwrap_or(self.table.latest());
        end.come_to(&mut connection, at, self.table.held());
        connection.is_worth_showing().then_some(connection)
    }

    /// The numbers of the connections that may still be kept, in the order of first
    /// segments: each may have [left](Self::left) all the same.
    #[must_use]
    pub fn ids(&self) -> Range<u32> {
        self.table.ids()
    }

    /// When the latest segment was captured.
    #[must_use]
    pub const fn latest(&self) -> Timestamp {
        self.table.latest()
    }

    /// Takes what the kernel says of the socket at one end of a connection; the
    /// connection, and in which direction that end sends, where this is news: another
    /// state, or who owns it.
    pub fn socket(&mut self, word: &SocketWord) -> Option<(&Connection, Dir)> {
        let (key, local) = FlowKey::of(&word.ends.local, &word.ends.remote);
        let connection = self.table.get_mut(&key)?;
        let dir = connection.flow.dir_from(local);
        let is_news = connection.take_socket(dir, word);
        is_news.then_some((&*connection, dir))
    }

    /// Every connection that [`left`](Self::left) has not returned: those that have
    /// left, then those still kept, in the order of first segments, as each is when
    /// the capture has ended.
    pub fn into_connections(self, end: CaptureEnd) -> impl Iterator<Item = Connection> {
        let at = end.at.unwrap_or(self.table.latest());
        let held = self.table.held();
        self.table
            .into_connections(move |connection| end.come_to(connection, at, held))
    }

    /// The same connections, shown one by one without being moved: nothing is
    /// tracked any more after that.
    ///
    /// # Errors
    ///
    /// What `show` brings, which ends it.
    pub fn show_all<E>(
        &mut self,
        end: CaptureEnd,
        show: impl FnMut(&Connection) -> Result<(), E>,
    ) -> Result<(), E> {
        let at = end.at.unwrap_or(self.table.latest());
        let held = self.table.held();
        self.table
            .show_all(|connection| end.come_to(connection, at, held), show)
    }
}

impl CaptureEnd {
    /// Ends a connection with the capture, `at` a time.
    fn come_to(self, connection: &mut Connection, at: Timestamp, held: Held) {
        if self.is_cut_off {
            connection.flow.cut_off(at);
        }
        connection.end(at, held);
    }
}
