//! The whole screen as it stands: what it knows, and what of that is shown.

use std::time::Duration;

use jiff::tz::TimeZone;
use tcptrace::sink::words::Lang;
use tcptrace::time::Timestamp;
use tcptrace::track::flow_id::FlowId;

use crate::watch::board::Board;
use crate::watch::cells::CellPen;
use crate::watch::cursor::Cursor;
use crate::watch::group_table::GroupView;
use crate::watch::grouping::{GroupOf, GroupedBy};
use crate::watch::head::Going;
use crate::watch::intake::HeldNews;
use crate::watch::narrowing::Narrowing;
use crate::watch::news::CaptureNews;
use crate::watch::opened::Opened;
use crate::watch::order::{ListOrder, ListQuery};
use crate::watch::pace::CaptureTime;
use crate::watch::paint::Paint;
use crate::watch::table::TableView;
use crate::watch::words;

/// How the screen is to be.
#[derive(Debug, Clone)]
pub struct ScreenOptions {
    /// The language.
    pub lang: Lang,
    /// Whether there are colours.
    pub is_coloured: bool,
    /// What is captured: interfaces or files.
    pub source: String,
    /// The filter of the capture.
    pub filter: String,
    /// Whether the capture is live.
    pub is_live: bool,
    /// The zone of times of day.
    pub zone: TimeZone,
    /// How much faster than the wall clock the capture's time goes: 1 of a live one;
    /// `None` of files that are read at once.
    pub pace: Option<f64>,
}

/// How many connections are looked through between two looks at the keyboard.
const STEP: usize = 20_000;
/// A search is not begun again sooner than after this, of a small table and of a large
/// one, and of one that takes long after so many times that.
const SOON: Duration = Duration::from_millis(50);
const LARGE: usize = 20_000;
const LATER: Duration = Duration::from_millis(250);
const TIMES: u32 = 8;

/// How often what goes on by itself is drawn: ages, waits.
const TICK: Duration = Duration::from_millis(200);

/// What is shown in place of the table, or over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Showing {
    /// The table, of connections or of groups.
    #[default]
    Table,
    /// The page of keys.
    Keys,
    /// The page of the capture.
    Capture,
}

/// The whole screen.
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct WatchScreen {
    pub options: ScreenOptions,
    pub pen: CellPen,
    pub board: Board,
    pub time: CaptureTime,
    pub capture: Option<Box<CaptureNews>>,
    pub going: Going,
    /// When the first connection began.
    pub began: Option<Timestamp>,
    /// What the wall clock shows.
    pub wall: Duration,
    pub asking: ListQuery,
    pub order: ListOrder,
    /// What was typed of the filter, and whether it is being typed.
    pub typed: String,
    pub is_typing: bool,
    pub showing: Showing,
    /// The first line of a page, and the last that can be.
    pub page_top: usize,
    pub page_most: usize,
    pub cursor: Cursor<FlowId>,
    pub group_cursor: Cursor<GroupOf>,
    pub table: TableView,
    pub groups: GroupView,
    /// How many rows the table has room for.
    pub height: usize,
    pub held: Option<HeldNews>,
    /// The connection that is open, and whether its picture stands still.
    pub opened: Option<(FlowId, Opened)>,
    pub is_still: bool,
    /// Whether there is something to draw.
    pub is_changed: bool,
    /// Whether to look anew, and whether at once.
    pub is_stale: bool,
    is_asked: bool,
    began_search: Duration,
    ended_search: Duration,
    drawn: Duration,
}

impl WatchScreen {
    /// A screen that knows nothing yet.
    pub fn new(options: ScreenOptions) -> Self {
        let pen = CellPen {
            words: options.lang.words(),
            own: words::words(options.lang),
            paint: Paint {
                is_coloured: options.is_coloured,
            },
            is_short: false,
        };
        Self {
            pen,
            board: Board::default(),
            time: CaptureTime::new(options.pace),
            options,
            capture: None,
            going: Going::On,
            began: None,
            wall: Duration::ZERO,
            asking: ListQuery::default(),
            order: ListOrder::default(),
            typed: String::new(),
            is_typing: false,
            showing: Showing::Table,
            page_top: 0,
            page_most: 0,
            cursor: Cursor::default(),
            group_cursor: Cursor::default(),
            table: TableView::default(),
            groups: GroupView::default(),
            height: 0,
            held: None,
            opened: None,
            is_still: false,
            is_changed: true,
            is_stale: true,
            is_asked: true,
            began_search: Duration::ZERO,
            ended_search: Duration::ZERO,
            drawn: Duration::ZERO,
        }
    }

    /// What time it is in the picture.
    pub fn now(&self) -> Timestamp {
        let held = self.held.as_ref().and_then(|held| held.now);
        let now = held.or_else(|| self.time.at(self.wall));
        now.unwrap_or_default()
    }

    /// Takes what the wall clock shows, since the screen began.
    pub fn pass(&mut self, wall: Duration) {
        self.wall = wall;
    }

    /// Looks for connections anew, at once.
    pub fn ask(&mut self) {
        self.asking.narrowing = Narrowing::parse(&self.typed);
        self.is_asked = true;
        self.is_changed = true;
    }

    /// Goes on looking for what is to be shown; whether there is more to look through.
    pub fn look(&mut self) -> bool {
        if self.is_asked || !self.order.is_searching() && self.is_due() {
            let now = self.now();
            self.order.begin(&self.asking, now);
            self.is_asked = false;
            self.is_stale = false;
            self.began_search = self.wall;
        }
        if self.order.step(&self.board, self.pen.words, STEP) {
            self.ended_search = self.wall;
            self.settle();
        }
        self.order.is_searching()
    }

    /// Whether it is time to look again.
    fn is_due(&self) -> bool {
        let goes_on = self.time.is_running()
            && (self.asking.sorting.is_of_now() || self.asking.grouped_by != GroupedBy::Nothing);
        if self.held.is_some() || !self.is_stale && !goes_on {
            return false;
        }
        let took = self.ended_search.saturating_sub(self.began_search);
        let least = if self.board.len() < LARGE {
            SOON
        } else {
            LATER
        };
        let pause = least.max(took * TIMES);
        self.wall.saturating_sub(self.ended_search) >= pause || self.ended_search.is_zero()
    }

    /// Takes what was found: the selection goes with what it is on.
    fn settle(&mut self) {
        let place = self.cursor.selected().and_then(|id| self.order.place(*id));
        self.cursor.settle(place, self.order.len(), self.height);
        if place.is_none() && self.cursor.selected().is_some() {
            let at = self.cursor.place();
            let next = self.order.show(at..at + 1).next();
            self.cursor.take(next);
        }
        let groups = &self.order.groups;
        let is_selected = |group: &&GroupOf| self.group_cursor.selected() == Some(group);
        let place = groups.iter().position(|(group, _)| is_selected(&group));
        self.group_cursor.settle(place, groups.len(), self.height);
        self.is_changed = true;
    }

    /// Whether there is something to draw, as the wall clock shows.
    pub fn is_to_draw(&self) -> bool {
        let goes_on = self.time.is_running() && self.held.is_none() && !self.is_still;
        let is_behind = |(_, opened): &(FlowId, Opened)| opened.is_behind();
        let is_behind = self.opened.as_ref().is_some_and(is_behind);
        self.is_changed || is_behind || goes_on && self.wall.saturating_sub(self.drawn) >= TICK
    }

    /// Takes note that it was drawn.
    pub fn note_drawn(&mut self) {
        self.is_changed = false;
        self.drawn = self.wall;
    }
}
