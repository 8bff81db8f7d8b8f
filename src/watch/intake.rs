//! What the screen makes of news: rows for the table, frames for the connection that is
//! open; and what waits while the picture stands still.

use std::collections::HashMap;

use tcptrace::time::Timestamp;
use tcptrace::track::flow_id::FlowId;

use crate::watch::head::Going;
use crate::watch::news::{CaptureNews, News, Request};
use crate::watch::opened::{Opened, OpenedOptions};
use crate::watch::row::WatchRow;
use crate::watch::whole::WatchScreen;

/// Rows that are told apart while the picture stands still. Beyond so many the screen
/// takes no more news: the run keeps them together until it does.
const MOST_PENDING: usize = 1 << 16;

/// What came while the picture stands still.
#[derive(Debug)]
pub struct HeldNews {
    pub now: Option<Timestamp>,
    rows: HashMap<FlowId, WatchRow>,
    gone: Vec<FlowId>,
    capture: Option<Box<CaptureNews>>,
}

impl WatchScreen {
    /// Takes news of the run.
    pub fn take(&mut self, news: News) {
        match (news, &mut self.held) {
            (News::Rows(rows), Some(held)) => {
                held.rows.extend(rows.into_iter().map(|row| (row.id, row)));
            }
            (News::Gone(gone), Some(held)) => held.gone.extend(gone),
            (News::Capture(capture), Some(held)) => held.capture = Some(capture),
            (News::Rows(rows), None) => self.rows(&rows),
            (News::Gone(gone), None) => self.gone(&gone),
            (News::Capture(capture), None) => self.capture(capture),
            (News::Ended(why), _) => {
                self.going = Going::Ended(why);
                self.time.end();
                self.ask();
            }
            (news, _) => self.tell_opened(news),
        }
        self.is_changed |= self.held.is_none();
    }

    /// Takes news of the connection that is open.
    fn tell_opened(&mut self, news: News) {
        let Some((open, opened)) = &mut self.opened else {
            return;
        };
        match news {
            News::Frames(id, frames) if id == *open => {
                for frame in &frames {
                    opened.take(frame);
                }
            }
            News::Missing(id, count) if id == *open => opened.missing(count),
            News::Connection(connection) if connection.flow.id == *open => {
                opened.connection(connection);
            }
            // Of one that was open before.
            _ => return,
        }
        self.is_changed = true;
    }

    /// Opens a connection.
    pub fn open(&mut self, id: FlowId) -> Option<Request> {
        let row = self.board.get(id, self.now())?.row;
        let capture = self.capture.as_ref();
        let options = OpenedOptions {
            id,
            stream: row.stream,
            client: row.client.addr,
            server: row.server.addr,
            is_over: row.is_over(),
            is_live: self.options.is_live,
            lang: self.options.lang,
            is_coloured: self.options.is_coloured,
            zone: self.options.zone.clone(),
            origin: capture.and_then(|capture| capture.origin.clone()),
        };
        self.opened = Some((id, Opened::new(options)));
        Some(Request::Open(id))
    }

    /// Goes back to the table.
    pub fn close(&mut self) -> Request {
        self.opened = None;
        self.is_still = false;
        Request::Close
    }

    fn rows(&mut self, rows: &[WatchRow]) {
        for row in rows {
            self.board.take(row);
            self.time.take(row.last, self.wall);
            let began = self.began.map_or(row.began, |began| began.min(row.began));
            self.began = Some(began);
        }
        self.is_stale = true;
    }

    fn gone(&mut self, gone: &[FlowId]) {
        for id in gone {
            self.board.leave(*id);
        }
        self.is_stale = true;
    }

    fn capture(&mut self, capture: Box<CaptureNews>) {
        if capture.totals.frames > 0 {
            self.time.take(capture.latest, self.wall);
        }
        let before = self.capture.replace(capture);
        // A file may say it late, and says it once.
        let origin = self.capture.as_ref().and_then(|now| now.origin.as_ref());
        let is_new = before.is_none_or(|before| before.origin.is_none());
        if let (Some((_, opened)), Some(origin), true) = (&mut self.opened, origin, is_new) {
            opened.origin(Some(origin.clone()));
        }
    }

    /// Whether it takes more news; while the picture stands still it does not take
    /// without end, and of a connection that is open nothing.
    pub fn has_room(&self) -> bool {
        let held = self.held.as_ref();
        !self.is_still && held.is_none_or(|held| held.rows.len() + held.gone.len() < MOST_PENDING)
    }

    /// Lets the picture stand still, or go on with all that has come.
    pub fn pause(&mut self) {
        let Some(held) = self.held.take() else {
            self.held = Some(HeldNews {
                now: self.time.at(self.wall),
                rows: HashMap::new(),
                gone: Vec::new(),
                capture: None,
            });
            return;
        };
        let mut rows: Vec<_> = held.rows.into_values().collect();
        rows.sort_unstable_by_key(|row| row.id);
        self.rows(&rows);
        self.gone(&held.gone);
        if let Some(capture) = held.capture {
            self.capture(capture);
        }
        self.ask();
    }
}
