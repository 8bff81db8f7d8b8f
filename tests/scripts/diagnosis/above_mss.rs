//! Segments above the MSS.

use super::super::support::script::check_kinds_over_ipv4;

/// Between the ends: neither leg is short. Identifications count.
const OPENED: &str = "
    0.000 > S  0:0(0) id 10 <mss 1460>
    0.010 < S. 0:0(0) ack 1 id 50 <mss 1000>
    0.020 > .  1:1(0) ack 1 id 11
";

fn check(script: &str) {
    check_kinds_over_ipv4(script);
}

#[test]
fn a_segment_that_is_one_by_itself_may_not_be_larger_than_was_asked_for() {
    check(&format!(
        "{OPENED}
        1.000 > P. 1:1401(1400) ack 1 id 12
        1.010 < .  1:1(0) ack 1401 id 51
        1.020 > P. 1401:1501(100) ack 1 id 13
        diagnosis above_mss client, bytes 1400, mss 1000
    "
    ));
}

#[test]
fn what_took_two_identifications_was_two_segments() {
    check(&format!(
        "{OPENED}
        1.000 > P. 1:1401(1400) ack 1 id 12
        1.010 < .  1:1(0) ack 1401 id 51
        1.020 > P. 1401:1501(100) ack 1 id 14
        diagnosis -
    "
    ));
}

#[test]
fn what_is_larger_than_any_packet_is_cut_by_the_network_card() {
    check(&format!(
        "{OPENED}
        1.000 > P. 1:1401(1400) ack 1 id 12
        1.010 < .  1:1(0) ack 1401 id 51
        1.020 > P. 1401:4401(3000) ack 1 id 13
        1.030 < .  1:1(0) ack 4401 id 52
        1.040 > P. 4401:4501(100) ack 1 id 16
        diagnosis -
    "
    ));
}

#[test]
fn at_its_sender_nobody_knows_what_the_network_card_does() {
    check(
        "
        0.000 > S  0:0(0) id 10 <mss 1460>
        0.010 < S. 0:0(0) ack 1 id 50 <mss 1000>
        0.01005 > . 1:1(0) ack 1 id 11
        1.000 > P. 1:1401(1400) ack 1 id 12
        1.010 < .  1:1(0) ack 1401 id 51
        1.020 > P. 1401:1501(100) ack 1 id 13
        diagnosis -
    ",
    );
}

#[test]
fn a_full_segment_is_none_above_the_mss() {
    check(&format!(
        "{OPENED}
        1.000 > P. 1:1001(1000) ack 1 id 12
        1.010 < .  1:1(0) ack 1001 id 51
        1.020 > P. 1001:1101(100) ack 1 id 13
        diagnosis -
    "
    ));
}
