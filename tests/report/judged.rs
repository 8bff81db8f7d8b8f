//! What the report makes of the opening and of the way.

use std::io::{self, Cursor};

use etherparse::{Icmpv4Type, PacketBuilder};
use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::Report;
use tcptrace::sink::{Event, Sink};
use tcptrace::track::Wants;

use super::support::capture::{ETHERNET, Pcap, show};
use super::support::frame::{ETHERNET_LEN, Segment};
use super::{options, reported};

/// A capture of a SYN and of what a router says about it.
fn answered_by_icmp(kind: u8, code: u8) -> Vec<u8> {
    let (client, server) = ("10.0.0.1:40000", "192.0.2.9:80");
    let (client, server) = (client.parse().unwrap(), server.parse().unwrap());
    let syn = Segment::new(client, server, "S", 7, 0).to_ethernet();
    let quoted = &syn[ETHERNET_LEN..ETHERNET_LEN + 28];
    let mut error = Vec::new();
    let header = Icmpv4Type::Unknown {
        type_u8: kind,
        code_u8: code,
        bytes5to8: [0; 4],
    };
    PacketBuilder::ethernet2([2; 6], [4; 6])
        .ipv4([10, 0, 0, 254], [10, 0, 0, 1], 64)
        .icmpv4(header)
        .write(&mut error, quoted)
        .unwrap();
    let mut file = Pcap::new(ETHERNET);
    file.frame(0, &syn);
    file.frame(2_000_000, &error);
    file.0
}

#[test]
fn an_icmp_error_says_why_a_syn_was_not_answered() {
    for (kind, code, says) in [
        (3, 0, "no route to the network"),
        (3, 1, "the host does not answer"),
        (3, 13, "forbidden by a filter"),
        (11, 0, "TTL used up on the way"),
    ] {
        let mut out = Vec::new();
        let report = Printed::new(Report::new(options(None)), &mut out);
        show(answered_by_icmp(kind, code), report).unwrap();
        let report = String::from_utf8(out).unwrap();
        let verdict = format!(
            "unreachable: 10.0.0.254 answered with an ICMP error after 2.000 ms: {says}  [frames 1, 2]"
        );
        assert!(report.contains(&verdict), "{verdict} is not in\n{report}");
    }
}

/// Whatever they are followed for.
#[test]
fn an_icmp_error_is_heard_where_segments_are_followed() {
    let mut heard = Heard::default();
    let file = Cursor::new(answered_by_icmp(3, 1));
    let mut source = savefile::from_reader("memory".into(), file, Filter::new("")).unwrap();
    let mut pipeline = Pipeline::new(&mut heard, None).until_closed();
    pipeline.read(&mut *source, || false).unwrap();
    pipeline.end().unwrap();
    assert!(heard.unreachable);
}

/// Wants nothing, and listens.
#[derive(Default)]
struct Heard {
    unreachable: bool,
}

impl Sink for Heard {
    fn wants(&self) -> Wants {
        Wants::NOTHING
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        self.unreachable |= matches!(event, Event::Unreachable(_));
        Ok(())
    }
}

#[test]
fn an_icmp_error_that_asks_for_smaller_segments_is_no_verdict() {
    let mut out = Vec::new();
    let report = Printed::new(Report::new(options(None)), &mut out);
    show(answered_by_icmp(3, 4), report).unwrap();
    let report = String::from_utf8(out).unwrap();
    assert!(
        report.contains("whether the SYN was answered is not known"),
        "{report}"
    );
}

#[test]
fn what_is_odd_about_an_opening_is_named() {
    for (script, odd) in [
        (
            "0.0 > S 0:0(0)\n 0.1 < S. 0:0(0) ack 1 <wscale 7>",
            "the SYN-ACK contains window scale, which the SYN did not offer",
        ),
        (
            "0.0 > S 0:0(0)\n 0.1 < S. 0:0(0) ack 1 <sackOK>",
            "the SYN-ACK contains SACK, which the SYN did not offer",
        ),
        (
            "0.0 > S 0:0(0)\n 0.1 < S. 0:0(0) ack 1 <TS val 1 ecr 2>",
            "the SYN-ACK contains timestamps, which the SYN did not offer",
        ),
        ("0.0 > S 0:5(5)", "data in the SYN without Fast Open"),
        (
            "opened\n 1.0 > P. 1:2(1) ack 1 <mss 1460>",
            "an MSS option in a segment that is not a SYN",
        ),
    ] {
        let report = reported(script);
        assert!(report.contains(&format!("    odd: {odd}\n")), "{report}");
    }
    assert!(!reported("opened\n 1.0 > P. 1:2(1) ack 1").contains("odd"));
}

#[test]
fn an_initial_number_that_is_not_random_is_odd() {
    for (iss, is_odd) in [
        (0, true),
        (65_535, true),
        (0x1234_0000, true),
        (65_537, false),
    ] {
        let (client, server) = ("10.0.0.1:40000", "10.0.0.2:80");
        let syn = Segment::new(
            client.parse().unwrap(),
            server.parse().unwrap(),
            "S",
            iss,
            0,
        );
        let mut file = Pcap::new(ETHERNET);
        file.frame(0, &syn.to_ethernet());
        let mut out = Vec::new();
        let report = Printed::new(Report::new(options(None)), &mut out);
        show(file.0, report).unwrap();
        let odd = "odd: the initial sequence number of the client does not look random";
        assert_eq!(
            String::from_utf8(out).unwrap().contains(odd),
            is_odd,
            "{iss}"
        );
    }
}

#[test]
fn the_legs_tell_where_the_capture_stood() {
    for (answer, ack, at) in [
        (0.00003, 0.00006, "near both ends:"),
        (0.05, 0.0501, "at the client:"),
        (0.0001, 0.05, "at the server:"),
        (0.02, 0.05, "between the ends:"),
    ] {
        let script =
            format!("0.0 > S 0:0(0)\n {answer} < S. 0:0(0) ack 1\n {ack} > . 1:1(0) ack 1");
        let report = reported(&script);
        assert!(
            report.contains(&format!("\n    captured {at} ")),
            "{report}"
        );
    }
}

#[test]
fn what_became_of_fast_open_and_of_ecn_is_told() {
    for (script, row) in [
        (
            "0.0 > S 0:0(0) <FO>\n 0.1 < S. 0:0(0) ack 1",
            "Fast Open     asks for a cookie  no      no cookie given",
        ),
        (
            "0.0 > S 0:0(0) <FO>\n 0.1 < S. 0:0(0) ack 1 <FO 0011223344556677>",
            "Fast Open     asks for a cookie  cookie  cookie given",
        ),
        (
            "0.0 > S 0:5(5) <FO 0011223344556677>\n 0.1 < S. 0:0(0) ack 6",
            "Fast Open     cookie  no      yes, 5 bytes in the SYN",
        ),
        (
            "0.0 > S 0:5(5) <FO 0011223344556677>\n 0.1 < S. 0:0(0) ack 1",
            "Fast Open     cookie  no      data ignored",
        ),
        (
            "0.0 > S 0:0(0) <FO 0011223344556677>\n 0.1 < S. 0:0(0) ack 1",
            "Fast Open     cookie  no      no data in the SYN",
        ),
        (
            "0.0 > SEW 0:0(0)\n 0.1 < S.E 0:0(0) ack 1",
            "ECN           yes     yes     yes",
        ),
        (
            "0.0 > SEW 0:0(0)\n 0.1 < S. 0:0(0) ack 1",
            "ECN           yes     no      no",
        ),
    ] {
        let report = reported(script);
        let rows: Vec<_> = report.lines().map(str::trim).collect();
        assert!(rows.contains(&row), "{row} is not in\n{report}");
    }
}

#[test]
fn what_slowed_a_connection_down_is_counted() {
    for (script, line) in [
        (
            "opened\n 1.0 > P. 1:1001(1000) ack 1\n 1.1 < . 1:1(0) ack 1001 win 0\n \
             2.0 < . 1:1(0) ack 1001",
            "server: zero window in 1 segment",
        ),
        (
            "opened\n 1.0 > P. 1:11(10) ack 1\n 1.1 < . 1:1(0) ack 11\n \
             60.0 > . 10:10(0) ack 1\n 60.1 < . 1:1(0) ack 11",
            "client: 1 keep-alive",
        ),
        (
            "opened\n 1.0 > F. 1:1(0) ack 1\n 1.1 < . 1:1(0) ack 2\n 1.2 < P. 1:51(50) ack 2",
            "server: 50 bytes sent after the FIN of the client",
        ),
        (
            "opened\n 1.0 > P. 1:11(10) ack 1\n 2.0 > P. 1:11(10) ack 1\n 2.1 < . 1:1(0) ack 11",
            "client: 1 retransmission after a timeout",
        ),
        (
            "opened\n 1.0 > P. 101:111(10) ack 1",
            "client: 1 gap in the captured data: lost, delayed or not captured",
        ),
    ] {
        let report = reported(script);
        assert!(
            report.contains(&format!("    {line}\n")),
            "{line}\n{report}"
        );
    }
    let plain = reported("opened\n 1.0 > P. 1:11(10) ack 1\n 1.1 < . 1:1(0) ack 11");
    assert!(!plain.contains("client: "), "{plain}");
    // Where a SYN is, numbers begin: there is nothing before it.
    let again =
        "0.0 > S 0:0(0)\n 0.1 < R. 0:0(0) ack 1\n 1.0 > S 0:0(0)\n 1.1 < S. 5000:5000(0) ack 1";
    let again = reported(again);
    assert!(!again.contains("gap"), "{again}");
}

#[test]
fn how_long_a_window_was_closed_is_told() {
    let closed = "opened\n 1.0 > P. 1:101(100) ack 1\n 1.1 < . 1:1(0) ack 101 win 0\n ";
    for (rest, lines) in [
        (
            "2.3 < . 1:1(0) ack 101",
            "server: window closed once, for 1.200 s",
        ),
        (
            "9.1 > R. 101:101(0) ack 1\n port 41000\n 21.1 > S 0:0(0)",
            "server: window closed once, for 8.000 s",
        ),
        // Until the capture ends, be it with a segment of another connection.
        (
            "5.1 > . 100:100(0) ack 1\n port 41000\n 21.1 > S 0:0(0)",
            "server: window closed once, for 20.000 s",
        ),
        (
            "1.3 > . 100:100(0) ack 1\n 1.4 < . 1:1(0) ack 101 win 0\n 2.1 < . 1:1(0) ack 101\n \
             2.2 > P. 101:201(100) ack 1\n 2.5 < . 1:1(0) ack 201 win 0\n 6.5 < . 1:1(0) ack 201\n \
             6.6 > P. 201:301(100) ack 1\n 6.8 < P. 1:1(0) ack 301 win 0\n 7.0 < R. 1:1(0) ack 301",
            "client: 1 window probe\n    server: zero window in 4 segments\n    \
             server: window closed 3 times, 5.200 s in all, the longest 4.000 s",
        ),
    ] {
        let report = reported(&format!("{closed}{rest}"));
        assert!(
            report.contains(&format!("    {lines}\n")),
            "{lines}\n{report}"
        );
    }
    // What is left to send is what a window is for; and a FIN may say 0.
    let data = "opened\n 1.0 > P. 1:101(100) ack 1\n ";
    for rest in [
        "1.0 > F. 101:101(0) ack 1\n 1.1 < . 1:1(0) ack 102 win 0\n 3.0 < F. 1:1(0) ack 102",
        "1.1 < F. 1:1(0) ack 101 win 0\n 3.0 > F. 101:101(0) ack 2",
    ] {
        let report = reported(&format!("{data}{rest}"));
        assert!(!report.contains("window closed"), "{report}");
    }
}
