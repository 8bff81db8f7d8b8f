//! How long it took until what an end sent was acknowledged, by Karn's rule (RFC 6298 §3):
//! of what was sent again nobody knows which time of it is acknowledged.

use std::collections::VecDeque;
use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};
use crate::track::dir::Dir;
use crate::track::part::Part;
use crate::track::point::Point;
use crate::track::trace::Trace;

/// A round trip, where it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundTripAt {
    /// When the acknowledgment was captured.
    pub time: Timestamp,
    /// Its frame.
    pub frame: NonZeroU64,
    /// How long before what it acknowledges was captured.
    pub took: Span,
}

/// The round trips of what an end sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundTrips {
    /// Each, in order.
    pub samples: Vec<RoundTripAt>,
    /// The shortest.
    pub least: Option<Span>,
    /// As many are shorter as are longer.
    pub median: Option<Span>,
}

struct SentOnce {
    end: SeqNum,
    sent: Timestamp,
    is_clear: bool,
}

impl Trace {
    /// The round trips of what the end sent that sends in a direction; from the place of
    /// capture to the other end and back.
    #[must_use]
    pub fn round_trips(&self, dir: Dir) -> RoundTrips {
        let mut underway = VecDeque::new();
        let mut samples = Vec::new();
        for point in self.points().filter(|point| point.part != Part::Copy) {
            if point.dir == dir {
                send(&mut underway, point);
            } else if point.flags.has(Flags::ACK) {
                samples.extend(hear(&mut underway, point));
            }
        }
        let mut times: Vec<_> = samples.iter().map(|sample| sample.took).collect();
        times.sort_unstable();
        RoundTrips {
            least: times.first().copied(),
            median: times.get(times.len() / 2).copied(),
            samples,
        }
    }
}

fn send(underway: &mut VecDeque<SentOnce>, point: &Point) {
    let (seq, end) = (point.seq, point.end());
    if point.seq_len() == 0 || point.part.asks() {
        return;
    }
    let is_behind = underway.back().is_none_or(|last| seq - last.end >= 0);
    let is_clear = is_behind && point.again == 0;
    if !is_clear {
        let repeated = underway.iter_mut().filter(|sent| sent.end - seq > 0);
        repeated.for_each(|sent| sent.is_clear = false);
    }
    if is_behind {
        underway.push_back(SentOnce {
            end,
            sent: point.time,
            is_clear,
        });
    }
}

fn hear(underway: &mut VecDeque<SentOnce>, point: &Point) -> Option<RoundTripAt> {
    let mut latest = None;
    let mut are_clear = true;
    while underway
        .front()
        .is_some_and(|sent| sent.end - point.ack <= 0)
    {
        latest = underway.pop_front();
        are_clear &= latest.as_ref().is_some_and(|sent| sent.is_clear);
    }
    let sent = latest.filter(|sent| are_clear && sent.end == point.ack)?;
    Some(RoundTripAt {
        time: point.time,
        frame: point.frame,
        took: point.time - sent.sent,
    })
}
