//! A stretch of a connection's time: what it looks like, and what it was for.

use std::num::NonZeroU64;

use crate::track::dir::Dir;
use crate::track::time_spent::cause::TimeCause;

/// What time looks like before it is known what it was for; or a cause that is known, but
/// for a loss that shows later. A number, since it is compared whenever time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guise(u8);

impl Guise {
    /// Octets are under way.
    pub(super) const UNDER_WAY: Self = Self::unknown(1);
    /// All that was sent has arrived and is not acknowledged.
    pub(super) const UNACKNOWLEDGED: Self = Self::unknown(2);
    /// The acknowledgment is under way.
    pub(super) const ACKNOWLEDGED: Self = Self::unknown(3);
    /// Nothing is under way.
    pub(super) const QUIET: Self = Self::unknown(4);

    /// Behind the causes.
    const fn unknown(nth: u8) -> Self {
        Self(TimeCause::Unknown as u8 + nth)
    }

    pub(super) const fn of(cause: TimeCause) -> Self {
        Self(cause as u8)
    }

    /// The cause that is known.
    #[inline]
    pub(super) fn cause(self) -> Option<TimeCause> {
        TimeCause::ALL.get(usize::from(self.0)).copied()
    }
}

/// How time is told apart from the time before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Aspect {
    pub(super) guise: Guise,
    /// Which way more cannot be sent, since the window has no room.
    pub(super) held: Option<Dir>,
    /// Whether octets that an end needs next were lost: that is what the time was for,
    /// unless an application was at work.
    pub(super) is_lossy: bool,
}

/// A time, nanoseconds of the connection, and the frame that shows it.
pub(super) type Instant = (i64, Option<NonZeroU64>);

/// A stretch of time, which begins where the one before ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its end, nanoseconds of the connection.
    pub(super) until: i64,
    /// The frame that ended it.
    pub(super) frame: Option<NonZeroU64>,
    pub(super) look: Aspect,
}

/// What the time is for, now that it is known why an end sends something new.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// The application that was at work, and since when.
    pub(super) at_work: (TimeCause, i64),
    /// Where the window had no room this way: its cause.
    pub(super) held: Option<(Dir, TimeCause)>,
    /// Where an acknowledgment was missing.
    pub(super) unacknowledged: TimeCause,
    /// All else.
    pub(super) otherwise: TimeCause,
}

impl Aspect {
    /// The time is known to be for a cause.
    pub(super) const fn of(cause: TimeCause) -> Self {
        Self {
            guise: Guise::of(cause),
            held: None,
            is_lossy: false,
        }
    }

    /// What it was for, in the end.
    #[inline]
    pub(super) fn cause(self) -> TimeCause {
        self.booked(self.guise.cause().unwrap_or(TimeCause::Path))
    }

    /// What it was for, where it is booked to a cause.
    #[inline]
    pub(super) const fn booked(self, cause: TimeCause) -> TimeCause {
        if self.is_lossy && !cause.hides_loss() {
            TimeCause::Loss
        } else {
            cause
        }
    }
}

impl Reading {
    /// Octets and acknowledgments were on their way, all the time.
    pub(super) const PATH: Self = Self {
        at_work: (TimeCause::Path, i64::MAX),
        held: None,
        unacknowledged: TimeCause::Path,
        otherwise: TimeCause::Path,
    };

    /// One cause for all.
    pub(super) const fn all(cause: TimeCause) -> Self {
        Self {
            at_work: (cause, i64::MIN),
            ..Self::PATH
        }
    }

    /// What a stretch was for that begins at a time and looked so.
    #[inline]
    pub(super) fn of(&self, begin: i64, look: Aspect) -> TimeCause {
        let (application, since) = self.at_work;
        if begin >= since {
            return application;
        }
        match (look.guise.cause(), self.held) {
            (Some(cause), _) => cause,
            (None, Some((dir, window))) if look.held == Some(dir) => window,
            _ if look.guise == Guise::UNACKNOWLEDGED => self.unacknowledged,
            _ => self.otherwise,
        }
    }
}
