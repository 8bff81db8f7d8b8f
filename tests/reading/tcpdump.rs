//! What passes a filter, against tcpdump: on a file of each link type.

use std::path::Path;
use std::process::Command;

use super::{for_each, one_of_each_link_type, peer, read_file};

/// Expressions that compile to something else on each link type, or look at
/// what only few do: the length on the wire, headers in front of others.
const EXPRESSIONS: [&str; 36] = [
    "tcp",
    "not tcp",
    "ip6",
    "greater 100",
    "less 60",
    "len > 54",
    "len >= 262144",
    "vlan",
    "vlan and tcp",
    "mpls",
    "mpls and tcp",
    "pppoes",
    "pppoes and tcp",
    "geneve and tcp",
    "ip6 protochain 6",
    "ip protochain 6",
    "tcp port 80",
    "portrange 1-1024",
    "host 10.0.0.1",
    "net 192.168.0.0/16",
    "ip multicast",
    "ip broadcast",
    "ether broadcast",
    "ether host 00:00:01:00:00:00",
    "ether proto 0x0800",
    "wlan type data",
    "wlan host 00:0d:93:82:36:3a",
    "type mgt",
    "dir fromds",
    "radio[0] = 0",
    "link[0] = 0",
    "llc",
    "ip[0] & 0xf > 5",
    "tcp[tcpflags] & tcp-syn != 0",
    "inbound",
    "ifindex 2",
];

#[test]
fn the_same_frames_pass_a_filter_as_in_tcpdump() {
    if peer("tcpdump", "libpcap version 1.10.3").is_none() {
        return;
    }
    let files = one_of_each_link_type(&["tcpdump", "edge", "zeek"]);
    assert!(files.len() >= 3, "where are the recordings?");
    let files: Vec<_> = files.into_values().collect();
    for_each(&files, |path| {
        for expression in EXPRESSIONS {
            compare(path, expression);
        }
    });
}

fn compare(path: &Path, expression: &str) {
    let mut tcpdump = Command::new("tcpdump");
    tcpdump
        .args(["-n", "--count", "-r"])
        .arg(path)
        .arg(expression);
    let told = tcpdump.output().unwrap();
    let theirs = if told.status.success() {
        let count = String::from_utf8_lossy(&told.stdout);
        let count = count.split(' ').next().unwrap();
        Ok(count.parse::<usize>().unwrap())
    } else {
        let said = String::from_utf8_lossy(&told.stderr);
        let last = said.lines().last().unwrap_or_default();
        Err(last.trim_start_matches("tcpdump: ").to_owned())
    };
    let ours = match read_file(path, expression) {
        (frames, None) => Ok(frames.len()),
        (_, Some(error)) => {
            let said = error.to_string();
            let said = said.split_once("\": ").expect("a filter is at fault");
            Err(said.1.to_owned())
        }
    };
    assert_eq!(ours, theirs, "{}: {expression}", path.display());
}
