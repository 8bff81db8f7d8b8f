//! What records say of the capture: of a segment that it shows twice, of a connection
//! and of the run.

use serde_json::Value;
use tcptrace::sink::json::{Connections, Segments};

use crate::support::capture::show;
use crate::support::script::{capture_file, show_script};
use crate::{schema, scripted, written};

/// A connection that opens, carries data, and closes.
const TALK: &str = "
    0.000 > S  0:0(0)           id 1
    0.010 < S. 0:0(0) ack 1     id 1
    0.020 > .  1:1(0) ack 1     id 2
    0.030 > P. 1:101(100) ack 1 id 3
    0.040 < P. 1:51(50) ack 101 id 2
    0.050 > F. 101:101(0) ack 51 id 4
    0.060 < F. 51:51(0) ack 102 id 3
    0.070 > .  102:102(0) ack 52 id 5
";

/// One that says all that a record may say of a capture.
const EVERYTHING: &str = "
    snaplen 60
    offload
    tagged 10us
    0.000 > S  0:0(0)           id 1
    0.010 < S. 0:0(0) ack 1     id 1
    0.020 > .  1:1(0) ack 1     id 2
    0.030 > P. 1:101(100) ack 1 id 3
    captured nothing
    0.031 > P. 101:201(100) ack 1 id 4
    captured everything
    0.032 > P. 201:301(100) ack 1 id 5
    0.040 < .  1:1(0) ack 301   id 2
    0.039 > P. 301:401(100) ack 1 id 6
    clock +3600s
    0.050 < .  1:1(0) ack 401   id 3
    port 40001
    0.060 > P. 1:101(100) ack 1 id 7
    0.061 > P. 101:201(100) ack 1 id 8
";

fn records(script: &str) -> Vec<Value> {
    let records = scripted(script);
    let records = records.lines().map(serde_json::from_str);
    records.collect::<Result<_, _>>().unwrap()
}

/// The record of the run, as text.
fn run(script: &str) -> Option<String> {
    let records = scripted(script);
    let last = records.lines().last()?;
    last.starts_with(r#"{"capture""#).then(|| last.to_owned())
}

#[test]
fn a_run_says_last_what_the_capture_did() {
    assert_eq!(
        run(EVERYTHING).as_deref(),
        Some(concat!(
            r#"{"capture":{"copies":10,"points":2,"missing":1,"reordered":1,"clock_steps":1,"#,
            r#""one_way":1,"offload":10,"truncated":10}}"#
        ))
    );
    assert_eq!(run(TALK), None);
}

#[test]
fn a_run_says_which_kinds_were_not_captured() {
    for (captured, kinds) in [("without acks", "acks"), ("without data", "data")] {
        let script = format!("captured {captured}\n{TALK}");
        let said = format!(r#"{{"capture":{{"filtered":"{kinds}"}}}}"#);
        assert_eq!(run(&script), Some(said), "{captured}");
    }
}

#[test]
fn connections_alone_end_with_the_record_of_the_run_too() {
    let only = written(Connections::default(), |style| {
        show_script(EVERYTHING, style);
    });
    assert_eq!(only.lines().last(), run(EVERYTHING).as_deref());
}

#[test]
fn every_record_of_such_a_capture_keeps_to_the_schema() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema.json");
    let rules: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let style = Segments::default().verifying(true);
    let shown = written(style, |style| {
        show(capture_file(EVERYTHING), style).unwrap();
    });
    for line in shown.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let found = schema::breaches(&rules, &rules, &record);
        assert!(found.is_empty(), "{line}\n{}", found.join("\n"));
        assert_eq!(record.to_string(), line);
    }
}

#[test]
fn a_segment_that_is_seen_again_says_of_which_frame_it_is_a_copy() {
    let records = records(&format!("mirrored 30us\n{TALK}"));
    for (nth, record) in (1_u64..).zip(&records[..16]) {
        let copy_of = (nth % 2 == 0).then(|| Value::from(nth - 1));
        assert_eq!(record.get("copy_of"), copy_of.as_ref(), "{record}");
        if copy_of.is_some() {
            assert_eq!(record["phase"], "copy");
            let told = ["step", "states", "kind", "again", "missing", "acks_frame"];
            let told: Vec<_> = told
                .iter()
                .filter(|key| record.get(key).is_some())
                .collect();
            assert!(told.is_empty(), "{told:?}: {record}");
        }
    }
}

#[test]
fn a_connection_says_how_much_of_each_end_was_seen_again_and_counts_it_once() {
    let (once, twice) = (records(TALK), records(&format!("mirrored 30us\n{TALK}")));
    let (once, twice) = (&once[8], &twice[16]);
    assert_eq!(twice["capture"].to_string(), r#"{"copies":8}"#);
    assert_eq!(once.get("capture"), None);
    let copies = [
        (
            "client_to_server",
            r#"{"segments":5,"data_segments":1,"bytes":100}"#,
        ),
        (
            "server_to_client",
            r#"{"segments":3,"data_segments":1,"bytes":50}"#,
        ),
    ];
    for (end, copies) in copies {
        assert_eq!(twice[end]["copies"].to_string(), copies);
        assert_eq!(once[end].get("copies"), None);
        for key in ["segments", "data_segments", "bytes", "bytes_again"] {
            assert_eq!(once[end][key], twice[end][key], "{end} {key}");
        }
    }
    for key in ["verdict", "start", "states", "options"] {
        assert_eq!(once[key], twice[key], "{key}");
    }
    for key in [
        "server_leg",
        "client_leg",
        "duration",
        "syn_retransmissions",
    ] {
        assert_eq!(once["handshake"][key], twice["handshake"][key], "{key}");
    }
}

#[test]
fn ports_and_number_used_again_are_another_connection_of_the_same_stream() {
    let records = records(
        "
        0.000 > S  0:0(0)
        0.001 < R. 1:1(0) ack 1
        90.00 > S  0:0(0)
        new numbers
        95.00 > S  0:0(0)
        ",
    );
    let numbers = |record: &Value| [&record["stream"], &record["connection"]].map(Value::as_u64);
    // The refused one leaves after a minute.
    let found: Vec<_> = records.iter().map(numbers).collect();
    let expected = [(0, 0), (0, 0), (0, 1), (0, 0), (1, 2), (0, 1), (1, 2)];
    assert_eq!(found, expected.map(|(one, two)| [Some(one), Some(two)]));
}

#[test]
fn a_handshake_whose_ack_was_not_captured_has_no_leg_to_the_client() {
    let without = records(&format!("captured without acks\n{TALK}"));
    let connection = without
        .iter()
        .find(|record| record.get("conn_state").is_some());
    let handshake = &connection.unwrap()["handshake"];
    assert_eq!(handshake["server_leg"].to_string(), "0.010000000");
    assert_eq!(handshake.get("client_leg"), None, "{handshake}");
    assert_eq!(handshake.get("duration"), None, "{handshake}");
}

#[test]
fn an_option_that_was_cut_off_may_have_been_there() {
    let options = |capture: &str| {
        let opened = "
            0.000 > S  0:0(0) <mss 1460,nop,wscale 7>
            0.010 < S. 0:0(0) ack 1 <mss 1460,nop,wscale 7>
            0.020 > .  1:1(0) ack 1
        ";
        records(&format!("{capture}\n{opened}"))[3]["options"].clone()
    };
    let (whole, cut) = (options(""), options("snaplen 24"));
    assert!(whole["client"]["wscale"] == 7, "{whole}");
    assert_eq!(cut.get("client"), None, "{cut}");
    assert!(cut.to_string().contains("mss"), "{cut}");
    assert!(!cut.to_string().contains("in_force"), "{cut}");
}
