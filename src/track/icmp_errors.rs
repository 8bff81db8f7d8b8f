//! The ICMP errors about the segments of a connection: why some did not arrive.

use std::cmp::Ordering;
use std::num::NonZeroU64;

use crate::icmp_error::{IcmpError, Reason};
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::track::dir::Dir;

/// The most that are kept of a connection: of more, the latest.
const MOST: usize = 8;
/// Octets of an IP header without options, of IPv4 and of IPv6.
const IP_LEN: (u32, u32) = (20, 40);
/// Octets of a TCP header without options.
const TCP_LEN: u32 = 20;

/// The ICMP errors about the segments of a connection, in their order.
#[derive(Debug, Clone, Default)]
pub struct IcmpErrors {
    list: Vec<Notice>,
}

/// An ICMP error, and what it is to the connection.
#[derive(Debug, Clone, Copy)]
pub struct Notice {
    /// The error, as it came first.
    pub error: IcmpError,
    /// Which way the segment went.
    pub dir: Dir,
    /// How often it came.
    pub times: u32,
    /// The frame with which it came latest.
    pub latest: NonZeroU64,
    /// The first segment that repeats in smaller ones what was too large.
    pub smaller: Option<NonZeroU64>,
    /// The latest of these.
    latest_smaller: Option<NonZeroU64>,
    /// Whether it is about the SYN of an attempt, and answers that.
    pub is_of_syn: bool,
    /// What was underway: from SND.UNA to SND.NXT.
    underway: (SeqNum, SeqNum),
    /// Up to where that was sent again.
    again: SeqNum,
}

/// What shows that a segment was cut smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resizing {
    /// An ICMP error about the octets that it repeats.
    OfThese,
    /// One about others that were underway at the time.
    OfOthers,
}

impl IcmpErrors {
    /// In their order.
    pub fn iter(&self) -> impl Iterator<Item = &Notice> {
        self.list.iter()
    }

    /// The one that came with a frame, latest.
    pub(super) fn of_frame(&self, frame: NonZeroU64) -> Option<&Notice> {
        self.list.iter().find(|notice| notice.latest == frame)
    }

    /// Whether the same was said before of the same segment.
    pub(super) fn find_mut(&mut self, dir: Dir, error: &IcmpError) -> Option<&mut Notice> {
        self.list
            .iter_mut()
            .find(|notice| notice.is_same(dir, error))
    }

    /// Keeps one about a segment of direction `dir`, whose sender has this underway.
    pub(super) fn keep(&mut self, dir: Dir, error: &IcmpError, underway: (SeqNum, SeqNum)) {
        if self.list.len() == MOST {
            // What was said of the SYN is what became of the attempt.
            let first = usize::from(self.list[0].is_of_syn);
            self.list.remove(first);
        }
        // Of what was sent again for an earlier one this one speaks only where even
        // that is too large.
        let mut earlier = self.list.iter().filter(|notice| notice.dir == dir);
        let repeated = earlier.rfind(|notice| notice.is_too_big() && error.len > notice.limit());
        let again = match repeated {
            Some(notice) if notice.again - underway.0 > 0 => notice.again,
            _ => underway.0,
        };
        self.list.push(Notice {
            error: *error,
            dir,
            times: 1,
            latest: error.frame,
            smaller: None,
            latest_smaller: None,
            is_of_syn: false,
            underway,
            again,
        });
    }

    /// Keeps the one that answers the SYN of direction `dir`.
    pub(super) fn keep_of_syn(&mut self, dir: Dir, error: &IcmpError) {
        self.keep(dir, error, (error.seq, error.seq));
        if let Some(notice) = self.list.pop() {
            let of_syn = Notice {
                is_of_syn: true,
                ..notice
            };
            self.list.insert(0, of_syn);
        }
    }

    /// Whether one of them made the sender of direction `dir` cut a segment smaller that
    /// it sends again; `most` is the largest that it may send.
    pub(super) fn resizes(
        &self,
        dir: Dir,
        segment: &Segment<'_>,
        most: Option<u16>,
    ) -> Option<Resizing> {
        let notice = self.list.get(self.notice_of(dir, segment, most)?)?;
        Some(if notice.covers(segment.seq) {
            Resizing::OfThese
        } else {
            Resizing::OfOthers
        })
    }

    /// The one that made the sender of direction `dir` cut a segment smaller: one about
    /// these octets, or else the latest.
    fn notice_of(&self, dir: Dir, segment: &Segment<'_>, most: Option<u16>) -> Option<usize> {
        let asks = |notice: &Notice| notice.dir == dir && notice.asks_for(segment, most);
        let is_of_these = |notice: &Notice| asks(notice) && notice.covers(segment.seq);
        let latest = || self.list.iter().rposition(asks);
        self.list.iter().rposition(is_of_these).or_else(latest)
    }

    /// Goes on by a segment that was cut smaller.
    pub(super) fn note_smaller(&mut self, dir: Dir, segment: &Segment<'_>, most: Option<u16>) {
        let because = self.notice_of(dir, segment, most);
        if let Some(notice) = because.and_then(|nth| self.list.get_mut(nth)) {
            notice.smaller.get_or_insert(segment.frame);
            notice.latest_smaller = Some(segment.frame);
        }
        let of_these = self.list.iter_mut().filter(|notice| notice.dir == dir);
        for notice in of_these.filter(|notice| segment.end() - notice.again > 0) {
            notice.again = segment.end();
        }
    }

    /// The one for which the segment of a frame, the latest of its kind, was cut smaller.
    #[must_use]
    pub fn because_of(&self, frame: NonZeroU64) -> Option<&Notice> {
        let mut list = self.list.iter();
        list.find(|notice| notice.latest_smaller == Some(frame))
    }
}

impl Notice {
    /// Whether it says that the segment was too large.
    #[must_use]
    pub fn is_too_big(&self) -> bool {
        self.error.reason == Reason::TooBig
    }

    /// Whether the segment would have been too large: one with `len` octets of TCP
    /// header and data.
    #[must_use]
    pub fn forbids(&self, len: u32) -> bool {
        self.is_too_big() && len.saturating_add(self.ip_len()) > self.limit()
    }

    fn is_same(&self, dir: Dir, error: &IcmpError) -> bool {
        let IcmpError {
            from, reason, mtu, ..
        } = self.error;
        let is_same = (from, reason, mtu) == (error.from, error.reason, error.mtu);
        self.dir == dir && is_same && self.error.seq == error.seq
    }

    /// Octets of the largest datagram that passes, as far as it says.
    fn limit(&self) -> u32 {
        let below = self.error.len.saturating_sub(1);
        self.error.mtu.map_or(below, |mtu| below.min(mtu.get()))
    }

    const fn ip_len(&self) -> u32 {
        if self.error.src.is_ipv4() {
            IP_LEN.0
        } else {
            IP_LEN.1
        }
    }

    /// Whether a number is one of the segment that it quotes.
    pub(super) fn covers(&self, seq: SeqNum) -> bool {
        let len = self.error.len.saturating_sub(self.ip_len() + TCP_LEN);
        seq.relative_to(self.error.seq) < len
    }

    /// Whether it asks for a segment that repeats what was underway: one that was not
    /// sent again since, and is smaller. One that an interface is going to cut is larger
    /// than the datagram, and than any that its sender may send.
    fn asks_for(&self, segment: &Segment<'_>, most: Option<u16>) -> bool {
        let (una, next) = self.underway;
        let was_underway = segment.seq - una >= 0 && segment.seq - next < 0;
        let is_first = segment.end() - self.again > 0;
        let len = u32::from(segment.header_len) + segment.payload_len + self.ip_len();
        let is_cut_later = || most.is_some_and(|most| segment.payload_len > u32::from(most));
        let is_smaller = match len.cmp(&self.error.len) {
            Ordering::Less => true,
            Ordering::Equal => false,
            Ordering::Greater => is_cut_later(),
        };
        self.is_too_big() && was_underway && is_first && is_smaller
    }
}
