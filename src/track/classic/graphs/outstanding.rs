//! What an end had outstanding, by classic tcptrace's arithmetic: differences of numbers
//! that do not wrap, and sums that do.

use crate::flags::Flags;
use crate::track::classic::graphs::reading::ClassicReading;
use crate::track::point::Point;

/// The values of the lines of an outstanding data graph, for what one end sent.
#[derive(Debug, Clone, Default)]
pub struct OwinLines {
    latest: Option<(i64, u64)>,
    sum: u64,
    count: u64,
    /// Octets times seconds, each product rounded down.
    weighted: u64,
}

/// What the lines show at a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwinAt {
    /// The mean over time, at the segment before; from the second on.
    pub weighted: Option<(i64, i32)>,
    /// Octets that are outstanding.
    pub octets: i32,
    /// The window that the other end offers.
    pub window: i32,
    /// The mean of all segments.
    pub mean: i32,
}

impl ClassicReading {
    /// What is outstanding with a segment; one more than the data, since the octet that was
    /// acknowledged last counts. `None` for one that is not counted.
    #[must_use]
    pub fn outstanding(&self, point: &Point) -> Option<u64> {
        let is_other = point.flags.any(Flags::SYN | Flags::RST);
        if is_other || self.again > 0 || self.is_out_of_order {
            return None;
        }
        if self.peer_ack == 0 {
            return Some(u64::from(point.payload_len));
        }
        let end = u64::from(point.seq.0) + u64::from(point.payload_len);
        Some(end.wrapping_sub(u64::from(self.peer_ack - 1)))
    }
}

impl OwinLines {
    /// Takes a segment of the end.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "classic tcptrace's arithmetic"
    )]
    pub fn take(&mut self, point: &Point, reading: &ClassicReading) -> Option<OwinAt> {
        let octets = reading.outstanding(point)?;
        self.sum = self.sum.wrapping_add(octets);
        self.count += 1;
        let weighted = self.weigh(reading);
        self.latest = Some((reading.now, octets));
        Some(OwinAt {
            weighted,
            octets: octets as i32,
            window: reading.peer_window.cast_signed(),
            mean: (self.sum / self.count) as i32,
        })
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "classic tcptrace's arithmetic"
    )]
    fn weigh(&mut self, reading: &ClassicReading) -> Option<(i64, i32)> {
        let (at, octets) = self.latest.filter(|&(at, _)| at != 0)?;
        let product = octets as f64 * seconds(at, reading.now);
        self.weighted = self.weighted.wrapping_add(product as u64);
        let all = seconds(reading.start, reading.now);
        let mean = if all > 0.0 {
            (self.weighted as f64 / all) as u64
        } else {
            0
        };
        Some((at, mean as i32))
    }
}

/// Seconds between; none where the clock stepped back.
#[expect(clippy::cast_precision_loss, reason = "classic tcptrace's arithmetic")]
pub(super) fn seconds(from: i64, to: i64) -> f64 {
    to.saturating_sub(from).max(0) as f64 / 1_000_000.0
}
