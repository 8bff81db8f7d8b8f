//! Live captures on loopback, with real sockets, by both backends.
//!
//! Each test talks on a port of its own and captures only that port, so they
//! run beside each other and beside anything else. Without the privilege to
//! capture they say so and pass.

#![cfg(feature = "live")]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant, UNIX_EPOCH};

use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::interfaces::{self, LiveInterface};
use tcptrace::capture::live::libpcap::Live;
use tcptrace::capture::live::options::{Direction, LiveOptions};
use tcptrace::capture::live::raw::Raw;
use tcptrace::capture::live::stop::{Stop, Trigger};
use tcptrace::capture::{Next, Source, Statistics};
use tcptrace::error::Error;
use tcptrace::link_type::LinkType;
use tcptrace::time::Timestamp;

/// Ethernet, IPv4 without options.
const TCP: usize = 14 + 20;
const SYN: u8 = 0x02;
const SYN_ACK: u8 = 0x12;
const FIN: u8 = 0x01;

type Backend = fn(&LiveOptions, &Stop) -> Result<Box<dyn Source>, Error>;

fn libpcap(options: &LiveOptions, stop: &Stop) -> Result<Box<dyn Source>, Error> {
    Ok(Box::new(Live::open(options, stop)?))
}

fn raw(options: &LiveOptions, stop: &Stop) -> Result<Box<dyn Source>, Error> {
    Ok(Box::new(Raw::open(options, stop)?))
}

const BACKENDS: [Backend; 2] = [libpcap, raw];

/// A frame that outlives its source.
#[derive(Debug, PartialEq)]
struct Kept {
    time: Timestamp,
    len: usize,
    bytes: Vec<u8>,
}

impl Kept {
    fn flags(&self) -> u8 {
        self.bytes[TCP + 13]
    }
}

fn on_loopback(expression: &str) -> LiveOptions {
    LiveOptions::new("lo", Filter::new(expression))
}

/// A listener on a free port, and the options that capture just that port.
fn listener() -> (TcpListener, LiveOptions) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, on_loopback(&format!("tcp port {port}")))
}

/// Opens a source; `None`, with a word, where the privilege is missing.
fn open(backend: Backend, options: &LiveOptions, stop: &Stop) -> Option<Box<dyn Source>> {
    match backend(options, stop) {
        Ok(source) => Some(source),
        Err(Error::Privilege { .. }) => {
            println!("skipped: needs CAP_NET_RAW");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// A connection in which the client sends `request` and the server closes
/// first.
fn converse(listener: &TcpListener, request: &[u8]) {
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut server, _) = listener.accept().unwrap();
    client.write_all(request).unwrap();
    let mut received = vec![0; request.len()];
    server.read_exact(&mut received).unwrap();
    drop(server);
    client.read_to_end(&mut received).unwrap();
}

fn now() -> Timestamp {
    let now = UNIX_EPOCH.elapsed().unwrap();
    Timestamp::new(now.as_secs().cast_signed(), now.subsec_nanos().into())
}

/// Does something later, while this thread waits for frames.
fn after(time: Duration, act: impl FnOnce() + Send + 'static) {
    thread::spawn(move || {
        thread::sleep(time);
        act();
    });
}

/// Reads a source that was told to stop, to its end.
fn rest(source: &mut dyn Source) -> Vec<Kept> {
    let mut frames = Vec::new();
    loop {
        match source.next_frame().unwrap() {
            Next::Frame(frame) => frames.push(Kept {
                time: frame.time,
                len: frame.len as usize,
                bytes: frame.bytes.to_vec(),
            }),
            Next::Quiet => {}
            Next::End => return frames,
        }
    }
}

#[test]
fn each_segment_of_a_conversation_is_seen_and_counted_once() {
    for backend in BACKENDS {
        let (listener, options) = listener();
        let stop = Stop::new().unwrap();
        let Some(mut source) = open(backend, &options, &stop) else {
            return;
        };
        converse(&listener, b"hello");
        stop.request();
        let frames = rest(source.as_mut());

        let count = |wanted: fn(u8) -> bool| frames.iter().filter(|f| wanted(f.flags())).count();
        assert_eq!(count(|flags| flags == SYN), 1, "{frames:?}");
        assert_eq!(count(|flags| flags == SYN_ACK), 1, "{frames:?}");
        assert_eq!(count(|flags| flags & FIN != 0), 2, "{frames:?}");
        for (place, frame) in frames.iter().enumerate() {
            let again = frames[..place].iter().any(|f| f.bytes == frame.bytes);
            assert!(!again, "frame {place} was seen before");
            assert!(place == 0 || frames[place - 1].time <= frame.time);
            assert_eq!(frame.len, frame.bytes.len());
        }
        let counted = Statistics {
            received: frames.len() as u64,
            ..Statistics::default()
        };
        assert_eq!(source.statistics(), Some(counted));
    }
}

#[test]
fn timestamps_are_the_time_of_day_in_nanoseconds() {
    for backend in BACKENDS {
        let (listener, options) = listener();
        let stop = Stop::new().unwrap();
        let Some(mut source) = open(backend, &options, &stop) else {
            return;
        };
        let begin = now();
        converse(&listener, b"hello");
        stop.request();
        let frames = rest(source.as_mut());
        let end = now();
        for frame in frames {
            assert!((begin..=end).contains(&frame.time), "{frame:?}");
        }
    }
}

#[test]
fn a_snapshot_cuts_the_octets_and_keeps_the_length() {
    for backend in BACKENDS {
        let (listener, options) = listener();
        let stop = Stop::new().unwrap();
        let options = LiveOptions {
            snapshot: 60,
            ..options
        };
        let Some(mut source) = open(backend, &options, &stop) else {
            return;
        };
        converse(&listener, &vec![b'x'; 30_000]);
        stop.request();
        let frames = rest(source.as_mut());
        assert!(frames.iter().all(|frame| frame.bytes.len() == 60));
        let longest = frames.iter().map(|frame| frame.len).max().unwrap();
        assert!(longest > 30_000, "the longest frame has {longest} octets");
    }
}

#[test]
fn a_stop_ends_a_quiet_capture_at_once() {
    for backend in BACKENDS {
        let (_listener, options) = listener();
        let stop = Stop::new().unwrap();
        let Some(mut source) = open(backend, &options, &stop) else {
            return;
        };
        let ended = thread::spawn({
            let stop = stop.clone();
            move || {
                thread::sleep(Duration::from_millis(100));
                stop.request();
                Instant::now()
            }
        });
        assert_eq!(rest(source.as_mut()), []);
        let late = Instant::now().duration_since(ended.join().unwrap());
        assert!(
            late < Duration::from_millis(200),
            "ended {late:?} after the stop"
        );
    }
}

/// What a signal handler does.
fn pull(trigger: &Trigger) {
    trigger.flag.store(true, Ordering::SeqCst);
    assert_eq!(rustix::io::write(&trigger.pipe, b"s"), Ok(1));
}

#[test]
fn a_trigger_ends_a_quiet_capture_at_once() {
    for backend in BACKENDS {
        let (_listener, options) = listener();
        let stop = Stop::new().unwrap();
        let Some(mut source) = open(backend, &options, &stop) else {
            return;
        };
        let trigger = stop.request_trigger().unwrap();
        after(Duration::from_millis(100), move || pull(&trigger));
        assert_eq!(rest(source.as_mut()), []);
        assert!(stop.is_requested());
        stop.wait().unwrap();
    }
}

#[test]
fn an_interruption_ends_one_wait() {
    for backend in BACKENDS {
        let (_listener, options) = listener();
        let stop = Stop::new().unwrap();
        let Some(mut source) = open(backend, &options, &stop) else {
            return;
        };
        assert!(matches!(source.next_frame(), Ok(Next::Quiet)));
        let trigger = stop.interrupt_trigger().unwrap();
        after(Duration::from_millis(100), move || pull(&trigger));
        while !stop.is_interrupted() {
            assert!(matches!(source.next_frame(), Ok(Next::Quiet)));
        }
        stop.resume();
        assert!(!stop.is_interrupted() && !stop.is_requested());
        let again = stop.clone();
        after(Duration::from_millis(100), move || again.interrupt());
        while !stop.is_interrupted() {
            assert!(matches!(source.next_frame(), Ok(Next::Quiet)));
        }
    }
}

#[test]
fn a_busy_capture_ends_too() {
    for backend in BACKENDS {
        let (listener, options) = listener();
        let stop = Stop::new().unwrap();
        let Some(mut source) = open(backend, &options, &stop) else {
            return;
        };
        let talk = Stop::new().unwrap();
        let talking = thread::spawn({
            let talk = talk.clone();
            move || {
                while !talk.is_requested() {
                    converse(&listener, b"hello");
                }
            }
        });
        let end = stop.clone();
        after(Duration::from_millis(100), move || end.request());
        let seen = rest(source.as_mut()).len();
        talk.request();
        talking.join().unwrap();
        assert!(seen > 10, "only {seen} frames in 100 ms");
    }
}

#[test]
fn any_shows_a_loopback_frame_once() {
    let (listener, options) = listener();
    let options = LiveOptions {
        interface: "any".to_owned(),
        ..options
    };
    let stop = Stop::new().unwrap();
    match Raw::open(&options, &stop) {
        Err(Error::Interface { reason, .. }) => assert!(reason.contains("--backend libpcap")),
        other => panic!("raw took any: {:?}", other.err()),
    }
    let Some(mut source) = open(libpcap, &options, &stop) else {
        return;
    };
    converse(&listener, b"hello");
    stop.request();
    let frames = rest(source.as_mut());
    // Linux cooked capture, version 2: 20 octets before the IP header.
    let syns = frames.iter().filter(|f| f.bytes[20 + 20 + 13] == SYN);
    assert_eq!(syns.count(), 1);
    assert_eq!(
        Live::open(&options, &stop).unwrap().link_type(),
        LinkType::LINUX_SLL2
    );
}

#[test]
fn a_direction_is_kept_to() {
    for backend in BACKENDS {
        let (listener, options) = listener();
        let stop = Stop::new().unwrap();
        let options = LiveOptions {
            direction: Direction::In,
            ..options
        };
        let Some(mut source) = open(backend, &options, &stop) else {
            return;
        };
        converse(&listener, b"hello");
        stop.request();
        let frames = rest(source.as_mut());
        assert_eq!(frames.iter().filter(|f| f.flags() == SYN).count(), 1);
    }
}

#[test]
fn a_missing_interface_is_named_with_the_way_to_list_them() {
    for backend in BACKENDS {
        let options = LiveOptions::new("nosuch0", Filter::new(""));
        let error = backend(&options, &Stop::new().unwrap()).err().unwrap();
        assert!(matches!(error, Error::Interface { .. }), "{error:?}");
        let said = error.to_string();
        assert_eq!(said, "nosuch0: no such interface; tcptrace -D lists them");
    }
}

#[test]
fn a_bad_filter_is_refused_with_advice() {
    for backend in BACKENDS {
        for expression in ["10.0.0.1", "port 80) or (port 81", "tcp and and"] {
            match backend(&on_loopback(expression), &Stop::new().unwrap()) {
                Err(Error::Privilege { .. }) => {
                    println!("skipped: needs CAP_NET_RAW");
                    return;
                }
                Err(Error::Filter { reason, .. }) => {
                    let advised = reason.contains("write: host 10.0.0.1");
                    assert_eq!(advised, expression == "10.0.0.1", "{reason}");
                }
                other => panic!("{expression}: {:?}", other.err()),
            }
        }
    }
}

#[test]
fn interfaces_are_listed_as_tcpdump_lists_them() {
    let Ok(tcpdump) = Command::new("tcpdump").arg("-D").output() else {
        println!("skipped: needs tcpdump");
        return;
    };
    let listed = interfaces::list().unwrap();
    let line = |(place, interface): (usize, &LiveInterface)| {
        let (number, name) = (place + 1, &interface.name);
        let description = interface.description.as_ref();
        let description = description.map_or_else(String::new, |words| format!(" ({words})"));
        let state = match interface.state.join(", ") {
            state if state.is_empty() => state,
            state => format!(" [{state}]"),
        };
        format!("{number}.{name}{description}{state}\n")
    };
    let lines: String = listed.iter().enumerate().map(line).collect();
    assert_eq!(lines, String::from_utf8_lossy(&tcpdump.stdout));
}

#[test]
fn an_interface_can_be_named_by_its_number() {
    let listed = interfaces::list().unwrap();
    assert_eq!(interfaces::resolve("1").unwrap(), listed[0].name);
    assert_eq!(interfaces::first().unwrap(), listed[0].name);
    assert_eq!(interfaces::resolve("lo").unwrap(), "lo");
    assert!(interfaces::resolve("0").is_err());
    assert!(interfaces::resolve("99999").is_err());
    let loopback = listed.iter().find(|interface| interface.name == "lo");
    let addresses = &loopback.unwrap().addresses;
    assert!(addresses.contains(&(Ipv4Addr::LOCALHOST.into(), 8)));
}
