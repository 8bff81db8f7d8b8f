//! A whole capture on one screen: what it is, what became of its connections, what they
//! waited for, which servers are in trouble; and with each the command that shows more.

mod capture;
mod command;
mod screen;
mod servers;
pub(in crate::sink) mod time;

use jiff::tz::TimeZone;

use crate::segment::Packet;
use crate::sink::annotation::colour::Colour;
use crate::sink::json;
use crate::sink::standing::RunStanding;
use crate::sink::style::Style;
use crate::sink::summary::command::Commands;
use crate::sink::summary::screen::Screen;
use crate::sink::text::Text;
use crate::sink::width;
use crate::sink::words::{Lang, Words};
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::flaws::Flaws;
use crate::track::summary::{MOST_WAITING, Summary};
use crate::track::{Observation, Wants};

/// The most lines on a terminal: where there is more to say, fewer of the connections that
/// waited longest are shown, but not less than so many.
const MOST_LINES: usize = 40;
const FEWEST_WAITING: usize = 5;

/// How a capture is summed up on a screen.
#[derive(Debug, Clone)]
pub struct SummaryOptions {
    /// What it is called: its files; none where its interfaces' names will do.
    pub names: Vec<String>,
    /// The options and the filter that bring the same frames again, as a shell takes them;
    /// `None` where nothing does.
    pub again: Option<String>,
    /// The zone of dates and times of day.
    pub zone: TimeZone,
    /// Columns of the terminal; `None` where there is room for all.
    pub width: Option<usize>,
    /// The language.
    pub lang: Lang,
    /// Whether what is worth it stands out in colours.
    pub is_coloured: bool,
}

/// What is written of a capture when it ends.
#[derive(Debug)]
pub struct Summarized {
    summary: Summary,
    /// The same with connections that are kept still, between two parts of the run as it
    /// stands.
    present: Option<Summary>,
    flaws: Flaws,
    form: SummaryForm,
    /// How often a screen was shown that the next one is parted from.
    shown: u64,
    /// Whether each tells the time.
    is_repeated: bool,
}

#[derive(Debug)]
enum SummaryForm {
    /// A screen.
    Screen(Box<SummaryOptions>),
    /// A JSON object, with the names of files.
    Record(Vec<String>),
}

impl Summarized {
    /// A screen of text: on a terminal of 80 columns some forty lines at most.
    #[must_use]
    pub fn screen(options: SummaryOptions) -> Self {
        Self::new(SummaryForm::Screen(Box::new(options)))
    }

    /// One JSON object, which begins with the names of files.
    #[must_use]
    pub fn record(names: Vec<String>) -> Self {
        Self::new(SummaryForm::Record(names))
    }

    fn new(form: SummaryForm) -> Self {
        Self {
            summary: Summary::default(),
            present: None,
            flaws: Flaws::default(),
            form,
            shown: 0,
            is_repeated: false,
        }
    }

    /// The same, but that it is also shown as it stands, under a line with the time.
    #[must_use]
    pub const fn repeatedly(mut self) -> Self {
        self.is_repeated = true;
        self
    }

    /// A screen as it stands; where it is shown in place, as far as there is room.
    fn screen_now(
        &self,
        options: &SummaryOptions,
        summary: &Summary,
        now: &RunStanding<'_>,
        text: &mut Text,
    ) {
        let mut all = Text::default();
        let words: &Words = options.lang.words();
        if self.is_repeated {
            all.str(&now.head(&options.zone, words));
            all.octet(b'\n');
        }
        let mut options = options.clone();
        options.width = now.room.map(|room| room.columns).or(options.width);
        let content = Content {
            summary,
            flaws: &now.flaws,
            totals: now.totals,
        };
        content.write(&options, &mut all);
        match now.room {
            Some(room) => room.fit(all.octets(), words, text),
            None => text.str(&String::from_utf8_lossy(all.octets())),
        }
    }
}

/// What stands on a screen.
struct Content<'a> {
    summary: &'a Summary,
    flaws: &'a Flaws,
    totals: &'a Totals,
}

impl Content<'_> {
    fn write(&self, options: &SummaryOptions, text: &mut Text) {
        let most = match options.width {
            None => MOST_WAITING,
            Some(width) => {
                let mut rows = (FEWEST_WAITING..=MOST_WAITING).rev();
                let fits = rows.find(|&most| self.height(options, most, width) <= MOST_LINES);
                fits.unwrap_or(FEWEST_WAITING)
            }
        };
        let screen = &mut Screen {
            width: options.width,
            is_coloured: options.is_coloured,
            text,
        };
        self.show(options, most, screen);
    }

    /// How many lines of a terminal it takes, those counted that the terminal folds.
    fn height(&self, options: &SummaryOptions, most: usize, width: usize) -> usize {
        let mut text = Text::default();
        let screen = &mut Screen {
            width: options.width,
            // A colour takes no column.
            is_coloured: false,
            text: &mut text,
        };
        self.show(options, most, screen);
        let shown = String::from_utf8_lossy(text.octets());
        let lines = shown.lines();
        lines
            .map(|line| width::of(line).div_ceil(width).max(1))
            .sum()
    }

    /// Shows all, and of the connections that waited longest `most`.
    fn show(&self, options: &SummaryOptions, most: usize, screen: &mut Screen<'_>) {
        let words: &Words = options.lang.words();
        let commands = &Commands::new(options.again.clone());
        let Self {
            summary,
            flaws,
            totals,
        } = self;
        let (names, zone) = (&options.names, &options.zone);
        capture::extent(&summary.extent, totals, names, zone, words, screen);
        capture::manner(summary, flaws, commands, words, screen);
        capture::verdicts(summary, commands, words, screen);
        capture::diagnoses(summary, commands, words, screen);
        time::all(summary, words, screen);
        time::longest(summary, most, commands, words, screen);
        servers::in_trouble(summary, commands, words, screen);
        servers::first_byte(summary, commands, words, screen);
        if !commands.are_there() && totals.connections > 0 {
            screen.part();
            screen.say(Colour::DIM, words.summary.save_first);
        }
    }
}

impl Style for Summarized {
    fn wants(&self) -> Wants {
        Summary::wants()
    }

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>, _: &mut Text) {
        self.summary.packet(packet, seen);
    }

    fn connection(&mut self, connection: &Connection, _: &mut Text) {
        self.summary.connection(connection);
    }

    fn standing(&mut self, now: &RunStanding<'_>, text: &mut Text) {
        let begun = self.present.take().filter(|_| !now.is_first);
        let mut summary = begun.unwrap_or_else(|| self.summary.clone());
        for connection in now.kept() {
            summary.connection(&connection);
        }
        if !now.is_last {
            self.present = Some(summary);
            return;
        }
        match &self.form {
            SummaryForm::Screen(options) => {
                if self.shown > 0 && now.room.is_none() && self.is_repeated {
                    text.octet(b'\n');
                }
                self.screen_now(options, &summary, now, text);
            }
            SummaryForm::Record(names) => {
                let at = Some(now.at);
                json::summary::write(names, (&summary, at), &now.flaws, now.totals, text);
            }
        }
        self.shown += u64::from(now.room.is_none());
    }

    fn capture(&mut self, flaws: &Flaws, _: &mut Text) {
        self.flaws = flaws.clone();
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        match &self.form {
            SummaryForm::Screen(options) => {
                if self.shown > 0 {
                    text.octet(b'\n');
                }
                let content = Content {
                    summary: &self.summary,
                    flaws: &self.flaws,
                    totals,
                };
                content.write(options, text);
            }
            SummaryForm::Record(names) => {
                json::summary::write(names, (&self.summary, None), &self.flaws, totals, text);
            }
        }
    }
}
