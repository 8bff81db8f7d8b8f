//! A connection that nobody has spoken on for a while, written down.
//!
//! Most of its numbers are small, and most others near one another, so that
//! written with as few octets as each needs they take a third of the memory.
//! serde says of what a connection consists; the format is for this alone.

mod numbers;
mod reading;
mod writing;

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize, de, ser};

use crate::flow_key::FlowKey;
use crate::track::dormant::numbers::{Draft, Numbers};
use crate::track::flow::Flow;

/// That something was written which cannot be read: a mistake of this program.
#[derive(Debug, Clone, Copy)]
pub(super) struct Broken;

impl Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a connection cannot be written down")
    }
}

impl std::error::Error for Broken {}

impl ser::Error for Broken {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl de::Error for Broken {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Writes connections down, in memory that is used again and again.
#[derive(Debug, Default)]
pub(super) struct Writer(Draft);

impl Writer {
    /// Writes a connection down, in front of everything its key.
    pub(super) fn write(&mut self, flow: &Flow) -> Dormant {
        self.0.clear();
        let written = flow.serialize(&mut self.0);
        debug_assert!(written.is_ok(), "a connection holds something unwritable");
        Dormant(self.0.finish())
    }
}

/// A connection, written down.
#[derive(Debug)]
pub(super) struct Dormant(Box<[u8]>);

impl Dormant {
    /// The connection.
    pub(super) fn wake(&self) -> Option<Flow> {
        let mut numbers = Numbers::of(&self.0).ok()?;
        Flow::deserialize(&mut numbers).ok()
    }

    /// The key of the connection, which stands in front.
    pub(super) fn key(&self) -> Option<FlowKey> {
        let mut numbers = Numbers::of(&self.0).ok()?;
        FlowKey::deserialize(&mut numbers).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;
    use std::path::Path;
    use std::{env, fs};

    use proptest::prelude::*;

    use super::*;
    use crate::capture::filter::Filter;
    use crate::capture::{Next, savefile};
    use crate::decode::Decoder;
    use crate::flags::Flags;
    use crate::icmp_error::{IcmpError, Reason};
    use crate::options::TcpOptions;
    use crate::segment::Segment;
    use crate::seq::SeqNum;
    use crate::time::Timestamp;
    use crate::track::table::Table;
    use crate::track::{CaptureEnd, Tracker};

    fn tracker(most_awake: usize) -> Tracker {
        Tracker {
            table: Table::new(1 << 20, most_awake),
            keeps_ledgers: true,
            latest: Timestamp::default(),
        }
    }

    /// Follows the recordings, one after the other, with so many connections
    /// awake; what was seen, and what came of the connections.
    fn follow(most_awake: usize, mut also: impl FnMut(&Flow)) -> (Vec<String>, Vec<String>) {
        let mut tracker = tracker(most_awake);
        let mut decoder = Decoder::default();
        let (mut number, mut seen) = (NonZeroU64::MIN, Vec::new());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures");
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut paths: Vec<_> = entries
            .filter(|path| path.extension().is_some_and(|end| end == "pcap"))
            .collect();
        paths.sort();
        assert!(paths.len() > 5, "{paths:?}");
        for path in paths {
            let mut source = savefile::open(&path, Filter::new("")).unwrap();
            source.number_from(number);
            while let Next::Frame(frame) = source.next_frame().unwrap() {
                number = frame.number.saturating_add(1);
                let packet = decoder.decode(&frame);
                let Ok(segment) = packet.received() else {
                    continue;
                };
                let observation = tracker.observe(segment).unwrap();
                also(observation.flow);
                seen.push(format!("{observation:?}"));
            }
        }
        let flows = tracker.into_flows(CaptureEnd::default());
        (seen, flows.map(|flow| format!("{flow:?}")).collect())
    }

    #[test]
    fn a_connection_is_woken_as_it_was() {
        let mut writer = Writer::default();
        follow(64, |flow| {
            let dormant = writer.write(flow);
            assert_eq!(dormant.key(), Some(flow.key));
            assert_eq!(
                format!("{:?}", dormant.wake().unwrap()),
                format!("{flow:?}")
            );
        });
    }

    #[test]
    fn what_is_seen_does_not_depend_on_how_many_are_awake() {
        assert_eq!(follow(1, |_| ()), follow(64, |_| ()));
    }

    const OPTIONS: [&[u8]; 4] = [
        &[],
        &[2, 4, 5, 180, 4, 2, 1, 3, 3, 7, 34, 2],
        &[1, 1, 8, 10, 0, 0, 0, 9, 0, 0, 0, 1],
        &[5, 10, 0, 0, 0, 1, 128, 0, 0, 0, 30, 4, 0x11, 0],
    ];

    /// A segment between one of three clients and their server, and the octets
    /// that lie between it and what the same end sent before.
    fn segment() -> impl Strategy<Value = (Segment<'static>, u32)> {
        let number = || prop_oneof![4 => 0..40_u32, 1 => any::<u32>().prop_map(|n| n & 7 << 29)];
        let usual = prop::sample::select(vec![0x10, 0x10, 0x10, 0x18, 0x02, 0x12, 0x11, 0x04]);
        let bits = prop_oneof![9 => usual, 1 => any::<u8>()];
        let carried = (0..OPTIONS.len(), prop_oneof![0..40_u32, 0..65_000_u32]);
        let ends = (1..4_u16, any::<bool>());
        let others = (0..4_u16, prop::option::of(0..40_u16), 0..900_000_000_u64);
        let all = (ends, number(), number(), bits, carried, others);
        all.prop_map(|((port, is_low), skip, ack, bits, carried, others)| {
            let (low, high) = (([10, 0, 0, 1], port).into(), ([10, 0, 0, 2], 80).into());
            let (src, dst) = if is_low { (low, high) } else { (high, low) };
            let (window, identification, time) = others;
            let segment = Segment {
                frame: NonZeroU64::MIN,
                time: Timestamp::new(5, time),
                src,
                dst,
                ttl: 64,
                identification,
                seq: SeqNum(0),
                ack: SeqNum(ack),
                flags: Flags::from_octets(0, bits),
                window,
                urgent: 0,
                checksum: 0,
                header_len: 20,
                options: TcpOptions {
                    bytes: OPTIONS[carried.0],
                    missing: 0,
                },
                payload_len: carried.1,
                payload: &[],
                is_fragment: false,
            };
            (segment, skip)
        })
    }

    /// What is seen of the segments, and what came of their connections.
    fn seen(segments: &[(Segment<'_>, u32)], most_awake: usize) -> Vec<String> {
        let mut tracker = tracker(most_awake);
        let mut next = [[SeqNum(0); 2]; 4];
        let mut seen = Vec::new();
        for (number, (segment, skip)) in (1..).zip(segments) {
            let frame = NonZeroU64::new(number).unwrap();
            let port = segment.src.port().min(segment.dst.port());
            let own = &mut next[usize::from(port)][usize::from(segment.src.port() == 80)];
            let seq = *own + *skip;
            let segment = Segment {
                frame,
                seq,
                ..*segment
            };
            *own = segment.end();
            seen.push(format!("{:?}", tracker.observe(&segment).unwrap()));
            let (src, dst, time) = (segment.src, segment.dst, segment.time);
            let (from, reason) = (src.ip(), Reason::NetUnreachable);
            let error = IcmpError {
                frame,
                time,
                from,
                reason,
                src,
                dst,
                seq,
            };
            seen.push(format!("{:?}", tracker.icmp(&error)));
        }
        let flows = tracker.into_flows(CaptureEnd::default());
        seen.extend(flows.map(|flow| format!("{flow:?}")));
        seen
    }

    proptest! {
        #[test]
        fn no_segments_make_a_connection_that_cannot_be_woken(
            segments in prop::collection::vec(segment(), 1..120),
        ) {
            prop_assert_eq!(seen(&segments, 1), seen(&segments, 64));
        }
    }
}
