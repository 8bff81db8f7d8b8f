//! What records say of what is not taken, and of what only asks.

use serde_json::{Value, json};

use crate::scripted;
use crate::support::script::turned;

/// The records of a script, that of its connection in the end.
fn records(script: &str) -> Vec<Value> {
    let records = scripted(script);
    let parsed = |line| serde_json::from_str(line).unwrap();
    records.lines().map(parsed).collect()
}

/// What an end brought behind the handshake.
#[track_caller]
fn check_brings(end: &Value, segments: u64, octets: u64, troubles: Option<&Value>) {
    assert_eq!(end["data_segments"], segments);
    assert_eq!(end["bytes"], octets);
    assert_eq!(end["bytes_again"], 0);
    assert_eq!(end.get("troubles"), troubles);
}

/// A script that has the ends as they are written, and exchanged.
fn both_ways(script: &str) -> [(Value, Value); 2] {
    let ends = |script: &str| {
        let records = records(&format!("opened\n{script}"));
        let last = records.last().unwrap();
        ["client_to_server", "server_to_client"].map(|way| last[way].clone())
    };
    let [client, server] = ends(script);
    let [other, sender] = ends(&turned(script));
    [(client, server), (sender, other)]
}

#[test]
fn a_segment_that_is_not_taken_has_its_reason_and_what_is_due() {
    let cases = [
        (".  1:1(0) ack 0", "ack_below_initial", "challenge_ack"),
        ("P. 4294960000:4294960010(10) ack 1", "below_initial", "ack"),
        ("P  1:11(10)", "without_ack", "nothing"),
        ("S  900000:900000(0)", "syn_on_connection", "challenge_ack"),
        ("R  501:501(0)", "reset_not_expected", "challenge_ack"),
        ("R  90001:90001(0)", "reset_outside_window", "nothing"),
        ("P. 90001:90011(10) ack 1 ttl 9", "outside_window", "ack"),
        (".  1:1(0) ack 5001 ttl 9", "ack_of_unsent", "ack"),
    ];
    for (segment, why, due) in cases {
        let script = format!("1.000 > {segment}\n 1.010 < . 1:1(0) ack 1");
        let ways = [
            (script.clone(), "client_to_server"),
            (turned(&script), "server_to_client"),
        ];
        for (script, way) in ways {
            let records = records(&format!("opened\n{script}"));
            assert_eq!(records[3]["not_accepted"], why, "{script}");
            assert_eq!(records[3]["due"], due, "{script}");
            let answers = if due == "nothing" {
                Value::Null
            } else {
                json!(4)
            };
            assert_eq!(records[4]["answers"], answers, "{script}");
            let all = &records.last().unwrap()[way]["not_accepted"];
            let first = json!([{ "frame": 4, "why": why, "due": due }]);
            assert_eq!(*all, json!({ "segments": 1, "first": first }), "{script}");
        }
    }
}

#[test]
fn what_opens_nothing_has_its_reason_and_what_is_due() {
    let cases = [
        (
            "< S. 0:0(0) ack 1",
            "> .  1:1(0) ack 5001",
            "ack_of_unsent",
            "reset",
        ),
        (
            "< S. 0:0(0) ack 1",
            "> .  900001:900001(0) ack 1",
            "outside_window",
            "ack",
        ),
        (
            "> S  0:0(0)",
            "< .  7000:7000(0) ack 500001",
            "old_connection",
            "reset",
        ),
        (
            "> S  0:0(0)",
            "< S. 0:0(0) ack 5001",
            "wrong_syn_ack",
            "reset",
        ),
        (
            "> S  0:0(0)",
            "< R  5001:5001(0)",
            "reset_of_no_syn",
            "nothing",
        ),
    ];
    for (before, segment, why, due) in cases {
        let records = records(&format!(
            "0.000 > S 0:0(0)\n 0.010 {before}\n 0.020 {segment}"
        ));
        assert_eq!(records[2]["not_accepted"], why);
        assert_eq!(records[2]["due"], due);
    }
}

#[test]
fn of_many_that_are_not_taken_the_first_four_are_told() {
    let again = |nth: u32| format!("1.{nth:03} > P {0}:{1}(10)\n", 1 + nth, 11 + nth);
    let script: String = (0..6).map(again).collect();
    for (sender, other) in both_ways(&script) {
        assert_eq!(sender["not_accepted"]["segments"], 6);
        let first = sender["not_accepted"]["first"].as_array().unwrap();
        let frames: Vec<_> = first.iter().map(|one| one["frame"].as_u64()).collect();
        assert_eq!(frames, [4, 5, 6, 7].map(Some));
        assert_eq!(other.get("not_accepted"), None);
        check_brings(&sender, 0, 0, None);
    }
}

#[test]
fn the_right_syn_ack_behind_a_wrong_one_is_what_opens() {
    let records = records(
        "
        0.000 > S  0:0(0) <mss 1460,wscale 7>
        0.010 < S. 9000:9000(0) ack 5001 <mss 1400,wscale 3>
        0.011 > R  5001:5001(0)
        1.000 > S  0:0(0) <mss 1460,wscale 7>
        1.010 < S. 0:0(0) ack 1 <mss 1300,wscale 2>
        1.020 > .  1:1(0) ack 1
    ",
    );
    let handshake = &records.last().unwrap()["handshake"];
    assert_eq!(handshake["syn_ack"]["frame"], 5);
    assert_eq!(handshake["syn_ack_retransmissions"], 0);
    assert_eq!(handshake["ack"]["frame"], 6);
}

#[test]
fn keep_alives_are_counted_as_such_and_nothing_else() {
    let script = "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        9.000 > .  100:100(0) ack 1
        9.010 < .  1:1(0) ack 101
        18.00 > .  100:101(1) ack 1
        18.01 < .  1:1(0) ack 101
    ";
    for (sender, other) in both_ways(script) {
        check_brings(&sender, 1, 100, Some(&json!({ "keep_alives": 2 })));
        check_brings(&other, 0, 0, None);
    }
}

#[test]
fn window_probes_are_counted_as_such_and_nothing_else() {
    let script = "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101 win 0
        1.300 > .  100:100(0) ack 1
        1.310 < .  1:1(0) ack 101 win 0
        1.700 > .  100:101(1) ack 1
        1.710 < .  1:1(0) ack 101 win 0
        1.900 > .  101:102(1) ack 1
        1.910 < .  1:1(0) ack 101 win 0
        1.950 > .  101:102(1) ack 1
        1.960 < .  1:1(0) ack 101 win 0
    ";
    let probes = |script: &str, segments, octets, probes: u64| {
        for (sender, other) in both_ways(script) {
            let troubles = json!({ "window_probes": probes });
            check_brings(&sender, segments, octets, Some(&troubles));
            assert_eq!(other["bytes"], 0);
            assert_eq!(other["troubles"].get("window_probes"), None);
        }
    };
    probes(script, 1, 100, 4);
    let taken = "
        2.200 > .  101:102(1) ack 1
        2.210 < .  1:1(0) ack 102 win 0
    ";
    probes(&[script, taken].concat(), 1, 101, 5);
    let opened = "
        2.300 < .  1:1(0) ack 102
        2.310 > P. 102:202(100) ack 1
        2.320 < .  1:1(0) ack 202
    ";
    probes(&[script, taken, opened].concat(), 2, 201, 5);
}
