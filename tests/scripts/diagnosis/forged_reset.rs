//! RSTs that another sent in the name of an end.

use super::check_both_ways;

#[test]
fn a_reset_of_another_ttl_was_not_sent_by_its_sender() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        1.020 < P. 1:101(100) ack 101
        1.030 < R. 101:101(0) ack 101 ttl 101   ; forged_reset
        diagnosis forged_reset server, reset, ttl 101, usual_ttl 64
    ",
    );
}

#[test]
fn an_end_that_goes_on_behind_a_reset_has_not_sent_it() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < R. 1:1(0) ack 101
        1.500 < P. 1:101(100) ack 101
        diagnosis forged_reset server, reset
    ",
    );
}

#[test]
fn a_reset_of_nearly_the_same_ttl_came_another_way() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        1.020 < P. 1:101(100) ack 101
        1.030 < R. 101:101(0) ack 101 ttl 62
        diagnosis -
    ",
    );
}
