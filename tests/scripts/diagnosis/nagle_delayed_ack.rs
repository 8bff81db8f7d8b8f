//! Nagle's algorithm against delayed acknowledgments.

use super::check_both_ways;

#[test]
fn a_small_piece_that_waits_for_a_delayed_ack_is_held_by_nagle() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.050 < .  1:1(0) ack 101
        1.060 > P. 101:201(100) ack 1      ; nagle_delayed_ack
        1.070 < P. 1:501(500) ack 201
        2.000 > P. 201:301(100) ack 501
        2.051 < .  501:501(0) ack 301
        2.061 > P. 301:401(100) ack 501
        diagnosis nagle_delayed_ack client, times 2, cost 121ms, longest 61ms
    ",
    );
}

#[test]
fn the_last_piece_behind_a_full_segment_may_be_held_as_well() {
    check_both_ways(
        "
        0.900 < .  1:1(0) ack 1 win 9000
        1.000 > .  1:1461(1460) ack 1
        1.050 < .  1:1(0) ack 1461 win 9000
        1.060 > P. 1461:1561(100) ack 1
        diagnosis nagle_delayed_ack client, times 1, cost 60ms, longest 60ms
    ",
    );
}

#[test]
fn once_a_piece_has_to_come_at_once_and_twice_nearly_so() {
    let once = "
        1.000 > P. 1:101(100) ack 1
        1.050 < .  1:1(0) ack 101
        1.0605 > P. 101:201(100) ack 1
    ";
    check_both_ways(&format!("{once}\ndiagnosis -"));
    check_both_ways(&format!(
        "{once}
        2.000 > P. 201:301(100) ack 1
        2.050 < .  1:1(0) ack 301
        2.0605 > P. 301:401(100) ack 1
        diagnosis nagle_delayed_ack client, times 2, cost 121ms, longest 60.5ms
    "
    ));
}

#[test]
fn an_application_that_pauses_holds_nothing_back() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.050 < .  1:1(0) ack 101
        1.080 > P. 101:201(100) ack 1
        1.130 < .  1:1(0) ack 201
        1.180 > P. 201:301(100) ack 1
        diagnosis -
    ",
    );
    // Once it was chance.
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.050 < .  1:1(0) ack 101
        1.060 > P. 101:201(100) ack 1
        1.110 < .  1:1(0) ack 201
        1.180 > P. 201:301(100) ack 1
        1.230 < .  1:1(0) ack 301
        1.290 > P. 301:401(100) ack 1
        diagnosis -
    ",
    );
}

#[test]
fn what_comes_sooner_than_the_ack_can_have_arrived_did_not_wait_for_it() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.050 < .  1:1(0) ack 101
        1.055 > P. 101:201(100) ack 1
        diagnosis -
    ",
    );
}

#[test]
fn an_ack_that_comes_as_fast_as_the_path_is_not_delayed() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.040 < .  1:1(0) ack 101
        1.050 > P. 101:201(100) ack 1
        diagnosis -
    ",
    );
}

#[test]
fn an_ack_with_an_answer_was_not_waited_for() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.050 < P. 1:11(10) ack 101
        1.060 > P. 101:201(100) ack 11
        diagnosis -
    ",
    );
}

#[test]
fn a_full_segment_is_not_held_back() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.050 < .  1:1(0) ack 101
        1.060 > P. 101:1561(1460) ack 1
        diagnosis -
    ",
    );
}

#[test]
fn a_sender_that_lost_may_send_one_full_segment_at_a_time() {
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.300 > .  1:1461(1460) ack 1
        1.310 < .  1:1(0) ack 1461
        1.320 > .  1461:2921(1460) ack 1
        1.370 < .  1:1(0) ack 2921
        1.380 > P. 2921:3021(100) ack 1
        9.000 > P. 3021:3121(100) ack 1
        diagnosis -
    ",
    );
}

#[test]
fn what_fills_the_window_waits_for_that() {
    check_both_ways(
        "
        1.000 > P. 1:901(900) ack 1
        1.050 < .  1:1(0) ack 901
        1.060 > P. 901:1801(900) ack 1
        diagnosis -
    ",
    );
    // It had no room before the acknowledgment.
    check_both_ways(
        "
        0.900 < .  1:1(0) ack 1 win 1460
        1.000 > .  1:1461(1460) ack 1
        1.050 < .  1:1(0) ack 1461 win 2900
        1.060 > P. 1461:1561(100) ack 1
        diagnosis -
    ",
    );
}
