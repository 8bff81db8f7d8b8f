//! Fragments of IPv4 and IPv6 datagrams, put together.
//!
//! A datagram is complete with the frame that brings its last missing octet,
//! and to that frame its segment belongs, as in Wireshark. What is kept is
//! bounded: [`MOST_DATAGRAMS`] of 64 KiB at most, each for [`MOST_SECONDS`] of
//! the frames' time, the oldest given up first.
//!
//! Fragments that overlap say that somebody lies, and a reader who guesses what
//! the receiver made of them can be deceived. So the datagram is given up (RFC
//! 5722 §4 for IPv6, and what Linux does for both), except that a fragment sent
//! twice is taken once.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::ops::Range;

use etherparse::IpNumber;

use crate::decode::datagram::{Datagram, Fragment};
use crate::time::Timestamp;

/// The most datagrams waited for.
const MOST_DATAGRAMS: usize = 256;
/// How long a datagram is waited for (RFC 8200 §4.5).
const MOST_SECONDS: u64 = 60;
/// The longest datagram (RFC 791 §3.1).
const MOST_OCTETS: usize = 0xffff;

/// What became of a fragment.
#[derive(Debug, Clone, Copy)]
pub(super) enum Taken {
    /// It contradicts itself or an earlier one.
    No,
    /// Its datagram is waited for.
    Waiting,
    /// It completed a datagram: what IP says about that, and what it carries.
    /// The octets are in [`Fragments::whole`].
    Complete(Datagram, IpNumber),
}

/// The datagrams waited for.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    /// By the time of their first fragments.
    waiting: VecDeque<Incomplete>,
    /// The octets of the datagram that was completed last.
    pub(super) whole: Vec<u8>,
}

/// A datagram of which something is missing.
#[derive(Debug)]
struct Incomplete {
    key: (IpAddr, IpAddr, u32, IpNumber),
    since: Timestamp,
    octets: Vec<u8>,
    /// Which of the octets are there, in order.
    there: Vec<Range<usize>>,
    /// How many there are in all, once the last fragment is there.
    len: Option<usize>,
    /// What the fragment with the beginning says.
    head: Option<(Datagram, IpNumber)>,
    /// Whether its fragments contradict each other.
    is_given_up: bool,
}

impl Fragments {
    /// Adds the `octets` of a fragment that was captured at `time`.
    pub(super) fn take(&mut self, fragment: &Fragment, octets: &[u8], time: Timestamp) -> Taken {
        let end = fragment.offset + octets.len();
        let is_odd = !fragment.is_last && !octets.len().is_multiple_of(8);
        if octets.is_empty() || is_odd || end > MOST_OCTETS {
            return Taken::No;
        }
        self.forget(time);
        let Datagram { src, dst, .. } = fragment.datagram;
        // In IPv6 what comes next may differ from fragment to fragment.
        let next = if src.is_ipv4() {
            fragment.next
        } else {
            IpNumber::IPV6_FRAGMENTATION_HEADER
        };
        let key = (src, dst, fragment.id, next);
        let known = self.waiting.iter().position(|waiting| waiting.key == key);
        let place = known.unwrap_or_else(|| self.begin(key, time));
        let Some(waiting) = self.waiting.get_mut(place) else {
            return Taken::No;
        };
        if !waiting.add(fragment, octets) {
            waiting.give_up();
            return Taken::No;
        }
        let Some((mut datagram, next)) = waiting.complete() else {
            return Taken::Waiting;
        };
        if let Some(waiting) = self.waiting.remove(place) {
            self.whole = waiting.octets;
        }
        datagram.len = self.whole.len();
        datagram.is_fragment = false;
        Taken::Complete(datagram, next)
    }

    /// Gives up what was waited for too long, or, where a clock stepped back,
    /// would be.
    fn forget(&mut self, time: Timestamp) {
        let is_old =
            |waiting: &Incomplete| (time - waiting.since).magnitude().as_secs() > MOST_SECONDS;
        while self.waiting.front().is_some_and(is_old) {
            self.waiting.pop_front();
        }
    }

    fn begin(&mut self, key: (IpAddr, IpAddr, u32, IpNumber), time: Timestamp) -> usize {
        if self.waiting.len() >= MOST_DATAGRAMS {
            self.waiting.pop_front();
        }
        self.waiting.push_back(Incomplete {
            key,
            since: time,
            octets: Vec::new(),
            there: Vec::new(),
            len: None,
            head: None,
            is_given_up: false,
        });
        self.waiting.len() - 1
    }
}

impl Incomplete {
    /// Puts a fragment in its place; `false` where another says otherwise.
    fn add(&mut self, fragment: &Fragment, octets: &[u8]) -> bool {
        let range = fragment.offset..fragment.offset + octets.len();
        if self.is_given_up {
            return false;
        }
        if self.there.contains(&range) {
            return self.octets.get(range) == Some(octets);
        }
        let place = self
            .there
            .partition_point(|there| there.start < range.start);
        let before = place.checked_sub(1).and_then(|place| self.there.get(place));
        let overlaps = before.is_some_and(|before| before.end > range.start)
            || self
                .there
                .get(place)
                .is_some_and(|next| next.start < range.end);
        let reaches = self.octets.len().max(range.end);
        let len = if fragment.is_last {
            Some(range.end)
        } else {
            self.len
        };
        let is_other_len = self.len.is_some() && self.len != len;
        if overlaps || is_other_len || len.is_some_and(|len| reaches > len) {
            return false;
        }
        self.len = len;
        self.octets.resize(reaches, 0);
        self.octets[range.clone()].copy_from_slice(octets);
        if range.start == 0 {
            self.head = Some((fragment.datagram, fragment.next));
        }
        self.there.insert(place, range);
        true
    }

    /// Keeps the key alone, so that what still comes begins nothing new.
    fn give_up(&mut self) {
        self.is_given_up = true;
        self.octets = Vec::new();
        self.there = Vec::new();
    }

    /// What its first fragment says, where nothing is missing.
    fn complete(&self) -> Option<(Datagram, IpNumber)> {
        let there: usize = self.there.iter().map(ExactSizeIterator::len).sum();
        self.head.filter(|_| self.len == Some(there))
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn fragment(id: u32, offset: usize, is_last: bool) -> Fragment {
        Fragment {
            datagram: Datagram {
                src: Ipv4Addr::LOCALHOST.into(),
                dst: Ipv4Addr::LOCALHOST.into(),
                ttl: 64,
                ecn: 0,
                identification: None,
                len: 0,
                is_fragment: true,
            },
            id,
            next: IpNumber::TCP,
            offset,
            is_last,
            at: 0,
        }
    }

    /// Which of `pieces` (offset, text, whether it is the last) complete a
    /// datagram, and what it then is.
    fn put_together(pieces: &[(usize, &str, bool)]) -> Vec<Option<String>> {
        let mut fragments = Fragments::default();
        let mut take = |&(offset, text, is_last): &(usize, &str, bool)| {
            let taken = fragments.take(
                &fragment(1, offset, is_last),
                text.as_bytes(),
                Timestamp::new(1, 0),
            );
            matches!(taken, Taken::Complete(..))
                .then(|| String::from_utf8(fragments.whole.clone()).unwrap())
        };
        pieces.iter().map(&mut take).collect()
    }

    #[test]
    fn the_last_missing_octet_completes_a_datagram_in_any_order() {
        let whole = Some("aaaaaaaabbbbbbbbcc".to_owned());
        let [a, b, c] = [
            (0, "aaaaaaaa", false),
            (8, "bbbbbbbb", false),
            (16, "cc", true),
        ];
        for order in [[a, b, c], [c, a, b], [b, c, a], [c, b, a]] {
            assert_eq!(put_together(&order), [None, None, whole.clone()]);
        }
    }

    #[test]
    fn a_fragment_sent_twice_counts_once_and_an_overlap_ends_the_datagram() {
        let (a, c) = ((0, "aaaaaaaa", false), (8, "cc", true));
        let whole = Some("aaaaaaaacc".to_owned());
        assert_eq!(put_together(&[a, a, c]), [None, None, whole]);
        for other in [(0, "xxxxxxxx", false), (0, "aaaaaaaabbbbbbbb", false)] {
            assert_eq!(put_together(&[a, other, c]), [None, None, None]);
        }
        // Not even where the octets told twice are as many as those missing.
        let hole = [
            (0, "aaaaaaaabbbbbbbb", false),
            (8, "bbbbbbbbcccccccc", false),
            (32, "eeeeeeee", true),
        ];
        assert_eq!(put_together(&hole), [None, None, None]);
        // Nor is it begun anew by what still comes.
        let overlapped = [a, (0, "xxxxxxxx", false), a, c];
        assert_eq!(put_together(&overlapped), [None, None, None, None]);
    }

    #[test]
    fn fragments_that_contradict_the_length_end_the_datagram() {
        let (a, c) = ((0, "aaaaaaaa", false), (8, "cc", true));
        for odd in [(16, "dd", true), (16, "dddddddd", false)] {
            assert_eq!(put_together(&[c, odd, a]), [None, None, None]);
        }
        // Not a multiple of eight, although more follow: it is not taken.
        assert_eq!(put_together(&[(0, "aaa", false), c]), [None, None]);
        assert_eq!(put_together(&[(0xfff8, "aaaaaaaa", true)]), [None]);
    }

    #[test]
    fn what_is_waited_for_is_bounded_in_number_and_time() {
        let mut fragments = Fragments::default();
        let mut take = |id, offset, second| {
            let fragment = fragment(id, offset, offset > 0);
            fragments.take(&fragment, b"aaaaaaaa", Timestamp::new(second, 0))
        };
        for id in 0..=256 {
            take(id, 0, 0);
        }
        assert!(
            matches!(take(0, 8, 0), Taken::Waiting),
            "the oldest is gone"
        );
        assert!(matches!(take(256, 8, 60), Taken::Complete(..)));
        assert!(matches!(take(255, 8, 61), Taken::Waiting), "too late");
    }
}
