//! What `flows --by server` says.

mod support;

use support::capture::{ETHERNET, Pcap, show};
use support::frame::Segment;
use support::script::show_script;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::servers::ByServer;
use tcptrace::sink::words::Lang;

fn written(show: impl FnOnce(Printed<ByServer, &mut Vec<u8>>)) -> String {
    let mut out = Vec::new();
    show(Printed::new(
        ByServer::table(Lang::En, None, false),
        &mut out,
    ));
    String::from_utf8(out).unwrap()
}

#[test]
fn a_terminal_too_narrow_for_charts_gets_the_numbers_without_them() {
    let table = |width| {
        let mut out = Vec::new();
        let style = ByServer::table(Lang::En, width, false);
        show(flood(1, 1), Printed::new(style, &mut out)).unwrap();
        String::from_utf8(out).unwrap()
    };
    let whole = table(None);
    let (headings, _) = whole.split_once('\n').unwrap();
    assert!(
        headings.ends_with("SYNs over time  waiting over time"),
        "{headings}"
    );
    assert_eq!(table(Some(headings.len())), whole);
    let narrow = table(Some(headings.len() - 1));
    let (headings, _) = narrow.split_once('\n').unwrap();
    assert!(headings.ends_with("SYN/s  waiting"), "{headings}");
}

#[test]
fn a_row_tells_what_became_of_every_connection() {
    let table = written(|style| {
        show_script(
            "
            opened
            port 40001
            1.000 > S  0:0(0)
            1.030 < S. 0:0(0) ack 1
            1.040 > .  1:1(0) ack 1
            port 40002
            2.000 > S  0:0(0)
            2.001 < R. 0:0(0) ack 1
            port 40003
            3.000 > S  0:0(0)
            4.000 > S  0:0(0)
            port 40004
            4.500 > S  0:0(0)
            4.600 < S. 0:0(0) ack 1
            5.600 < S. 0:0(0) ack 1
            ",
            style,
        );
    });
    let expected = "\
server       tried  opened  refused  no answer  half-open   shortest     median       95 %       99 %    longest  first byte  its 95 %  its longest  SYN/s  waiting  SYNs over time  waiting over time
10.0.0.2:80      5       2        1          1          1  20.000 ms  20.000 ms  40.000 ms  40.000 ms  40.000 ms           -         -            -      2        2  ▄▄▄▄█           ▄▄▄▄█
";
    assert!(table.starts_with(expected), "{expected}\nis not\n{table}");
}

/// A capture of `syns` SYNs from as many addresses, `apart` nanoseconds apart, and of
/// one that is refused a second later: so answers can be captured.
fn flood(syns: u32, apart: u64) -> Vec<u8> {
    attempts(syns, apart, false, &["R."])
}

/// The same where each SYN is answered or not; of one more a second later there are
/// these segments after its SYN: a RST, or a SYN-ACK and an ACK.
fn attempts(syns: u32, apart: u64, are_answered: bool, late: &[&str]) -> Vec<u8> {
    let server = "10.0.0.1:80".parse().unwrap();
    let mut file = Pcap::new(ETHERNET);
    let mut add = |at, client: String, iss, flags: &str| {
        let client = client.parse().unwrap();
        let (src, dst, seq, ack) = match flags {
            "S" => (client, server, iss, 0),
            "." => (client, server, iss + 1, 1),
            _ => (server, client, 0, iss + 1),
        };
        let segment = Segment::new(src, dst, flags, seq, ack);
        file.frame(at, &segment.to_ethernet());
    };
    for nth in 0..syns {
        let client = format!("10.1.{}.{}:1024", nth / 250, nth % 250 + 1);
        let at = u64::from(nth) * apart;
        add(at, client.clone(), 1 << 30 | nth, "S");
        if are_answered {
            add(at + 1, client, 1 << 30 | nth, "S.");
        }
    }
    let at = u64::from(syns) * apart + 1_000_000_000;
    for (nth, flags) in (0..).zip(["S"].iter().chain(late)) {
        add(at + nth, "10.2.0.1:1024".to_owned(), 1 << 30, flags);
    }
    file.0
}

#[test]
fn many_unfinished_handshakes_from_many_addresses_are_a_flood() {
    let millisecond = 1_000_000;
    let is_flood = |file| written(|style| show(file, style).unwrap()).contains("SYN flood");
    assert!(is_flood(flood(200, millisecond)));
    assert!(!is_flood(flood(99, millisecond)), "too few");
    assert!(!is_flood(flood(200, 100 * millisecond)), "too slow");
    let table = written(|style| show(flood(200, millisecond), style).unwrap());
    let words = "SYN flood on 10.0.0.1:80: 200 unfinished handshakes from 201 addresses, \
                 up to 200 SYNs in a second, 0 opened\n";
    assert!(table.contains(words), "{table}");
}

#[test]
fn where_what_was_due_could_not_be_captured_many_syns_are_no_flood() {
    let is_flood = |are_answered, late: &[&str]| {
        let file = attempts(200, 1_000_000, are_answered, late);
        written(|style| show(file, style).unwrap()).contains("SYN flood")
    };
    assert!(!is_flood(false, &[]), "nothing that a server sent");
    assert!(is_flood(false, &["R."]));
    assert!(!is_flood(true, &["S."]), "SYNs and SYN-ACKs alone");
    assert!(is_flood(true, &["S.", "."]));
}

/// The same server as two clients see it: the first is near the capture, the other one
/// is not; how long the server took is the same.
#[test]
fn first_bytes_are_those_that_clients_waited_for_and_the_servers_own() {
    let script = "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.010 > .  1:1(0) ack 1
        1.000 > P. 1:101(100) ack 1
        1.050 < P. 1:51(50) ack 101
        1.100 > P. 101:201(100) ack 51
        1.150 < P. 51:101(50) ack 201
        port 40001
        2.000 > S  0:0(0)
        2.010 < S. 0:0(0) ack 1
        2.110 > .  1:1(0) ack 1
        3.000 > P. 1:101(100) ack 1
        3.080 < P. 1:51(50) ack 101
        3.200 > P. 101:201(100) ack 51
    ";
    let table = written(|style| show_script(script, style));
    let row: Vec<_> = table.lines().nth(1).unwrap().split("  ").collect();
    let cells: Vec<_> = row.iter().map(|cell| cell.trim()).collect();
    for time in ["50.000 ms", "180.000 ms"] {
        assert!(cells.contains(&time), "{time}: {table}");
    }
    let mut out = Vec::new();
    show_script(script, Printed::new(ByServer::records(), &mut out));
    let record = String::from_utf8(out).unwrap();
    let responses = r#""responses":{"count":4,"answered":3,"first_byte":{"median":0.050000000,"p95":0.180000000,"p99":0.180000000,"max":0.180000000},"first_byte_at_server":{"median":0.040000000,"p95":0.070000000,"p99":0.070000000,"max":0.070000000}}"#;
    assert!(
        record.contains(responses),
        "{responses}\nis not in\n{record}"
    );
}
