//! What shows that only large segments are lost: how large an end's are, what it
//! sends again, and what arrives behind that.

use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::seq::SeqNum;

/// Octets of a TCP header without options.
const TCP_LEN: u32 = 20;

/// The largest segments of an end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Largest {
    /// Octets of data in them.
    pub(super) len: u32,
    /// The number behind the first of them, and behind the highest.
    pub(super) first_end: SeqNum,
    pub(super) last_end: SeqNum,
}

/// What an end sends again, and what arrives behind that.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Oversize {
    pub(super) arrived: Option<Arrived>,
    pub(super) repeated: Option<SentAgain>,
    /// What came through in smaller segments.
    pub(super) solved: Option<SentAgain>,
}

/// What the other end says of what arrived behind SND.UNA.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrived {
    /// SND.UNA.
    pub(super) una: SeqNum,
    /// The frame that said so first, and latest.
    pub(super) frame: NonZeroU64,
    pub(super) latest: NonZeroU64,
    /// What it said so far.
    pub(super) pieces: Hearsay,
    /// Up to where that may reach: the number behind the highest octet then sent, or
    /// behind the highest piece.
    pub(super) end: SeqNum,
}

/// What lies behind an acknowledgment and arrived, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hearsay {
    /// Octets of the shortest piece and of the longest.
    pub(super) shortest: u32,
    pub(super) longest: u32,
    /// Octets of the longest that does not lie behind all of the largest segments.
    pub(super) longest_among: u32,
    /// Whether one does.
    pub(super) is_behind_largest: bool,
}

/// The oldest segment that is not acknowledged, sent again.
#[derive(Debug, Clone, Copy)]
pub(super) struct SentAgain {
    pub(super) seq: SeqNum,
    /// Octets of data in it.
    pub(super) len: u32,
    /// Octets of its TCP header and data.
    pub(super) tcp_len: u32,
    /// How often it was sent.
    pub(super) times: u32,
    /// The frames with which it was sent again, the first and the latest.
    pub(super) first: NonZeroU64,
    pub(super) latest: NonZeroU64,
    /// The first smaller segment with its octets, after that.
    pub(super) smaller: Option<NonZeroU64>,
}

impl Largest {
    /// Goes on by a segment with data.
    #[inline]
    pub(super) fn takes(&mut self, segment: &Segment<'_>) {
        let len = segment.payload_len;
        if len < self.len {
            return;
        }
        let end = segment.seq + len;
        if len > self.len {
            *self = Self {
                len,
                first_end: end,
                last_end: end,
            };
        } else if end - self.last_end > 0 {
            self.last_end = end;
        }
    }
}

impl Oversize {
    /// Notes that the other end says what arrived behind what it acknowledges, `una`.
    /// It reaches to `end` at most.
    pub(super) fn hears(
        &mut self,
        (una, end): (SeqNum, SeqNum),
        frame: NonZeroU64,
        pieces: Hearsay,
    ) {
        let before = self.arrived.filter(|arrived| arrived.una == una);
        self.arrived = Some(match before {
            Some(arrived) => Arrived {
                frame: if arrived.pieces.is_empty() {
                    frame
                } else {
                    arrived.frame
                },
                latest: frame,
                end: if end - arrived.end > 0 {
                    end
                } else {
                    arrived.end
                },
                pieces: arrived.pieces.and(pieces),
                ..arrived
            },
            None => Arrived {
                una,
                frame,
                latest: frame,
                end,
                pieces,
            },
        });
    }

    /// Notes that the segment at SND.UNA is sent again; `is_explained` where something
    /// else shows why it is smaller.
    pub(super) fn repeats(&mut self, segment: &Segment<'_>, is_explained: bool) {
        let (seq, len, frame) = (segment.seq, segment.payload_len, segment.frame);
        match &mut self.repeated {
            Some(repeated) if repeated.seq == seq && len >= repeated.len => {
                repeated.times = repeated.times.saturating_add(1);
                repeated.latest = frame;
                repeated.smaller = None;
            }
            Some(repeated) if repeated.seq == seq => {
                if !is_explained {
                    repeated.smaller.get_or_insert(frame);
                }
            }
            before => {
                let solved = before.filter(|before| before.is_solved(seq));
                self.solved = self.solved.or(solved);
                *before = Some(SentAgain {
                    seq,
                    len,
                    tcp_len: len + u32::from(segment.header_len),
                    times: 2,
                    first: frame,
                    latest: frame,
                    smaller: None,
                });
            }
        }
    }
}

impl Hearsay {
    pub(super) const NONE: Self = Self {
        shortest: u32::MAX,
        longest: 0,
        longest_among: 0,
        is_behind_largest: false,
    };

    pub(super) fn is_empty(&self) -> bool {
        self.longest == 0 && !self.is_behind_largest
    }

    /// One piece; `is_behind` where it lies behind all of the largest segments.
    pub(super) const fn one(len: u32, is_behind: bool) -> Self {
        Self {
            shortest: len,
            longest: len,
            longest_among: if is_behind { 0 } else { len },
            is_behind_largest: is_behind,
        }
    }

    /// These and others.
    pub(super) fn and(self, others: Self) -> Self {
        Self {
            shortest: self.shortest.min(others.shortest),
            longest: self.longest.max(others.longest),
            longest_among: self.longest_among.max(others.longest_among),
            is_behind_largest: self.is_behind_largest || others.is_behind_largest,
        }
    }
}

impl SentAgain {
    /// Octets of data and options in it, as an MSS counts them.
    pub(super) const fn size(&self) -> u32 {
        self.tcp_len.saturating_sub(TCP_LEN)
    }

    /// Whether smaller segments brought its octets, where `una` is acknowledged.
    pub(super) fn is_solved(&self, una: SeqNum) -> bool {
        self.smaller.is_some() && una - self.seq > 0
    }
}
