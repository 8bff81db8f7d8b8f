//! Diagnoses in the record of a connection: each of them, and what was measured.

use serde_json::{Value, json};

use super::scripted;
use super::support::stories::{IGNORED_TOO, TWO_CLOCKS};

/// A handshake with a round trip of 10 ms to either end.
const OPENED: &str = "
    0.000 > S  0:0(0)
    0.010 < S. 0:0(0) ack 1
    0.020 > .  1:1(0) ack 1
";

/// A script for each diagnosis that the records of other tests lack, and how its entry
/// begins.
const SCRIPTS: [(&str, &str, &str); 12] = [
    (
        "nagle_delayed_ack",
        OPENED,
        "
        1.000 > P. 1:101(100) ack 1
        1.050 < .  1:1(0) ack 101
        1.060 > P. 101:201(100) ack 1
        ",
    ),
    (
        "full_accept_queue",
        OPENED,
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < S. 0:0(0) ack 1
        1.020 > .  101:101(0) ack 1
        3.010 < S. 0:0(0) ack 1
        3.020 > .  101:101(0) ack 1
        ",
    ),
    (
        "old_connection_answers",
        "",
        "
        0.000 > S  0:0(0)
        0.001 < .  7000:7000(0) ack 99999
        0.002 > R  99999:99999(0)
        ",
    ),
    (
        "forgotten_while_idle",
        OPENED,
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        901.0 > P. 101:201(100) ack 1
        901.01 < R 1:1(0)
        ",
    ),
    (
        "above_mss",
        "
        0.000 > S  0:0(0) id 10
        0.010 < S. 0:0(0) ack 1 id 50 <mss 1000>
        0.020 > .  1:1(0) ack 1 id 11
        ",
        "
        1.000 > P. 1:1401(1400) ack 1 id 12
        1.010 < .  1:1(0) ack 1401 id 51
        1.020 > P. 1401:1501(100) ack 1 id 13
        ",
    ),
    (
        "late_timeouts",
        OPENED,
        "
        1.000 > P. 1:101(100) ack 1
        1.250 > P. 1:101(100) ack 1
        1.260 < .  1:1(0) ack 101
        ",
    ),
    (
        "window_never_opens",
        OPENED,
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101 win 0
        1.300 > .  100:100(0) ack 1
        1.310 < .  1:1(0) ack 101 win 0
        2.000 > .  100:100(0) ack 1
        2.010 < .  1:1(0) ack 101 win 0
        4.100 > .  100:100(0) ack 1
        4.110 < .  1:1(0) ack 101 win 0
        ",
    ),
    (
        "keep_alive",
        OPENED,
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        11.01 > .  100:100(0) ack 1
        11.02 < .  1:1(0) ack 101
        21.02 > .  100:100(0) ack 1
        21.03 < .  1:1(0) ack 101
        ",
    ),
    (
        "sack_reneged",
        OPENED,
        "
        1.000 > .  1:101(100) ack 1
        1.000 > P. 101:401(300) ack 1
        1.010 < .  1:1(0) ack 1 <sacked 101:401>
        1.020 > .  1:101(100) ack 1
        1.030 < .  1:1(0) ack 201
        ",
    ),
    (
        "window_ignored",
        OPENED,
        "
        1.000 > .  1:1601(1600) ack 1
        1.010 < .  1:1(0) ack 1
        1.020 < .  1:1(0) ack 401
        ",
    ),
    (
        "syn_cookies",
        "
        0.000 > S  0:0(0)         <TS val 1 ecr 0>
        0.00002 < S. 0:0(0) ack 1 <TS val 1000 ecr 1>
        0.010 > .  1:1(0) ack 1   <nop,nop,TS val 11 ecr 1000>
        ",
        "
        0.020 < P. 1:11(10) ack 1 <nop,nop,TS val 1050 ecr 11>
        ",
    ),
    ("timestamps_backwards", TWO_CLOCKS, IGNORED_TOO),
];

/// The records of all of them.
pub fn records() -> String {
    let scripts = SCRIPTS.iter();
    scripts
        .map(|(_, opened, script)| scripted(&format!("{opened}{script}")))
        .collect()
}

/// The diagnoses in records.
fn diagnoses(records: &str) -> Vec<Value> {
    let records = records
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let found = records.filter_map(|record: Value| record["diagnoses"].as_array().cloned());
    found.flatten().collect()
}

#[test]
fn each_stands_in_the_record_of_its_connection() {
    for (code, opened, script) in SCRIPTS {
        let records = scripted(&format!("{opened}{script}"));
        let found = diagnoses(&records);
        // The second shows what the first was.
        let all = if code == "timestamps_backwards" { 2 } else { 1 };
        assert_eq!(found.len(), all, "{code}: {found:?}");
        assert!(found.iter().all(|found| found["code"] == code), "{found:?}");
        // Told with a segment, once; how large that was on the wire the next one shows.
        let told = format!(r#""diagnosis":"{code}""#);
        let times = usize::from(code != "above_mss");
        assert_eq!(records.matches(&told).count(), times, "{records}");
    }
}

#[test]
fn one_has_what_shows_it_and_what_was_measured() {
    let (_, opened, script) = SCRIPTS[1];
    let found = diagnoses(&scripted(&format!("{opened}{script}")));
    let expected = json!({
        "code": "full_accept_queue", "severity": "fails", "end": "server", "outcome": "never",
        "doubtful": true, "frames": [3, 8], "times": 4, "wait": 3.0,
    });
    for (key, value) in expected.as_object().unwrap() {
        let told = &found[0][key];
        assert!(
            told == value || told.as_f64() == value.as_f64(),
            "{key}: {told}"
        );
    }
    assert_eq!(found[0].as_object().unwrap().len(), 8);
}
