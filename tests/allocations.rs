//! What reading costs in memory: a segment of a known connection allocates
//! nothing, and a connection stays small.

use std::hint::black_box;
use std::io;
use std::io::Cursor;
use std::net::SocketAddr;
use std::num::NonZeroU64;
use std::path::PathBuf;

use allocation_counter::measure;
use support::capture::{ETHERNET, Pcap};
use support::frame::Segment;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Source, savefile};
use tcptrace::decode::Decoder;
use tcptrace::frame::Frame;
use tcptrace::link_type::LinkType;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::line::Line;
use tcptrace::sink::plain::Plain;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::style::Style;
use tcptrace::sink::wireshark::PacketList;
use tcptrace::time::{Resolution, Timestamp};
use tcptrace::track::{Tracker, Wants};

mod support;

const CONNECTIONS: u16 = 100;
/// Rounds of data and its acknowledgment: 9,900 segments in all, less one.
const ROUNDS: u32 = 50;
/// What a connection may cost in memory with all that records of connections
/// tell, octets: under a quarter of what classic tcptrace takes, which is 8,300.
const MOST_OCTETS: u64 = 2_000;
/// What one may cost that had a SYN and no more.
const MOST_OF_A_SYN: u64 = 300;

/// One segment after the other of many connections, interleaved.
struct Traffic {
    frames: Vec<Vec<u8>>,
}

impl Traffic {
    /// The handshakes, and a first exchange that fills what grows once.
    fn opening(connections: u16) -> Self {
        let steps = [
            ("S", true, 0, 0, 0),
            ("S.", false, 0, 1, 0),
            (".", true, 1, 1, 0),
            ("P.", true, 1, 1, 10),
            ("P.", false, 1, 11, 10),
        ];
        let steps = steps.into_iter();
        Self {
            frames: steps
                .flat_map(|step| (0..connections).map(move |nth| frame(nth, step)))
                .collect(),
        }
    }

    /// Data from the client, each piece acknowledged.
    fn transfer() -> Self {
        Self::rounds(|_| Vec::new())
    }

    /// The same, where every acknowledgment says that it arrived twice.
    fn transfer_with_sacks() -> Self {
        Self::rounds(|ack| {
            let edges = [ack - 10, ack].map(u32::to_be_bytes);
            [&[1, 1, 5, 10][..], edges.as_flattened()].concat()
        })
    }

    /// `options` are those of an acknowledgment.
    fn rounds(options: fn(u32) -> Vec<u8>) -> Self {
        let round = |nth: u32| {
            let seq = 11 + 10 * nth;
            let data = ("P.", true, seq, 11, 10);
            let ack = (".", false, 11, seq + 10, 0);
            let data = (0..CONNECTIONS).map(move |nth| frame(nth, data));
            let ack = (0..CONNECTIONS).map(move |nth| segment(nth, ack));
            let options = options(1000 + seq + 10);
            data.chain(ack.map(move |ack| ack.with_options(&options).to_ethernet()))
        };
        Self {
            frames: (0..ROUNDS).flat_map(round).collect(),
        }
    }

    /// As a file, a frame each millisecond.
    fn file(&self) -> Box<dyn Source> {
        let mut file = Pcap::new(ETHERNET);
        for (frame, nth) in self.frames.iter().zip(0..) {
            file.frame(nth * 1_000_000, frame);
        }
        let path = PathBuf::from("traffic");
        savefile::from_reader(path, Cursor::new(file.0), Filter::new("")).unwrap()
    }

    /// Decodes and follows every segment.
    fn follow(&self, decoder: &mut Decoder, tracker: &mut Tracker) {
        for (bytes, number) in self.frames.iter().zip(1..) {
            let frame = Frame {
                time: Timestamp::new(0, number * 1000),
                resolution: Resolution::Nano,
                link_type: LinkType::ETHERNET,
                len: u32::try_from(bytes.len()).unwrap(),
                bytes,
                ..Frame::numbered(NonZeroU64::new(number).unwrap())
            };
            let packet = decoder.decode(&frame);
            black_box(tracker.observe(&packet.segment.unwrap()));
        }
    }
}

/// A frame of a connection: flags, whether the client sends it, relative
/// numbers and octets of data.
fn frame(nth: u16, step: (&str, bool, u32, u32, usize)) -> Vec<u8> {
    segment(nth, step).to_ethernet()
}

fn segment(nth: u16, step: (&str, bool, u32, u32, usize)) -> Segment {
    let (flags, from_client, seq, ack, len) = step;
    let client = SocketAddr::from(([10, 0, 0, 1], 1 + nth));
    let server = SocketAddr::from(([10, 0, 0, 2], 80));
    let (src, dst) = if from_client {
        (client, server)
    } else {
        (server, client)
    };
    let segment = Segment::new(src, dst, flags, 1000 + seq, 1000 + ack);
    segment.with_payload(len)
}

#[test]
fn a_segment_of_a_known_connection_is_followed_without_allocation() {
    for wants in [
        Wants::OURS,
        Wants::WIRESHARK | Wants::ZEEK | Wants::CLASSIC | Wants::TIMED,
    ] {
        assert_followed_free(wants);
    }
}

#[track_caller]
fn assert_followed_free(wants: Wants) {
    let (mut decoder, mut tracker) = (Decoder::default(), Tracker::new(wants));
    Traffic::opening(CONNECTIONS).follow(&mut decoder, &mut tracker);
    let mut transfer = Traffic::transfer();
    // Zeek and classic tcptrace are told of a connection when it is no short one, and of
    // many round trips it is counted how often each came.
    let beginning = transfer.frames.drain(..usize::from(40 * CONNECTIONS));
    let beginning = Traffic {
        frames: beginning.collect(),
    };
    beginning.follow(&mut decoder, &mut tracker);
    let cost = measure(|| transfer.follow(&mut decoder, &mut tracker));
    assert_eq!(tracker.connections(), u64::from(CONNECTIONS));
    assert_eq!(cost.count_total, 0, "{cost:?}");
}

#[test]
fn a_line_is_written_without_allocation() {
    assert_free(Plain::default(), &Traffic::transfer());
}

#[test]
fn a_line_of_wiresharks_is_written_without_allocation() {
    assert_free(PacketList::new(true), &Traffic::transfer());
}

#[test]
fn an_annotated_line_is_written_without_allocation() {
    let coloured = AnnotationOptions {
        is_coloured: true,
        ..AnnotationOptions::default()
    };
    let annotated = Annotated::new(Line::default(), coloured);
    assert_free(annotated, &Traffic::transfer_with_sacks());
}

/// Checks that a style shows segments of known connections without allocation,
/// from the file to the writer.
#[track_caller]
fn assert_free(style: impl Style, transfer: &Traffic) {
    let mut pipeline = Pipeline::new(Printed::new(style, io::sink()), None);
    let opening = Traffic::opening(CONNECTIONS);
    // Twice, so that the page is as long as it ever gets.
    for mut warm_up in [opening.file(), transfer.file(), transfer.file()] {
        pipeline.read(&mut *warm_up, || false).unwrap();
    }
    let mut source = transfer.file();
    let cost = measure(|| {
        pipeline.read(&mut *source, || false).unwrap();
    });
    assert_eq!(cost.count_total, 0, "{cost:?}");
}

#[test]
fn a_connection_stays_small() {
    let each = octets_of_each(&Traffic::opening(MANY));
    assert!(each <= MOST_OCTETS, "{each} octets a connection");
}

#[test]
fn a_lone_syn_costs_little() {
    // The latest ones are whole, whatever they are: those are not counted.
    const LATEST: u16 = 40_000;
    const OTHERS: u16 = 20_000;
    let syns = |from: u16, to: u16| Traffic {
        frames: (from..to)
            .map(|nth| frame(nth, ("S", true, 0, 0, 0)))
            .collect(),
    };
    let (mut decoder, mut tracker) = tracked();
    syns(0, LATEST).follow(&mut decoder, &mut tracker);
    let others = syns(LATEST, LATEST + OTHERS);
    let cost = measure(|| others.follow(&mut decoder, &mut tracker));
    let each = cost.bytes_current.cast_unsigned() / u64::from(OTHERS);
    assert!(each <= MOST_OF_A_SYN, "{each} octets a SYN");
}

/// As many connections as fill what grows by doubling.
const MANY: u16 = 32 * 1024;

fn octets_of_each(traffic: &Traffic) -> u64 {
    let (mut decoder, mut tracker) = tracked();
    let cost = measure(|| traffic.follow(&mut decoder, &mut tracker));
    cost.bytes_current.cast_unsigned() / u64::from(MANY)
}

/// With all that records of connections tell.
fn tracked() -> (Decoder, Tracker) {
    let tracker = Tracker::new(Wants::ZEEK | Wants::CLASSIC | Wants::TIMED);
    (Decoder::default(), tracker)
}
