//! The library as a stranger uses it: source, decoder and tracker in a loop of
//! his own, without the pipeline and without the program.

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, Source, savefile};
use tcptrace::decode::Decoder;
use tcptrace::track::mark::Mark;
use tcptrace::track::{CaptureEnd, Tracker};

fn capture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures");
    folder.join(name)
}

fn open(name: &str) -> Box<dyn Source> {
    savefile::open(&capture(name), Filter::new("")).unwrap()
}

/// The numbers of all frames.
fn numbers(source: &mut dyn Source) -> Vec<u64> {
    let mut numbers = Vec::new();
    while let Next::Frame(frame) = source.next_frame().unwrap() {
        numbers.push(frame.number.get());
    }
    numbers
}

#[test]
fn a_source_numbers_its_frames_by_itself() {
    for name in ["hello.pcap", "greeting.pcapng"] {
        let numbers = numbers(&mut *open(name));
        assert!(numbers.len() > 5, "{name}");
        let expected: Vec<_> = (1..=numbers.len() as u64).collect();
        assert_eq!(numbers, expected, "{name}");
    }
}

#[test]
fn a_source_goes_on_where_it_is_told() {
    for name in ["hello.pcap", "greeting.pcapng"] {
        let mut source = open(name);
        source.number_from(NonZeroU64::new(100).unwrap());
        assert_eq!(numbers(&mut *source)[..3], [100, 101, 102], "{name}");
    }
}

#[test]
fn the_obvious_loop_misses_nothing() {
    let (mut decoder, mut tracker) = (Decoder::default(), Tracker::default());
    let mut source = open("hello.pcap");
    while let Next::Frame(frame) = source.next_frame().unwrap() {
        let packet = decoder.decode(&frame);
        tracker.observe(packet.received().unwrap());
    }
    let mut connections = tracker.into_connections(CaptureEnd::default());
    let flow = connections.next().unwrap().flow;
    let frames =
        |marks: [Option<Mark>; 3]| marks.map(|mark| mark.map_or(0, |mark| mark.frame.get()));
    let (opened, closed) = (&flow.handshake, &flow.teardown);
    assert_eq!(frames([opened.syn, opened.syn_ack, opened.ack]), [1, 2, 3]);
    let closed = frames([closed.first_fin, closed.second_fin, closed.second_ack]);
    assert!(closed.is_sorted() && closed[0] > 3, "{closed:?}");
}

#[test]
fn every_stage_may_go_to_another_thread() {
    fn may_go<T: Send + ?Sized>() {}
    may_go::<dyn Source>();
    may_go::<Decoder>();
    may_go::<Tracker>();
}
