//! SYNs that are ignored since their ports had a connection just before.

use super::check_diagnosed;

/// A connection that ends in TIME-WAIT, and a SYN of the same ports 10 s later.
const BEFORE: &str = "
    0.000 > S   0:0(0)
    0.010 < S.  0:0(0) ack 1
    0.020 > .   1:1(0) ack 1
    0.030 > F.  1:1(0) ack 1
    0.040 < F.  1:1(0) ack 2
    0.050 > .   2:2(0) ack 2
    new numbers
    10.050 > S  0:0(0)
    11.050 > S  0:0(0)
";
const OTHER: &str = "
    port 40001
    12.000 > S  0:0(0)
    12.010 < S. 0:0(0) ack 1
    12.020 > .  1:1(0) ack 1
    port 40000
";

#[test]
fn syns_of_ports_in_time_wait_that_are_ignored_while_others_are_answered_are_told() {
    check_diagnosed(&format!(
        "{BEFORE} {OTHER}
        13.050 > S  0:0(0)
        17.050 > S  0:0(0)
        diagnosis -
        diagnosis reused_ports_ignored client, never, doubtful, times 4, wait 7s, since 10s
        diagnosis -
    "
    ));
    check_diagnosed(&format!(
        "{BEFORE} {OTHER}
        13.050 > S  0:0(0)
        13.060 < S. 0:0(0) ack 1
        13.070 > .  1:1(0) ack 1
        diagnosis -
        diagnosis reused_ports_ignored client, opened, doubtful, times 3, wait 3.01s, since 10s
        diagnosis -
    "
    ));
}

#[test]
fn a_server_that_answers_no_other_may_be_down() {
    check_diagnosed(&format!(
        "{BEFORE}
        13.050 > S  0:0(0)
        17.050 > S  0:0(0)
        diagnosis -
        diagnosis -
    "
    ));
}

#[test]
fn ports_that_had_no_connection_before_are_not_reused() {
    let (_, syns) = BEFORE.split_once("new numbers").unwrap();
    check_diagnosed(&format!(
        "{syns} {OTHER}
        13.050 > S  0:0(0)
        17.050 > S  0:0(0)
        diagnosis -
        diagnosis -
    "
    ));
}
