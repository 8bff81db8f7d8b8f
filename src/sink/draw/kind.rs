//! What can be drawn: a row a picture.

use crate::sink::draw::format::PictureFormat;
use crate::sink::draw::picture::{Picture, Subject};
use crate::sink::draw::{graph, ladder};

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PictureKind {
    /// The segments one under the other, between their ends.
    Ladder,
    /// Sequence numbers over time: data, acknowledgments, windows.
    Sequence,
    /// Round trips over time.
    Rtt,
    /// What is outstanding over time.
    Flight,
    /// Octets a second over time.
    Throughput,
    /// The windows that are offered over time.
    Window,
    /// The sizes of segments over time.
    Segments,
    /// All connections on one axis.
    Overview,
}

/// How a picture of a connection comes about.
type Draws = for<'c> fn(&Subject<'c>) -> Box<dyn Picture + 'c>;

/// A kind: its name, what it shows in a few words, who reads it, and how it comes about.
struct KindRow {
    kind: PictureKind,
    name: &'static str,
    shows: &'static str,
    formats: &'static [PictureFormat],
    /// `None` for one of all connections.
    picture: Option<Draws>,
}

const GRAPH: &[PictureFormat] = &[
    PictureFormat::Text,
    PictureFormat::Svg,
    PictureFormat::Html,
    PictureFormat::Xplot,
];

const KINDS: [KindRow; 8] = [
    KindRow {
        kind: PictureKind::Ladder,
        name: "ladder",
        shows: "the sequence diagram: segments as arrows between both ends, their states and calls",
        formats: &[
            PictureFormat::Text,
            PictureFormat::Svg,
            PictureFormat::Html,
            PictureFormat::Mermaid,
        ],
        picture: Some(ladder::picture),
    },
    KindRow {
        kind: PictureKind::Sequence,
        name: "sequence",
        shows: "sequence numbers over time: data, losses and repairs, acknowledgments, windows",
        formats: GRAPH,
        picture: Some(graph::sequence),
    },
    KindRow {
        kind: PictureKind::Rtt,
        name: "rtt",
        shows: "round trips over time",
        formats: GRAPH,
        picture: Some(graph::rtt),
    },
    KindRow {
        kind: PictureKind::Flight,
        name: "flight",
        shows: "outstanding data over time, the window, and what limits",
        formats: GRAPH,
        picture: Some(graph::flight),
    },
    KindRow {
        kind: PictureKind::Throughput,
        name: "throughput",
        shows: "bytes a second over time, each way",
        formats: GRAPH,
        picture: Some(graph::throughput),
    },
    KindRow {
        kind: PictureKind::Window,
        name: "window",
        shows: "the windows that each end offers over time",
        formats: &[PictureFormat::Text, PictureFormat::Svg, PictureFormat::Html],
        picture: Some(graph::window),
    },
    KindRow {
        kind: PictureKind::Segments,
        name: "segments",
        shows: "sizes of segments over time",
        formats: GRAPH,
        picture: Some(graph::segments),
    },
    KindRow {
        kind: PictureKind::Overview,
        name: "overview",
        shows: "all connections on one axis, those in trouble first: verdicts, and what took the time",
        formats: &[PictureFormat::Text, PictureFormat::Svg, PictureFormat::Html],
        picture: None,
    },
];

impl PictureKind {
    /// All.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|row| row.kind)
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What it shows, in a few words.
    #[must_use]
    pub fn shows(self) -> &'static str {
        self.row().shows
    }

    /// For whom it can be written.
    #[must_use]
    pub fn formats(self) -> &'static [PictureFormat] {
        self.row().formats
    }

    /// What there is to show of a connection; `None` for a picture of all of them.
    pub(super) fn picture<'c>(self, subject: &Subject<'c>) -> Option<Box<dyn Picture + 'c>> {
        self.row().picture.map(|picture| picture(subject))
    }

    /// Whether it is a picture of each connection.
    pub(super) fn is_of_each(self) -> bool {
        self.row().picture.is_some()
    }

    fn row(self) -> &'static KindRow {
        let row = KINDS.iter().find(|row| row.kind == self);
        row.unwrap_or(&KINDS[0])
    }
}
