//! What one end sends: how fast, and how long its acknowledgments take.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::distribution::Distribution;
use crate::track::half::Half;

/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;

/// The data of one end, from its second segment on, and what answers it.
#[derive(Debug, Clone, Default)]
pub(in crate::track) struct DataStream {
    /// When the first new octets came, and the latest, counted from the beginning of the
    /// connection.
    first_at: Span,
    last_at: Span,
    /// When the second ends that runs, counted from the first octets, and the new octets
    /// in it.
    second_ends: Span,
    in_second: u64,
    /// The most octets in one of those that are over.
    most: u64,
    /// The segment whose acknowledgment is waited for, one at a time.
    timed: Option<Timed>,
    /// From its segments to the other end's acknowledgments.
    pub(super) round_trips: Distribution,
    /// The timestamp of the other end's whose echo is waited for, and when it came.
    echo: Option<(u32, Span)>,
    /// The shortest time in which one came back.
    pub(super) least_echo: Option<Span>,
}

/// A segment with data that was sent for the first time.
#[derive(Debug, Clone, Copy)]
struct Timed {
    end: SeqNum,
    at: Span,
    told_by: ToldBy,
}

/// What tells that it is this segment that is acknowledged (Karn's rule, RFC 6298 §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ToldBy {
    /// Any acknowledgment: nothing was sent again since.
    Acknowledgment,
    /// The echo of its timestamp.
    Timestamp(u32),
    /// Nothing.
    Nothing,
}

/// How fast an end sent new octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throughput {
    /// New octets a second, from the first of them to the last.
    pub octets_per_second: u64,
    /// The most new octets in one of the seconds, counted from the first octets on;
    /// `None` where they took no more than one, or it was not faster than the whole.
    pub best_second: Option<u64>,
    /// From the first new octets to the last.
    pub lasted: Span,
}

impl DataStream {
    /// A stream that goes on at a time, behind what the end sent before.
    pub(super) fn begun_by(sender: &Half, now: Span) -> Self {
        let before = sender.transmissions.latest();
        let first_at = before.map_or(now, |first| first.at.min(now));
        Self {
            first_at,
            last_at: now,
            second_ends: Span(first_at.0.saturating_add(SECOND)),
            in_second: new(sender),
            ..Self::default()
        }
    }

    /// Takes a segment with data of its end, of which `octets` are new.
    #[inline]
    pub(super) fn take_data(
        &mut self,
        sender: &Half,
        segment: &Segment<'_>,
        now: Span,
        octets: u32,
    ) {
        let is_in_order = segment.seq - sender.nxt >= 0;
        if octets > 0 {
            self.count(now, octets);
        }
        if let Some(timed) = &mut self.timed {
            if !is_in_order && timed.told_by == ToldBy::Acknowledgment {
                timed.told_by = ToldBy::timestamp_of(timed.end, sender);
            }
        } else if octets > 0 && is_in_order && !lacks_before(sender, segment) {
            self.timed = Some(Timed {
                end: segment.end(),
                at: now,
                told_by: ToldBy::Acknowledgment,
            });
        }
        if let Some((awaited, since)) = self.echo
            && let Some((_, echo)) = segment.options.timestamps()
            && echo.wrapping_sub(awaited).cast_signed() >= 0
        {
            // A later one was answered: this one was not by itself.
            if echo == awaited && is_in_order {
                let took = Span(now.0.saturating_sub(since.0).max(0));
                self.least_echo = Some(self.least_echo.map_or(took, |least| least.min(took)));
            }
            self.echo = None;
        }
    }

    #[inline]
    fn count(&mut self, now: Span, octets: u32) {
        if now >= self.second_ends {
            let begun = now.0.saturating_sub(self.first_at.0) / SECOND;
            let ends = begun.saturating_add(1).saturating_mul(SECOND);
            self.second_ends = Span(self.first_at.0.saturating_add(ends));
            self.most = self.most.max(self.in_second);
            self.in_second = 0;
        }
        self.in_second += u64::from(octets);
        self.last_at = self.last_at.max(now);
    }

    /// Takes a segment of the other end; `only_answers` where that has no data of its own
    /// to be timed by.
    #[inline]
    pub(super) fn take_answer(&mut self, segment: &Segment<'_>, now: Span, only_answers: bool) {
        if !segment.is_ack() || segment.flags.any(Flags::SYN | Flags::RST) {
            return;
        }
        let acknowledged = self.timed.filter(|timed| segment.ack - timed.end >= 0);
        if let Some(timed) = acknowledged {
            self.timed = None;
            let is_its_own = match timed.told_by {
                ToldBy::Acknowledgment => true,
                ToldBy::Timestamp(own) => segment
                    .options
                    .timestamps()
                    .is_some_and(|(_, echo)| echo == own),
                ToldBy::Nothing => false,
            };
            if is_its_own {
                self.round_trips
                    .take(Span(now.0.saturating_sub(timed.at.0)));
            }
        }
        if only_answers && segment.payload_len == 0 && self.echo.is_none() {
            self.echo = segment.options.timestamps().map(|(value, _)| (value, now));
        }
    }

    /// How fast it was, where it took any time.
    pub(super) fn throughput(&self, sender: &Half) -> Option<Throughput> {
        let lasted = Span(self.last_at.0.saturating_sub(self.first_at.0));
        let nanoseconds = u128::try_from(lasted.0).ok().filter(|&lasted| lasted > 0)?;
        let rate = u128::from(new(sender)) * u128::from(SECOND.unsigned_abs()) / nanoseconds;
        let rate = u64::try_from(rate).unwrap_or(u64::MAX);
        let best = self.most.max(self.in_second);
        Some(Throughput {
            octets_per_second: rate,
            best_second: (lasted.0 >= SECOND && best > rate).then_some(best),
            lasted,
        })
    }
}

impl ToldBy {
    /// The timestamp of the segment that ends at a number, when it was sent first.
    #[cold]
    fn timestamp_of(end: SeqNum, sender: &Half) -> Self {
        let first = sender.transmissions.of(end.previous()).last();
        let timestamp = first.and_then(|first| first.stamp().timestamp);
        timestamp.map_or(Self::Nothing, Self::Timestamp)
    }
}

/// Whether something before a segment was not captured, so that its acknowledgment may
/// have to wait for that.
#[inline]
fn lacks_before(sender: &Half, segment: &Segment<'_>) -> bool {
    let holes = sender.holes.as_deref();
    segment.seq != sender.nxt
        || holes.is_some_and(|holes| holes.between(sender.una, sender.nxt) > 0)
}

/// Octets of data that an end sent, repeated ones counted once.
fn new(half: &Half) -> u64 {
    half.octets.saturating_sub(half.octets_again)
}
