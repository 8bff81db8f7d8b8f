//! That nothing depends on how a connection is kept.

use std::num::NonZeroU64;

use proptest::prelude::*;

use super::*;
use crate::options::TcpOptions;
use crate::seq::SeqNum;
use crate::track::keep::leaving::Kept;
use crate::track::state::State;

/// A segment of one of a few connections.
#[derive(Debug, Clone, Copy)]
struct Step {
    port: u16,
    from_client: bool,
    flags: Flags,
    seq: u32,
    ack: u32,
    len: u16,
    /// Milliseconds since the step before.
    wait: u32,
}

const SYN_OPTIONS: [u8; 20] = [
    2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7,
];

fn segment(nth: u64, millisecond: u64, step: Step) -> Segment<'static> {
    let ends = [
        ([10, 0, 0, 1], step.port).into(),
        ([10, 0, 0, 2], 80).into(),
    ];
    let [src, dst] = if step.from_client {
        ends
    } else {
        [ends[1], ends[0]]
    };
    Segment {
        frame: NonZeroU64::MIN.saturating_add(nth),
        time: Timestamp::new(0, millisecond * 1_000_000),
        src,
        dst,
        ttl: 64,
        ecn: 0,
        identification: u16::try_from(nth).ok(),
        seq: SeqNum(step.seq),
        ack: SeqNum(step.ack),
        flags: step.flags,
        window: 500,
        header_len: 40,
        options: TcpOptions {
            bytes: if step.flags.has(Flags::SYN) {
                &SYN_OPTIONS
            } else {
                &[]
            },
            missing: 0,
        },
        payload_len: step.len.into(),
        payload: &[7; 8][..usize::from(step.len)],
        ..Segment::NOBODYS
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let flags = prop_oneof![
        3 => Just(Flags::SYN),
        2 => Just(Flags::SYN | Flags::ACK),
        4 => Just(Flags::ACK),
        1 => Just(Flags::ACK | Flags::FIN),
        1 => Just(Flags::RST),
    ];
    let wait = prop_oneof![9 => 0..2_000_u32, 1 => 50_000..70_000_u32];
    let step = (
        1..7_u16,
        any::<bool>(),
        flags,
        0..4_u32,
        0..4_u32,
        0..8_u16,
        wait,
    );
    let step = step.prop_map(|(port, from_client, flags, seq, ack, len, wait)| Step {
        port,
        from_client,
        flags,
        seq,
        ack,
        len,
        wait,
    });
    prop::collection::vec(step, 1..60)
}

fn left(table: &mut Table) -> String {
    format!("{:?}", table.take_left().collect::<Vec<_>>())
}

fn table(beds: usize) -> Table {
    let wants = Wants::WIRESHARK | Wants::ZEEK | Wants::CLASSIC | Wants::TIMED;
    Table {
        nursery: Nursery::of(beds),
        ..Table::new(wants, 1 << 30)
    }
}

proptest! {
    #[test]
    fn a_connection_that_was_folded_goes_on_as_if_it_had_not_been(steps in steps()) {
        // With one bed nearly every connection is folded between its segments.
        let (mut whole, mut folded) = (table(1 << 10), table(1));
        let mut now = 0;
        for (nth, step) in (0..).zip(steps) {
            now += u64::from(step.wait);
            let segment = segment(nth, now, step);
            let seen = format!("{:?}", whole.observe(&segment));
            prop_assert_eq!(seen, format!("{:?}", folded.observe(&segment)));
            prop_assert_eq!(left(&mut whole), left(&mut folded));
        }
        let end = |table: Table| {
            let at = table.latest();
            let all = table.into_connections(move |connection| connection.end(at, Held::default()));
            format!("{:?}", all.collect::<Vec<_>>())
        };
        prop_assert_eq!(end(whole), end(folded));
    }
}

/// What each segment is told to belong to.
fn stream(table: &mut Table, second: u64, step: Step) -> u32 {
    let nth = second;
    table.observe(&segment(nth, second * 1_000, step)).flow.id.0
}

const CLIENT: Step = Step {
    port: 1,
    from_client: true,
    flags: Flags::ACK,
    seq: 1,
    ack: 1,
    len: 0,
    wait: 0,
};
const SERVER: Step = Step {
    from_client: false,
    ..CLIENT
};

/// Opens and resets the connection of a port.
fn refused(table: &mut Table, second: u64, port: u16) {
    let syn = Step {
        port,
        flags: Flags::SYN,
        seq: 0,
        ack: 0,
        ..CLIENT
    };
    stream(table, second, syn);
    let reset = Step {
        port,
        flags: Flags::RST | Flags::ACK,
        seq: 0,
        ..SERVER
    };
    stream(table, second, reset);
}

fn ids(connections: impl Iterator<Item = Connection>) -> Vec<u32> {
    connections.map(|one| one.flow.id.0).collect()
}

#[test]
fn one_that_is_over_leaves_after_a_minute_and_its_number_is_remembered() {
    let mut table = table(8);
    refused(&mut table, 0, 1);
    assert_eq!(stream(&mut table, 59, Step { port: 2, ..CLIENT }), 1);
    assert_eq!(table.take_left().count(), 0);
    assert_eq!(stream(&mut table, 60, Step { port: 2, ..CLIENT }), 1);
    let left: Vec<_> = table.take_left().collect();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].flow.id, FlowId(0));
    assert_eq!(left[0].flow.client.state, State::Closed);
    // A segment that comes late is still told as one of it.
    assert_eq!(stream(&mut table, 70, SERVER), 0);
    // A SYN of another number is another connection's.
    let again = Step {
        flags: Flags::SYN,
        seq: 77,
        ..CLIENT
    };
    let again = segment(80, 80_000, again);
    let seen = table.observe(&again);
    assert_eq!(
        (seen.flow.id, seen.flow.earlier),
        (FlowId(2), Some(FlowId(0)))
    );
}

#[test]
fn how_many_there_were_is_known_when_all_are_shown() {
    let mut table = table(8);
    refused(&mut table, 0, 1);
    refused(&mut table, 2, 2);
    let shown = table.show_all(|_| {}, |_| Ok::<_, ()>(()));
    assert_eq!(shown, Ok(()));
    assert_eq!(table.next_id(), FlowId(2));
}

#[test]
fn a_segment_that_comes_before_that_lets_it_stay_another_minute() {
    let mut table = table(8);
    refused(&mut table, 0, 1);
    stream(&mut table, 50, SERVER);
    stream(&mut table, 61, Step { port: 2, ..CLIENT });
    assert_eq!(table.take_left().count(), 0);
    stream(&mut table, 111, Step { port: 2, ..CLIENT });
    assert_eq!(ids(table.take_left()), [0]);
}

#[test]
fn one_that_ends_before_both_ends_were_heard_leaves_when_both_are_done() {
    let mut table = table(8);
    let reset = |step| Step {
        flags: Flags::RST,
        ..step
    };
    stream(&mut table, 0, reset(CLIENT));
    stream(&mut table, 1, reset(SERVER));
    stream(&mut table, 61, Step { port: 2, ..CLIENT });
    assert_eq!(ids(table.take_left()), [0]);
}

#[test]
fn where_memory_is_short_those_that_are_over_go_first_then_those_silent_longest() {
    let mut table = Table::new(Wants::OURS, 40 * size_of::<Option<Whole>>());
    // The first is spoken on all the time, the second never again.
    for port in 1..=2 {
        stream(&mut table, 0, Step { port, ..CLIENT });
    }
    for port in 3..13 {
        refused(&mut table, 1, port);
    }
    let mut batches = Vec::new();
    for port in 13..70 {
        let second = u64::from(port / 2);
        stream(&mut table, second, Step { port, ..CLIENT });
        stream(&mut table, second, CLIENT);
        batches.extend(Some(ids(table.take_left())).filter(|ids| !ids.is_empty()));
    }
    // The refused ones are those of numbers 2 to 11.
    assert!(
        batches[0].iter().all(|id| (2..12).contains(id)),
        "{batches:?}"
    );
    let left = batches.concat();
    assert!(left.contains(&1) && !left.contains(&0), "{batches:?}");
    assert_eq!(table.given_up(), left.len() as u64);
    let kept = table.into_connections(|_| ()).count();
    assert_eq!(kept + left.len(), 69);
}

#[test]
fn one_that_is_given_up_was_stalled_up_to_its_latest_segment() {
    let mut table = Table::new(Wants::OURS, 10 * size_of::<Option<Whole>>());
    for second in [1, 4] {
        let closed = Segment {
            window: 0,
            ..segment(second, second * 1_000, CLIENT)
        };
        table.observe(&closed);
    }
    for port in 2..60 {
        stream(&mut table, 9, Step { port, ..CLIENT });
    }
    let left: Vec<_> = table.take_left().collect();
    let stalls = left[0].flow.client.troubles().unwrap().stalls;
    assert_eq!((stalls.times, stalls.total), (1, Span(3_000_000_000)));
}

#[test]
fn a_flood_that_is_given_up_leaves_neither_places_nor_whole_connections_behind() {
    let most = 100 * size_of::<Option<Whole>>();
    let mut table = Table {
        nursery: Nursery::of(1),
        ..Table::new(Wants::OURS, most)
    };
    for port in 1..5_000 {
        stream(&mut table, 0, Step { port, ..CLIENT });
    }
    assert!(table.given_up() > 3_000);
    assert!(table.places.len() < 1_500, "{}", table.places.len());
    let whole = |one: &&Leaving| matches!(one.kept, Kept::Whole(_));
    assert!(table.left.iter().filter(whole).count() < 2);
    assert_eq!(table.next_id(), FlowId(4_999));
}

#[test]
fn connections_that_are_made_whole_again_take_no_more_memory_than_there_is() {
    let most = 100 * size_of::<Option<Whole>>();
    let mut table = Table {
        nursery: Nursery::of(1),
        ..Table::new(Wants::OURS, most)
    };
    for second in 0..4 {
        for port in 1..300 {
            stream(&mut table, second, Step { port, ..CLIENT });
        }
    }
    assert!(table.whole.iter().count() < 100);
    assert!(table.given_up() > 0);
}

#[test]
fn one_that_was_refused_and_opens_when_it_has_left_is_another_of_the_same_stream() {
    let mut table = table(8);
    refused(&mut table, 0, 1);
    stream(&mut table, 60, Step { port: 2, ..CLIENT });
    let opening = [
        (CLIENT, Flags::SYN, 0),
        (SERVER, Flags::SYN | Flags::ACK, 0),
    ];
    let closing = [
        (CLIENT, Flags::ACK, 1),
        (CLIENT, Flags::FIN | Flags::ACK, 1),
    ];
    for (nth, (end, flags, seq)) in (70..).zip(opening.into_iter().chain(closing)) {
        assert_eq!(stream(&mut table, nth, Step { flags, seq, ..end }), 2);
    }
    let answer = segment(80, 80_000, Step { ack: 2, ..SERVER });
    let seen = table.observe(&answer);
    let states = (seen.flow.client.state, seen.flow.server.state);
    assert_eq!(states, (State::FinWait2, State::CloseWait));
    assert!(seen.flow.is_opened());
    assert_eq!(
        (seen.flow.stream.0, seen.flow.earlier),
        (0, Some(FlowId(0)))
    );
    assert_eq!(seen.flow.window_scale(seen.dir), Some(7));
}
