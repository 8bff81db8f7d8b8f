//! Everything but the lines: pictures, where the time went, the report, the kernel's
//! figures. Drawn anew when there is news, but not at every frame.

use std::time::{Duration, Instant};

use tcptrace::sink::draw::{DrawOptions, Drawn, PictureFormat, PictureKind};
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::style::Style;
use tcptrace::sink::text::Text;
use tcptrace::time::Timestamp;
use tcptrace::track::connection::Connection;

use crate::watch::opened::Opened;
use crate::watch::opened::tab::{GRAPHS, Tab};

/// The shortest time between two, and how much longer than drawing one that is at least.
const PAUSE: Duration = Duration::from_millis(250);
const TIMES: u32 = 10;

/// What a sheet shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SheetSubject {
    tab: Tab,
    graph: usize,
    width: u16,
    height: u16,
}

/// A tab as it was drawn.
#[derive(Debug)]
pub struct Sheet {
    subject: SheetSubject,
    /// The frames read and the records taken by then.
    of: (u64, u64),
    at: Instant,
    took: Duration,
    /// What time it was in the capture.
    pub now: Option<Timestamp>,
    /// Its lines, with the library's colours.
    pub lines: Vec<String>,
}

impl Sheet {
    /// Whether there is news since, or time has passed for a connection that goes on.
    pub fn is_old(&self, opened: &Opened) -> bool {
        self.of != opened.news()
            || self.subject.tab.is_of_now() && self.now != opened.now && !opened.is_over()
    }
}

impl Opened {
    /// Whether it is over at both ends, as far as the run has told.
    fn is_over(&self) -> bool {
        let record = self.record.as_deref();
        record.is_some_and(|record| record.flow.is_over())
    }

    /// How much it knows.
    const fn news(&self) -> (u64, u64) {
        (self.retelling.read_so_far(), self.records)
    }

    /// Draws the sheet of the tab for an area, where it is another or old enough.
    pub(super) fn renew_sheet(&mut self, width: u16, height: u16) {
        let subject = SheetSubject {
            tab: self.tab,
            graph: self.graph,
            width,
            height,
        };
        let is_good = |sheet: &Sheet| {
            let rest = PAUSE.max(sheet.took * TIMES);
            sheet.subject == subject && (!sheet.is_old(self) || sheet.at.elapsed() < rest)
        };
        if self.sheet.as_ref().is_some_and(is_good) {
            return;
        }
        let at = Instant::now();
        let lines = self.sheet_lines(width, height);
        self.sheet = Some(Sheet {
            subject,
            of: self.news(),
            at,
            took: at.elapsed(),
            now: self.now,
            lines,
        });
    }

    fn sheet_lines(&self, width: u16, height: u16) -> Vec<String> {
        if self.tab == Tab::Kernel {
            return self.kernel_lines(width);
        }
        // Pictures are of the kept frames, the rest of all.
        let kept = || self.retelling.connection(&self.options);
        let text = match self.tab {
            Tab::Lines | Tab::Kernel => None,
            Tab::Ladder => kept().map(|it| self.drawn(PictureKind::Ladder, &it, width, height)),
            Tab::Sequence => kept().map(|it| self.drawn(PictureKind::Sequence, &it, width, height)),
            Tab::Graph => kept().map(|it| self.drawn(GRAPHS[self.graph], &it, width, height)),
            Tab::Time => self.present().map(|it| self.reported(true, &it, width)),
            Tab::Report => self.present().map(|it| self.reported(false, &it, width)),
        };
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return vec![self.words.not_drawn.to_owned()];
        };
        let text = String::from_utf8_lossy(text.octets());
        let lines = text.trim_end_matches('\n').lines();
        lines.map(str::to_owned).collect()
    }

    fn drawn(&self, kind: PictureKind, it: &Connection, width: u16, height: u16) -> Text {
        let mut drawn = Drawn::new(DrawOptions {
            kind,
            format: PictureFormat::Text,
            is_file: false,
            stream: None,
            is_whole: false,
            zone: self.options.zone.clone(),
            width: Some(width.into()),
            height: Some(height.into()),
            lang: self.options.lang,
            is_coloured: self.options.is_coloured,
        });
        let mut text = Text::default();
        drawn.connection(it, &mut text);
        text
    }

    fn reported(&self, is_of_time: bool, it: &Connection, width: u16) -> Text {
        let report = Report::new(ReportOptions {
            zone: self.options.zone.clone(),
            width: Some(width.into()),
            lang: self.options.lang,
            is_long: false,
            is_coloured: self.options.is_coloured,
        });
        let mut report = if is_of_time { report.of_time() } else { report };
        let mut text = Text::default();
        report.connection(it, &mut text);
        text
    }
}
