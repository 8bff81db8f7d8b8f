//! What records say of the path: of ICMP errors, and of segments too large for it.

use serde_json::{Value, json};

use super::{FOUND_OUT, GIVEN_UP, TOO_LARGE, scripted};

/// The records of a script, and that of its connection.
fn records(script: &str) -> (Vec<Value>, Value) {
    let records = scripted(script);
    let records: Vec<Value> = records
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut of_connections = records
        .iter()
        .filter(|record| record["verdict"].is_string());
    let connection = of_connections.next().unwrap().clone();
    (records, connection)
}

#[test]
fn an_icmp_error_stands_with_what_followed() {
    let (records, connection) = records(TOO_LARGE);
    let expected = json!([{
        "frame": 5, "time": 1.002, "from": "10.9.9.1", "reason": "too_big", "mtu": 1400,
        "about": "client", "seq": 1, "seq_raw": 4_294_967_295_u32, "times": 1,
        "aftermath": "smaller", "aftermath_frame": 6,
    }]);
    let told = &connection["icmp"];
    assert_eq!(told[0]["time"].to_string(), "1.002000000");
    for (key, value) in expected[0].as_object().unwrap() {
        assert!(key == "time" || told[0][key] == *value, "{key}: {told}");
    }
    assert_eq!(told.as_array().unwrap().len(), 1);
    for frame in [6, 7] {
        let segment = records.iter().find(|record| record["frame"] == frame);
        let segment = segment.unwrap();
        assert_eq!(segment["cause"], "path_mtu");
        assert_eq!(segment["icmp_frame"], 5);
    }
    let troubles = &connection["client_to_server"]["troubles"];
    assert_eq!(troubles["path_mtu"], 2);
}

#[test]
fn a_black_hole_stands_with_what_shows_it() {
    let hole = |script: &str| {
        let (_, connection) = records(script);
        let verdict = connection["verdict"].as_str().unwrap().to_owned();
        let hole = connection["client_to_server"]["mtu_black_hole"].to_string();
        (verdict, hole)
    };
    assert_eq!(
        hole(TOO_LARGE),
        (
            "mtu_black_hole".to_owned(),
            r#"{"bytes":1448,"times":3,"frame":13,"smaller_acked_frame":11}"#.to_owned()
        )
    );
    let found_out = TOO_LARGE.to_owned() + FOUND_OUT;
    assert_eq!(
        hole(&found_out),
        (
            "open".to_owned(),
            r#"{"bytes":1448,"times":3,"frame":13,"solved_frame":15}"#.to_owned()
        )
    );
    let given_up = TOO_LARGE.to_owned() + GIVEN_UP;
    let (verdict, _) = hole(&given_up);
    assert_eq!(verdict, "reset");
    let (_, connection) = records(&given_up);
    assert_eq!(connection["icmp"][1]["aftermath"], "aborted");
}

#[test]
fn what_an_icmp_error_says_of_what_was_sent_in_vain_is_the_cause() {
    let vanished = "
        opened
        1.000 < P. 1:11(10) ack 1
        1.002 icmp > time_exceeded 1:11
        1.300 < P. 1:11(10) ack 1
        1.900 < P. 1:11(10) ack 1
        3.100 < P. 1:11(10) ack 1
    ";
    let (_, connection) = records(vanished);
    assert_eq!(connection["verdict"], "peer_vanished");
    assert_eq!(connection["cause"], "time_exceeded");
    assert_eq!(connection["evidence"].to_string(), "[3,5,8]");
}
