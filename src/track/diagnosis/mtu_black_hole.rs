//! An MTU black hole: large segments of an end never arrive, smaller ones do, and its
//! sender is not told why (RFC 2923 §2.1, RFC 8899 §1).

use std::num::NonZeroU64;

use crate::track::agreement::DEFAULT_MSS;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::icmp_errors::Notice;
use crate::track::oversize::{Arrived, SentAgain};

pub(super) const ABOUT: Description = Description {
    code: Code::MtuBlackHole,
    name: "mtu_black_hole",
    severity: Severity::Fails,
    means: "Large segments of an end are lost however often they are sent, and smaller ones \
        arrive: a link on the path is smaller than the largest segments, and the ICMP errors that \
        would say so are dropped, or not heeded. It is recognised by a full-sized segment that is \
        sent three times or more while the other end says that smaller ones behind it arrived \
        (`lasts`), though an ICMP error had said that it is too large (`unheeded`), or until \
        smaller segments bring the same octets (`solved`).",
    unlike: "An end that has vanished acknowledges nothing, small or large. A bad moment of the \
        path loses small segments as well. Two transmissions may be lost by chance. Segments that \
        every path takes are not too large for one.",
    reference: "RFC 2923 §2.1, RFC 4821, RFC 8899 §1",
};

/// How often a segment is sent before something else than chance keeps it back.
const ENOUGH: u32 = 3;
/// So many octets from an end's ISN on are more than what comes in front of large data.
const BEYOND_OPENING: u32 = 65_536;

/// Large segments of an end that were lost, however often they were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlackHole {
    /// Octets of data in the segment.
    pub len: u32,
    /// How often it was sent, at least.
    pub times: u32,
    /// The frame with which it was sent latest.
    pub latest: NonZeroU64,
    /// What shows that its size is why.
    pub shown_by: ShownBy,
}

/// What shows that it is the size of a segment for which it is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShownBy {
    /// The other end says that smaller ones behind it arrived.
    Behind {
        /// The frame that says so.
        frame: NonZeroU64,
    },
    /// An ICMP error said so, and its sender went on.
    Icmp {
        /// Its frame.
        frame: NonZeroU64,
    },
    /// Smaller ones brought the same octets: its sender found out (RFC 4821 §7.7).
    Smaller {
        /// The frame of the first.
        frame: NonZeroU64,
    },
}

impl BlackHole {
    /// Whether its sender found a way through.
    #[must_use]
    pub const fn is_solved(&self) -> bool {
        matches!(self.shown_by, ShownBy::Smaller { .. })
    }
}

impl ShownBy {
    /// The frame.
    #[must_use]
    pub const fn frame(self) -> NonZeroU64 {
        match self {
            Self::Behind { frame } | Self::Icmp { frame } | Self::Smaller { frame } => frame,
        }
    }
}

/// What is found of the end that sends in direction `end`.
#[must_use]
pub fn diagnose(flow: &Flow, end: Dir) -> Option<Diagnosis> {
    let hole = flow.black_hole(end)?;
    let frames = (hole.shown_by.frame(), &[hole.latest][..]);
    let measures = [Measure::Times(hole.times), Measure::Bytes(hole.len)];
    let found = ABOUT.found(end, frames, &measures);
    Some(match hole.shown_by {
        ShownBy::Behind { .. } => found.with_outcome(Outcome::Lasts, Severity::Fails),
        ShownBy::Icmp { .. } => found.with_outcome(Outcome::Unheeded, Severity::Fails),
        ShownBy::Smaller { .. } => found.with_outcome(Outcome::Solved, Severity::Slows),
    })
}

impl Flow {
    /// The black hole into which large segments of direction `dir` go, or went.
    #[must_use]
    pub fn black_hole(&self, dir: Dir) -> Option<BlackHole> {
        let half = self.sender(dir);
        let oversize = half.oversize()?;
        let enough = |repeated: &SentAgain| repeated.times >= ENOUGH;
        let current = oversize.repeated.filter(enough);
        let now = current.and_then(|repeated| self.shown(dir, &repeated, oversize.arrived));
        let before = || {
            let solved = oversize.solved.filter(enough)?;
            self.shown(dir, &solved, None)
        };
        now.or_else(before)
    }

    /// The direction of the large segments that are lost to the end.
    #[must_use]
    pub fn lost_in_black_hole(&self) -> Option<Dir> {
        let is_lost = |&dir: &Dir| self.black_hole(dir).is_some_and(|hole| !hole.is_solved());
        [Dir::ToServer, Dir::ToClient].into_iter().find(is_lost)
    }

    fn shown(&self, dir: Dir, repeated: &SentAgain, arrived: Option<Arrived>) -> Option<BlackHole> {
        let shown_by = self.shown_by(dir, repeated, arrived)?;
        Some(BlackHole {
            len: repeated.len,
            times: repeated.times,
            latest: repeated.latest,
            shown_by,
        })
    }

    fn shown_by(
        &self,
        dir: Dir,
        repeated: &SentAgain,
        arrived: Option<Arrived>,
    ) -> Option<ShownBy> {
        let una = self.sender(dir).una;
        if una != repeated.seq {
            let smaller = repeated.smaller.filter(|_| repeated.is_solved(una))?;
            let is_large = self.is_full_sized(dir, repeated);
            return is_large.then_some(ShownBy::Smaller { frame: smaller });
        }
        let forbids = |notice: &&Notice| {
            let is_before = notice.error.frame < repeated.latest;
            is_before && notice.covers(repeated.seq) && notice.forbids(repeated.tcp_len)
        };
        let mut notice = self.icmp_errors().filter(|notice| notice.dir == dir);
        if let Some(notice) = notice.find(forbids) {
            let frame = notice.error.frame;
            return Some(ShownBy::Icmp { frame });
        }
        let arrived = arrived.filter(|arrived| arrived.una == una)?;
        let pieces = arrived.pieces;
        // Where an interface cuts the largest ones, a piece behind them may be as large as
        // any on the wire.
        let (is_small, longest) = if self.is_cut_by_interface(dir) {
            (false, pieces.longest)
        } else {
            (pieces.is_behind_largest, pieces.longest_among)
        };
        let is_shown = self.is_full_sized(dir, repeated)
            && (is_small || pieces.shortest < repeated.len)
            && longest < repeated.len
            && !self.loses_small(dir, repeated, &arrived)
            && (!self.has_passed(dir, repeated) || arrived.latest > repeated.first);
        is_shown.then_some(ShownBy::Behind {
            frame: arrived.frame,
        })
    }

    /// Whether smaller segments are lost as well: one was sent since the other end was
    /// heard, and the large one again after that.
    fn loses_small(&self, dir: Dir, repeated: &SentAgain, arrived: &Arrived) -> bool {
        let half = self.sender(dir);
        let is_unanswered = half.nxt - arrived.end > 0 && half.largest.last_end - arrived.end <= 0;
        let mut latest = self
            .last_data
            .filter(|latest| latest.dir == dir)
            .into_iter();
        is_unanswered && latest.any(|latest| latest.frame < repeated.latest)
    }

    /// Whether a segment is as large as its sender's can be, and larger than what every
    /// path takes.
    fn is_full_sized(&self, dir: Dir, repeated: &SentAgain) -> bool {
        let least = if self.client_addr().is_ipv4() {
            DEFAULT_MSS.0
        } else {
            DEFAULT_MSS.1
        };
        let fills = |most: u16| repeated.size() >= u32::from(most);
        let is_largest = repeated.len >= self.sender(dir).largest.len
            || self.max_segment(dir).is_some_and(fills);
        repeated.size() > u32::from(least) && is_largest
    }

    /// Whether an interface cuts what the sender of direction `dir` sends, as its
    /// segments are larger than they may be.
    fn is_cut_by_interface(&self, dir: Dir) -> bool {
        let largest = self.sender(dir).largest.len;
        self.max_segment(dir)
            .is_some_and(|most| largest > u32::from(most))
    }

    /// Whether a segment as large had been acknowledged before: then a bad moment and
    /// an end that is gone look alike, until that end is heard again.
    fn has_passed(&self, dir: Dir, repeated: &SentAgain) -> bool {
        let half = self.sender(dir);
        let before = half.una.relative_to(half.iss);
        let has_passed = half.una - half.largest.first_end >= 0;
        let is_cut_later = self.is_cut_by_interface(dir) && before > repeated.len * 2;
        has_passed || is_cut_later || before > BEYOND_OPENING
    }
}
