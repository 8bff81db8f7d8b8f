//! How many octets an end keeps in flight, round trip by round trip. As many each time,
//! while the receiver's window and the path would take more: its send buffer limits it.

use crate::seq::SeqNum;

/// For how many round trips the flight is level before that tells: a congestion window
/// would have grown by two segments (RFC 5681 §3.1).
const LEVEL: u8 = 4;
/// A flight of fewer segments tells nothing.
const LEAST: u32 = 3;

/// The octets in flight.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flight {
    /// When the round trip began, nanoseconds of the connection.
    begins: i64,
    /// What had been sent then.
    ends: Option<SeqNum>,
    /// The most in this one, and in those that were level.
    peak: u32,
    most: u32,
    /// Whether it was less in the one before.
    has_dipped: bool,
    /// How many were level in a row, and since when.
    rounds: u8,
    since: i64,
}

impl Flight {
    /// Something new was sent, up to a number; gives back whether that was in the same
    /// round trip.
    #[inline]
    pub(super) fn goes_on(&mut self, sent: SeqNum, acked: SeqNum) -> bool {
        let goes_on = self.ends.is_some_and(|ends| acked - ends < 0);
        if goes_on {
            self.peak = self.peak.max(octets(sent, acked));
        }
        goes_on
    }

    /// Something new was sent at a time, in another round trip.
    pub(super) fn turn(&mut self, at: i64, sent: SeqNum, acked: SeqNum, mss: u32) {
        self.end_round(mss);
        self.begins = at;
        self.ends = Some(sent);
        self.peak = octets(sent, acked);
    }

    fn end_round(&mut self, mss: u32) {
        let is_higher = self.peak > self.most + mss / 2;
        let is_lower = self.peak.saturating_add(mss) <= self.most;
        let is_low = is_lower && self.has_dipped;
        if self.peak < LEAST * mss || self.rounds == 0 || is_higher || is_low {
            self.most = self.peak;
            self.rounds = 1;
            self.since = self.begins;
        } else {
            self.rounds = self.rounds.saturating_add(1);
        }
        self.has_dipped = is_lower && !is_low;
    }

    /// Whether it has not grown since it was `before`.
    pub(super) const fn is_no_more_than(&self, before: Self) -> bool {
        self.rounds > 0 && self.most <= before.most
    }

    /// Whether it has just shown that it is.
    pub(super) const fn becomes_level(&self) -> bool {
        self.rounds == LEVEL + 1
    }

    /// Since when it has been level, where it has been for long.
    pub(super) fn level_since(&self) -> Option<i64> {
        (self.rounds > LEVEL).then_some(self.since)
    }
}

/// Octets in flight.
fn octets(sent: SeqNum, acked: SeqNum) -> u32 {
    (sent - acked).max(0).cast_unsigned()
}
