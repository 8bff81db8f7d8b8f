//! Zeek's `conn_state` and `history`, for readers who know them.
//!
//! Zeek moves a small machine of its own for each end with every segment, and
//! writes a letter for what the segment was. Its timers end connections early:
//! what comes later is another row of its `conn.log`, and so it is here.
//! `docs/peers.md` says what differs all the same.

mod conn_state;
mod endpoint;
mod history;
mod order;
mod row;

use crate::segment::Segment;
use crate::track::dir::Dir;
use crate::track::zeek::conn_state::ConnState;
use crate::track::zeek::history::History;
use crate::track::zeek::row::Row;

/// No time.
const NEVER: i64 = i64::MIN;
/// How long an unanswered SYN is remembered: `tcp_attempt_delay`, in
/// microseconds like the others.
const ATTEMPT_DELAY: i64 = 5_000_000;
/// How long a closed connection is remembered: `tcp_close_delay`.
const CLOSE_DELAY: i64 = 5_000_000;
/// How long an open connection may be silent: `tcp_inactivity_timeout`.
const INACTIVITY: i64 = 300_000_000;
/// The most rows kept of a connection; the last one goes on without timers.
const MOST_ROWS: usize = 8;

/// A connection as Zeek logs it; the client is Zeek's originator, unless it is a
/// guess: then the sender of the first segment is.
#[derive(Debug, Clone)]
pub struct Zeek {
    row: Row,
    /// Which way the originator sends.
    originator: Dir,
    /// The rows before, where timers have ended some.
    #[expect(
        clippy::box_collection,
        reason = "a word for what nearly no connection has"
    )]
    ended: Option<Box<Vec<(ConnState, History)>>>,
    /// When the row began, was closed, and had its latest segment: microseconds
    /// since the connection's first segment.
    began: i64,
    closed: i64,
    latest: i64,
}

impl Zeek {
    /// A connection whose first segment is about to be
    /// [observed](Self::observe). `is_turned` where that segment comes from the
    /// responder; `originator` is the direction of what the originator sends.
    pub(super) fn new(is_turned: bool, originator: Dir) -> Self {
        Self {
            row: Row::new(is_turned),
            originator,
            ended: None,
            began: 0,
            closed: NEVER,
            latest: 0,
        }
    }

    /// The `conn_state` and the `history` of each row that Zeek writes: one,
    /// unless its timers end the connection early. A history has at most 31
    /// letters.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let ended = self.ended.iter().flat_map(|rows| rows.iter());
        let ended = ended.map(|(state, history)| (state.name(), history.as_str()));
        let current = (self.row.conn_state().name(), self.row.history().as_str());
        ended.chain([current])
    }

    /// Takes a segment that was captured `now` microseconds after the first one.
    pub(super) fn observe(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) {
        let dir = self.way(dir);
        self.come_to(dir, now);
        if !self.row.takes_usual(dir, segment) {
            self.take(dir, segment, now);
        }
    }

    /// As [`observe`](Self::observe), but as if no segment were a usual one.
    #[cfg(test)]
    pub(super) fn observe_closely(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) {
        let dir = self.way(dir);
        self.come_to(dir, now);
        self.take(dir, segment, now);
    }

    /// A direction as Zeek has it: its originator is the client.
    #[inline]
    fn way(&self, dir: Dir) -> Dir {
        match self.originator {
            Dir::ToServer => dir,
            Dir::ToClient => dir.reverse(),
        }
    }

    /// Lets the time pass until a segment comes.
    #[inline]
    fn come_to(&mut self, dir: Dir, now: i64) {
        if self.is_timed_out(now) {
            self.begin_row(dir, now);
        }
        self.latest = now;
    }

    /// Takes any segment, without a look at whether it is a usual one.
    fn take(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) {
        self.row.take(dir, segment);
        if self.closed == NEVER && self.row.is_closed() {
            self.closed = now;
        }
    }

    fn is_timed_out(&self, now: i64) -> bool {
        let since = |then: i64| now.saturating_sub(then);
        self.closed != NEVER && since(self.closed) >= CLOSE_DELAY
            || since(self.began) >= ATTEMPT_DELAY && self.row.is_attempt()
            || since(self.latest) > INACTIVITY && self.row.is_established()
    }

    fn begin_row(&mut self, dir: Dir, now: i64) {
        let ended = self.ended.get_or_insert_default();
        if ended.len() + 1 >= MOST_ROWS {
            return;
        }
        ended.push((self.row.conn_state(), *self.row.history()));
        self.row = Row::new(dir == Dir::ToClient);
        self.began = now;
        self.closed = NEVER;
    }
}
