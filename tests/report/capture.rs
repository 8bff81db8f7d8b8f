//! What the report says of what the capture did to the traffic.

use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::line::Line;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::Report;

use super::support::blocks;
use super::support::capture::{ETHERNET, Pcap, show};
use super::support::frame::Segment;
use super::{options, reported, verdicts};

const TALK: &str = "
    0.000 > S  0:0(0)           id 1
    0.010 < S. 0:0(0) ack 1     id 1
    0.020 > .  1:1(0) ack 1     id 2
    0.030 > P. 1:101(100) ack 1 id 3
    0.040 < P. 1:51(50) ack 101 id 2
    0.050 > F. 101:101(0) ack 51 id 4
";

/// What it says of the capture, sentence by sentence.
fn said_of(report: &str) -> Vec<&str> {
    let said = |line| str::strip_prefix(line, "capture: ");
    report.lines().filter_map(said).collect()
}

#[test]
fn a_capture_that_did_nothing_is_not_spoken_of() {
    assert_eq!(said_of(&reported(TALK)), [""; 0]);
}

#[test]
fn each_thing_that_the_capture_did_is_said_in_a_sentence() {
    for (capture, begins) in [
        ("mirrored 30us", "6 segments were captured twice, "),
        ("merged 8ms", "6 segments were captured at both ends, "),
        (
            "tagged 10us",
            "6 segments were captured at other points too (interface 0, interface 0 (tagged or tunnelled)): ",
        ),
        ("captured without acks", "no bare ACK in it, "),
        ("captured without data", "no segment with data in it, "),
        (
            "captured only >",
            "1 connection was captured one way only: ",
        ),
        ("snaplen 20", "2 segments are cut short: "),
    ] {
        let report = reported(&[capture, TALK].join("\n"));
        let said = said_of(&report);
        assert!(
            said.len() == 1 && said[0].starts_with(begins),
            "{capture}: {said:#?}"
        );
    }
}

#[test]
fn frames_behind_later_ones_and_a_clock_that_was_set_are_said() {
    let late = "opened\n 1.0 > P. 1:11(10) ack 1\n 0.999 < . 1:1(0) ack 11\n";
    let report = reported(late);
    assert!(
        said_of(&report)[0].starts_with("1 frame stands behind later ones: "),
        "{report}"
    );
    let set = "opened\n 1.0 > P. 1:11(10) ack 1\n clock +3600s\n 1.1 < . 1:1(0) ack 11\n";
    let report = reported(set);
    assert!(
        said_of(&report)[0].starts_with("the clock of the capturing host was set (1×): "),
        "{report}"
    );
}

#[test]
fn a_verdict_says_why_it_is_not_known() {
    let script = "
        captured only syns
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.020 > .  1:1(0) ack 1
        port 40001
        9.000 > S  0:0(0)
    ";
    let said = verdicts(script);
    let begins = [
        "whether the SYN-ACK was acknowledged is not known: of the clients the capture holds nothing but SYNs",
        "whether the SYN was answered is not known: the capture ends 0 µs later",
    ];
    for (said, begins) in said.iter().zip(begins) {
        assert!(said.starts_with(begins), "{said}\nis not\n{begins}");
    }
    assert_eq!(said.len(), 2);
}

/// A SYN captured on two interfaces with these names.
fn on_two_interfaces(names: [&str; 2]) -> Vec<u8> {
    let ends = ["10.0.0.1:40000", "10.0.0.2:80"].map(|end| end.parse().unwrap());
    let syn = Segment::new(ends[0], ends[1], "S", 7, 0).to_ethernet();
    let interfaces = names.map(|name| blocks::interface(1, 0, &blocks::option(2, name.as_bytes())));
    let frames = [0, 1].map(|interface| blocks::packet(interface, &syn, &[]));
    [vec![blocks::section(&[])], interfaces.into(), frames.into()]
        .concat()
        .concat()
}

#[test]
fn interfaces_are_called_by_their_names() {
    let mut out = Vec::new();
    let report = Printed::new(Report::new(options(None)), &mut out);
    show(on_two_interfaces(["eth0", "wg1"]), report).unwrap();
    let report = String::from_utf8(out).unwrap();
    let said = "1 segment was captured at other points too (eth0, wg1): ";
    assert!(said_of(&report)[0].starts_with(said), "{report}");
}

#[test]
fn under_a_segment_that_is_seen_again_stands_of_which_frame_and_no_more() {
    let annotated = |script: &str| {
        let mut out = Vec::new();
        let style = Annotated::new(Line::default(), AnnotationOptions::default());
        super::show_script(script, Printed::new(style, &mut out));
        String::from_utf8(out).unwrap()
    };
    let mirrored = annotated(&format!("mirrored 30us\n{TALK}"));
    let copy = "the segment of frame 7 captured again, 30 µs apart";
    assert!(mirrored.contains(copy), "{mirrored}");
    assert_eq!(
        mirrored.matches("captured again, ").count(),
        6,
        "{mirrored}"
    );
    let elsewhere = annotated(&format!("routed 30us\n{TALK}"));
    let copy = "the segment of frame 7 captured at another point too, 30 µs apart";
    assert!(elsewhere.contains(copy), "{elsewhere}");
}

#[test]
fn octets_behind_a_datagram_are_said_but_for_what_pads_a_short_frame() {
    for (len, is_said) in [(54, false), (60, false), (64, true)] {
        let ends = ["10.0.0.1:40000", "10.0.0.2:80"].map(|end| end.parse().unwrap());
        let mut frame = Segment::new(ends[0], ends[1], "S", 7, 0).to_ethernet();
        frame.resize(len, 0);
        let mut file = Pcap::new(ETHERNET);
        file.frame(0, &frame);
        let mut out = Vec::new();
        let report = Printed::new(Report::new(options(None)), &mut out);
        show(file.0, report).unwrap();
        let report = String::from_utf8(out).unwrap();
        let said = "capture: 1 frame has octets behind the datagram, ";
        assert_eq!(report.starts_with(said), is_said, "{len}: {report}");
    }
}
