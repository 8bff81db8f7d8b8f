//! What tcpdump, tshark and classic tcptrace say of every capture in `captures/`
//! stands in `tests/evidence/recorded`, and what we say is held against it, with
//! or without those programs. Where they are installed the recordings are held
//! against them. To record anew: `RECORD=1 cargo test --test evidence`.

#![cfg(feature = "cli")]

mod cells;
mod exhibit;
mod lines;
mod numbers;
mod record;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;

use exhibit::Exhibit;
use record::{HOW, say};
use support::peers::{CLASSIC, Installed, Peer, TCPDUMP, TSHARK};
use support::program::recordings;

/// Everything that is recorded of a capture.
static EXHIBITS: [Exhibit; 4] = [
    lines::TCPDUMP_LINES,
    lines::TSHARK_SUMMARIES,
    cells::TSHARK_FIELDS,
    numbers::CLASSIC_REPORT,
];

#[test]
fn lines_are_tcpdumps() {
    hold_against(&lines::TCPDUMP_LINES);
}

#[test]
fn summaries_are_tsharks() {
    hold_against(&lines::TSHARK_SUMMARIES);
}

#[test]
fn findings_are_tsharks() {
    hold_against(&cells::TSHARK_FIELDS);
}

#[test]
fn numbers_are_classic_tcptraces() {
    hold_against(&numbers::CLASSIC_REPORT);
}

#[test]
fn every_capture_has_its_recordings_and_nothing_else_has() {
    let paths = |capture: String| EXHIBITS.iter().map(move |exhibit| exhibit.path(&capture));
    let expected: BTreeSet<_> = recordings().into_iter().flat_map(paths).collect();
    let odd: Vec<_> = expected
        .symmetric_difference(&record::files())
        .cloned()
        .collect();
    assert_eq!(odd, [""; 0], "{HOW}");
}

#[test]
fn tcpdump_says_what_was_recorded() {
    ask_again(&TCPDUMP);
}

#[test]
fn tshark_says_what_was_recorded() {
    ask_again(&TSHARK);
}

#[test]
fn classic_tcptrace_says_what_was_recorded() {
    ask_again(&CLASSIC);
}

/// A comparison that finds everything right would let all pass.
#[test]
fn a_changed_digit_is_found_in_every_line() {
    let capture = "lost.pcap";
    for exhibit in &EXHIBITS {
        let recorded = exhibit.recorded(capture).unwrap();
        let ours = (exhibit.ours)(capture);
        let is_wrong = |text: &str| !exhibit.differences(capture, text, &ours).is_empty();
        assert!(!is_wrong(&recorded), "{exhibit:?}");
        let lines: Vec<_> = recorded.split_inclusive('\n').collect();
        let compared = (0..lines.len()).filter(|place| exhibit.is_compared(lines[*place]));
        let compared: Vec<_> = compared.collect();
        assert!(compared.len() > 14, "{compared:?} of {exhibit:?}");
        for place in compared {
            let changed = changed(lines[place]);
            let mut lines = lines.clone();
            lines[place] = &changed;
            assert!(is_wrong(&lines.concat()), "{changed} for {}", lines[place]);
        }
    }
}

/// A line with another last digit; another last letter, where it has no digit;
/// a digit more, where it has neither.
fn changed(line: &str) -> String {
    let digit = line.rfind(|letter: char| letter.is_ascii_digit());
    let letter = || line.rfind(|letter: char| letter.is_ascii_alphabetic());
    let Some(place) = digit.or_else(letter) else {
        return format!("7{line}");
    };
    let other = if &line[place..=place] == "7" { 3 } else { 7 };
    format!("{}{other}{}", &line[..place], &line[place + 1..])
}

/// Compares what we say of each capture with what was recorded.
#[track_caller]
fn hold_against(exhibit: &Exhibit) {
    let mut different = Vec::new();
    for capture in recordings() {
        match exhibit.recorded(&capture) {
            Ok(recorded) => {
                let ours = (exhibit.ours)(&capture);
                different.extend(exhibit.differences(&capture, &recorded, &ours));
            }
            Err(why) => different.push(why),
        }
    }
    let first = &different[..different.len().min(10)];
    assert!(
        different.is_empty(),
        "{} differences, among them:\n{}",
        different.len(),
        first.join("\n")
    );
}

/// Asks a program again, if it is the one that was recorded.
#[track_caller]
fn ask_again(peer: &Peer) {
    record::anew();
    let program = match peer.installed() {
        Installed::Compared(program) => program,
        Installed::Other(_, version) => {
            return say(&format!(
                "{peer} was recorded, not {version}: not asked again"
            ));
        }
        Installed::Nothing => return say(&format!("{peer} is not installed: not asked again")),
    };
    let is_its_own = |exhibit: &&Exhibit| exhibit.peer.name == peer.name;
    for exhibit in EXHIBITS.iter().filter(is_its_own) {
        for capture in recordings() {
            let recorded = exhibit.recorded(&capture).unwrap();
            let today = exhibit.ask(&program, &capture);
            if let Some(different) = lines::first_difference(&recorded, &today) {
                let path = exhibit.path(&capture);
                panic!("{path} is not what {peer} says:\n{different}\n{HOW}");
            }
        }
    }
}
