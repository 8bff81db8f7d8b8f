//! Every number of classic tcptrace's long report, held against the program
//! itself. `docs/peers.md` says what differs and why; tests/evidence has our own
//! recordings.

#![cfg(feature = "cli")]

mod marks;
mod ours;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::classic::LONG_REPORT;
use support::classic::account::Account;
use support::classic::numbers::Unit::{Millisecond, One, Second};
use support::classic::numbers::is_same;
use support::classic::report::Report;
use support::peers::{CLASSIC, Installed, alone};

#[test]
fn every_number_is_the_old_programs_in_the_lab() {
    let Some(paths) = shared("lab") else { return };
    let Some(account) = compare(&paths) else {
        return;
    };
    assert!(account.connections > 100, "{account:?}");
}

#[test]
fn every_number_is_the_old_programs_in_the_corpus() {
    let Some(paths) = shared("corpus") else {
        return;
    };
    let Some(account) = compare(&paths) else {
        return;
    };
    assert!(account.connections > 600, "{account:?}");
}

/// A comparison that finds everything right would let all pass.
#[test]
fn a_wrong_number_is_found() {
    let is_right = |unit, theirs: &str, ours: &str| {
        let ours: Value = serde_json::from_str(ours).unwrap();
        is_same(unit, theirs, Some(&ours))
    };
    assert!(is_right(One, "7", "7") && !is_right(One, "7", "8"));
    assert!(is_right(One, "18446744073709551615", "-1"));
    assert!(is_right(Millisecond, "1.5", "0.001549") && !is_right(Millisecond, "1.5", "0.0016"));
    assert!(is_right(Second, "0.002", "0.002400") && !is_right(Second, "0.002", "0.0026"));
    assert!(is_same(One, "NA", None) && !is_right(One, "NA", "1"));
    assert!(is_same(One, "0", None) && !is_same(One, "1", None));
}

/// Compares captures and panics where a number differs; `None` where the old
/// program is not installed.
fn compare(paths: &[PathBuf]) -> Option<Account> {
    let (Installed::Compared(program) | Installed::Other(program, _)) = CLASSIC.installed() else {
        eprintln!("skipped: classic tcptrace is not installed (make peers)");
        return None;
    };
    let mut account = Account::default();
    for path in paths {
        let (Some(theirs), Some(ours)) = (report(&program, path), ours::records(path)) else {
            account.leave_out("a file that one of the programs does not read", 1);
            continue;
        };
        let name = path.file_name().unwrap().to_str().unwrap();
        account.compare(name, &theirs, &ours);
    }
    println!(
        "{} numbers, left out: {:?}",
        account.numbers, account.left_out
    );
    assert!(
        account.wrong.is_empty(),
        "{} of {} numbers differ:\n{}",
        account.wrong.len(),
        account.numbers,
        account.wrong.join("\n")
    );
    Some(account)
}

/// Runs it on a capture; `None` where it fails, as it does on link types that
/// it does not know.
fn report(program: &Path, capture: &Path) -> Option<Report> {
    let mut command = alone(program);
    // It writes files where it is run.
    command.current_dir(env!("CARGO_TARGET_TMPDIR"));
    let told = command.args(LONG_REPORT).arg(capture).output().unwrap();
    told.status
        .success()
        .then(|| Report::parse(&String::from_utf8_lossy(&told.stdout)))
}

fn shared(folder: &str) -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(folder);
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return None;
    }
    Some(captures_in(&folder))
}

/// Every file below a folder that is named as captures are.
fn captures_in(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            found.extend(captures_in(&path));
        } else if matches!(extension, Some("pcap" | "pcapng" | "cap")) {
            found.push(path);
        }
    }
    found
}
