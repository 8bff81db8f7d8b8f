//! What records say of times: requests and answers, round trips, throughput, silence.

use serde_json::{Value, json};

use super::scripted;

/// The record of the first connection of a script.
fn connection(script: &str) -> Value {
    let records = scripted(script);
    let records = records
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let mut of_connections = records.filter(|record: &Value| record["verdict"].is_string());
    of_connections.next().unwrap()
}

/// 10 ms to the server, 10 ms to the client.
const TWO_TURNS: &str = "
    opened
    1.000 > P. 1:101(100) ack 1
    1.010 < .  1:1(0) ack 101
    1.100 < .  1:1001(1000) ack 101
    1.120 < P. 1001:1201(200) ack 101
    1.130 > .  101:101(0) ack 1201
    2.000 > P. 101:201(100) ack 1201
    2.030 < P. 1201:1301(100) ack 201
";

#[test]
fn a_turn_stands_with_its_frames_and_its_times_at_both_ends() {
    let record = connection(TWO_TURNS);
    let responses = &record["responses"];
    assert_eq!(responses["count"], 2);
    assert_eq!(responses["request_bytes"], 200);
    assert_eq!(responses["answer_bytes"], 1300);
    for absent in [
        "pipelined",
        "overlapping",
        "unclear",
        "unanswered",
        "greeting",
    ] {
        assert!(responses.get(absent).is_none(), "{responses}");
    }
    let times = |key: &str| responses[key].to_string();
    let all = |median: &str, max: &str| {
        format!(r#"{{"median":{median},"p95":{max},"p99":{max},"max":{max}}}"#)
    };
    assert_eq!(times("first_byte"), all("0.030000000", "0.100000000"));
    assert_eq!(
        times("first_byte_at_client"),
        all("0.040000000", "0.110000000")
    );
    assert_eq!(
        times("first_byte_at_server"),
        all("0.020000000", "0.090000000")
    );
    assert_eq!(
        responses["longest"][0].to_string(),
        r#"{"request_frame":4,"request_bytes":100,"answer_frame":6,"first_byte":0.100000000,"#
            .to_owned()
            + r#""at_client":0.110000000,"at_server":0.090000000,"answer_last_frame":7,"#
            + r#""answer_bytes":1200,"answer_duration":0.020000000}"#
    );
    assert_eq!(responses["longest"][1]["request_frame"], 9);
}

#[test]
fn a_turn_without_times_is_counted_for_what_it_is() {
    let pipelined = connection(
        "
        opened
        1.000 > P. 1:101(100) ack 1
        1.001 > P. 101:201(100) ack 1
        1.050 < P. 1:51(50) ack 101
    ",
    );
    let expected = json!({
        "count": 1, "pipelined": 1, "request_bytes": 200, "answer_bytes": 50,
    });
    assert_eq!(pipelined["responses"], expected);
    let unanswered = connection("opened\n 0.1 < P. 1:5(4) ack 1\n 0.2 > P. 1:4(3) ack 5");
    let expected = json!({
        "count": 1, "unanswered": 1, "greeting": {"frame": 4, "bytes": 4},
        "request_bytes": 3, "answer_bytes": 0,
    });
    assert_eq!(unanswered["responses"], expected);
}

#[test]
fn where_who_asks_is_a_guess_by_who_spoke_first_there_are_no_turns() {
    let record = connection("1.0 > P. 1:2(1) ack 1\n 1.1 < P. 1:2(1) ack 2");
    assert_eq!(record["roles_by"], "port");
    assert_eq!(record["responses"]["count"], 1);
    let record = connection("port 80\n 1.0 > P. 1:2(1) ack 1\n 1.1 < P. 1:2(1) ack 2");
    assert_eq!(record["roles_by"], "first_segment");
    assert!(record.get("responses").is_none(), "{record}");
}

#[test]
fn both_parts_of_the_round_trip_stand_and_their_sum() {
    // The first data of an end is not timed; a delayed acknowledgment is.
    let record = connection(
        "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.030 > .  1:1(0) ack 1
        1.000 > P. 1:101(100) ack 1
        1.005 < .  1:1(0) ack 101
        2.000 > P. 101:201(100) ack 1
        2.050 < .  1:1(0) ack 201
        3.000 > P. 201:301(100) ack 1
        3.008 < .  1:1(0) ack 301
    ",
    );
    let rtt = &record["rtt"];
    let part = |key: &str| {
        let part = &rtt[key];
        ["min", "median", "p95"].map(|key| part[key].to_string())
    };
    assert_eq!(
        part("to_server"),
        ["0.008000000", "0.010000000", "0.050000000"]
    );
    assert_eq!(rtt["to_server"]["samples"], 3);
    assert_eq!(part("to_client"), ["0.020000000"; 3]);
    assert_eq!(rtt["to_client"]["samples"], 1);
    let whole = ["min", "median", "p95"].map(|key| rtt[key].to_string());
    assert_eq!(whole, ["0.028000000", "0.030000000", "0.070000000"]);
}

#[test]
fn what_may_have_to_wait_for_what_is_missing_is_not_timed() {
    let record = connection(
        "
        opened
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        2.000 > P. 201:301(100) ack 1
        2.001 > P. 301:401(100) ack 1
        # what fills the hole is not captured
        2.310 < .  1:1(0) ack 401
        3.000 > P. 401:501(100) ack 1
        3.020 < .  1:1(0) ack 501
    ",
    );
    let to_server = &record["rtt"]["to_server"];
    assert_eq!(to_server["samples"], 2, "{record}");
    assert_eq!(to_server["p95"].to_string(), "0.020000000");
}

#[test]
fn what_was_sent_again_is_timed_only_where_a_timestamp_tells() {
    let samples = |echo: &str| {
        let record = connection(&format!(
            "
            opened
            1.000 > P. 1:101(100) ack 1       <TS val 100 ecr 50>
            1.010 < .  1:1(0) ack 101         <TS val 60 ecr 100>
            2.000 > P. 101:201(100) ack 1     <TS val 200 ecr 60>
            2.300 > P. 101:201(100) ack 1     <TS val 230 ecr 60>
            2.310 < .  1:1(0) ack 201         <TS val 90 {echo}>
        "
        ));
        let to_server = &record["rtt"]["to_server"];
        (to_server["samples"].clone(), to_server["p95"].to_string())
    };
    // Of the first time, of the second, which was not the timed one.
    assert_eq!(samples("ecr 200"), (json!(2), "0.310000000".to_owned()));
    assert_eq!(samples("ecr 230"), (json!(1), "0.010000000".to_owned()));
}

#[test]
fn an_end_that_only_acknowledges_is_timed_by_the_echo_of_its_timestamps() {
    let record = connection(
        "
        1.000 < .  1:1001(1000) ack 1     <TS val 500 ecr 90>
        1.001 < .  1001:2001(1000) ack 1  <TS val 500 ecr 90>
        1.003 > .  1:1(0) ack 2001        <TS val 100 ecr 500>
        1.043 < .  2001:3001(1000) ack 1  <TS val 542 ecr 100>
        1.046 > .  1:1(0) ack 3001        <TS val 143 ecr 542>
        1.083 < .  3001:4001(1000) ack 1  <TS val 582 ecr 143>
    ",
    );
    let to_server = &record["rtt"]["to_server"];
    assert_eq!(to_server["min"].to_string(), "0.037000000", "{record}");
    assert_eq!(to_server["samples"], 0);
    assert_eq!(record["rtt"]["to_client"]["min"].to_string(), "0.002000000");
}

#[test]
fn throughput_is_that_of_new_octets_and_of_the_best_second() {
    let record = connection(
        "
        opened
        1.000 > P. 1:1001(1000) ack 1
        1.500 > P. 1001:2001(1000) ack 1
        1.700 > P. 1001:2001(1000) ack 1
        2.500 > P. 2001:2501(500) ack 1
        5.000 > P. 2501:3001(500) ack 1
        5.100 < P. 1:101(100) ack 3001
    ",
    );
    let sent = &record["client_to_server"];
    assert_eq!(sent["bytes_per_second"], 750, "3000 octets in 4 s");
    assert_eq!(sent["bytes_best_second"], 2000);
    assert_eq!(sent["bytes_again_share"].to_string(), "0.250000");
    let answered = &record["server_to_client"];
    for absent in ["bytes_per_second", "bytes_best_second", "bytes_again_share"] {
        assert!(answered.get(absent).is_none(), "{answered}");
    }
    let expected = r#"{"duration":2.500000000,"ended_by":8}"#;
    assert_eq!(record["longest_silence"].to_string(), expected);
}
