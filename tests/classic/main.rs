//! Every number of classic tcptrace's long report, held against the program
//! itself. `docs/peers.md` says what differs and why.

#![cfg(feature = "cli")]

mod ours;
mod program;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ours::Records;
use program::{Connection, Row};
use serde_json::Value;

/// How a number is written in our records.
#[derive(Debug, Clone, Copy)]
enum Unit {
    /// As it is.
    One,
    /// In seconds; the old program has three digits of a second.
    Second,
    /// In seconds; the old program has one digit of a millisecond.
    Millisecond,
}

use Unit::{Millisecond, One, Second};

/// The old program's labels and our keys.
const NUMBERS: [(&str, &str, Unit); 60] = [
    ("total packets", "segments", One),
    ("resets sent", "resets_sent", One),
    ("ack pkts sent", "ack_pkts_sent", One),
    ("pure acks sent", "pure_acks_sent", One),
    ("sack pkts sent", "sack_pkts_sent", One),
    ("dsack pkts sent", "dsack_pkts_sent", One),
    ("max sack blks/ack", "max_sack_blks", One),
    ("unique bytes sent", "unique_bytes_sent", One),
    ("actual data pkts", "data_segments", One),
    ("actual data bytes", "bytes", One),
    ("rexmt data pkts", "rexmt_data_pkts", One),
    ("rexmt data bytes", "rexmt_data_bytes", One),
    ("zwnd probe pkts", "zwnd_probe_pkts", One),
    ("zwnd probe bytes", "zwnd_probe_bytes", One),
    ("outoforder pkts", "outoforder_pkts", One),
    ("pushed data pkts", "pushed_data_pkts", One),
    ("adv wind scale", "adv_wind_scale", One),
    ("sacks sent", "sacks_sent", One),
    ("urgent data pkts", "urgent_data_pkts", One),
    ("urgent data bytes", "urgent_data_bytes", One),
    ("max segm size", "max_segm_size", One),
    ("min segm size", "min_segm_size", One),
    ("avg segm size", "avg_segm_size", One),
    ("max win adv", "max_win_adv", One),
    ("min win adv", "min_win_adv", One),
    ("zero win adv", "zero_win_adv", One),
    ("avg win adv", "avg_win_adv", One),
    ("max owin", "max_owin", One),
    ("min non-zero owin", "min_nonzero_owin", One),
    ("avg owin", "avg_owin", One),
    ("wavg owin", "wavg_owin", One),
    ("ttl stream length", "ttl_stream_length", One),
    ("missed data", "missed_data", One),
    ("truncated data", "truncated_data", One),
    ("truncated packets", "truncated_packets", One),
    ("data xmit time", "data_xmit_time", Second),
    ("idletime max", "idletime_max", Millisecond),
    ("hardware dups", "hardware_dups", One),
    ("throughput", "throughput", One),
    ("RTT samples", "rtt_samples", One),
    ("RTT min", "rtt_min", Millisecond),
    ("RTT max", "rtt_max", Millisecond),
    ("RTT avg", "rtt_avg", Millisecond),
    ("RTT stdev", "rtt_stdev", Millisecond),
    ("RTT from 3WHS", "rtt_from_3whs", Millisecond),
    ("RTT full_sz smpls", "rtt_full_sz_smpls", One),
    ("RTT full_sz min", "rtt_full_sz_min", Millisecond),
    ("RTT full_sz max", "rtt_full_sz_max", Millisecond),
    ("RTT full_sz avg", "rtt_full_sz_avg", Millisecond),
    ("RTT full_sz stdev", "rtt_full_sz_stdev", Millisecond),
    ("post-loss acks", "post_loss_acks", One),
    ("ambiguous acks", "ambiguous_acks", One),
    ("segs cum acked", "segs_cum_acked", One),
    ("duplicate acks", "duplicate_acks", One),
    ("triple dupacks", "triple_dupacks", One),
    ("max # retrans", "max_retrans", One),
    ("min retr time", "min_retr_time", Millisecond),
    ("max retr time", "max_retr_time", Millisecond),
    ("avg retr time", "avg_retr_time", Millisecond),
    ("sdv retr time", "sdv_retr_time", Millisecond),
];

/// Times of ambiguous acknowledgments, which it prints only where it has some.
const AMBIGUOUS: [(&str, &str, Unit); 4] = [
    ("RTT min (last)", "rtt_min_last", Millisecond),
    ("RTT max (last)", "rtt_max_last", Millisecond),
    ("RTT avg (last)", "rtt_avg_last", Millisecond),
    ("RTT sdv (last)", "rtt_sdv_last", Millisecond),
];

/// What was compared, and what was not.
#[derive(Debug, Default)]
struct Account {
    numbers: usize,
    connections: usize,
    /// Connections that were left out, by the reason.
    left_out: BTreeMap<&'static str, usize>,
    wrong: Vec<String>,
}

#[test]
fn every_number_is_the_old_programs_in_our_recordings() {
    let account = compare(&captures_in(&support::program::captures()));
    let Some(account) = account else { return };
    assert!(account.connections > 10, "{account:?}");
}

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
    let Some(program) = program::find() else {
        eprintln!("skipped: classic tcptrace is not installed (make peers)");
        return None;
    };
    let mut account = Account::default();
    for path in paths {
        let (Some(theirs), Some(ours)) = (program::report(&program, path), Records::of(path))
        else {
            account.leave_out("a file that one of the programs does not read", 1);
            continue;
        };
        if theirs.segments != ours.segments {
            account.leave_out("other segments read from the file", ours.connections.len());
            continue;
        }
        account.compare_all(path, &theirs.connections, &ours);
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

impl Account {
    fn leave_out(&mut self, why: &'static str, count: usize) {
        *self.left_out.entry(why).or_default() += count;
    }

    fn compare_all(&mut self, path: &Path, theirs: &[Connection], ours: &Records) {
        let key = |ends: [_; 2]| {
            let mut key = ends;
            key.sort();
            key
        };
        let mut known: BTreeMap<_, (Vec<&Connection>, Vec<&Value>)> = BTreeMap::new();
        for connection in theirs {
            let ends = [connection.ends[0], connection.ends[1]];
            known.entry(key(ends)).or_default().0.push(connection);
        }
        for record in &ours.connections {
            known
                .entry(key(ours::ends(record)))
                .or_default()
                .1
                .push(record);
        }
        for (theirs, records) in known.into_values() {
            if theirs.len() != records.len() {
                self.leave_out(
                    "another idea of when a new connection begins",
                    records.len(),
                );
                continue;
            }
            for (theirs, record) in theirs.into_iter().zip(records) {
                if ours.odd.contains(&record["stream"].as_u64().unwrap()) {
                    self.leave_out("segments it takes apart otherwise", 1);
                } else {
                    self.compare_one(path, theirs, record);
                }
            }
        }
    }

    fn compare_one(&mut self, path: &Path, theirs: &Connection, record: &Value) {
        self.connections += 1;
        let mut ways = ["client_to_server", "server_to_client"];
        if theirs.ends[0] != ours::ends(record)[0] {
            ways.reverse();
        }
        let mut wrong = |label: &str, theirs: &str, ours: &dyn std::fmt::Debug| {
            let name = path.file_name().unwrap().display();
            self.wrong.push(format!(
                "{name} #{} {label}: {theirs}, not {ours:?}",
                record["stream"]
            ));
        };
        if record["complete"] != theirs.complete.as_str() {
            wrong("complete conn", &theirs.complete, &record["complete"]);
        }
        for (place, way) in ways.iter().enumerate() {
            let tally = &record[way];
            let is_broken = has_broken_owin(theirs, place);
            let mut labels = 0;
            for row in &theirs.rows {
                let number = &row.numbers[place];
                if row.label.contains("owin") && is_broken {
                    continue;
                }
                self.numbers += 1;
                labels += 1;
                if !is_right(row, number, tally) {
                    wrong(&row.label, number, tally);
                }
            }
            assert!(labels > 50 || is_broken, "{labels} labels");
        }
    }
}

/// It subtracts in 64 bits, so that an end that is behind what was acknowledged
/// has 2^64 less a little in flight.
fn has_broken_owin(connection: &Connection, place: usize) -> bool {
    let row = connection.rows.iter().find(|row| row.label == "max owin");
    row.is_some_and(|row| row.numbers[place].parse::<u64>().unwrap() > u64::from(u32::MAX))
}

fn is_right(row: &Row, theirs: &str, tally: &Value) -> bool {
    let holds = |key: &str| if tally.get(key).is_some() { 'Y' } else { 'N' };
    let count = |key: &str| tally[key].as_u64().unwrap_or(0);
    match row.label.as_str() {
        "SYN/FIN pkts sent" => {
            theirs == format!("{}/{}", count("syn_pkts_sent"), count("fin_pkts_sent"))
        }
        "req 1323 ws/ts" => {
            theirs == format!("{}/{}", holds("adv_wind_scale"), holds("req_1323_ts"))
        }
        "req sack" => theirs == holds("req_sack").to_string(),
        // It keeps the size as a signed number of 16 bits.
        "mss requested" => {
            let mss = u16::try_from(count("mss_requested")).unwrap().cast_signed();
            theirs == i32::from(mss).cast_unsigned().to_string()
        }
        "initial window" => theirs == count(&format!("initial_window_{}", row.unit)).to_string(),
        label => {
            let mut known = NUMBERS.iter().chain(&AMBIGUOUS);
            let known = known.find(|number| number.0 == label);
            let &(_, key, unit) = known.unwrap_or_else(|| panic!("{label} is unknown"));
            is_same(unit, theirs, tally.get(key))
        }
    }
}

/// Whether a number is ours, to the digits it is printed with. What is absent
/// is 0 or does not apply.
fn is_same(unit: Unit, theirs: &str, ours: Option<&Value>) -> bool {
    let Some(ours) = ours else {
        return theirs == "NA" || theirs.parse() == Ok(0.0);
    };
    let near = |factor: f64, digit: f64| {
        let theirs = theirs.parse::<f64>();
        // Half a digit, and what the last bit of a double is worth.
        theirs.is_ok_and(|theirs| (theirs - ours.as_f64().unwrap() * factor).abs() <= digit / 1.99)
    };
    match unit {
        One => {
            let theirs = theirs.parse::<u64>();
            theirs.is_ok_and(|theirs| {
                ours.as_u64() == Some(theirs) || ours.as_i64() == Some(theirs.cast_signed())
            })
        }
        Second => near(1.0, 0.001),
        Millisecond => near(1e3, 0.1),
    }
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
