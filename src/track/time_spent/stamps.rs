//! What the timestamps of an end (RFC 7323 §3) tell where the capture is far from the
//! other end: how long a segment has waited, and whether an acknowledgment was heard.

use crate::track::time_spent::lag::Lag;

/// A timestamp is waited for so long, nanoseconds.
const PATIENCE: i64 = 1_000_000_000;

/// Times in nanoseconds of the connection.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stamps {
    /// The latest that it echoed, and by when that had to have been sent which it has heard.
    echoed: u32,
    heard_by: i64,
    /// A timestamp of its own and when it was captured, until that is echoed.
    timed: Option<(u32, i64)>,
    /// That of its latest bare acknowledgment, and when it sent that.
    told: Option<(u32, i64)>,
    /// How long what it sends waits behind its distance.
    pub(super) queue: Lag,
}

/// A segment with timestamps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamped {
    /// Its timestamp and the echoed one.
    pub(super) value: u32,
    pub(super) echo: u32,
    /// Whether it brings data.
    pub(super) has_data: bool,
    /// When it was captured, and sent.
    pub(super) at: i64,
    pub(super) sent_at: i64,
}

impl Stamps {
    /// Takes a segment that this end sends to `other`; what is not heard so long after
    /// it was sent is lost.
    #[inline]
    pub(super) fn take(&mut self, other: &mut Self, stamped: &Stamped, until_lost: i64) {
        self.echoed = stamped.echo;
        self.heard_by = stamped.sent_at - until_lost;
        if !stamped.has_data {
            self.told = Some((stamped.value, stamped.sent_at));
        }
        if let Some((stamp, at)) = other.timed.filter(|(stamp, _)| !self.is_older(*stamp)) {
            if stamped.echo == stamp && stamped.has_data {
                let way_back = stamped.at - stamped.sent_at;
                self.queue.take(stamped.at - at - 2 * way_back);
            }
            other.timed = None;
        }
        if self.timed.is_none_or(|(_, at)| stamped.at - at > PATIENCE) {
            self.timed = Some((stamped.value, stamped.at));
        }
    }

    /// When `other` sent an acknowledgment that should have arrived here and has not, as
    /// the latest segment shows.
    pub(super) fn unheard(&self, other: &Self) -> Option<i64> {
        let (stamp, at) = other.told?;
        (self.is_older(stamp) && at < self.heard_by).then_some(at)
    }

    /// Whether what it echoed last is older than a timestamp.
    #[inline]
    const fn is_older(&self, stamp: u32) -> bool {
        self.echoed.wrapping_sub(stamp).cast_signed() < 0
    }
}
