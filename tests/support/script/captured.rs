//! What the capture does to the frames of a script: its directives.

use super::parse::{Segment, number};

/// Something that the capture does from here on.
#[derive(Debug, Clone, Copy)]
pub enum Directive {
    /// Every frame is seen again.
    Again(Again),
    /// Which frames are captured.
    Captured(Captured),
    /// The clock is set, by so many nanoseconds.
    Clock(i64),
    /// Octets that are captured of each frame, from its TCP header on.
    SnapshotLength(usize),
    /// Checksums of first sights are left to the network card.
    Offload,
}

/// A second sight of every frame.
#[derive(Debug, Clone, Copy)]
pub struct Again {
    /// Nanoseconds after the first.
    pub after: u64,
    /// Routers between.
    pub hops: u8,
    /// Whether it has a VLAN tag.
    pub is_tagged: bool,
}

/// Which frames are captured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Captured {
    Everything,
    Nothing,
    WithoutAcks,
    WithoutData,
    OnlySyns,
    OnlyFrom { client: bool },
}

impl Directive {
    /// Reads a line, where it is one of these.
    pub fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let again = |hops, is_tagged| {
            Self::Again(Again {
                after: nanoseconds(rest, line).unsigned_abs(),
                hops,
                is_tagged,
            })
        };
        Some(match word {
            "mirrored" => again(0, false),
            "routed" => again(1, false),
            "merged" => again(9, false),
            "tagged" => again(0, true),
            "captured" => Self::Captured(Captured::parse(rest, line)),
            "clock" => Self::Clock(nanoseconds(rest, line)),
            "snaplen" => Self::SnapshotLength(number(rest, line)),
            "offload" => Self::Offload,
            _ => return None,
        })
    }
}

impl Captured {
    fn parse(what: &str, line: &str) -> Self {
        match what {
            "everything" => Self::Everything,
            "nothing" => Self::Nothing,
            "without acks" => Self::WithoutAcks,
            "without data" => Self::WithoutData,
            "only syns" => Self::OnlySyns,
            "only >" => Self::OnlyFrom { client: true },
            "only <" => Self::OnlyFrom { client: false },
            _ => panic!("captured what? {line}"),
        }
    }

    /// Whether a segment is among them.
    pub fn holds(self, segment: &Segment) -> bool {
        let has_control = segment.flags.contains(['S', 'F', 'R']);
        match self {
            Self::Everything => true,
            Self::Nothing => false,
            Self::WithoutAcks => has_control || segment.len > 0,
            Self::WithoutData => segment.len == 0,
            Self::OnlySyns => segment.flags.contains('S'),
            Self::OnlyFrom { client } => segment.from_client == client,
        }
    }
}

/// A time with its unit, `30us`, `-20ms` or `+3600s`.
fn nanoseconds(text: &str, line: &str) -> i64 {
    let units = [("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000)];
    let unit = units
        .into_iter()
        .find_map(|(unit, long)| Some((text.strip_suffix(unit)?, long)));
    let (count, long) = unit.unwrap_or_else(|| panic!("a time without a unit: {line}"));
    number::<i64>(count, line) * long
}
