//! Requests and answers of any conversation.

use std::io;
use std::net::SocketAddr;

use proptest::prelude::*;
use tcptrace::sink::{Event, Sink};
use tcptrace::time::Span;
use tcptrace::track::Wants;
use tcptrace::track::connection::Connection;
use tcptrace::track::turns::Turn;

use crate::support::capture::{ETHERNET, Pcap, show};
use crate::support::frame::Segment;

/// What an end does next.
#[derive(Debug, Clone)]
struct Act {
    from_client: bool,
    len: u32,
    /// Whether it has heard what the other end has sent so far.
    hears: bool,
    /// Whether it sends once more what it sent last.
    repeats: bool,
    milliseconds: u64,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let len = prop_oneof![1 => Just(0_u32), 2 => 1..60_u32];
    let hears = prop::bool::weighted(0.8);
    let act = (
        any::<bool>(),
        len,
        hears,
        prop::bool::weighted(0.1),
        1..400_u64,
    );
    let act = act.prop_map(|(from_client, len, hears, repeats, milliseconds)| Act {
        from_client,
        len,
        hears,
        repeats,
        milliseconds,
    });
    prop::collection::vec(act, 0..60)
}

/// The file of a conversation behind a handshake.
fn recorded(acts: &[Act]) -> Vec<u8> {
    let ends: [SocketAddr; 2] = ["10.0.0.1:40000", "10.0.0.2:80"].map(|end| end.parse().unwrap());
    let mut file = Pcap::new(ETHERNET);
    let mut at = 0;
    let send = |own: usize, flags: &str, seq: u32, ack: u32, len: u32| {
        let segment = Segment::new(ends[own], ends[1 - own], flags, seq, ack);
        let segment = segment.with_payload(len as usize);
        move |file: &mut Pcap, at: u64| file.frame(at * 1_000_000, &segment.to_ethernet())
    };
    let opening = [
        send(0, "S", u32::MAX - 1, 0, 0),
        send(1, "S.", 0x7fff_fff0, u32::MAX, 0),
        send(0, ".", u32::MAX, 0x7fff_fff1, 0),
    ];
    for add in opening {
        add(&mut file, at);
        at += 10;
    }
    let mut next = [u32::MAX, 0x7fff_fff1];
    let mut heard = [0x7fff_fff1, u32::MAX];
    let mut latest = [(u32::MAX, 0), (0x7fff_fff1, 0)];
    for act in acts {
        let own = usize::from(!act.from_client);
        at += act.milliseconds;
        if act.hears {
            heard[own] = next[1 - own];
        }
        let (seq, len) = if act.repeats {
            latest[own]
        } else {
            (next[own], act.len)
        };
        send(own, "P.", seq, heard[own], len)(&mut file, at);
        latest[own] = (seq, len);
        if !act.repeats {
            next[own] = seq.wrapping_add(len);
        }
    }
    file.0
}

/// The one connection of a capture.
struct Kept(Option<Connection>);

impl Sink for &mut Kept {
    fn wants(&self) -> Wants {
        Wants::TIMED
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Event::Connection(connection) = event {
            self.0 = Some(connection.clone());
        }
        Ok(())
    }
}

fn followed(acts: &[Act]) -> Connection {
    let mut kept = Kept(None);
    show(recorded(acts), &mut kept).unwrap();
    kept.0.unwrap()
}

proptest! {
    #[test]
    fn every_new_octet_belongs_to_a_turn_or_to_the_greeting(acts in acts()) {
        let connection = followed(&acts);
        let flow = &connection.flow;
        let new = [&flow.client, &flow.server].map(|half| half.octets - half.octets_again);
        let Some(all) = connection.responses() else {
            prop_assert_eq!(new, [0, 0]);
            return Ok(());
        };
        let greeting = all.greeting.map_or(0, |greeting| greeting.octets);
        prop_assert_eq!([all.request_octets, all.answer_octets + greeting], new);
    }

    #[test]
    fn turns_have_times_or_a_reason_for_none(acts in acts()) {
        let Some(all) = followed(&acts).responses() else {
            return Ok(());
        };
        let untimed = all.pipelined + all.overlapping + all.unclear + u64::from(all.is_unanswered);
        prop_assert_eq!(all.count, all.first_bytes.count() + untimed);
        prop_assert_eq!(all.longest.len() as u64, all.first_bytes.count().min(8));
        for turn in &all.longest {
            let request = &turn.request;
            prop_assert!(request.frame <= request.last_frame, "{:?}", turn);
            prop_assert!(request.last_frame < turn.answer.frame, "{:?}", turn);
            prop_assert!(turn.answer.frame <= turn.answer.last_frame, "{:?}", turn);
            prop_assert!(turn.first_byte() >= turn.since_sent_again(), "{:?}", turn);
            prop_assert!(turn.since_sent_again() >= Span(0), "{:?}", turn);
        }
        let waits: Vec<_> = all.longest.iter().map(Turn::first_byte).collect();
        prop_assert!(waits.is_sorted_by(|one, other| one >= other), "{:?}", waits);
        let longest = waits.first().copied();
        prop_assert_eq!(all.first_byte().map(|times| times.max), longest);
    }

    /// Where each end hears the other before it speaks nothing is doubtful.
    #[test]
    fn who_listens_never_speaks_at_once(acts in acts()) {
        let listening: Vec<_> = acts
            .into_iter()
            .map(|act| Act { hears: true, repeats: false, ..act })
            .collect();
        let Some(all) = followed(&listening).responses() else {
            return Ok(());
        };
        prop_assert_eq!((all.pipelined, all.overlapping, all.unclear), (0, 0, 0));
        let speakers = listening.iter().filter(|act| act.len > 0);
        let mut requests = 0;
        let mut spoke = None;
        for act in speakers {
            requests += u64::from(act.from_client && spoke != Some(true));
            spoke = Some(act.from_client);
        }
        prop_assert_eq!(all.count, requests);
        let answered = requests - u64::from(all.is_unanswered);
        prop_assert_eq!(all.longest.len() as u64, answered.min(8));
    }
}
