//! What an end had sent and the other had not acknowledged, segment by segment.

use crate::time::Span;

/// Octets in flight, taken with each segment that is no SYN, no repetition and
/// in order; one more than the data, as classic tcptrace counts them, since the
/// octet that was acknowledged last is included.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owin {
    /// The most.
    pub max: u32,
    /// The fewest that are not 0.
    pub min: u32,
    sum: u64,
    count: u32,
    latest: u32,
    /// When `latest` was taken, in microseconds since the connection began.
    since: i64,
    /// Octets times seconds, each product rounded down.
    weighted: u64,
}

impl Owin {
    pub(super) const fn has_any(&self) -> bool {
        self.sum > 0
    }

    /// Takes the octets up to `end`, since the latest `ack` of the other end;
    /// only the `len` octets of the segment where there is none. An end that is
    /// behind the acknowledgment has nothing in flight.
    pub(super) fn take(&mut self, end: u32, len: u32, ack: u32, now: i64) {
        let octets = if ack == 0 {
            len
        } else {
            let flight = end.wrapping_sub(ack.wrapping_sub(1)).cast_signed();
            u32::try_from(flight).unwrap_or(0)
        };
        self.max = self.max.max(octets);
        if octets > 0 && (self.min == 0 || octets < self.min) {
            self.min = octets;
        }
        self.sum += u64::from(octets);
        if self.count > 0 {
            self.weighted += weight(self.latest, now - self.since);
        }
        self.count += 1;
        self.latest = octets;
        self.since = now;
    }

    /// The mean of all samples.
    #[must_use]
    pub fn average(&self) -> u64 {
        self.sum.checked_div(u64::from(self.count)).unwrap_or(0)
    }

    /// The mean over time; `None` for a connection without duration.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "classic tcptrace's arithmetic"
    )]
    pub fn weighted_average(&self, duration: Span) -> Option<u64> {
        (duration.0 > 0).then(|| (self.weighted as f64 / (duration.0 as f64 / 1e9)) as u64)
    }
}

/// Octets times seconds, rounded down.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "classic tcptrace's arithmetic"
)]
fn weight(octets: u32, micros: i64) -> u64 {
    // Surely under 1, as for most segments: no need to divide.
    let product = i64::from(octets).saturating_mul(micros);
    if product < 999_999 {
        return 0;
    }
    (f64::from(octets) * (micros as f64 / 1e6)) as u64
}
