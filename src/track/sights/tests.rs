//! What the table of segments remembers.

use super::*;
use crate::flags::Flags;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::flow::FlowId;
use crate::track::roles::{Cast, Roles};

/// A segment with a number of its own in IPv4's header, `milliseconds` after the first.
fn segment(frame: u64, seq: u32, milliseconds: u64) -> Segment<'static> {
    Segment {
        frame: NonZeroU64::new(frame).unwrap(),
        time: Timestamp::new(5, milliseconds * 1_000_000),
        src: ([10, 0, 0, 1], 40_000).into(),
        dst: ([10, 0, 0, 2], 80).into(),
        ttl: 64,
        ecn: 0,
        identification: Some(7),
        seq: SeqNum(seq),
        ack: SeqNum(1),
        flags: Flags::ACK,
        window: 500,
        checksum: 0xbeef,
        payload_len: 1,
        payload: &[7],
        ..Segment::NOBODYS
    }
}

/// The same behind a router.
fn routed(segment: Segment<'static>) -> Segment<'static> {
    Segment { ttl: 63, ..segment }
}

/// A table, and a connection that asks it.
struct Asked {
    sights: Sights,
    flow: Flow,
    sender: End,
}

impl Asked {
    fn new() -> Self {
        let any = segment(1, 0, 0);
        let (key, sender) = FlowKey::of(&any.src, &any.dst);
        let cast = Cast {
            client: sender,
            roles: Roles::BySyn,
            first: sender,
        };
        Self {
            sights: Sights::new(),
            flow: Flow::new(FlowId(0), key, cast, any.time),
            sender,
        }
    }

    fn note(&mut self, segment: &Segment<'_>) {
        let doubling = &self.flow.client.doubling;
        self.sights
            .note((&self.flow.key, self.sender), segment, doubling);
    }

    fn find(&mut self, segment: &Segment<'_>) -> Sighting {
        let Self {
            sights,
            flow,
            sender,
        } = self;
        sights.find((&flow.key, *sender), segment, flow, Dir::ToServer)
    }

    /// The frame that had shown a segment.
    fn copy_of(&mut self, segment: &Segment<'_>) -> Option<u64> {
        match self.find(segment) {
            Sighting::Again(again) => Some(again.of.get()),
            Sighting::First | Sighting::Twin => None,
        }
    }

    /// Numbers whose segments have the same two places in the table.
    fn colliding(&self) -> impl Iterator<Item = u32> {
        let (key, sender) = (self.flow.key, self.sender);
        let pair = move |seq| Print::of((&key, sender), &segment(1, seq, 0)).place(MOST) & !1;
        (0..).filter(move |&seq| pair(seq) == pair(0))
    }
}

#[test]
fn where_nothing_was_noted_everything_is_seen_first() {
    let mut asked = Asked::new();
    assert_eq!(asked.find(&segment(1, 0, 0)), Sighting::First);
}

#[test]
fn another_sight_tells_the_first_one_and_whether_it_is_elsewhere() {
    let mut asked = Asked::new();
    asked.note(&segment(1, 0, 0));
    for (again, is_elsewhere) in [
        (segment(2, 0, 1), false),
        (routed(segment(3, 0, 2)), true),
        (routed(segment(4, 0, 2)), false),
    ] {
        let Sighting::Again(found) = asked.find(&again) else {
            panic!("{again:?}");
        };
        let after = again.time - Timestamp::new(5, 0);
        assert_eq!((found.of.get(), found.after), (1, after));
        assert_eq!(found.is_elsewhere, is_elsewhere, "{again:?}");
    }
}

#[test]
fn segments_with_the_same_place_are_remembered_up_to_four() {
    let mut asked = Asked::new();
    let numbers: Vec<_> = asked.colliding().take(5).collect();
    for (nth, &seq) in (1..).zip(&numbers) {
        asked.note(&segment(nth, seq, 0));
        if nth == 2 {
            assert_eq!(asked.copy_of(&segment(9, numbers[0], 0)), Some(1));
            assert_eq!(asked.copy_of(&segment(9, numbers[1], 0)), Some(2));
        }
    }
    let found = numbers
        .iter()
        .map(|&seq| asked.copy_of(&segment(9, seq, 0)));
    assert_eq!(
        found.collect::<Vec<_>>(),
        [None, Some(2), Some(3), Some(4), Some(5)]
    );
}

#[test]
fn of_two_transmissions_that_look_alike_the_latest_is_seen_again() {
    let mut asked = Asked::new();
    asked.note(&segment(1, 0, 0));
    asked.note(&segment(2, 0, 100));
    assert_eq!(asked.copy_of(&segment(3, 0, 101)), Some(2));
}

#[test]
fn what_a_second_sending_would_change_makes_another_segment() {
    let mut asked = Asked::new();
    let noted = segment(1, 0, 0);
    asked.note(&noted);
    let second = segment(2, 0, 1);
    assert_eq!(asked.copy_of(&second), Some(1));
    let others: [fn(&mut Segment<'static>); 8] = [
        |other| other.identification = Some(8),
        |other| other.seq = SeqNum(1),
        |other| other.ack = SeqNum(2),
        |other| other.window = 501,
        |other| other.flags = Flags::ACK | Flags::PSH,
        |other| other.payload_len = 2,
        |other| other.options.bytes = &[1, 1, 1, 0],
        |other| other.options.bytes = &[1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1],
    ];
    for (nth, change) in others.into_iter().enumerate() {
        let mut other = second;
        change(&mut other);
        assert_eq!(asked.find(&other), Sighting::First, "the change {nth}");
    }
}

#[test]
fn data_that_differ_by_their_checksum_are_not_the_same() {
    let mut asked = Asked::new();
    asked.note(&segment(1, 0, 0));
    let checksum = 0xbeee;
    let other = |segment| Segment {
        checksum,
        ..segment
    };
    assert_eq!(asked.find(&other(segment(2, 0, 1))), Sighting::First);
    assert_eq!(
        asked.find(&other(routed(segment(2, 0, 1)))),
        Sighting::First
    );
    // The hardware had not completed it yet, elsewhere.
    asked.note(&Segment {
        checksum: 0,
        ..segment(3, 9, 1)
    });
    assert_eq!(asked.copy_of(&routed(segment(4, 9, 1))), Some(3));
    assert_eq!(asked.copy_of(&segment(4, 9, 1)), None);
}

#[test]
fn sights_are_no_further_apart_than_an_ocean() {
    for (milliseconds, is_copy) in [(200, true), (201, false)] {
        let mut asked = Asked::new();
        asked.note(&segment(1, 0, 0));
        let again = routed(segment(2, 0, milliseconds));
        assert_eq!(asked.copy_of(&again).is_some(), is_copy, "{milliseconds}");
    }
}

#[test]
fn without_a_number_of_the_transmission_sights_are_near() {
    let unnumbered = |segment| Segment {
        identification: None,
        ..segment
    };
    for (milliseconds, is_copy) in [(10, true), (11, false)] {
        let mut asked = Asked::new();
        asked.note(&unnumbered(segment(1, 0, 0)));
        let again = unnumbered(routed(segment(2, 0, milliseconds)));
        assert_eq!(asked.copy_of(&again).is_some(), is_copy, "{milliseconds}");
    }
}

#[test]
fn one_of_many_that_is_there_again_was_copied_by_the_network() {
    let mut asked = Asked::new();
    for nth in 1..=10_u32 {
        let sent = segment(nth.into(), nth, u64::from(nth) * 10);
        asked.note(&sent);
        asked
            .flow
            .client
            .doubling
            .goes_on(Span(i64::from(nth) * 10_000_000));
    }
    assert_eq!(asked.find(&segment(11, 10, 101)), Sighting::Twin);
    // Elsewhere it is the capture's doing all the same.
    assert_eq!(asked.copy_of(&routed(segment(11, 10, 101))), Some(10));
}

#[test]
fn a_segment_is_no_copy_of_a_later_frame() {
    let mut asked = Asked::new();
    asked.note(&segment(5, 0, 0));
    assert_eq!(asked.copy_of(&segment(5, 0, 0)), None);
    assert_eq!(asked.copy_of(&segment(4, 0, 0)), None);
}
