//! Receivers that take back what they had acknowledged selectively.

use super::check_both_ways;

const SACKED: &str = "
    1.000 > .  1:101(100) ack 1
    1.000 > .  101:201(100) ack 1
    1.000 > P. 201:401(200) ack 1
    1.010 < .  1:1(0) ack 1 <sacked 101:401>
    1.020 > .  1:101(100) ack 1
";

#[test]
fn an_acknowledgment_that_stops_inside_what_was_sacked_takes_it_back() {
    check_both_ways(&format!(
        "{SACKED}
        1.030 < .  1:1(0) ack 201          ; sack_reneged
        diagnosis sack_reneged server, times 1, bytes 200
    "
    ));
    // Where it begins, as well.
    check_both_ways(&format!(
        "{SACKED}
        1.030 < .  1:1(0) ack 101
        diagnosis sack_reneged server, times 1, bytes 300
    "
    ));
}

#[test]
fn one_that_stops_in_front_of_it_does_not() {
    check_both_ways(
        "
        1.000 > .  1:101(100) ack 1
        1.000 > .  101:201(100) ack 1
        1.000 > P. 201:401(200) ack 1
        1.010 < .  1:1(0) ack 1 <sacked 201:401>
        1.020 > .  1:101(100) ack 1
        1.030 < .  1:1(0) ack 101
        1.040 > .  101:201(100) ack 1
        1.050 < .  1:1(0) ack 401
        diagnosis -
    ",
    );
    check_both_ways(&format!("{SACKED}\n1.030 < . 1:1(0) ack 401\ndiagnosis -"));
}

#[test]
fn what_arrived_twice_is_not_taken_back() {
    check_both_ways(
        "
        1.000 > .  1:101(100) ack 1
        1.000 > .  101:201(100) ack 1
        1.010 < .  1:1(0) ack 101
        1.020 > .  1:101(100) ack 1
        1.030 < .  1:1(0) ack 101 <sacked 1:101>
        1.040 < .  1:1(0) ack 201
        diagnosis -
    ",
    );
}

#[test]
fn an_older_acknowledgment_that_was_overtaken_takes_nothing_back() {
    check_both_ways(
        "
        1.000 > .  1:101(100) ack 1
        1.000 > .  101:201(100) ack 1
        1.000 > P. 201:401(200) ack 1
        1.010 < .  1:1(0) ack 101 <sacked 201:401>
        1.011 < .  1:1(0) ack 1
        1.020 > .  101:201(100) ack 1
        1.030 < .  1:1(0) ack 401
        diagnosis -
    ",
    );
}

#[test]
fn blocks_that_were_shifted_say_nothing() {
    check_both_ways(
        "
        1.000 > .  1:101(100) ack 1
        1.000 > .  101:201(100) ack 1
        1.000 > P. 201:401(200) ack 1
        1.010 < .  1:1(0) ack 1 <sacked 51:351>
        1.020 > .  1:101(100) ack 1
        1.030 < .  1:1(0) ack 101
        diagnosis -
    ",
    );
}
