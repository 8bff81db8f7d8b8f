//! What tshark says is said too: its summary lines, by running it. It is made to
//! dissect no higher than TCP by a list of protocols that it shall not know.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::program::{Ran, captures, tcptrace};

mod support;

/// What tshark shall dissect; everything else is disabled.
const KNOWN: [&str; 24] = [
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

#[test]
fn summaries_of_the_recordings_are_tsharks() {
    let Some(tshark) = Tshark::new() else {
        return;
    };
    let compared = tshark.compare(&captures());
    assert!(compared.lines > 100, "{compared:?}");
    assert_eq!(compared.different, [""; 0], "{compared:?}");
}

#[test]
#[ignore = "takes minutes; cargo test --test tshark -- --ignored"]
fn summaries_of_the_lab_and_of_public_captures_are_tsharks() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let Some(tshark) = Tshark::new().filter(|_| shared.exists()) else {
        return println!("skipped: there is no tshark 4.0.17, or no shared folder");
    };
    let lab = tshark.compare(&shared.join("lab"));
    assert_eq!(lab.different, [""; 0], "{lab:?}");
    // docs/rules.md says what differs.
    let public = tshark.compare(&shared.join("corpus"));
    let share = public.different.len() * 1_000;
    assert!(share <= 2 * public.lines, "{:#?}", public.different);
    println!("{} and {} lines", lab.lines, public.lines);
}

struct Tshark {
    settings: PathBuf,
}

#[derive(Debug, Default)]
struct Compared {
    lines: usize,
    different: Vec<String>,
}

impl Tshark {
    fn new() -> Option<Self> {
        let version = Command::new("tshark").arg("--version").output();
        let version = version.map_or_else(|_| String::new(), |output| Ran::from(output).out);
        if !version.starts_with("TShark (Wireshark) 4.0.17") {
            println!("skipped: there is no tshark 4.0.17");
            return None;
        }
        let protocols = Command::new("tshark").args(["-G", "protocols"]).output();
        let protocols = Ran::from(protocols.unwrap()).out;
        let names = protocols.lines().filter_map(|line| line.split('\t').nth(2));
        let is_known = |name: &&str| {
            KNOWN.contains(name) || name.starts_with("ipv6.") || name.starts_with("_ws.")
        };
        let disabled: Vec<_> = names.filter(|name| !is_known(name)).collect();
        assert!(disabled.len() > 1_000, "where are the protocols?");
        let settings = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wireshark");
        fs::create_dir_all(&settings).unwrap();
        fs::write(settings.join("disabled_protos"), disabled.join("\n")).unwrap();
        Some(Self { settings })
    }

    /// Compares every line of every capture in a folder, and below it.
    fn compare(&self, folder: &Path) -> Compared {
        let mut compared = Compared::default();
        for path in files(folder) {
            let mut tshark = Command::new("tshark");
            tshark.env("WIRESHARK_CONFIG_DIR", &self.settings).args([
                "-n",
                "-Y",
                "tcp && !icmp && !icmpv6",
                "-r",
            ]);
            let theirs = Ran::from(tshark.arg(&path).output().unwrap()).out;
            let mut ours = tcptrace();
            ours.args(["--style", "wireshark", "-r"]).arg(&path);
            let ours = Ran::from(ours.output().unwrap()).out;
            let mut ours = ours.lines().peekable();
            for line in theirs.lines() {
                while ours.next_if(|own| number(own) < number(line)).is_some() {}
                compared.lines += 1;
                let own = ours.next_if(|own| number(own) == number(line));
                if own != Some(line) {
                    let name = path.display();
                    let own = own.unwrap_or("nothing");
                    compared.different.push(format!("{name}\n{line}\n{own}"));
                }
            }
        }
        compared
    }
}

/// The number of the frame.
fn number(line: &str) -> u64 {
    let first = line.split_whitespace().next();
    first.and_then(|first| first.parse().ok()).unwrap_or(0)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            found.extend(files(&path));
        } else if matches!(extension, Some("pcap" | "pcapng" | "cap" | "trace")) {
            found.push(path);
        }
    }
    found.sort();
    found
}
