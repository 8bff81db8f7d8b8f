//! Senders that go beyond the window.

use super::check_both_ways;

#[test]
fn acknowledgments_that_offer_less_than_was_sent_show_that_the_window_is_ignored() {
    check_both_ways(
        "
        1.000 > .  1:801(800) ack 1
        1.001 > .  801:1601(800) ack 1
        1.010 < .  1:1(0) ack 1 win 1000
        1.011 > .  1601:2401(800) ack 1
        1.020 < .  1:1(0) ack 801 win 1000     ; window_ignored
        diagnosis window_ignored client, times 2, bytes 600
    ",
    );
}

#[test]
fn a_window_that_is_filled_is_not_ignored() {
    check_both_ways(
        "
        1.000 > .  1:801(800) ack 1
        1.001 > .  801:1001(200) ack 1
        1.010 < .  1:1(0) ack 801 win 1000
        1.011 > .  1001:1801(800) ack 1
        1.020 < .  1:1(0) ack 1801 win 0
        1.300 > .  1801:1802(1) ack 1
        1.310 < .  1:1(0) ack 1801 win 0
        1.900 > .  1801:1802(1) ack 1
        1.910 < .  1:1(0) ack 1801 win 0
        diagnosis -
    ",
    );
}

#[test]
fn an_acknowledgment_that_is_not_captured_may_have_allowed_it() {
    check_both_ways(
        "
        1.000 > .  1:801(800) ack 1
        # ack 1 win 3000 is not captured
        1.001 > .  801:1601(800) ack 1
        1.002 > .  1601:2401(800) ack 1
        1.010 < .  1:1(0) ack 801 win 2200
        1.020 < .  1:1(0) ack 2401 win 1000
        diagnosis -
    ",
    );
}

#[test]
fn an_edge_that_moves_back_allowed_more_before() {
    check_both_ways(
        "
        1.000 < .  1:1(0) ack 1 win 5000
        1.010 > .  1:1401(1400) ack 1
        1.011 > .  1401:2801(1400) ack 1
        1.020 < .  1:1(0) ack 1 win 1000
        1.030 < .  1:1(0) ack 1401 win 1000
        1.040 < .  1:1(0) ack 1401 win 1000
        diagnosis -
    ",
    );
}
