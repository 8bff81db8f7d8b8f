//! Pictures of connections: what is in one is found out, laid out, and drawn.
//!
//! A picture is a row of the table of [`PictureKind`]s and a file. It says what it has to show as a
//! `Picture`; that gives a [`Scene`], which a pen draws in a terminal's cells or as SVG. A
//! picture that another program draws is written for that program from the same values.

mod cells;
mod format;
mod graph;
pub(in crate::sink) mod ink;
mod kind;
mod ladder;
mod overview;
mod picture;
mod plot;
pub(in crate::sink) mod scene;
pub(in crate::sink) mod svg;
mod xplot;

pub use format::PictureFormat;
pub use kind::PictureKind;
pub use scene::Scene;

use jiff::tz::TimeZone;

use crate::sink::draw::overview::Overview;
use crate::sink::draw::picture::{Subject, View};
use crate::sink::draw::scene::Item;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::words::{Lang, Words};
use crate::totals::Totals;
use crate::track::Wants;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flow::StreamId;

/// The most segments of a connection that are drawn.
const MOST_POINTS: u32 = 1_000_000;
/// The most connections on one picture.
const MOST_CONNECTIONS: usize = 50;
/// Columns of a picture, where no terminal says how many there are.
const COLUMNS: usize = 110;

/// What is drawn, and how.
#[derive(Debug, Clone)]
pub struct DrawOptions {
    /// What.
    pub kind: PictureKind,
    /// For whom.
    pub format: PictureFormat,
    /// Whether it goes into files; else each connection is written when it is shown.
    pub is_file: bool,
    /// The one connection that is drawn; else all.
    pub stream: Option<StreamId>,
    /// Whether nothing is folded.
    pub is_whole: bool,
    /// The zone of times of day.
    pub zone: TimeZone,
    /// Columns of the terminal, where there is one.
    pub width: Option<usize>,
    /// Lines that a graph shall fill; `None` where it is as high as is good.
    pub height: Option<usize>,
    /// The language.
    pub lang: Lang,
    /// Whether there are colours on the terminal.
    pub is_coloured: bool,
}

/// Draws connections.
///
/// What goes to a terminal is written as text when a connection is shown; what goes into
/// files is there [when the run is over](Self::files).
pub struct Drawn {
    options: DrawOptions,
    scenes: Vec<Scene>,
    others: Vec<String>,
    overview: Overview,
    /// How many connections were to be drawn.
    asked: usize,
}

impl Drawn {
    /// Draws what the options say.
    #[must_use]
    pub fn new(options: DrawOptions) -> Self {
        Self {
            options,
            scenes: Vec::new(),
            others: Vec::new(),
            overview: Overview::default(),
            asked: 0,
        }
    }

    /// How many connections there were to draw.
    #[must_use]
    pub const fn connections(&self) -> usize {
        self.asked
    }

    /// How many of them found no room on the picture.
    #[must_use]
    pub fn left_out(&self) -> usize {
        if self.options.kind.is_of_each() {
            self.asked.saturating_sub(MOST_CONNECTIONS)
        } else {
            0
        }
    }

    /// Whether the picture holds as many connections as there were.
    #[must_use]
    pub const fn holds_all(&self) -> bool {
        self.asked < 2 || self.options.format.holds_several()
    }

    /// What the files have to hold, in the order of [`PictureFormat::parts`]; nothing where there
    /// is nothing to draw.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        match self.options.format {
            _ if self.asked == 0 || !self.holds_all() => Vec::new(),
            PictureFormat::Text => {
                let mut text = Text::default();
                if !self.options.kind.is_of_each() {
                    cells::draw(&self.overview_scene(), false, &mut text);
                }
                for scene in &self.scenes {
                    cells::draw(scene, false, &mut text);
                }
                vec![String::from_utf8_lossy(text.octets()).into_owned()]
            }
            PictureFormat::Svg if !self.options.kind.is_of_each() => {
                vec![svg::file(&self.overview_scene())]
            }
            PictureFormat::Svg => vec![svg::file(&stacked(&self.scenes))],
            PictureFormat::Html if !self.options.kind.is_of_each() => {
                vec![svg::part(&self.overview_scene())]
            }
            PictureFormat::Html => vec![self.scenes.iter().map(svg::part).collect()],
            PictureFormat::Xplot | PictureFormat::Mermaid => self.others.clone(),
        }
    }

    fn overview_scene(&self) -> Scene {
        let Self {
            overview, options, ..
        } = self;
        overview.scene(self.columns(), options.is_whole, options.lang.words())
    }

    fn columns(&self) -> usize {
        let width = self.options.width.filter(|_| !self.options.is_file);
        width.unwrap_or(COLUMNS)
    }
}

/// A picture of a connection within a page that has the [rules](svg::rules); none where
/// nothing is kept of its segments, or nothing is to be shown.
pub(in crate::sink) fn part(
    kind: PictureKind,
    connection: &Connection,
    words: &'static Words,
    zone: &TimeZone,
) -> Option<String> {
    let subject = Subject {
        connection,
        trace: connection.trace.as_deref()?,
        view: View {
            words,
            zone,
            is_whole: false,
            height: None,
        },
    };
    let scene = kind.picture(&subject)?.scene(COLUMNS);
    (!scene.items.is_empty()).then(|| svg::part(&scene))
}

/// Scenes one under the other.
fn stacked(scenes: &[Scene]) -> Scene {
    let title = scenes.first().map(|scene| scene.title.clone());
    let mut all = Scene::new(title.unwrap_or_default(), 0.0, 0.0);
    for scene in scenes {
        let down = all.height;
        all.width = all.width.max(scene.width);
        all.height += scene.height;
        all.items
            .extend(scene.items.iter().cloned().map(|item| Item {
                shape: item.shape.moved_down(down),
                ..item
            }));
    }
    all
}

impl Style for Drawn {
    fn wants(&self) -> Wants {
        if !self.options.kind.is_of_each() {
            return Wants::TIME_SPENT | Wants::TIMED;
        }
        Wants {
            points: MOST_POINTS,
            points_of: self.options.stream,
            waits: true,
            ..Wants::TIME_SPENT
        }
    }

    fn connection(&mut self, connection: &Connection, text: &mut Text) {
        if !self.options.kind.is_of_each() {
            let stream = self.options.stream;
            if stream.is_some_and(|stream| stream != connection.flow.stream) {
                return;
            }
            self.asked += 1;
            self.overview.take(connection);
            return;
        }
        // Of other streams there is none.
        let Some(trace) = connection.trace.as_deref() else {
            return;
        };
        self.asked += 1;
        if self.asked > MOST_CONNECTIONS {
            return;
        }
        let subject = Subject {
            connection,
            trace,
            view: View {
                words: self.options.lang.words(),
                zone: &self.options.zone,
                is_whole: self.options.is_whole,
                height: self.options.height,
            },
        };
        let Some(picture) = self.options.kind.picture(&subject) else {
            return;
        };
        match self.options.format {
            PictureFormat::Xplot => {
                let both = [Dir::ToServer, Dir::ToClient];
                self.others = both
                    .into_iter()
                    .filter_map(|dir| picture.xplot(dir))
                    .collect();
            }
            PictureFormat::Mermaid => self.others = picture.mermaid().into_iter().collect(),
            PictureFormat::Text | PictureFormat::Svg | PictureFormat::Html => {
                self.scenes.push(picture.scene(self.columns()));
            }
        }
        if !self.options.is_file
            && let Some(scene) = self.scenes.pop()
        {
            cells::draw(&scene, self.options.is_coloured, text);
        }
    }

    fn end(&mut self, _totals: &Totals, text: &mut Text) {
        if self.asked > 0 && !self.options.kind.is_of_each() && !self.options.is_file {
            cells::draw(&self.overview_scene(), self.options.is_coloured, text);
        }
    }
}
