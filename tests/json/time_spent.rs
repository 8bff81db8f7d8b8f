//! Where a connection's time went: each a script, as a capture at the client or at the
//! server sees it, and what its instants were spent on.

use std::fmt::Write as _;

use serde_json::Value;

use crate::scripted;

/// A handshake over a way of 10 ms each, as it is seen at the client.
const AT_CLIENT: &str = "
    0.000 > S  0:0(0)  win 60000        <mss 1460>
    0.020 < S. 0:0(0)  ack 1 win 60000  <mss 1460>
    0.020 > .  1:1(0)  ack 1 win 60000
";

/// The same, as it is seen at the server.
const AT_SERVER: &str = "
    0.000 > S  0:0(0)  win 60000        <mss 1460>
    0.000 < S. 0:0(0)  ack 1 win 60000  <mss 1460>
    0.020 > .  1:1(0)  ack 1 win 60000
";

fn connection(opening: &str, script: &str) -> Value {
    let records = scripted(&(opening.to_owned() + script));
    let mut records = records.lines().rev();
    let record = records.find(|line| line.contains("conn_state")).unwrap();
    serde_json::from_str(record).unwrap()
}

fn millis(seconds: &Value) -> f64 {
    (seconds.as_f64().unwrap() * 1000.0).round()
}

/// Each cause and its milliseconds, in the order of records; they must be the duration.
fn spent(opening: &str, script: &str) -> String {
    let connection = connection(opening, script);
    let spent = connection["time_spent"].as_object().unwrap();
    let sum: f64 = spent.values().filter_map(Value::as_f64).sum();
    let duration = connection["duration"].as_f64().unwrap();
    assert!((sum - duration).abs() < 1e-6, "{sum} of {duration}");
    let rows = spent.iter();
    let mut rows: Vec<_> = rows
        .map(|(cause, time)| (cause, time.as_f64().unwrap()))
        .collect();
    rows.sort_by(|one, other| other.1.total_cmp(&one.1));
    assert_eq!(connection["limited_by"].as_str(), Some(rows[0].0.as_str()));
    let rows = rows.into_iter();
    let rows: Vec<_> = rows
        .map(|(cause, time)| format!("{cause} {}", (time * 1000.0).round()))
        .collect();
    rows.join(", ")
}

#[test]
fn between_the_arrival_of_a_request_and_its_answer_the_server_is_at_work() {
    let at_client = "
        0.020 > P. 1:101(100)   ack 1
        0.340 < P. 1:501(500)   ack 101
        0.340 > .  101:101(0)   ack 501
    ";
    let expected = "server_application 300, handshake 20, path 20";
    assert_eq!(spent(AT_CLIENT, at_client), expected);
    let at_server = "
        0.020 > P. 1:101(100)   ack 1
        0.320 < P. 1:501(500)   ack 101
        0.340 > .  101:101(0)   ack 501
    ";
    let expected = "server_application 300, path 30, handshake 10";
    assert_eq!(spent(AT_SERVER, at_server), expected);
}

#[test]
fn between_an_answer_and_the_next_request_the_client_is_at_work() {
    let script = "
        0.020 > P. 1:101(100)   ack 1
        0.040 < P. 1:501(500)   ack 101
        0.040 > .  101:101(0)   ack 501
        0.840 > P. 101:201(100) ack 501
        0.860 < P. 501:601(100) ack 201
        0.860 > .  201:201(0)   ack 601
    ";
    let expected = "client_application 800, path 40, handshake 20";
    assert_eq!(spent(AT_CLIENT, script), expected);
}

#[test]
fn who_writes_piece_by_piece_is_at_work_whatever_is_under_way() {
    let script = "
        0.020 > P. 1:101(100)     ack 1
        0.140 < P. 1:501(500)     ack 101
        0.140 > .  101:101(0)     ack 501
        0.240 < P. 501:701(200)   ack 101
        0.240 > .  101:101(0)     ack 701
        0.340 < P. 701:1201(500)  ack 101
        0.340 > .  101:101(0)     ack 1201
    ";
    // The last piece is waited for when it is on its way.
    let expected = "server_application 300, handshake 20, path 20";
    assert_eq!(spent(AT_CLIENT, script), expected);
}

#[test]
fn a_lost_request_is_missing_from_its_due_arrival_to_that_of_the_repetition() {
    let at_client = "
        0.020 > P. 1:101(100)   ack 1
        0.320 > P. 1:101(100)   ack 1
        0.340 < P. 1:501(500)   ack 101
        0.340 > .  101:101(0)   ack 501
    ";
    let expected = "loss 300, handshake 20, path 20";
    assert_eq!(spent(AT_CLIENT, at_client), expected);
}

#[test]
fn a_hole_is_a_loss_where_the_capture_stands_behind_it() {
    let script = "
        0.020 > P. 1:101(100)      ack 1
        0.040 < .  1:1461(1460)    ack 101
        0.040 < .  2921:4381(1460) ack 101
        0.040 > .  101:101(0)      ack 1461
        0.040 < P. 4381:4481(100)  ack 101
        0.040 > .  101:101(0)      ack 1461
        0.290 < .  1461:2921(1460) ack 101
        0.290 > .  101:101(0)      ack 4481
        0.290 > P. 101:201(100)    ack 4481
    ";
    let expected = "loss 250, handshake 20, path 20";
    assert_eq!(spent(AT_CLIENT, script), expected);
}

#[test]
fn an_application_at_work_hides_a_loss() {
    let script = "
        0.020 > P. 1:101(100)   ack 1
        0.060 > P. 1:101(100)   ack 1
        0.140 > P. 101:201(100) ack 1
        0.160 < P. 1:501(500)   ack 201
    ";
    let expected = "client_application 120, handshake 20, path 20";
    assert_eq!(spent(AT_CLIENT, script), expected);
}

#[test]
fn what_waits_for_a_delayed_acknowledgment_is_held_by_it() {
    let at_client = "
        0.020 > P. 1:51(50)     ack 1
        0.080 < .  1:1(0)       ack 51
        0.080 > P. 51:201(150)  ack 1
        0.100 < P. 1:501(500)   ack 201
        0.100 > .  201:201(0)   ack 501
    ";
    let expected = "delayed_ack 40, path 40, handshake 20";
    assert_eq!(spent(AT_CLIENT, at_client), expected);
    let at_server = "
        0.020 > P. 1:51(50)     ack 1
        0.060 < .  1:1(0)       ack 51
        0.080 > P. 51:201(150)  ack 1
        0.080 < P. 1:501(500)   ack 201
        0.100 > .  201:201(0)   ack 501
    ";
    let expected = "path 50, delayed_ack 40, handshake 10";
    assert_eq!(spent(AT_SERVER, at_server), expected);
}

#[test]
fn a_window_without_room_for_a_segment_is_its_owners() {
    let script = "
        0.020 > P. 1:101(100)      ack 1 win 60000
        0.020 < .  1:1(0)          ack 101
        0.020 < .  1:1461(1460)    ack 101
        0.020 < .  1461:2921(1460) ack 101
        0.040 > .  101:101(0)      ack 2921 win 0
        0.540 > .  101:101(0)      ack 2921 win 3000
        0.540 < .  2921:4381(1460) ack 101
        0.540 < P. 4381:4481(100)  ack 101
        0.560 > F. 101:101(0)      ack 4481
        0.560 < F. 4481:4481(0)    ack 102
        0.580 > .  102:102(0)      ack 4482
    ";
    let expected = "client_window 500, path 40, closing 30, handshake 10";
    assert_eq!(spent(AT_SERVER, script), expected);
}

#[test]
fn a_window_that_stays_closed_is_its_owners_though_nothing_follows() {
    let script = "
        0.020 > P. 1:1461(1460)    ack 1
        0.020 < .  1:1(0)          ack 1461 win 0
        0.220 > .  1460:1460(0)    ack 1
        0.220 < .  1:1(0)          ack 1461 win 0
        0.620 > .  1460:1460(0)    ack 1
        0.620 < .  1:1(0)          ack 1461 win 0
    ";
    let expected = "server_window 590, path 20, handshake 10";
    assert_eq!(spent(AT_SERVER, script), expected);
    // Without a probe nobody knows whether there is more to send.
    let script = "
        0.020 > P. 1:1461(1460)    ack 1
        0.020 < .  1:1(0)          ack 1461 win 0
        0.620 < .  1:1(0)          ack 1461 win 0
    ";
    assert_eq!(
        spent(AT_SERVER, script),
        "unknown 590, path 20, handshake 10"
    );
}

#[test]
fn who_asks_for_room_and_gives_up_waited_for_the_window() {
    let script = "
        0.020 > P. 1:1461(1460)    ack 1
        0.020 < .  1:1(0)          ack 1461 win 0
        0.220 > .  1460:1460(0)    ack 1
        0.220 < .  1:1(0)          ack 1461 win 0
        0.620 > R. 1461:1461(0)    ack 1
    ";
    let expected = "server_window 580, path 20, handshake 10, closing 10";
    assert_eq!(spent(AT_SERVER, script), expected);
}

#[test]
fn a_segment_that_fills_a_small_window_late_waited_for_the_window() {
    let script = "
        0.020 > P. 1:1001(1000)    ack 1
        0.020 < .  1:1(0)          ack 1001 win 700
        0.220 > P. 1001:1701(700)  ack 1
        0.220 < .  1:1(0)          ack 1701 win 9000
    ";
    let expected = "server_window 180, path 30, handshake 10";
    assert_eq!(spent(AT_SERVER, script), expected);
}

#[test]
fn repeated_opening_segments_are_the_handshakes() {
    let script = "
        0.000 > S  0:0(0)  win 60000        <mss 1460>
        1.000 > S  0:0(0)  win 60000        <mss 1460>
        1.020 < S. 0:0(0)  ack 1 win 60000  <mss 1460>
        1.020 > .  1:1(0)  ack 1
        1.020 > P. 1:101(100)   ack 1
        1.040 < P. 1:501(500)   ack 101
    ";
    assert_eq!(spent("", script), "handshake 1020, path 20");
}

#[test]
fn a_server_that_does_not_take_the_connection_is_still_in_the_handshake() {
    let script = "
        0.020 > P. 1:101(100)   ack 1
        0.240 > P. 1:101(100)   ack 1
        0.680 > P. 1:101(100)   ack 1
        1.400 < S. 0:0(0)       ack 1 win 60000  <mss 1460>
        1.400 > .  101:101(0)   ack 1
        1.560 > P. 1:101(100)   ack 1
        1.580 < .  1:1(0)       ack 101
        1.680 < P. 1:501(500)   ack 101
    ";
    let expected = "handshake 1570, server_application 100, path 10";
    assert_eq!(spent(AT_CLIENT, script), expected);
}

#[test]
fn a_flight_that_stays_level_is_the_send_buffers() {
    let mut script = "
        0.020 > P. 1:101(100) ack 1 win 60000
        0.020 < . 1:1(0)      ack 101
    "
    .to_owned();
    // Five segments a round trip, let go together, and no more though there is room.
    for round in 0..20 {
        for nth in 0..5 {
            let seq = 1 + (round * 5 + nth) * 1460;
            let at = 20 + round * 20;
            let end = seq + 1460;
            writeln!(script, "0.{at:03} < . {seq}:{end}(1460) ack 101").unwrap();
        }
        let ack = 1 + (round + 1) * 5 * 1460;
        let at = 20 + (round + 1) * 20;
        writeln!(script, "0.{at:03} > . 101:101(0) ack {ack} win 60000").unwrap();
    }
    let expected = "server_send_buffer 380, path 30, handshake 10";
    assert_eq!(spent(AT_SERVER, &script), expected);
}

#[test]
fn time_after_the_last_that_was_said_is_unknown_and_behind_a_fin_closing() {
    let idle = "
        0.020 > P. 1:101(100)   ack 1
        0.040 < P. 1:501(500)   ack 101
        0.040 > .  101:101(0)   ack 501
        9.040 > .  100:100(0)   ack 501
        9.060 < .  501:501(0)   ack 101
    ";
    let expected = "unknown 9010, path 30, handshake 20";
    assert_eq!(spent(AT_CLIENT, idle), expected);
    let closed = "
        0.020 > F. 1:1(0)   ack 1
        0.040 < F. 1:1(0)   ack 2
        0.040 > .  2:2(0)   ack 2
    ";
    assert_eq!(spent(AT_CLIENT, closed), "handshake 20, closing 20");
}

#[test]
fn of_one_direction_alone_nothing_is_known() {
    let script = "
        captured only >
        0.000 > S  0:0(0)       win 60000
        0.020 > .  1:1(0)       ack 1
        0.020 > P. 1:101(100)   ack 1
        0.340 > .  101:101(0)   ack 501
    ";
    assert_eq!(spent("", script), "unknown 340");
}

#[test]
fn time_in_which_the_capture_lacks_segments_is_unknown() {
    let script = "
        0.020 > P. 1:101(100)        ack 1 win 60000
        0.020 < .  1:1461(1460)      ack 101
        0.040 > .  101:101(0)        ack 1461 win 60000
        9.040 > .  101:101(0)        ack 500000 win 60000
        9.040 < P. 500000:500100(100) ack 101
        9.060 > .  101:101(0)        ack 500100 win 60000
    ";
    let expected = "unknown 9020, path 30, handshake 10";
    assert_eq!(spent(AT_SERVER, script), expected);
}

#[test]
fn the_longest_waits_stand_with_the_frames_that_show_them() {
    let script = "
        0.020 > P. 1:101(100)   ack 1
        0.340 < P. 1:501(500)   ack 101
        0.340 > .  101:101(0)   ack 501
        0.440 > P. 101:201(100) ack 501
        0.960 < P. 501:601(100) ack 201
    ";
    let connection = connection(AT_CLIENT, script);
    let waits = connection["waits"].as_array().unwrap().iter();
    let waits: Vec<_> = waits
        .map(|wait| {
            format!(
                "{} {} {} {}",
                wait["cause"],
                millis(&wait["begin"]),
                millis(&wait["length"]),
                wait["frames"]
            )
        })
        .collect();
    assert_eq!(
        waits[..3],
        [
            r#""server_application" 450 500 [7,8]"#,
            r#""server_application" 30 300 [4,5]"#,
            r#""client_application" 340 100 [5,7]"#,
        ]
    );
}

#[test]
fn a_fin_that_was_acknowledged_and_comes_again_is_no_news() {
    let script = "
        0.020 < F. 1:1(0)   ack 1
        0.020 > .  1:1(0)   ack 2
        0.240 < F. 1:1(0)   ack 1
        0.240 > .  1:1(0)   ack 2
        3.020 > F. 1:1(0)   ack 2
        3.040 < .  2:2(0)   ack 2
    ";
    let expected = "client_application 3000, handshake 20, closing 20";
    assert_eq!(spent(AT_CLIENT, script), expected);
}

#[test]
fn repeated_syn_acks_are_the_handshakes_and_no_way_is_so_long() {
    let script = "
        0.000 > S  0:0(0)  win 60000        <mss 1460>
        0.000 < S. 0:0(0)  ack 1 win 60000  <mss 1460>
        1.000 < S. 0:0(0)  ack 1 win 60000  <mss 1460>
        3.000 < S. 0:0(0)  ack 1 win 60000  <mss 1460>
        3.020 > .  1:1(0)  ack 1
        3.020 > P. 1:101(100)   ack 1
        3.120 < P. 1:501(500)   ack 101
        3.140 > .  101:101(0)   ack 501
    ";
    let expected = "handshake 3010, server_application 100, path 30";
    assert_eq!(spent("", script), expected);
}
