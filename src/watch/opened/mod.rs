//! One connection in full: its lines as they come, pictures of it, where its time went, and
//! what the kernel says of it.
//!
//! The frames that are kept of it go once more through a pipeline, into the library's own
//! styles. Of frames that are no longer kept these cannot tell, nor of what other connections
//! show of this one (that its ports were used before, say). What the run itself knows, the
//! [record](Opened::connection), is whole: the head, the time and the report are of it.

mod body;
mod clipboard;
mod head;
mod kept_frames;
mod kernel;
mod keys;
mod press;
mod retelling;
mod roll;
mod saving;
mod scrolling;
mod search;
mod sgr;
mod sheet;
mod socket_words;
mod status;
mod tab;
mod told;
mod words;

use std::borrow::Cow;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use ratatui::Frame;
use ratatui::layout::Rect;
use tcptrace::origin::Origin;
use tcptrace::sink::words::Lang;
use tcptrace::time::Timestamp;
use tcptrace::track::connection::Connection;
use tcptrace::track::flow::StreamId;
use tcptrace::track::flow_id::FlowId;

use crate::watch::news::KeptFrame;
use crate::watch::opened::kept_frames::KeptFrames;
use crate::watch::opened::retelling::{KeptFor, LineForm, Retelling};
use crate::watch::opened::scrolling::{ScrollExtent, Scrolling};
use crate::watch::opened::search::Search;
use crate::watch::opened::sheet::Sheet;
use crate::watch::opened::socket_words::SocketWords;
use crate::watch::opened::tab::Tab;
use crate::watch::opened::words::OpenedWords;

pub use keys::keys;
pub use press::Press;

/// Frames that are read before the screen is drawn again.
const READ_AT_ONCE: u64 = 10_000;

/// Which connection is opened, and how it is shown.
#[derive(Debug, Clone)]
pub struct OpenedOptions {
    /// Its number.
    pub id: FlowId,
    /// Wireshark's number of it.
    pub stream: StreamId,
    /// The end that opened.
    pub client: SocketAddr,
    /// The end that was opened to.
    pub server: SocketAddr,
    /// Whether it is over at both ends: then it is shown from its beginning.
    pub is_over: bool,
    /// Whether the capture is live, so that the kernel knows its sockets.
    pub is_live: bool,
    /// The language.
    pub lang: Lang,
    /// Whether there are colours.
    pub is_coloured: bool,
    /// The zone of times of day.
    pub zone: TimeZone,
    /// What the source says beside its frames.
    pub origin: Option<Origin>,
}

/// A connection that is open on the screen.
pub struct Opened {
    options: OpenedOptions,
    words: &'static OpenedWords,
    frames: KeptFrames,
    socket_words: SocketWords,
    /// How many more there were before it was opened.
    missing: u64,
    retelling: Retelling,
    form: LineForm,
    /// The run's own record, and how often it came.
    record: Option<Box<Connection>>,
    records: u64,
    now: Option<Timestamp>,
    /// Whether the run is over, so that nothing comes any more.
    is_final: bool,
    tab: Tab,
    /// Which of the graphs is shown.
    graph: usize,
    /// Where each tab is looked at.
    places: [Scrolling; Tab::ALL.len()],
    /// What the tab had when it was drawn.
    extent: ScrollExtent,
    /// Where each tab stands on the screen.
    tabs: Vec<(Rect, Tab)>,
    search: Search,
    /// Everything but the lines, once it was drawn.
    sheet: Option<Sheet>,
    /// What a key did.
    said: Option<String>,
    /// Where connections are saved.
    folder: PathBuf,
    copy: fn(&str) -> io::Result<()>,
}

impl Opened {
    /// Of a connection of which nothing was told yet.
    pub fn new(options: OpenedOptions) -> Self {
        let form = LineForm::default();
        let mut places = [Scrolling::BEGIN; Tab::ALL.len()];
        for tab in Tab::ALL {
            if tab.grows() && !options.is_over {
                places[tab as usize] = Scrolling::END;
            }
        }
        Self {
            words: OpenedWords::of(options.lang),
            frames: KeptFrames::default(),
            socket_words: SocketWords::default(),
            missing: 0,
            retelling: Retelling::new(form, &options),
            form,
            record: None,
            records: 0,
            now: None,
            is_final: false,
            tab: Tab::Lines,
            graph: 0,
            places,
            extent: ScrollExtent::default(),
            tabs: Vec::new(),
            search: Search::default(),
            sheet: None,
            said: None,
            folder: PathBuf::new(),
            copy: clipboard::copy,
            options,
        }
    }

    /// Takes its next frame.
    pub fn take(&mut self, frame: &KeptFrame) {
        self.frames.take(frame.clone());
        while self.frames.is_full() {
            // What goes is told before.
            if self.retelling.read_so_far() <= self.frames.next_to_go() {
                self.read_on();
            }
            self.frames.give_up();
        }
    }

    fn read_on(&mut self) {
        let kept = KeptFor {
            frames: &self.frames,
            words: &self.socket_words,
            origin: self.options.origin.as_ref(),
        };
        self.retelling.read(&kept, READ_AT_ONCE);
    }

    /// Takes the run's own record, as it stands.
    pub fn connection(&mut self, connection: Box<Connection>) {
        self.socket_words.take(self.frames.end(), &connection);
        self.record = Some(connection);
        self.records += 1;
    }

    /// So many of its frames were no longer kept when it was opened.
    pub const fn missing(&mut self, frames: u64) {
        self.missing = frames;
    }

    /// The time that it is for the capture: what is waited for is counted on by it.
    pub const fn now(&mut self, now: Timestamp) {
        self.now = Some(now);
    }

    /// The run is over.
    pub const fn finish(&mut self) {
        self.is_final = true;
    }

    /// Takes what the source says beside its frames.
    pub fn origin(&mut self, origin: Option<Origin>) {
        self.options.origin = origin;
    }

    /// Whether it is to be drawn again soon though nothing comes: it reads on, or the
    /// picture is older than what it shows.
    pub fn is_behind(&self) -> bool {
        let is_old = |sheet: &Sheet| sheet.is_old(self);
        self.retelling.read_so_far() < self.frames.end() || self.sheet_shown().is_some_and(is_old)
    }

    /// Frames that are not kept, of all that there were.
    const fn frames_missing(&self) -> u64 {
        self.missing + self.frames.given_up()
    }

    /// The run's record, or what the kept frames tell, as of the time that it is: a window
    /// that is closed has been so until now, whatever of it is said where.
    fn present(&self) -> Option<Cow<'_, Connection>> {
        let known = match &self.record {
            Some(record) => Some(Cow::Borrowed(&**record)),
            None => self.retelling.connection(&self.options),
        };
        let known = known?;
        match self.now {
            Some(now) if !known.flow.is_over() => Some(Cow::Owned(known.as_of(now))),
            _ => Some(known),
        }
    }

    /// The time of what is shown: a sheet is not drawn with every picture, and what stands
    /// above it is of the same time.
    fn shown_at(&self) -> Option<Timestamp> {
        let sheet = self.sheet_shown().filter(|_| self.tab.is_of_now());
        sheet.map_or(self.now, |sheet| sheet.now)
    }

    fn sheet_shown(&self) -> Option<&Sheet> {
        self.sheet.as_ref().filter(|_| self.tab != Tab::Lines)
    }

    /// Draws it.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect) {
        self.form.width = area.width;
        if self.form != self.retelling.form() {
            self.retelling = Retelling::new(self.form, &self.options);
        }
        self.read_on();
        let [head, body, status] = head::rows(area, self.head_lines());
        if self.tab != Tab::Lines {
            self.renew_sheet(body.width, body.height);
        }
        self.draw_head(frame, head);
        self.draw_body(frame, body);
        self.draw_status(frame, status);
    }
}

#[cfg(test)]
mod tests;
