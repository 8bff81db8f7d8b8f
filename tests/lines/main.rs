//! Lines held against tcpdump's own, on packets that nobody would send.
//!
//! Chance makes frames of every link type, with tunnels in tunnels, fields that
//! contradict each other, and cuts at any octet; the installed tcpdump says what
//! their lines are. `LINES_SEED=7 cargo test --test lines` tries other frames.

#![cfg(feature = "cli")]

#[path = "../support/mod.rs"]
mod support;

mod chance;
mod datagrams;
mod frames;
mod packets;
mod segments;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use chance::Chance;
use frames::{LINKS, Link};
use support::capture::Pcap;
use support::program::tcptrace;

/// The tcpdump whose lines are ours.
const VERSION: &str = "tcpdump version 4.99.3";

/// The manners of printing that are held to be the same.
const MANNERS: [&str; 16] = [
    "", "-v", "-vv", "-e", "-ev", "-S", "-q", "-A", "-X", "-xx", "-ttt", "-tttt", "-ttttt",
    "--nano", "-eq", "-vvv",
];

/// Frames of each link type.
const FRAMES: usize = 400;

#[test]
fn odd_frames_have_tcpdumps_lines() {
    if !is_installed() {
        println!("skipped: {VERSION} is not installed");
        return;
    }
    let seed = env::var("LINES_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let mut differences = Vec::new();
    let mut compared = 0;
    for link in LINKS {
        let path = write_capture(link, seed);
        for manner in MANNERS {
            compared += compare(link, manner, &path, &mut differences);
        }
        fs::remove_file(path).unwrap();
    }
    assert!(compared > 10_000, "only {compared} lines compared");
    assert!(
        differences.is_empty(),
        "{} of {compared} lines differ:\n{}",
        differences.len(),
        differences[..differences.len().min(20)].join("\n")
    );
}

fn is_installed() -> bool {
    let told = Command::new("tcpdump").arg("--version").output();
    told.is_ok_and(|told| {
        String::from_utf8_lossy(&told.stdout).contains(VERSION)
            || String::from_utf8_lossy(&told.stderr).contains(VERSION)
    })
}

/// A capture of frames of one link type, some cut short or spoilt.
fn write_capture((_, number, frame): Link, seed: u64) -> PathBuf {
    let mut chance = Chance::new(seed << 16 | u64::from(number));
    let mut pcap = Pcap::new(number);
    let mut time = 1_700_000_000_000_000_000;
    for _ in 0..FRAMES {
        time += u64::try_from(chance.under(2_000_000_000)).unwrap();
        let mut octets = frame(&mut chance);
        let len = octets.len();
        if chance.once_in(5) {
            octets.truncate(chance.under(len) + 1);
        }
        if chance.once_in(8) {
            let spoilt = chance.under(octets.len());
            octets[spoilt] = chance.octet();
        }
        pcap.cut_frame(time, &octets, len);
    }
    let name = format!("tcptrace-lines-{}-{number}.pcap", std::process::id());
    let path = env::temp_dir().join(name);
    fs::write(&path, pcap.0).unwrap();
    path
}

/// How many frames had a line of TCP; those that differ are noted.
fn compare(link: Link, manner: &str, path: &Path, differences: &mut Vec<String>) -> usize {
    let arguments = format!("-# -nn {manner} -r");
    let told = |mut program: Command| {
        program
            .args(arguments.split_whitespace())
            .arg(path)
            .stderr(Stdio::null());
        lines(&program.output().unwrap().stdout, manner)
    };
    let mut tcpdump = Command::new("tcpdump");
    tcpdump.env("TZ", "UTC");
    let theirs = told(tcpdump);
    let mut program = tcptrace();
    program.arg("--plain");
    let ours = told(program);
    for number in 1..=FRAMES {
        let (want, have) = (theirs.get(&number), ours.get(&number));
        if want != have {
            let nothing = String::from("nothing");
            differences.push(format!(
                "{} {manner} frame {number}\n  tcpdump:  {}\n  tcptrace: {}",
                link.0,
                want.unwrap_or(&nothing),
                have.unwrap_or(&nothing)
            ));
        }
    }
    theirs.len()
}

/// The text of each frame with a line of TCP, by its number.
fn lines(output: &[u8], manner: &str) -> BTreeMap<usize, String> {
    let output: String = output.iter().copied().map(char::from).collect();
    let mut frames: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let mut current = 0;
    for line in output.split('\n') {
        let numbered = line.trim_start().split_once("  ");
        let number = numbered.and_then(|(number, rest)| Some((number.parse().ok()?, rest)));
        let (number, text) = match number {
            Some((number, rest)) if line.len() - line.trim_start().len() < 5 => (number, rest),
            _ => (current, line),
        };
        current = number;
        frames.entry(number).or_default().push(text);
    }
    let texts = frames.into_iter();
    texts
        .filter_map(|(number, lines)| Some((number, of_tcp(&lines, manner)?)))
        .collect()
}

/// What counts of a frame's lines: up to and with the line of TCP, that as far
/// as `length N`, and the dump.
fn of_tcp(lines: &[&str], manner: &str) -> Option<String> {
    let marks = [": Flags [", ": tcp ", ":  tcp ", "[|tcp]"];
    let is_tcp = |line: &&str| marks.iter().any(|mark| line.contains(mark));
    let at = lines.iter().position(is_tcp)?;
    let (head, rest) = lines.split_at(at + 1);
    let mut kept: Vec<&str> = head.to_vec();
    let last = kept.last_mut()?;
    if let Some(place) = last.rfind(", length ") {
        let digits = last[place + 9..].find(|c: char| !c.is_ascii_digit());
        *last = &last[..digits.map_or(last.len(), |digits| place + 9 + digits)];
    }
    match manner {
        "-A" => kept.extend(rest),
        "-X" | "-xx" => kept.extend(rest.iter().filter(|line| line.starts_with("\t0x"))),
        _ => {}
    }
    // Where a capture ends, so does its last line.
    Some(kept.join("\n").trim_end_matches('\n').to_owned())
}
