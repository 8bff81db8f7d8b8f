//! What becomes of connections in whose middle `-c` ends the run.

#![cfg(feature = "cli")]

use std::net::SocketAddr;

use support::capture::{ETHERNET, Pcap};
use support::frame::Segment;
use support::program::{run, run_with_input};

mod support;

/// The line under the headline of the report.
fn verdict(arguments: &str) -> String {
    let report = run(&format!("report {arguments}")).out;
    let mut block = report.lines().skip_while(|line| !line.starts_with('#'));
    block.nth(1).unwrap().trim().to_owned()
}

#[test]
fn a_connection_that_is_cut_off_has_not_failed() {
    let closing = "still closing when the capture ended";
    for (count, said) in [
        (
            1,
            "whether the SYN was answered is not known: of the servers the capture holds nothing, \
             and ends 0 µs later",
        ),
        (
            2,
            "whether the SYN-ACK was acknowledged is not known: of the clients the capture holds \
             nothing but SYNs, and ends 0 µs later",
        ),
        (3, "still open when the capture ended"),
        (5, "still open when the capture ended"),
        (6, closing),
        (7, closing),
        (8, closing),
        (
            9,
            "closed in order: the server closed first and holds TIME-WAIT",
        ),
    ] {
        let arguments = format!("-r hello.pcap -c {count}");
        assert_eq!(verdict(&arguments), said, "{arguments}");
        let trace = run(&arguments).out;
        assert_eq!(trace.contains("verdict"), count == 9, "{trace}");
        let status = run(&format!("flows --exit-status {arguments}")).status;
        assert_eq!(status, Some(0), "{arguments}");
    }
    let record = run("report --json -r hello.pcap -c 2").out;
    assert!(record.contains(r#""verdict":"unknown""#), "{record}");
    let record = run("flows --by server --json -r hello.pcap -c 2").out;
    assert!(record.contains(r#""tried":1,"opened":0,"#), "{record}");
    assert!(record.contains(r#""half_open":0"#), "{record}");
}

#[test]
fn what_had_been_repeated_had_failed_before_the_cut() {
    let twice = "no answer to 2 SYNs, retransmitted after 1.008 s  [frames 1, 2]";
    assert_eq!(verdict("-r lost.pcap -c 2"), twice);
}

/// What came behind the end of a file nobody knows, wherever it was cut.
#[test]
fn a_file_that_ends_before_an_answer_was_due_does_not_deny_it() {
    let mut file = Pcap::new(ETHERNET);
    let (client, server) = ("10.0.0.1:40000", "10.0.0.2:80");
    let (client, server) = (client.parse().unwrap(), server.parse().unwrap());
    let syn = Segment::new(client, server, "S", 77_777_777, 0);
    file.frame(0, &syn.to_ethernet());
    let said = |arguments: &str, file: &Pcap| run_with_input(arguments, &file.0).out;
    for count in [1, 2] {
        let report = said(&format!("report -r - -c {count}"), &file);
        let ends = "whether the SYN was answered is not known: of the servers the capture holds nothing, \
             and ends 0 µs later";
        assert!(report.contains(ends), "{report}");
    }
    // Another one is heard much later, and answered.
    let late: SocketAddr = "10.0.0.3:40000".parse().unwrap();
    let other = Segment::new(late, server, "S", 7_777_777, 0);
    file.frame(1_000_000_000, &other.to_ethernet());
    let table = said("flows -r -", &file);
    assert_eq!(table.matches("  not known\n").count(), 2, "{table}");
    let answer = Segment::new(server, late, "S.", 77, 7_777_778);
    file.frame(1_000_000_001, &answer.to_ethernet());
    let table = said("flows -r -", &file);
    assert!(table.contains("  no answer\n"), "{table}");
}

#[test]
fn a_connection_that_began_before_the_capture_is_not_still_opening() {
    let mut file = Pcap::new(ETHERNET);
    let (client, server) = ("10.0.0.1:40000", "10.0.0.2:80");
    let (client, server) = (client.parse().unwrap(), server.parse().unwrap());
    let data = Segment::new(client, server, "P.", 1000, 2000).with_payload(10);
    let mut full = Segment::new(server, client, ".", 2000, 1010);
    full.window = 0;
    file.frame(0, &data.to_ethernet());
    file.frame(1_000_000, &full.to_ethernet());
    let said = |count| run_with_input(&format!("report -r - -c {count}"), &file.0).out;
    assert!(said(3).contains("stalled"), "{}", said(3));
    let cut = said(2);
    let verdict = "began before the capture, still open when it ended";
    assert!(cut.contains(verdict), "{cut}");
}
