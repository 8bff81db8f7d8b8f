//! The library as a stranger uses it: source, decoder and tracker in a loop of
//! his own, without the pipeline and without the program.

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, str};

use tcptrace::capture::filter::Filter;
#[cfg(feature = "live")]
use tcptrace::capture::numbers::{FrameNumbers, Numbered};
use tcptrace::capture::{Next, Source, savefile};
use tcptrace::decode::Decoder;
use tcptrace::track::mark::Mark;
use tcptrace::track::{CaptureEnd, Tracker};

fn capture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures");
    folder.join(name)
}

fn open(name: &str) -> Box<dyn Source> {
    savefile::open(capture(name), Filter::new("")).unwrap()
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
        let numbers_from_100 = source.numbers().from(NonZeroU64::new(100).unwrap());
        *source.numbers() = numbers_from_100;
        assert_eq!(numbers(&mut *source)[..3], [100, 101, 102], "{name}");
    }
}

#[cfg(feature = "live")]
#[test]
fn a_frame_that_the_filter_rejects_has_a_number_unless_only_the_others_are_to() {
    for name in ["hello.pcap", "any.pcapng"] {
        let open = || {
            let filter = Filter::new("tcp[tcpflags] & tcp-syn = 0");
            savefile::open(capture(name), filter).unwrap()
        };
        assert_eq!(numbers(&mut *open())[..3], [3, 4, 5], "{name}");
        let mut source = open();
        *source.numbers() = FrameNumbers::of(Numbered::Passed);
        assert_eq!(numbers(&mut *source)[..3], [1, 2, 3], "{name}");
    }
}

#[cfg(not(feature = "live"))]
#[test]
fn without_libpcap_a_filter_is_refused_with_a_way_out() {
    for name in ["hello.pcap", "greeting.pcapng"] {
        let source = savefile::open(capture(name), Filter::new("tcp port 80"));
        let error = source.and_then(|mut source| source.next_frame().map(drop));
        assert_eq!(
            error.unwrap_err().to_string(),
            "filter \"tcp port 80\": this build cannot compile filters, as it is without \
             libpcap; leave the filter out, or build with the feature \"live\""
        );
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
fn the_example_prints_each_verdict() {
    // Built by `cargo test`, beside the folder of this test.
    let this = env::current_exe().unwrap();
    let folder = this.parent().and_then(Path::parent).unwrap();
    let example = folder.join("examples").join("verdicts");
    if !example.exists() {
        println!("skipped: type cargo build --examples");
        return;
    }
    for (name, verdicts) in [
        ("hello.pcap", "127.0.0.1:41218 > 127.0.0.1:4444: closed\n"),
        ("reset.pcap", "127.0.0.1:42044 > 127.0.0.1:4446: reset\n"),
        (
            "refused.pcap",
            "127.0.0.1:52466 > 127.0.0.1:4445: refused\n",
        ),
    ] {
        let ran = Command::new(&example).arg(capture(name)).output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
        assert_eq!(str::from_utf8(&ran.stdout).unwrap(), verdicts);
    }
}

#[test]
fn every_stage_may_go_to_another_thread() {
    fn may_go<T: Send + ?Sized>() {}
    may_go::<dyn Source>();
    may_go::<Decoder>();
    may_go::<Tracker>();
}
