//! What a long capture shows early: connections that have been over for long, and
//! those for which there is no memory.

#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use serde_json::Value;
use support::capture::{ETHERNET, Pcap};
use support::frame::Segment;
use support::program::{run, run_with_input};

mod support;

const SECOND: u64 = 1_000_000_000;

fn server() -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 2], 80))
}

fn client(nth: u16) -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 1], 1 + nth))
}

/// A connection that is refused at a second.
fn refused(file: &mut Pcap, second: u64, nth: u16) {
    let syn = Segment::new(client(nth), server(), "S", 1000, 0);
    let reset = Segment::new(server(), client(nth), "R.", 0, 1001);
    file.frame(second * SECOND, &syn.to_ethernet());
    file.frame(second * SECOND + 1_000, &reset.to_ethernet());
}

fn streams(records: &str) -> Vec<u64> {
    let stream = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        record["stream"].as_u64().unwrap()
    };
    let of_connections = records.lines().filter(|line| line.contains("conn_state"));
    of_connections.map(stream).collect()
}

#[test]
fn one_that_has_been_over_for_a_minute_is_shown_before_the_others() {
    let mut file = Pcap::new(ETHERNET);
    let ack = Segment::new(client(0), server(), ".", 1, 1);
    for second in [0, 30, 61] {
        if second == 0 {
            file.frame(0, &ack.to_ethernet());
            refused(&mut file, 0, 1);
            refused(&mut file, 0, 2);
        } else {
            file.frame(second * SECOND, &ack.to_ethernet());
        }
    }
    let ran = run_with_input("report --json -r -", &file.0);
    assert_eq!(streams(&ran.out), [1, 2, 0], "{}", ran.err);
    assert_eq!(ran.err, "");
}

#[test]
fn where_there_is_no_memory_each_is_shown_once_and_that_is_said() {
    const MANY: u16 = 20_000;
    let mut file = Pcap::new(ETHERNET);
    for nth in 0..MANY {
        let data = Segment::new(client(nth), server(), ".", 1, 1);
        file.frame(u64::from(nth) * 1_000, &data.to_ethernet());
    }
    // Not by standard input: what is shown early would have to be read meanwhile.
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("many.pcap");
    fs::write(&path, &file.0).unwrap();
    let ran = run(&format!(
        "report --json --max-memory 16m -r {}",
        path.display()
    ));
    assert_eq!(ran.status, Some(0));
    let shown = streams(&ran.out);
    let different: BTreeSet<_> = shown.iter().copied().collect();
    assert_eq!((shown.len(), different.len()), (MANY.into(), MANY.into()));
    assert!(
        ran.err.starts_with("tcptrace: ") && ran.err.contains("connections were shown early"),
        "{}",
        ran.err
    );
    let until_closed = run(&format!(
        "report --json --until-closed --max-memory 16m -r {}",
        path.display()
    ));
    assert_eq!(until_closed.err, ran.err, "it is bounded there, too");
    let all = run(&format!("report --json -r {}", path.display()));
    assert_eq!(all.err, "");
    assert!(streams(&all.out).is_sorted());
}

#[test]
fn too_little_memory_is_refused() {
    let ran = run("flows --max-memory 1m -r hello.pcap");
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("16m at least: 512m, 2g"), "{}", ran.err);
}
