//! The turns that are over, in little memory.

use crate::track::distribution::Distribution;
use crate::track::turns::turn::{Speech, Turn};

/// The most turns that are kept, those with the longest waits.
const MOST_LONGEST: usize = 8;

/// Why a turn has no times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Untimed {
    /// The client sent more before it had the whole answer, or the server answered
    /// before it had all that the client had sent.
    Pipelined,
    /// Both began to send before they had heard each other.
    Overlapping,
    /// The capture lacks something of it, or has it in another order.
    Unclear,
}

/// The turns that are over; made by the first of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    /// Turns of all kinds.
    pub(super) count: u64,
    pub(super) pipelined: u64,
    pub(super) overlapping: u64,
    pub(super) unclear: u64,
    /// What the server said before the client did.
    pub(super) greeting: Option<Speech>,
    /// Octets of requests, and of what answered them.
    pub(super) octets: [u64; 2],
    /// From the end of each request to the first octets of its answer.
    pub(super) first_bytes: Distribution,
    /// The same from when it was sent for the last time, once one was sent again.
    pub(super) since_sent_again: Option<Box<Distribution>>,
    /// Those with the longest waits, the longest first.
    pub(super) longest: Vec<Turn>,
}

impl Past {
    /// Takes a turn with times.
    pub(super) fn take(&mut self, turn: Turn) {
        self.count += 1;
        if self.since_sent_again.is_none() && turn.sent_again_at != turn.request.last_at {
            self.since_sent_again = Some(Box::new(self.first_bytes.clone()));
        }
        self.first_bytes.take(turn.first_byte());
        if let Some(times) = &mut self.since_sent_again {
            times.take(turn.since_sent_again());
        }
        let longer = |other: &Turn| other.first_byte() >= turn.first_byte();
        let place = self.longest.partition_point(longer);
        if place < MOST_LONGEST {
            self.longest.truncate(MOST_LONGEST - 1);
            self.longest.insert(place, turn);
        }
    }

    /// Takes one without.
    pub(super) const fn take_untimed(&mut self, untimed: Untimed) {
        self.count += 1;
        *match untimed {
            Untimed::Pipelined => &mut self.pipelined,
            Untimed::Overlapping => &mut self.overlapping,
            Untimed::Unclear => &mut self.unclear,
        } += 1;
    }
}
