//! What tshark's analysis says of each segment, a row a frame, and the same cells
//! of our `--json`, exactly, times to the nanosecond.

use std::path::Path;

use serde_json::Value;

use crate::exhibit::{Exhibit, answer, question};
use crate::lines::what_tshark_knows;
use crate::support::peers::TSHARK;
use crate::support::program::{captures, run};
use crate::support::tshark::{SUMMARIES, up_to_tcp};

pub const TSHARK_FIELDS: Exhibit = Exhibit {
    peer: &TSHARK,
    folder: "tshark",
    ending: ".fields.tsv",
    preface: what_tshark_knows,
    said: tshark,
    ours,
    differences,
    is_compared: |_| true,
};

/// How a cell is filled from our record of the segment.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Number(&'static str),
    /// Seconds, with nine digits behind the point.
    Time(&'static str),
    /// Whether the analysis has a rule under the field's last name.
    Rule,
}

use Cell::{Number, Rule, Time};

const COLUMNS: [(&str, Cell); 36] = [
    ("frame.number", Number("frame")),
    ("frame.time_epoch", Time("time")),
    ("tcp.stream", Number("stream")),
    ("tcp.seq", Number("seq")),
    ("tcp.seq_raw", Number("seq_raw")),
    ("tcp.ack", Number("ack")),
    ("tcp.ack_raw", Number("ack_raw")),
    ("tcp.len", Number("len")),
    ("tcp.window_size_value", Number("window_raw")),
    ("tcp.window_size", Number("window")),
    ("tcp.analysis.bytes_in_flight", Number("bytes_in_flight")),
    ("tcp.analysis.acks_frame", Number("acks_frame")),
    ("tcp.analysis.ack_rtt", Time("ack_rtt")),
    ("tcp.analysis.initial_rtt", Time("initial_rtt")),
    (
        "tcp.analysis.duplicate_ack_num",
        Number("duplicate_ack_num"),
    ),
    (
        "tcp.analysis.duplicate_ack_frame",
        Number("duplicate_ack_frame"),
    ),
    ("tcp.analysis.rto", Time("rto")),
    ("tcp.analysis.rto_frame", Number("rto_frame")),
    ("tcp.analysis.retransmission", Rule),
    ("tcp.analysis.fast_retransmission", Rule),
    ("tcp.analysis.spurious_retransmission", Rule),
    ("tcp.analysis.out_of_order", Rule),
    ("tcp.analysis.lost_segment", Rule),
    ("tcp.analysis.ack_lost_segment", Rule),
    ("tcp.analysis.duplicate_ack", Rule),
    ("tcp.analysis.window_update", Rule),
    ("tcp.analysis.window_full", Rule),
    ("tcp.analysis.keep_alive", Rule),
    ("tcp.analysis.keep_alive_ack", Rule),
    ("tcp.analysis.zero_window", Rule),
    ("tcp.analysis.zero_window_probe", Rule),
    ("tcp.analysis.zero_window_probe_ack", Rule),
    ("tcp.analysis.reused_ports", Rule),
    ("tcp.analysis.tfo_syn", Rule),
    ("tcp.analysis.tfo_ack", Rule),
    ("tcp.analysis.tfo_ignored", Rule),
];

#[test]
fn every_rule_has_a_column() {
    let list = run("--list-rules").out;
    let rules = list.lines().filter(|line| !line.starts_with(' '));
    let fields: Vec<_> = rules.map(|rule| format!("tcp.analysis.{rule}")).collect();
    let columns = COLUMNS.iter().filter(|(_, cell)| matches!(cell, Rule));
    let columns: Vec<_> = columns.map(|(field, _)| *field).collect();
    assert_eq!(fields, columns);
}

/// What tshark is asked for.
fn arguments(capture: &str) -> Vec<&str> {
    let mut arguments = SUMMARIES.to_vec();
    arguments.extend(["-o", "tcp.desegment_tcp_streams:FALSE"]);
    arguments.extend(["-T", "fields", "-E", "header=y", "-E", "occurrence=l"]);
    arguments.extend(COLUMNS.iter().flat_map(|(field, _)| ["-e", field]));
    arguments.extend(["-r", capture]);
    arguments
}

fn tshark(program: &Path, capture: &str) -> String {
    let arguments = arguments(capture);
    let mut tshark = up_to_tcp(program);
    tshark.args(&arguments).current_dir(captures());
    answer(&question("tshark", &arguments), &mut tshark)
}

/// The same table from us.
fn ours(capture: &str) -> String {
    let names = COLUMNS.map(|(field, _)| field);
    let mut table = question("tshark", &arguments(capture)) + &names.join("\t") + "\n";
    let ran = run(&format!("--json -r {capture}"));
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    for line in ran.out.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        // Others are of connections.
        if record.get("frame").is_some() {
            let cells = COLUMNS.map(|(field, cell)| cell.of(&record, field));
            table = table + &cells.join("\t") + "\n";
        }
    }
    table
}

impl Cell {
    /// What it holds; what does not apply is empty.
    fn of(self, record: &Value, field: &str) -> String {
        match self {
            Number(key) => record.get(key).map_or_else(String::new, Value::to_string),
            Time(key) => record.get(key).map_or_else(String::new, nanoseconds),
            Rule => {
                let mut found = record["analysis"].as_array().unwrap().iter();
                let is_found =
                    found.any(|rule| field.ends_with(&format!(".{}", rule.as_str().unwrap())));
                if is_found {
                    "1".to_owned()
                } else {
                    String::new()
                }
            }
        }
    }
}

/// Where we write no more digits the others are zeros.
fn nanoseconds(seconds: &Value) -> String {
    let seconds = seconds.to_string();
    let (whole, fraction) = seconds.split_once('.').unwrap_or((&seconds, ""));
    format!("{whole}.{fraction:0<9}")
}

fn differences(_: &str, said: &str, ours: &str) -> Vec<String> {
    let (theirs, ours): (Vec<_>, Vec<_>) = (said.lines().collect(), ours.lines().collect());
    let mut different = Vec::new();
    if theirs.len() != ours.len() {
        different.push(format!("{} rows, not {}", theirs.len(), ours.len()));
    }
    for (theirs, ours) in theirs.iter().zip(&ours) {
        let frame = theirs.split('\t').next().unwrap();
        let columns = COLUMNS.iter().map(|(field, _)| *field).chain([""]);
        let cells = theirs.split('\t').zip(ours.split('\t')).zip(columns);
        let wrong = cells.filter(|((theirs, ours), _)| theirs != ours);
        different.extend(wrong.map(|((theirs, ours), field)| {
            format!("frame {frame}, {field}: {theirs:?}, not {ours:?}")
        }));
    }
    different
}
