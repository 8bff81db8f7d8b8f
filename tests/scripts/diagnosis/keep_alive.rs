//! Keep-alives.

use super::check_both_ways;

const ASKED: &str = "
    1.000 > P. 1:101(100) ack 1
    1.010 < .  1:1(0) ack 101
    11.010 > .  100:100(0) ack 1
    11.020 < .  1:1(0) ack 101
    21.020 > .  100:101(1) ack 1
    21.030 < .  1:1(0) ack 101
";

#[test]
fn what_is_answered_was_kept() {
    check_both_ways(&format!(
        "{ASKED}
        31.000 > P. 101:201(100) ack 1
        diagnosis keep_alive client, kept, times 2, answered 2, interval 10s, idle 20s
    "
    ));
}

#[test]
fn what_is_not_answered_any_more_has_failed() {
    check_both_ways(&format!(
        "{ASKED}
        31.030 > .  100:100(0) ack 1
        32.030 > .  100:100(0) ack 1
        33.030 > .  100:100(0) ack 1
        34.030 > R. 101:101(0) ack 1
        diagnosis keep_alive client, failed, times 5, answered 2, interval 10s, idle 30s
    "
    ));
}

#[test]
fn one_question_is_no_interval() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        11.010 > .  100:100(0) ack 1
        11.020 < .  1:1(0) ack 101
        diagnosis -
    ",
    );
}

#[test]
fn an_octet_that_comes_again_soon_is_no_question() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        1.011 > .  100:101(1) ack 1
        1.012 < .  1:1(0) ack 101
        1.013 > .  100:101(1) ack 1
        1.014 < .  1:1(0) ack 101
        diagnosis -
    ",
    );
}

#[test]
fn a_question_for_a_window_is_none_for_a_sign_of_life() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101 win 0
        3.010 > .  100:100(0) ack 1
        3.020 < .  1:1(0) ack 101 win 0
        9.020 > .  100:100(0) ack 1
        9.030 < .  1:1(0) ack 101 win 500
        diagnosis -
    ",
    );
}
