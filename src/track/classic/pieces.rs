//! What an end sent, as classic tcptrace remembers it: pieces of the sequence
//! space, in four quadrants.
//!
//! A piece is what one segment brought that no earlier one had. Acknowledged
//! pieces that touch become one, so that an end whose data all arrived has a
//! single piece in a quadrant. Whenever a number of another quadrant comes up,
//! the quadrant opposite to it is forgotten.

use smallvec::SmallVec;

use crate::track::classic::rtt::{Rtt, Worth};

/// The most pieces remembered; later data between them counts as new.
const MOST_PIECES: usize = 4_096;
/// The most numbers of a segment that count: half a quadrant. IPv6's largest
/// datagrams could claim more.
const MOST_NUMBERS: u32 = 1 << 29;

/// A stretch of sequence space that was sent.
#[derive(Debug, Clone, Copy)]
struct Piece {
    first: u32,
    last: u32,
    /// When it was sent last, in microseconds since the connection began, and
    /// in the two lowest octets how often it was sent again and acknowledged.
    packed: i64,
}

impl Piece {
    const fn new(first: u32, last: u32, now: i64) -> Self {
        Self {
            first,
            last,
            packed: now << 16,
        }
    }

    const fn sent(&self) -> i64 {
        self.packed >> 16
    }

    /// How often it was sent again.
    const fn again(&self) -> u8 {
        self.packed.to_le_bytes()[1]
    }

    /// How often it was acknowledged.
    const fn acked(&self) -> u8 {
        self.packed.to_le_bytes()[0]
    }

    const fn set(&mut self, sent: i64, again: u8, acked: u8) {
        self.packed = sent << 16 | (again as i64) << 8 | acked as i64;
    }

    /// How many numbers it holds.
    const fn len(&self) -> u32 {
        self.last.wrapping_sub(self.first).wrapping_add(1)
    }
}

/// What a segment brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Brought {
    /// Numbers that were sent before.
    pub(super) again: u32,
    /// Whether it begins before a piece and ends before that one's end.
    pub(super) is_out_of_order: bool,
}

/// The pieces of one end, sorted by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Pieces {
    /// What arrived and what is under way: more than two pieces are rare where
    /// little is sent at a time.
    pieces: SmallVec<[Piece; 2]>,
    /// The quadrant of the latest number, from 1; it and its neighbours are
    /// remembered.
    quadrant: u8,
}

/// Microseconds between, where the clock did not step back.
fn elapsed(from: i64, to: i64) -> u32 {
    u32::try_from(to.saturating_sub(from).max(0)).unwrap_or(u32::MAX)
}

const fn quadrant_of(number: u32) -> u32 {
    number >> 30
}

impl Pieces {
    /// Where the pieces of a quadrant stand.
    fn range(&self, quadrant: u32) -> (usize, usize) {
        let before = |bound: u32| {
            self.pieces
                .partition_point(|piece| quadrant_of(piece.first) < bound)
        };
        let end = match self.pieces.last() {
            Some(last) if quadrant_of(last.first) > quadrant => before(quadrant + 1),
            _ => self.pieces.len(),
        };
        let start = match self.pieces.first() {
            Some(first) if quadrant_of(first.first) < quadrant => before(quadrant),
            _ => 0,
        };
        (start.min(end), end)
    }

    /// Turns to the quadrant of `number` and forgets the opposite one.
    fn turn_to(&mut self, number: u32) -> u32 {
        let quadrant = quadrant_of(number);
        #[expect(clippy::cast_possible_truncation, reason = "1 to 4")]
        let place = quadrant as u8 + 1;
        if self.quadrant != place {
            self.quadrant = place;
            let opposite = (quadrant + 2) % 4;
            let (start, end) = self.range(opposite);
            self.pieces.drain(start..end);
        }
        quadrant
    }

    /// Whether all pieces are of the quadrant that `number` is in, which is the
    /// one turned to: nearly always.
    #[inline]
    fn is_alone(&self, number: u32) -> bool {
        let quadrant = quadrant_of(number);
        let is_inside =
            |piece: Option<&Piece>| piece.is_some_and(|piece| quadrant_of(piece.first) == quadrant);
        u32::from(self.quadrant) == quadrant + 1
            && is_inside(self.pieces.first())
            && is_inside(self.pieces.last())
    }

    /// Whether a segment stands behind all pieces, all of one quadrant.
    #[inline]
    fn is_behind_all(&self, first: u32, last: u32) -> bool {
        self.is_alone(first)
            && quadrant_of(last) == quadrant_of(first)
            && self.pieces.last().is_some_and(|piece| first > piece.last)
            && self.pieces.len() < MOST_PIECES
    }

    /// Takes a segment of `len` numbers from `first` on.
    #[inline]
    pub(super) fn send(&mut self, first: u32, len: u32, now: i64, rtt: &mut Rtt) -> Brought {
        let mut brought = Brought::default();
        let last = first.wrapping_add(len.min(MOST_NUMBERS)).wrapping_sub(1);
        if self.is_behind_all(first, last) {
            self.pieces.push(Piece::new(first, last, now));
            return brought;
        }
        let quadrant = self.turn_to(first);
        if quadrant_of(last) == quadrant {
            self.add(quadrant, first, last, now, rtt, &mut brought);
        } else {
            let next = (quadrant + 1) % 4;
            let border = next << 30;
            self.add(
                quadrant,
                first,
                border.wrapping_sub(1),
                now,
                rtt,
                &mut brought,
            );
            self.add(next, border, last, now, rtt, &mut brought);
        }
        brought
    }

    /// Takes numbers of one quadrant.
    fn add(
        &mut self,
        quadrant: u32,
        mut first: u32,
        last: u32,
        now: i64,
        rtt: &mut Rtt,
        brought: &mut Brought,
    ) {
        let (start, mut end) = self.range(quadrant);
        let is_last = end > start
            && self
                .pieces
                .get(end - 1)
                .is_some_and(|piece| first > piece.last);
        let mut at = if is_last { end } else { start };
        let mut is_rest = false;
        while let Some(piece) = self.pieces.get(at).copied().filter(|_| at < end) {
            if first > piece.last {
                at += 1;
                continue;
            }
            if first < piece.first {
                brought.is_out_of_order |= last < piece.last;
                let stop = last.min(piece.first - 1);
                let inserted = self.insert(at, Piece::new(first, stop, now));
                if last < piece.first {
                    return;
                }
                at += inserted;
                end += inserted;
                first = piece.first;
            }
            if let Some(piece) = self.pieces.get_mut(at) {
                let again = piece.again().saturating_add(1);
                let mut sent = piece.sent();
                if !is_rest {
                    if piece.acked() == 0 {
                        rtt.sent_again(again, elapsed(sent, now));
                    }
                    sent = now;
                }
                piece.set(sent, again, piece.acked());
            }
            if last <= piece.last {
                brought.again += last - first + 1;
                return;
            }
            is_rest = true;
            brought.again += piece.last - first + 1;
            first = piece.last + 1;
            at += 1;
        }
        self.insert(end, Piece::new(first, last, now));
    }

    fn insert(&mut self, at: usize, piece: Piece) -> usize {
        if self.pieces.len() >= MOST_PIECES {
            return 0;
        }
        self.pieces.insert(at, piece);
        1
    }

    /// Takes an acknowledgment of everything before `ack`. `may_repeat` where
    /// it would be a duplicate if it acknowledged a piece exactly.
    #[inline]
    pub(super) fn acknowledge(&mut self, ack: u32, now: i64, may_repeat: bool, rtt: &mut Rtt) {
        if may_repeat || !self.is_alone(ack) || !self.takes_next(ack, now, rtt) {
            self.acknowledge_any(ack, now, may_repeat, rtt);
        }
    }

    /// Takes the usual acknowledgment: of just the piece behind all that was
    /// acknowledged before, or of nothing new; whether it is one.
    #[inline]
    fn takes_next(&mut self, ack: u32, now: i64, rtt: &mut Rtt) -> bool {
        let [done, open] = self.pieces.as_mut_slice() else {
            return matches!(*self.pieces, [done] if done.acked() == 1);
        };
        if done.acked() != 1 || open.acked() != 0 {
            return false;
        }
        if ack <= open.first {
            return true;
        }
        let is_next = done.last.wrapping_add(1) == open.first;
        if !is_next || ack != open.last.wrapping_add(1) || open.again() > 0 {
            return false;
        }
        let is_after_loss = done.sent() > open.sent();
        let worth = if is_after_loss {
            Worth::AfterLoss
        } else {
            Worth::Sample
        };
        rtt.acknowledged(worth, elapsed(open.sent(), now), open.len());
        done.last = open.last;
        done.set(done.sent().max(open.sent()), done.again(), 1);
        self.pieces.truncate(1);
        true
    }

    #[inline(never)]
    fn acknowledge_any(&mut self, ack: u32, now: i64, may_repeat: bool, rtt: &mut Rtt) {
        let mut latest = i64::MIN;
        let (mut start, mut end) = (0, self.pieces.len());
        if !self.is_alone(ack) {
            let quadrant = self.turn_to(ack);
            (start, end) = self.range((quadrant + 3) % 4);
            if start < end {
                latest = self.acknowledge_whole(start, end, rtt);
            }
            (start, end) = self.range(quadrant);
        }
        let mut is_changed = false;
        for piece in self.pieces.get_mut(start..end).unwrap_or_default() {
            if ack <= piece.first {
                break;
            }
            let sent = piece.sent();
            latest = latest.max(sent);
            let is_exact = ack == piece.last.wrapping_add(1);
            if piece.acked() > 0 {
                let acked = if is_exact && may_repeat {
                    rtt.duplicate += 1;
                    let acked = piece.acked().saturating_add(1);
                    rtt.triple += u32::from(acked == 4);
                    acked
                } else {
                    1
                };
                piece.set(sent, piece.again(), acked);
                continue;
            }
            is_changed = true;
            let (again, len) = (piece.again(), piece.len());
            piece.set(sent, again, 1);
            if !is_exact {
                rtt.cumulative += 1;
                continue;
            }
            let worth = match () {
                () if latest > sent => Worth::AfterLoss,
                () if again > 0 => Worth::Ambiguous,
                () => Worth::Sample,
            };
            rtt.acknowledged(worth, elapsed(sent, now), len);
        }
        if is_changed {
            self.join(start, end);
        }
    }

    /// Acknowledges all pieces of the quadrant before; when the latest of
    /// those that were open was sent.
    fn acknowledge_whole(&mut self, start: usize, end: usize, rtt: &mut Rtt) -> i64 {
        let mut latest = i64::MIN;
        let pieces = self.pieces.get_mut(start..end).unwrap_or_default();
        for piece in pieces.iter_mut().filter(|piece| piece.acked() == 0) {
            piece.set(piece.sent(), piece.again(), 1);
            rtt.cumulative += 1;
            latest = latest.max(piece.sent());
        }
        if latest > i64::MIN {
            self.join(start, end);
        }
        latest
    }

    /// Makes acknowledged pieces that touch one, up to the first open one.
    fn join(&mut self, start: usize, end: usize) {
        let Some(pieces) = self.pieces.get_mut(start..end) else {
            return;
        };
        let mut kept = 0;
        let mut looked = 1;
        while let Some(next) = pieces.get(looked).copied() {
            let Some(piece) = pieces.get_mut(kept).filter(|piece| piece.acked() > 0) else {
                break;
            };
            if next.acked() > 0 && piece.last.wrapping_add(1) == next.first {
                piece.last = next.last;
                piece.set(piece.sent().max(next.sent()), piece.again(), next.acked());
            } else {
                kept += 1;
                if let Some(place) = pieces.get_mut(kept) {
                    *place = next;
                }
            }
            looked += 1;
        }
        let (kept, looked) = (start + kept + 1, start + looked);
        if looked == self.pieces.len() {
            self.pieces.truncate(kept);
        } else {
            self.pieces.drain(kept..looked);
        }
    }
}
