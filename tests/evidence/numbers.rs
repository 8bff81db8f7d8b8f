//! The numbers of classic tcptrace's long report, and the same of our
//! connection records.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::exhibit::{Exhibit, FAILED, answer, question};
use crate::record::HOW;
use crate::support::classic::LONG_REPORT;
use crate::support::classic::account::{Account, Records};
use crate::support::classic::report::Report;
use crate::support::peers::{CLASSIC, alone};
use crate::support::program::{captures, run};

pub const CLASSIC_REPORT: Exhibit = Exhibit {
    peer: &CLASSIC,
    folder: "classic",
    ending: ".txt",
    preface: String::new,
    said: classic,
    ours,
    differences,
    is_compared,
};

/// Captures that it refuses, and why; see `docs/peers.md`.
const REFUSED: [(&str, &str); 1] = [("any.pcapng", "Linux cooked mode, version 2, came later")];

/// Captures of which it does not count the same connections, and why; see `docs/peers.md`.
const COUNTED_OTHERWISE: [(&str, &str); 4] = [
    ("clamped.pcap", "other segments read from the file"),
    ("mirrored.pcap", "other segments read from the file"),
    ("old-connection.pcap", "other segments read from the file"),
    (
        "old-request.pcap",
        "another idea of when a new connection begins",
    ),
];

/// The line that is another each time it is asked.
const HOW_LONG_IT_TOOK: &str = "elapsed wallclock time: ";

fn classic(program: &Path, capture: &str) -> String {
    // It writes files where it is run.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("classic");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(captures().join(capture), folder.join(capture)).unwrap();
    let arguments = arguments(capture);
    let mut classic = alone(program);
    classic.args(&arguments).current_dir(folder);
    let said = answer(&question("tcptrace", &arguments), &mut classic);
    let lines = said.split_inclusive('\n');
    lines
        .filter(|line| !line.starts_with(HOW_LONG_IT_TOOK))
        .collect()
}

fn arguments(capture: &str) -> Vec<&str> {
    [&LONG_REPORT[..], &[capture]].concat()
}

fn differences(capture: &str, said: &str, ours: &str) -> Vec<String> {
    let Some(said) = said.strip_prefix(&question("tcptrace", &arguments(capture))) else {
        return vec![format!("was asked otherwise; {HOW}")];
    };
    let refused = REFUSED.iter().find(|(refused, _)| *refused == capture);
    match (refused, said.contains(FAILED)) {
        (None, true) => return vec!["it is refused".to_owned()],
        (Some(_), true) => return Vec::new(),
        (Some((_, why)), false) => return vec![format!("it is not refused, though {why}")],
        (None, false) => {}
    }
    let mut account = Account::default();
    account.compare("connection", &Report::parse(said), &records(ours));
    let is_known = |why| COUNTED_OTHERWISE.contains(&(capture, why));
    let left_out = account.left_out.iter().filter(|(why, _)| !is_known(why));
    let left_out = left_out.map(|(why, count)| format!("{count} left out: {why}"));
    account.wrong.iter().cloned().chain(left_out).collect()
}

fn ours(capture: &str) -> String {
    let ran = run(&format!("report --json -r {capture}"));
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    ran.out
}

fn records(lines: &str) -> Records {
    let mut ours = Records::default();
    // But for what is said of the run.
    for line in lines
        .lines()
        .filter(|line| !line.starts_with("{\"capture\""))
    {
        let record: Value = serde_json::from_str(line).unwrap();
        let ways = ["client_to_server", "server_to_client"];
        let segments = ways.map(|way| record[way]["segments"].as_u64().unwrap());
        ours.segments += usize::try_from(segments[0] + segments[1]).unwrap();
        ours.connections.push(record);
    }
    ours
}

/// Times of day and the size of the file are not.
fn is_compared(line: &str) -> bool {
    let starts = ["$ ", "\thost ", "\tcomplete conn: ", "     "];
    starts.iter().any(|start| line.starts_with(start)) || line.ends_with(" TCP packets traced\n")
}
