//! What is on its way from where it was captured to its receiver.

use std::collections::VecDeque;
use std::num::NonZeroU64;

use crate::seq::SeqNum;
use crate::track::dir::Dir;

/// So many that are under way in one direction are told apart. Of more, those are taken
/// for one that arrive within a part of the way.
const TOLD_APART: usize = 32;
const PART_OF_WAY: i64 = 32;

/// A segment that will arrive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crossing {
    /// When, nanoseconds of the connection.
    pub(super) at: i64,
    /// Its frame.
    pub(super) frame: Option<NonZeroU64>,
    /// The number behind its octets, SEG.ACK and the window in octets.
    pub(super) end: SeqNum,
    pub(super) ack: SeqNum,
    pub(super) window: u32,
    pub(super) what: Delivery,
}

/// What a segment brings.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub(super) struct Delivery {
    /// Whether it brings octets that were missing.
    pub(super) octets: bool,
    /// Whether it brings a FIN or RST.
    pub(super) close: bool,
    /// Whether it acknowledges and offers a window, and whether it does by SACK.
    pub(super) ack: bool,
    pub(super) sack: bool,
}

/// Crossings at both ends.
#[derive(Debug, Clone)]
pub(super) struct Crossings {
    to_server: Lane,
    to_client: Lane,
}

/// Those at one end, in the order of their times. Often it is one alone: the first lies
/// here; it never arrives where there is none.
#[derive(Debug, Clone)]
struct Lane {
    first: Crossing,
    others: VecDeque<Crossing>,
}

/// One that never arrives.
const NONE: Crossing = Crossing {
    at: i64::MAX,
    frame: None,
    end: SeqNum(0),
    ack: SeqNum(0),
    window: 0,
    what: Delivery {
        octets: false,
        close: false,
        ack: false,
        sack: false,
    },
};

impl Crossings {
    pub(super) const fn new() -> Self {
        Self {
            to_server: Lane::new(),
            to_client: Lane::new(),
        }
    }

    /// One more that goes in direction `dir`; the way from end to end takes so long, in
    /// nanoseconds.
    #[inline]
    pub(super) fn add(&mut self, dir: Dir, crossing: Crossing, way: i64) {
        let lane = self.lane(dir);
        if lane.first.at == NONE.at {
            lane.first = crossing;
        } else {
            lane.add(crossing, way);
        }
    }

    /// What its receiver acknowledges at a time has arrived by then.
    #[inline]
    pub(super) fn acknowledge(&mut self, dir: Dir, ack: SeqNum, at: i64) {
        let lane = self.lane(dir);
        let first = &mut lane.first;
        if first.at > at && first.is_acknowledged(ack) {
            first.at = at;
            lane.acknowledge(ack, at);
        }
    }

    /// The first that has arrived at a time, and its direction.
    #[inline]
    pub(super) fn next_until(&mut self, at: i64) -> Option<(Dir, Crossing)> {
        let dir = if self.to_server.first.at <= self.to_client.first.at {
            Dir::ToServer
        } else {
            Dir::ToClient
        };
        let lane = self.lane(dir);
        if lane.first.at > at {
            return None;
        }
        let crossing = lane.first;
        if lane.others.is_empty() {
            (lane.first.at, lane.first.what) = (NONE.at, NONE.what);
        } else {
            lane.first = lane.next();
        }
        Some((dir, crossing))
    }

    #[inline]
    const fn lane(&mut self, dir: Dir) -> &mut Lane {
        match dir {
            Dir::ToServer => &mut self.to_server,
            Dir::ToClient => &mut self.to_client,
        }
    }
}

impl Crossing {
    #[inline]
    fn is_acknowledged(&self, ack: SeqNum) -> bool {
        self.what.octets && self.end - ack <= 0
    }
}

impl Lane {
    const fn new() -> Self {
        Self {
            first: NONE,
            others: VecDeque::new(),
        }
    }

    #[inline(never)]
    fn next(&mut self) -> Crossing {
        self.others.pop_front().unwrap_or(NONE)
    }

    /// One more behind others: it does not arrive before them.
    #[inline(never)]
    fn add(&mut self, mut crossing: Crossing, way: i64) {
        let count = self.others.len();
        let Some(latest) = self.others.back() else {
            crossing.at = crossing.at.max(self.first.at);
            self.others.push_back(crossing);
            return;
        };
        crossing.at = crossing.at.max(latest.at);
        if count + 1 < TOLD_APART || crossing.at - self.others[count - 2].at >= way / PART_OF_WAY {
            self.others.push_back(crossing);
            return;
        }
        let (old, new) = (latest.what, &mut crossing.what);
        if !new.octets {
            crossing.end = latest.end;
        }
        if !new.ack {
            (crossing.ack, crossing.window) = (latest.ack, latest.window);
        }
        new.octets |= old.octets;
        new.close |= old.close;
        new.ack |= old.ack;
        new.sack |= old.sack;
        self.others[count - 1] = crossing;
    }

    fn acknowledge(&mut self, ack: SeqNum, at: i64) {
        for crossing in &mut self.others {
            if crossing.at <= at || !crossing.is_acknowledged(ack) {
                break;
            }
            crossing.at = at;
        }
    }
}
