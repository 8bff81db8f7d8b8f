//! What the number and the TTL of a RST tell about its reason.

use super::check;

#[test]
fn a_reset_with_a_number_that_nobody_expects_is_strange() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < .  1:1(0) ack 11
        1.020 < R  501:501(0)
        verdict reset by server: strange number
    ",
    );
}

#[test]
fn a_reset_from_farther_away_than_its_sender_is_strange() {
    check(
        "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1 ttl 52
        0.020 > .  1:1(0) ack 1
        1.000 > P. 1:11(10) ack 1
        1.010 < .  1:1(0) ack 11 ttl 52
        1.020 < R. 1:1(0) ack 11 ttl 55
        verdict reset by server: strange ttl
    ",
    );
    check(
        "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1 ttl 52
        0.020 > .  1:1(0) ack 1
        1.020 < R. 1:1(0) ack 1 ttl 50
        verdict reset by server: aborted
    ",
    );
}

/// Its raw number is 0.
#[test]
fn a_reset_may_answer_a_syn_that_had_a_syn_ack_before() {
    check(
        "
        0.000 > S  0:0(0)
        0.001 < S. 0:0(0) ack 1
        1.000 > S  0:0(0)
        1.001 < R. 2147483650:2147483650(0) ack 1
        verdict reset by server: unknown connection
    ",
    );
    check(
        "
        0.000 > S  0:0(0)
        0.001 < S. 0:0(0) ack 1
        1.000 > S  0:0(0)
        1.001 < R. 2147483651:2147483651(0) ack 1
        verdict reset by server: aborted
    ",
    );
}

#[test]
fn a_reset_may_answer_an_earlier_segment_than_the_latest() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.001 > P. 11:21(10) ack 1
        1.010 < P. 1:101(100) ack 11
        1.011 > .  21:21(0) ack 101
        1.020 < R  1:1(0)
        verdict reset by server: unknown connection
    ",
    );
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.001 > P. 11:21(10) ack 1
        1.010 < F. 1:1(0) ack 11
        1.011 > .  21:21(0) ack 2
        1.020 < R  1:1(0)
        verdict reset by server: data after close
    ",
    );
}

#[test]
fn a_reset_may_overtake_the_data_before_it() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < R. 501:501(0) ack 11
        verdict reset by server: unread data
    ",
    );
    // As far as the window goes: what lies behind it is dropped.
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < R. 5001:5001(0) ack 11
        verdict open
    ",
    );
    // And with an acknowledgment that only the two know.
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < R. 501:501(0) ack 5001
        verdict reset by server: strange number
    ",
    );
}

#[test]
fn acknowledgments_that_a_fin_overtook_are_no_keep_alives_that_failed() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.001 < P. 1:101(100) ack 11
        1.002 < F. 101:101(0) ack 11
        1.009 > F. 11:11(0) ack 101
        1.010 < .  102:102(0) ack 12
        1.011 > .  11:11(0) ack 1
        1.012 > .  11:11(0) ack 101
        1.013 > R  11:11(0)
        verdict reset by client: data after close
    ",
    );
}

/// A load balancer answers the SYN, and the server behind it all else.
const BALANCED: &str = "
    0.000 > S  0:0(0)
    0.010 < S. 0:0(0) ack 1  ttl 250
    0.020 > .  1:1(0) ack 1
    1.000 > P. 1:11(10) ack 1
    1.010 < .  1:1(0) ack 11 ttl 57
    1.020 < P. 1:21(20) ack 11 ttl 57
    1.030 > .  11:11(0) ack 21
";

#[test]
fn a_reset_may_come_from_where_any_segment_of_its_sender_came_from() {
    for ttl in [250, 57, 252, 55] {
        let reset = format!("1.040 < R. 21:21(0) ack 11 ttl {ttl}\n");
        check(&[BALANCED, &reset, "verdict reset by server: aborted"].concat());
    }
    for ttl in [128, 247, 60] {
        let reset = format!("1.040 < R. 21:21(0) ack 11 ttl {ttl}\n");
        check(&[BALANCED, &reset, "verdict reset by server: strange ttl"].concat());
    }
}

#[test]
fn the_ttl_of_a_reset_is_held_against_the_clients_segments_too() {
    for (ttl, cause) in [(116, "strange ttl"), (65, "aborted")] {
        check(&format!(
            "
            opened
            1.000 > P. 1:11(10) ack 1
            1.010 < .  1:1(0) ack 11
            1.020 > R. 11:11(0) ack 1 ttl {ttl}
            verdict reset by client: {cause}
        "
        ));
    }
}

#[test]
fn what_a_reset_came_with_is_no_place_of_its_sender() {
    check(
        "
        opened
        1.000 < R. 1:1(0) ack 1 ttl 128
        1.500 < P. 1:11(10) ack 1
        1.510 > .  1:1(0) ack 11
        1.520 < R. 11:11(0) ack 1 ttl 128
        verdict reset by server: strange ttl
    ",
    );
}
