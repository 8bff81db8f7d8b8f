//! tshark, made to dissect no higher than TCP by a list of protocols that it
//! shall not know.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::peers::alone;

/// What it shall dissect; everything else is disabled.
pub const KNOWN: [&str; 24] = [
    "frame",
    "pkthdr",
    "eth",
    "ethertype",
    "ip",
    "ipv6",
    "tcp",
    "mptcp",
    "sll",
    "sll2",
    "null",
    "raw",
    "vlan",
    "ieee8021ad",
    "llc",
    "ppp",
    "pppoes",
    "gre",
    "mpls",
    "vxlan",
    "geneve",
    "nflog",
    "fddi",
    "data",
];

/// Protocols that begin with one of these are known too.
pub const KNOWN_FAMILIES: [&str; 2] = ["ipv6.", "_ws."];

/// Its summary lines of segments; `-r` and a file follow.
pub const SUMMARIES: [&str; 3] = ["-n", "-Y", "tcp && !icmp && !icmpv6"];

/// The program at `path`, with the settings for that.
pub fn up_to_tcp(path: &Path) -> Command {
    static SETTINGS: OnceLock<PathBuf> = OnceLock::new();
    let settings = SETTINGS.get_or_init(|| settings(path));
    let mut tshark = alone(path);
    tshark.env("WIRESHARK_CONFIG_DIR", settings);
    tshark
}

fn settings(path: &Path) -> PathBuf {
    let protocols = alone(path).args(["-G", "protocols"]).output().unwrap();
    let protocols = String::from_utf8(protocols.stdout).unwrap();
    let names = protocols.lines().filter_map(|line| line.split('\t').nth(2));
    let is_known = |name: &&str| {
        let in_family = |family: &&str| name.starts_with(family);
        KNOWN.contains(name) || KNOWN_FAMILIES.iter().any(in_family)
    };
    let disabled: Vec<_> = names.filter(|name| !is_known(name)).collect();
    assert!(disabled.len() > 1_000, "where are the protocols?");
    let settings = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wireshark");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("disabled_protos"), disabled.join("\n")).unwrap();
    settings
}
