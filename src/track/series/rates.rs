//! How fast an end sent, while by while.

use crate::time::{Span, Timestamp};
use crate::track::dir::Dir;
use crate::track::part::Part;
use crate::track::trace::Trace;

/// How many whiles a connection is divided into, and the shortest there are, nanoseconds.
const WHILES: i64 = 60;
const LEAST: i64 = 1_000_000;

/// Octets a second of data in a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateAt {
    /// When the while begins, counted from the first segment.
    pub begin: Span,
    /// How long it lasts.
    pub length: Span,
    /// Of all data.
    pub sent: u64,
    /// Of data that was not sent before.
    pub first: u64,
}

impl Trace {
    /// How fast the end sent that sends in a direction, from a time on, in some sixty
    /// whiles of the same length.
    #[must_use]
    pub fn rates(&self, dir: Dir, from: Timestamp) -> Vec<RateAt> {
        let since = |time: Timestamp| (time - from).0.max(0);
        let last = self.points().map(|point| since(point.time)).max();
        let length = (last.unwrap_or(0) / WHILES).max(LEAST);
        let whiles = last.map_or(0, |last| last / length + 1);
        let mut octets = vec![(0_u64, 0_u64); usize::try_from(whiles).unwrap_or(0)];
        for point in self.points() {
            let nth = usize::try_from(since(point.time) / length).unwrap_or(0);
            let is_sent = point.dir == dir && point.part != Part::Copy && !point.part.asks();
            if let Some((sent, first)) = octets.get_mut(nth).filter(|_| is_sent) {
                *sent += u64::from(point.payload_len);
                *first += u64::from(point.payload_len.saturating_sub(point.again));
            }
        }
        let rate = |octets: u64| {
            let rate = u128::from(octets) * 1_000_000_000 / u128::from(length.unsigned_abs());
            u64::try_from(rate).unwrap_or(u64::MAX)
        };
        let begins = (0..).map(|nth: i64| Span(nth.saturating_mul(length)));
        let whiles = begins.zip(octets);
        let whiles = whiles.map(|(begin, (sent, first))| RateAt {
            begin,
            length: Span(length),
            sent: rate(sent),
            first: rate(first),
        });
        whiles.collect()
    }
}
