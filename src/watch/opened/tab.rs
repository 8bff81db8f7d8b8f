//! What is shown of the connection that is open: a tab each.

use tcptrace::sink::draw::PictureKind;

use crate::watch::opened::words::OpenedWords;

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// tcpdump's lines, and the annotation under each.
    Lines,
    /// The sequence diagram.
    Ladder,
    /// Sequence numbers over time.
    Sequence,
    /// Another graph.
    Graph,
    /// Where the time went.
    Time,
    /// The block of `report`.
    Report,
    /// What the kernel says, beside what the wire does.
    Kernel,
}

impl Tab {
    /// All, in the order in which they stand.
    pub const ALL: [Self; 7] = [
        Self::Lines,
        Self::Ladder,
        Self::Sequence,
        Self::Graph,
        Self::Time,
        Self::Report,
        Self::Kernel,
    ];

    /// Its key.
    pub const fn key(self) -> char {
        match self {
            Self::Lines => 'l',
            Self::Ladder => 'd',
            Self::Sequence => 's',
            Self::Graph => 'g',
            Self::Time => 't',
            Self::Report => 'r',
            Self::Kernel => 'k',
        }
    }

    /// Whether it tells of what lasts until now.
    pub const fn is_of_now(self) -> bool {
        matches!(self, Self::Time | Self::Report | Self::Kernel)
    }

    /// Which has this key.
    pub fn of_key(key: char) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.key() == key)
    }

    /// What it is called.
    pub const fn name(self, words: &OpenedWords) -> &'static str {
        match self {
            Self::Lines => words.lines,
            Self::Ladder => words.ladder,
            Self::Sequence => words.sequence,
            Self::Graph => words.graphs,
            Self::Time => words.time,
            Self::Report => words.report,
            Self::Kernel => words.kernel,
        }
    }

    /// The next one, or the one before.
    pub fn beside(self, is_next: bool) -> Self {
        let count = Self::ALL.len();
        let step = if is_next { 1 } else { count - 1 };
        Self::ALL[(self as usize + step) % count]
    }

    /// Whether new rows come at its end, which is followed.
    pub const fn grows(self) -> bool {
        matches!(self, Self::Lines | Self::Ladder)
    }
}

/// The graphs that take turns.
pub const GRAPHS: [PictureKind; 5] = [
    PictureKind::Rtt,
    PictureKind::Flight,
    PictureKind::Throughput,
    PictureKind::Window,
    PictureKind::Segments,
];

/// What a graph is called.
pub fn graph_name(kind: PictureKind, words: &OpenedWords) -> &'static str {
    match kind {
        PictureKind::Rtt => words.rtt,
        PictureKind::Flight => words.flight,
        PictureKind::Throughput => words.throughput,
        PictureKind::Window => words.window,
        PictureKind::Segments => words.segments,
        other => other.name(),
    }
}
