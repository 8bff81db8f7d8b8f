//! Values of a connection over time, found again from its points: how long round trips
//! took, what was outstanding, how fast an end sent.

mod outstanding;
mod rates;
mod round_trips;

pub use outstanding::OutstandingAt;
pub use rates::RateAt;
pub use round_trips::{RoundTripAt, RoundTrips};

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use crate::flags::Flags;
    use crate::seq::SeqNum;
    use crate::time::{Span, Timestamp};
    use crate::track::dir::Dir;
    use crate::track::moves::Moves;
    use crate::track::part::Part;
    use crate::track::point::Point;
    use crate::track::trace::{SackBlocks, Trace};

    /// The client's numbers come round in the middle.
    const FIRST: SeqNum = SeqNum(u32::MAX - 1_499);

    /// A segment of so many octets at a millisecond, or an acknowledgment of so many.
    struct Act(Dir, u64, u32, u32);

    fn traced(acts: &[Act]) -> Trace {
        let mut trace = Trace::new(100);
        let mut highest = 0;
        for (nth, &Act(dir, time, number, len)) in acts.iter().enumerate() {
            let is_data = dir == Dir::ToServer;
            let again = if is_data {
                len.min(u32::max(highest, number) - number)
            } else {
                0
            };
            highest = if is_data {
                highest.max(number + len)
            } else {
                highest
            };
            let point = Point {
                time: Timestamp::new(9, time * 1_000_000),
                frame: NonZeroU64::MIN.saturating_add(nth as u64),
                seq: if is_data { FIRST + number } else { SeqNum(7) },
                ack: if is_data { SeqNum(7) } else { FIRST + number },
                window: 4_000,
                payload_len: len,
                timestamps: None,
                identification: None,
                flags: Flags::ACK,
                header_len: 20,
                ttl: 64,
                ecn: 0,
                offered: 4_000,
                window_scale: None,
                dir,
                part: if is_data { Part::Data } else { Part::Ack },
                again,
                judged: None,
                moves: Moves::default(),
            };
            trace.keep(point, SackBlocks::new());
        }
        trace
    }

    const SERVER: Dir = Dir::ToClient;
    const CLIENT: Dir = Dir::ToServer;

    #[test]
    fn a_round_trip_ends_with_the_acknowledgment_of_what_was_sent_once() {
        let trace = traced(&[
            Act(CLIENT, 0, 0, 1_000),
            Act(CLIENT, 1, 1_000, 1_000),
            Act(SERVER, 10, 2_000, 0),
            Act(CLIENT, 20, 2_000, 1_000),
            Act(CLIENT, 60, 2_000, 1_000),
            Act(SERVER, 70, 3_000, 0),
            Act(CLIENT, 80, 3_000, 1_000),
            Act(SERVER, 100, 3_500, 0),
            Act(SERVER, 101, 4_000, 0),
        ]);
        let trips = trace.round_trips(CLIENT);
        let took: Vec<_> = trips
            .samples
            .iter()
            .map(|trip| trip.took.0 / 1_000_000)
            .collect();
        assert_eq!(took, [9, 21]);
        assert_eq!(trips.least, Some(Span(9_000_000)));
    }

    #[test]
    fn outstanding_is_what_was_sent_and_not_acknowledged_however_often() {
        let trace = traced(&[
            Act(CLIENT, 0, 0, 1_000),
            Act(CLIENT, 1, 1_000, 1_000),
            Act(SERVER, 10, 1_000, 0),
            Act(CLIENT, 11, 1_000, 1_000),
            Act(SERVER, 12, 500, 0),
            Act(SERVER, 13, 2_500, 0),
        ]);
        let outstanding = trace.outstanding(CLIENT);
        let octets: Vec<_> = outstanding.iter().map(|at| at.octets).collect();
        assert_eq!(octets, [1_000, 2_000, 1_000, 1_000, 1_000, 0]);
        assert_eq!(outstanding[0].window, None);
        assert_eq!(outstanding[2].window, Some(4_000));
    }

    #[test]
    fn what_is_sent_again_is_no_throughput_of_new_data() {
        let trace = traced(&[
            Act(CLIENT, 0, 0, 1_000),
            Act(CLIENT, 0, 0, 1_000),
            Act(CLIENT, 120, 1_000, 500),
        ]);
        let rates = trace.rates(CLIENT, Timestamp::new(9, 0));
        assert_eq!(rates[0].length, Span(2_000_000));
        assert_eq!((rates[0].sent, rates[0].first), (1_000_000, 500_000));
        let last = rates.last().unwrap();
        assert_eq!((last.begin, last.sent), (Span(120_000_000), 250_000));
    }
}
