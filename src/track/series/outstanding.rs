//! What an end had sent and the other not acknowledged, segment by segment.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::seq::SeqNum;
use crate::time::Timestamp;
use crate::track::dir::Dir;
use crate::track::part::Part;
use crate::track::point::Point;
use crate::track::trace::Trace;

/// What is outstanding with a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutstandingAt {
    /// When it was captured.
    pub time: Timestamp,
    /// Its frame.
    pub frame: NonZeroU64,
    /// Octets of data that are not acknowledged.
    pub octets: u32,
    /// The window that the receiver offers, octets, once it is known.
    pub window: Option<u32>,
}

/// SND.UNA and SND.NXT, as the capture shows them.
#[derive(Debug, Clone, Copy, Default)]
struct FlightEnds {
    ends: Option<(SeqNum, SeqNum)>,
    window: Option<u32>,
}

impl Trace {
    /// What the end that sends in a direction has outstanding, with each segment that may
    /// change it.
    #[must_use]
    pub fn outstanding(&self, dir: Dir) -> Vec<OutstandingAt> {
        let mut sending = FlightEnds::default();
        let points = self.points().filter(|point| {
            !matches!(point.part, Part::Copy | Part::Nonsense) && !point.flags.has(Flags::RST)
        });
        let mut found = Vec::new();
        for point in points {
            if point.dir == dir {
                sending.send(point);
            } else if point.flags.has(Flags::ACK) {
                sending.hear(point);
            }
            found.push(OutstandingAt {
                time: point.time,
                frame: point.frame,
                octets: sending.octets(),
                window: sending.window,
            });
        }
        found
    }
}

impl FlightEnds {
    fn octets(&self) -> u32 {
        self.ends
            .map_or(0, |(una, nxt)| (nxt - una).max(0).cast_unsigned())
    }

    fn send(&mut self, point: &Point) {
        // SYN and FIN are no data.
        let start = point.seq + u32::from(point.flags.has(Flags::SYN));
        if point.part.asks() {
            return;
        }
        let end = start + point.payload_len;
        let (una, nxt) = self.ends.unwrap_or((start, start));
        let nxt = if end - nxt > 0 { end } else { nxt };
        self.ends = Some((una, nxt));
    }

    fn hear(&mut self, point: &Point) {
        let (una, nxt) = self.ends.unwrap_or((point.ack, point.ack));
        if point.ack - una < 0 {
            // Overtaken: what it tells is older.
            return;
        }
        // What is acknowledged and was not captured was sent.
        let nxt = if point.ack - nxt > 0 { point.ack } else { nxt };
        self.ends = Some((point.ack, nxt));
        self.window = Some(point.window);
    }
}
