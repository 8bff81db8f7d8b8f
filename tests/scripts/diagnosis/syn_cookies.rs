//! SYN cookies, as the timestamps of the server show them.

use super::super::check_diagnosed;

/// A connection whose server answers so long after the SYN and goes on with a timestamp.
fn check_answered(leg: &str, next: u32, told: &str) {
    check_diagnosed(&format!(
        "
        0.000 > S  0:0(0)          <TS val 1 ecr 0>
        {leg} < S. 0:0(0) ack 1    <TS val 1000 ecr 1>
        0.030 > .  1:1(0) ack 1    <nop,nop,TS val 31 ecr 1000>
        0.031 > P. 1:101(100) ack 1 <nop,nop,TS val 32 ecr 1000>
        0.032 < .  1:1(0) ack 101  <nop,nop,TS val {next} ecr 32>
        diagnosis {told}
    "
    ));
}

#[test]
fn a_timestamp_that_is_older_than_the_clock_is_one_of_a_cookie() {
    check_answered("0.00002", 1072, "syn_cookies server, behind 41");
}

#[test]
fn a_clock_that_goes_on_shows_none() {
    check_answered("0.00002", 1031, "-");
    check_answered("0.00002", 1036, "-");
    check_answered("0.00002", 1200, "-");
    check_answered("0.00002", 900, "-");
}

#[test]
fn at_the_client_the_syn_ack_may_have_been_underway_for_longer() {
    check_answered("0.029", 1044, "-");
}
