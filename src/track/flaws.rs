//! What a capture did to the traffic: told as the capture's doing, not as TCP's.

use crate::time::Span;
use crate::track::flow::Flow;
use crate::track::held::{Held, Sort};
use crate::vantage::Vantage;

/// The most places that are told apart.
pub const MOST_POINTS: usize = 8;

/// What a capture did to the traffic of a run.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Flaws {
    /// Sights of segments that were not the first.
    pub copies: u64,
    /// Those among them from another place: another interface, another header around
    /// them, a router further.
    pub copies_elsewhere: u64,
    /// Where segments were seen that were seen somewhere else too, up to
    /// [`MOST_POINTS`], by interface; whoever sees frames adds them.
    pub points: Vec<CapturePoint>,
    /// Connections whose SYN was seen at both ends, since two captures were merged,
    /// and those whose SYN was seen twice otherwise.
    seen_at_ends: u64,
    seen_twice: u64,
    /// Stretches of numbers that were acknowledged and never captured, and beginnings
    /// of connections.
    pub missing: u64,
    /// Frames that stand behind later ones.
    pub reordered: u64,
    /// How often the clock was set, forward or back.
    pub clock_steps: u64,
    /// Connections of which one direction was captured.
    pub one_way: u64,
    /// Kinds of segment that were not captured at all.
    pub filtered: Filtered,
    /// Whether there was a filter, which may be why something is missing.
    pub has_filter: bool,
    /// Connections that stand in the capture with other addresses too, before and after
    /// they were translated.
    pub translated: u64,
    /// Segments as the sending system gave them to its network card: larger than any
    /// packet, or with a checksum that is not finished.
    pub offload: u64,
    /// Those among them that are larger than any packet between their ends.
    pub large: u64,
    /// Segments that were cut short.
    pub truncated: u64,
    /// Frames with octets behind their datagram; whoever sees frames counts them.
    pub trailing: u64,
    /// Connections that show that acknowledgments are missing, and data.
    without_acks: u64,
    without_data: u64,
    /// Connections of which a SYN-ACK was captured, once.
    only_opened: u64,
}

/// A place where segments were captured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapturePoint {
    /// The place.
    pub vantage: Vantage,
    /// What the capturing system called its interface, where that is known.
    pub name: Option<Box<str>>,
}

/// Kinds of segment that a capture was taken without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filtered {
    /// Those that only acknowledge.
    pub acks: bool,
    /// Those with data.
    pub data: bool,
    /// All without SYN.
    pub all_but_syns: bool,
}

impl Flaws {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let counts = [
            self.copies,
            self.missing,
            self.reordered,
            self.clock_steps,
            self.one_way,
            self.translated,
            self.offload,
            self.truncated,
            self.trailing,
        ];
        counts == [0; 9] && self.places() < 2 && self.filtered == Filtered::default()
    }

    /// Takes a place where a segment was seen, and what its interface is called.
    #[cold]
    pub fn see_at(&mut self, vantage: Vantage, name: Option<&str>) {
        let is_known = |point: &CapturePoint| point.vantage.is_at(vantage);
        let is_known = self.points.iter().any(is_known);
        if self.points.len() < MOST_POINTS && !is_known {
            let name = name.map(Into::into);
            let is_before = |point: &CapturePoint| point.vantage.interface <= vantage.interface;
            let place = self.points.partition_point(is_before);
            self.points.insert(place, CapturePoint { vantage, name });
        }
    }

    /// Whether it is two captures merged, one taken at each end.
    #[must_use]
    pub const fn is_merged(&self) -> bool {
        self.seen_at_ends > self.seen_twice
    }

    /// At how many places it was taken: 1 where none differ.
    #[must_use]
    pub fn places(&self) -> usize {
        let merged = if self.is_merged() { 2 } else { 1 };
        self.points.len().max(merged)
    }

    /// Takes a connection, as it is when it leaves or the capture ends.
    pub(super) fn take(&mut self, flow: &Flow) {
        let is_one_way = flow.only_direction().is_some() && !flow.has_returned;
        self.one_way += u64::from(is_one_way);
        let handshake = &flow.handshake;
        self.only_opened += u64::from(handshake.syn_ack.is_some() && handshake.syn_ack_again == 0);
        if flow.client.copies().syn_after.is_some() {
            let count = if is_seen_at_ends(flow) {
                &mut self.seen_at_ends
            } else {
                &mut self.seen_twice
            };
            *count += 1;
        }
        self.missing += u64::from(flow.missing());
        self.translated += u64::from(flow.same_as.is_some());
        let lacks_last_ack = flow.teardown.second_fin.is_some() && !flow.is_closed();
        let lacks_ack = flow.handshake.has_late_ack() || lacks_last_ack;
        self.without_acks += u64::from(lacks_ack && flow.teardown.reset.is_none());
        self.without_data += u64::from(flow.has_unseen_data());
    }

    /// The same, with what a capture lacked that has held these kinds of segment.
    pub(super) fn with_filtered(mut self, held: Held) -> Self {
        self.filtered = Filtered {
            acks: self.without_acks > 0 && !held.has_any(Sort::BareAck),
            data: self.without_data > 0 && !held.has_any(Sort::Data),
            // Several in a row whose SYN-ACK is neither answered nor sent again.
            all_but_syns: self.only_opened > 1 && held.has_only_syns(),
        };
        if self.filtered.data {
            // They are missing by kind.
            self.missing = 0;
        }
        self
    }
}

/// Whether what was seen twice of a handshake was seen at both ends: at the server a SYN
/// is there when the server answers, at the client a SYN-ACK when the client does. A
/// place between them is passed sooner, the second time too.
fn is_seen_at_ends(flow: &Flow) -> bool {
    let handshake = &flow.handshake;
    let ways = [
        (flow.client.copies().syn_after, handshake.server_leg()),
        (flow.server.copies().syn_after, handshake.client_leg()),
    ];
    let arrives = |(after, leg): (Option<Span>, Option<Span>)| {
        let (Some(after), Some(leg)) = (after, leg) else {
            return false;
        };
        after.0 > leg.0 / 2 && after <= leg
    };
    ways.into_iter().all(arrives)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vantage(interface: u32) -> Vantage {
        Vantage {
            interface,
            ..Vantage::UNKNOWN
        }
    }

    #[test]
    fn a_place_is_known_once_and_no_more_than_the_most_are() {
        let mut flaws = Flaws::default();
        for interface in (0..20).chain(0..20) {
            flaws.see_at(vantage(interface), Some("eth"));
        }
        let places: Vec<_> = flaws.points.iter().map(|point| point.vantage).collect();
        let first: Vec<_> = (0..8).map(vantage).collect();
        assert_eq!(places, first);
        assert_eq!(flaws.places(), MOST_POINTS);
    }

    #[test]
    fn places_stand_by_interface_whichever_saw_a_segment_first() {
        let mut flaws = Flaws::default();
        for interface in [1, 2, 0] {
            flaws.see_at(vantage(interface), None);
        }
        let places: Vec<_> = flaws.points.iter().map(|point| point.vantage).collect();
        assert_eq!(places, [0, 1, 2].map(vantage));
    }

    #[test]
    fn one_place_is_no_flaw_and_two_are_one() {
        let mut flaws = Flaws::default();
        flaws.see_at(vantage(0), None);
        assert!(flaws.is_empty());
        flaws.see_at(vantage(1), None);
        assert!(!flaws.is_empty());
    }

    #[test]
    fn two_captures_are_merged_where_most_syns_say_so() {
        let merged = |seen_at_ends, seen_twice| {
            let flaws = Flaws {
                seen_at_ends,
                seen_twice,
                ..Flaws::default()
            };
            (flaws.is_merged(), flaws.places())
        };
        assert_eq!(merged(0, 0), (false, 1));
        assert_eq!(merged(1, 0), (true, 2));
        assert_eq!(merged(1, 1), (false, 1));
    }

    #[test]
    fn where_data_are_missing_by_kind_no_gap_is_told() {
        let flaws = Flaws {
            missing: 3,
            without_data: 1,
            ..Flaws::default()
        };
        let lacking = flaws.with_filtered(Held::default());
        assert!(lacking.filtered.data && !lacking.filtered.acks);
        assert_eq!(lacking.missing, 0);
    }
}
