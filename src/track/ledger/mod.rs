//! What is kept for those who are asked once, when a connection is shown: Zeek, classic
//! tcptrace, and where the time went.
//!
//! So the segments of a short connection are only noted, in some twenty octets each, and
//! they are told of them when they are asked; a connection of more segments tells them
//! each one as it comes. That decides nothing: a property holds both ways to the
//! same accounts.

mod pending;

use std::borrow::Cow;
use std::fmt;

use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::classic::Classic;
use crate::track::dir::Dir;
use crate::track::wants::Wants;
use crate::track::zeek::Zeek;

pub(super) use crate::track::ledger::pending::Pending;

/// What is kept of a connection for those who ask when it is shown.
#[derive(Clone)]
pub(super) struct Ledger {
    /// Who will ask.
    books: Books,
    /// When the connection began, in microseconds since the epoch.
    began: i64,
    /// When the capture ended, in microseconds since then.
    ended: Option<i64>,
    state: Told,
}

/// What there is of the dialects' own.
#[derive(Debug, Clone)]
enum Told {
    /// Segments that they were not told of.
    Nothing(Pending),
    /// All.
    All(Box<Accounts>),
}

/// The dialects that are wanted, and where the connection begins for them.
#[derive(Debug, Clone, Copy)]
struct Books {
    zeek: bool,
    classic: bool,
    /// Whether the first segment is a SYN-ACK.
    is_turned: bool,
    /// Which way Zeek's originator sends. Classic tcptrace has no originator.
    originator: Dir,
}

/// A connection in the words of its readers' other programs.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// Zeek's `conn_state` and `history`, where they are wanted.
    pub zeek: Option<Zeek>,
    /// Classic tcptrace's long report, where that is wanted.
    pub classic: Option<Classic>,
}

impl Books {
    fn open(self) -> Accounts {
        Accounts {
            zeek: self
                .zeek
                .then(|| Zeek::new(self.is_turned, self.originator)),
            classic: self.classic.then(Classic::default),
        }
    }
}

impl Accounts {
    /// Takes the next segment.
    #[inline]
    fn take(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) {
        if let Some(zeek) = &mut self.zeek {
            zeek.observe(dir, segment, now);
        }
        if let Some(classic) = &mut self.classic {
            classic.observe(dir, segment, now);
        }
    }

    fn end(&mut self, at: i64) {
        if let Some(classic) = &mut self.classic {
            classic.end(at);
        }
    }
}

impl Ledger {
    /// A ledger for a connection that begins at a time, with a SYN-ACK where
    /// `is_turned` is set; `originator` is the direction of what the end sends that
    /// Zeek takes for the client. `None` where nobody will ask.
    pub(super) fn new(
        wants: Wants,
        first: Timestamp,
        is_turned: bool,
        originator: Dir,
    ) -> Option<Self> {
        let books = Books {
            zeek: wants.zeek,
            classic: wants.classic,
            is_turned,
            originator,
        };
        (wants.zeek || wants.classic || wants.time_spent).then(|| Self {
            books,
            began: microseconds(first),
            ended: None,
            state: Told::Nothing(Pending::default()),
        })
    }

    /// Takes the next segment. Gives back the notes where there is no room for one more:
    /// from now on everybody is told at once.
    #[inline]
    pub(super) fn take(&mut self, dir: Dir, segment: &Segment<'_>) -> Option<Pending> {
        let now = between(self.began, microseconds(segment.time));
        match &mut self.state {
            Told::All(accounts) => accounts.take(dir, segment, now),
            Told::Nothing(pending) => {
                if !pending.note(dir, segment, now) {
                    return self.tell_all(dir, segment, now);
                }
            }
        }
        None
    }

    /// Tells the dialects of all that was noted, and of one more segment.
    #[cold]
    fn tell_all(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) -> Option<Pending> {
        let mut accounts = Box::new(self.open().into_owned());
        accounts.take(dir, segment, now);
        match std::mem::replace(&mut self.state, Told::All(accounts)) {
            Told::Nothing(pending) => Some(pending),
            Told::All(_) => None,
        }
    }

    /// The segments that nobody was told of.
    pub(super) const fn notes(&self) -> Option<&Pending> {
        match &self.state {
            Told::Nothing(pending) => Some(pending),
            Told::All(_) => None,
        }
    }

    /// As [`take`](Self::take), but the dialects are told at once, and as if no
    /// segment were a usual one.
    #[cfg(test)]
    pub(super) fn take_closely(&mut self, dir: Dir, segment: &Segment<'_>) {
        let now = between(self.began, microseconds(segment.time));
        if let Told::Nothing(_) = self.state {
            self.state = Told::All(Box::new(self.books.open()));
        }
        let Told::All(accounts) = &mut self.state else {
            return;
        };
        if let Some(zeek) = &mut accounts.zeek {
            zeek.observe_closely(dir, segment, now);
        }
        if let Some(classic) = &mut accounts.classic {
            classic.observe_closely(dir, segment, now);
        }
    }

    /// Takes the end of the capture.
    pub(super) fn end(&mut self, at: Timestamp) {
        let at = between(self.began, microseconds(at));
        self.ended = Some(at);
        if let Told::All(accounts) = &mut self.state {
            accounts.end(at);
        }
    }

    /// The dialects' accounts.
    pub(super) fn open(&self) -> Cow<'_, Accounts> {
        match &self.state {
            Told::All(accounts) => Cow::Borrowed(accounts),
            Told::Nothing(pending) => {
                let mut accounts = self.books.open();
                pending.each(|dir, segment, now| accounts.take(dir, segment, now));
                if let Some(at) = self.ended {
                    accounts.end(at);
                }
                Cow::Owned(accounts)
            }
        }
    }
}

/// Notes and accounts are the same, told or not.
impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ledger").field(&self.open()).finish()
    }
}

/// The longest time that is told apart, in microseconds: four years and a half.
/// A damaged clock must not bring sums of times to overflow.
const LONGEST: i64 = (1 << 47) - 1;

#[inline]
fn between(from: i64, to: i64) -> i64 {
    to.saturating_sub(from).clamp(-LONGEST, LONGEST)
}

/// Since the epoch, rounded down to microseconds as the peers know them.
#[inline]
fn microseconds(time: Timestamp) -> i64 {
    let (seconds, nanoseconds) = time.recorded();
    seconds
        .saturating_mul(1_000_000)
        .saturating_add((nanoseconds / 1_000).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rounded_down_and_bounded() {
        let at = |seconds, nanoseconds| microseconds(Timestamp::new(seconds, nanoseconds));
        assert_eq!(between(at(1, 999), at(1, 1_000)), 1);
        assert_eq!(between(at(1, 1_999), at(2, 500)), 999_999);
        assert_eq!(between(at(i64::MIN, 0), at(i64::MAX, 0)), LONGEST);
        assert_eq!(between(at(i64::MAX, 0), at(i64::MIN, 0)), -LONGEST);
    }
}
