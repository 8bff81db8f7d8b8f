//! Classic tcptrace's rules, one script each; the numbers of whole captures
//! are held against the program itself in `tests/classic`.

use serde_json::Value;

use crate::scripted;

/// What the client and the server of a script sent.
fn ends(script: &str) -> [Value; 2] {
    let records = scripted(script);
    let record: Value = serde_json::from_str(records.lines().last().unwrap()).unwrap();
    ["client_to_server", "server_to_client"].map(|way| record[way].clone())
}

/// Holds figures of the client against those that are expected; an expected 0
/// is one that is not mentioned.
#[track_caller]
fn check(script: &str, expected: &[(&str, f64)]) {
    let [client, _] = ends(script);
    for (name, number) in expected {
        let found = client
            .get(name)
            .map_or(0.0, |found| found.as_f64().unwrap());
        assert!((found - number).abs() < 1e-9, "{name}: {found}\n{script}");
    }
}

#[test]
fn what_was_sent_once_and_acknowledged_exactly_is_a_sample() {
    let script = "
        opened
        0.100 > P. 1:101(100) ack 1
        0.130 < .  1:1(0) ack 101
    ";
    check(
        script,
        &[
            ("rtt_samples", 2.0),
            ("rtt_min", 0.010),
            ("rtt_max", 0.030),
            ("rtt_from_3whs", 0.010),
            // A SYN counts as the largest segment.
            ("rtt_full_sz_smpls", 1.0),
            ("rtt_full_sz_max", 0.010),
        ],
    );
}

#[test]
fn what_was_sent_twice_is_ambiguous() {
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1
        0.300 > P. 1:101(100) ack 1
        0.330 < .  1:1(0) ack 101
        ",
        &[
            ("rexmt_data_pkts", 1.0),
            ("rexmt_data_bytes", 100.0),
            ("unique_bytes_sent", 100.0),
            ("bytes", 200.0),
            ("rtt_samples", 1.0),
            ("ambiguous_acks", 1.0),
            ("rtt_min_last", 0.030),
            ("max_retrans", 1.0),
            ("min_retr_time", 0.200),
        ],
    );
}

#[test]
fn what_waited_for_something_before_it_is_no_sample() {
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1
        0.110 > P. 101:201(100) ack 1
        0.300 > P. 1:101(100) ack 1
        0.330 < .  1:1(0) ack 201
        ",
        &[
            ("rtt_samples", 1.0),
            ("post_loss_acks", 1.0),
            // The first segment lies across two quadrants, as two pieces.
            ("segs_cum_acked", 2.0),
            ("ambiguous_acks", 0.0),
        ],
    );
}

#[test]
fn what_comes_before_an_earlier_segment_is_out_of_order() {
    check(
        "
        opened
        0.100 > P. 101:201(100) ack 1
        0.110 > P. 1:101(100) ack 1
        0.120 > P. 151:301(150) ack 1
        ",
        &[
            ("outoforder_pkts", 1.0),
            ("rexmt_data_pkts", 1.0),
            ("rexmt_data_bytes", 50.0),
            ("unique_bytes_sent", 300.0),
        ],
    );
}

#[test]
fn the_third_duplicate_is_counted_apart() {
    let again = "0.140 < .  1:1(0) ack 101\n";
    for (times, duplicates, triples) in [(2, 2.0, 0.0), (3, 3.0, 1.0), (5, 5.0, 1.0)] {
        let script = format!(
            "
            opened
            0.100 > P. 1:101(100) ack 1
            0.110 > P. 101:201(100) ack 1
            0.130 < .  1:1(0) ack 101
            {}
            ",
            again.repeat(times)
        );
        let expected = [("duplicate_acks", duplicates), ("triple_dupacks", triples)];
        check(&script, &expected);
    }
    // Another window makes it a window update.
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1
        0.130 < .  1:1(0) ack 101 win 100
        0.140 < .  1:1(0) ack 101 win 200
        ",
        &[("duplicate_acks", 0.0)],
    );
}

#[test]
fn what_goes_against_a_closed_window_is_a_probe() {
    check(
        "
        opened
        0.100 < .  1:1(0) ack 1 win 0
        0.200 > .  1:2(1) ack 1
        ",
        &[
            ("zwnd_probe_pkts", 1.0),
            ("zwnd_probe_bytes", 1.0),
            ("unique_bytes_sent", 0.0),
            ("bytes", 0.0),
        ],
    );
}

#[test]
fn how_often_and_how_long_a_window_was_closed_is_told() {
    let script = "
        opened
        1.0 > P. 1:101(100) ack 1
        1.1 < .  1:1(0) ack 101 win 0
        1.3 > .  100:100(0) ack 1
        1.4 < .  1:1(0) ack 101 win 0
        2.1 < .  1:1(0) ack 101
        2.2 > P. 101:201(100) ack 1
        2.5 < .  1:1(0) ack 201 win 0
        2.7 > .  201:202(1) ack 1
        5.0 < R. 1:1(0) ack 201
    ";
    let [client, server] = ends(script);
    assert_eq!(client["troubles"]["window_probes"], 2);
    assert_eq!(client["troubles"].get("keep_alives"), None);
    let troubles = &server["troubles"];
    assert_eq!(troubles["zero_windows"], 3);
    assert_eq!(troubles["windows_closed"], 2);
    assert_eq!(troubles["window_closed_time"].to_string(), "3.500000000");
    assert_eq!(troubles["window_closed_max"].to_string(), "2.500000000");
}

#[test]
fn windows_before_scaling_are_left_out() {
    let script = "
        0.000 > S  0:0(0) win 60000 <mss 1460,wscale 7>
        0.010 < S. 0:0(0) ack 1 win 50000 <mss 1460,wscale 2>
        0.020 > .  1:1(0) ack 1 win 10
        0.030 > P. 1:11(10) ack 1 win 30
        0.040 < .  1:1(0) ack 11 win 0
        0.050 < .  1:1(0) ack 11 win 5
    ";
    check(
        script,
        &[
            ("max_win_adv", 3840.0),
            ("min_win_adv", 1280.0),
            ("avg_win_adv", 2560.0),
            ("adv_wind_scale", 7.0),
        ],
    );
    let [_, server] = ends(script);
    // A window of 0 does not begin it.
    assert_eq!(server["max_win_adv"], 20);
    assert_eq!(server["min_win_adv"], 20);
    assert_eq!(server["zero_win_adv"], 1);
}

#[test]
fn the_stream_is_as_long_as_its_numbers_say() {
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1
        0.110 > F. 301:301(0) ack 1
        ",
        &[("ttl_stream_length", 300.0), ("missed_data", 200.0)],
    );
}

/// What an end has in flight: one number more than its data.
#[test]
fn flight_is_what_was_not_acknowledged() {
    check(
        "
        opened
        1.020 > P. 1:101(100) ack 1
        2.020 > P. 101:201(100) ack 1
        3.020 < .  1:1(0) ack 201
        3.020 > .  201:201(0) ack 1
        ",
        &[
            ("max_owin", 201.0),
            ("min_nonzero_owin", 1.0),
            // 1, 101, 201, 1
            ("avg_owin", 76.0),
            // (1 + 101 + 201) / 3.02
            ("wavg_owin", 100.0),
            ("initial_window_bytes", 200.0),
            ("initial_window_pkts", 2.0),
        ],
    );
}

/// The pieces of an end are bounded, whatever it sends.
#[test]
fn a_thousand_holes_are_remembered_and_many_more_are_not() {
    let piece = |nth: u32| {
        let seq = 1 + 20 * nth;
        format!("0.1 > P. {seq}:{}(10) ack 1\n", seq + 10)
    };
    let script: String = (0..6_000).map(piece).collect();
    let [client, _] = ends(&format!("opened\n{script}{}{}", piece(5), piece(5_999)));
    assert_eq!(client["rexmt_data_pkts"], 1);
}
