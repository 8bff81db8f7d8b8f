//! How fast an end sent, by classic tcptrace's arithmetic.

use crate::track::classic::graphs::reading::ClassicReading;
use crate::track::point::Point;

/// Over so many segments the rate of a while goes, the one that begins the next included.
const SEGMENTS: u32 = 10;
/// What stands for no time at all, microseconds.
const LEAST: i64 = 1_000;

/// The values of a throughput graph, for what one end sent; octets a second.
#[derive(Debug, Clone, Default)]
pub struct Rates {
    /// Since when the rate of a while is counted; `None` before the first segment.
    since: Option<i64>,
    /// The latest segment that counted.
    latest: i64,
    segments: u32,
    octets: u64,
    all_octets: u64,
}

/// What the graph shows at a segment with data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatesAt {
    /// Of the while that ends here, and of all so far; at every ninth segment.
    pub lines: Option<(i32, i32)>,
    /// Of this segment alone.
    pub dot: i32,
}

impl Rates {
    /// Takes a segment of the end; the first one begins the counting.
    pub fn take(&mut self, point: &Point, reading: &ClassicReading) -> Option<RatesAt> {
        let (now, octets) = (reading.now, u64::from(point.payload_len));
        self.all_octets += octets;
        let Some(since) = self.since.filter(|&since| since != 0) else {
            (self.since, self.latest) = (Some(now), now);
            (self.segments, self.octets) = (1, octets);
            return None;
        };
        if octets == 0 {
            return None;
        }
        let is_full = self.segments + 1 >= SEGMENTS;
        let lines = is_full.then(|| {
            let of_while = rate(self.octets, since, now);
            (of_while, rate(self.all_octets, reading.start, now))
        });
        if is_full {
            self.since = Some(now);
            (self.segments, self.octets) = (0, 0);
        }
        let dot = rate(octets, self.latest, now);
        self.latest = now;
        self.segments += 1;
        self.octets += octets;
        Some(RatesAt { lines, dot })
    }
}

/// Octets a second; what is no `int` is the least there is.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "classic tcptrace's arithmetic"
)]
fn rate(octets: u64, from: i64, to: i64) -> i32 {
    let between = to.saturating_sub(from);
    let micros = if between <= 0 { LEAST } else { between };
    let rate = octets as f64 / (micros as f64 / 1_000_000.0);
    if rate < f64::from(i32::MAX) + 1.0 {
        rate as i32
    } else {
        i32::MIN
    }
}
