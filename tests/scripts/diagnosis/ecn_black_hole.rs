//! SYNs that are lost since they ask for explicit congestion notification.

use super::check_diagnosed;

const FIRST: &str = "
    0.000 > SEW 0:0(0)
    1.000 > S   0:0(0)
    1.010 < S.  0:0(0) ack 1
    1.010 > .   1:1(0) ack 1
";
const SECOND: &str = "
    port 40001
    2.000 > SEW 0:0(0)
    3.000 > SEW 0:0(0)
    5.000 > S   0:0(0)
    5.010 < S.  0:0(0) ack 1
    5.010 > .   1:1(0) ack 1
";

#[test]
fn two_connections_that_are_answered_only_without_ecn_show_that_it_is_dropped() {
    check_diagnosed(&format!(
        "{FIRST} {SECOND}
        diagnosis -
        diagnosis ecn_black_hole client, opened, times 3, wait 3s
    "
    ));
}

#[test]
fn one_syn_may_be_lost_by_chance() {
    check_diagnosed(&format!("{FIRST} diagnosis -"));
}

#[test]
fn where_any_syn_that_asks_is_answered_none_is_dropped_for_it() {
    check_diagnosed(&format!(
        "
        0.000 > SEW 0:0(0)
        0.010 < S.  0:0(0) ack 1
        0.010 > .   1:1(0) ack 1
        port 40002
        {} {SECOND}
        diagnosis -
        diagnosis -
        diagnosis -
    ",
        FIRST.replace("0.000", "0.500")
    ));
}

#[test]
fn syns_that_never_ask_show_nothing() {
    check_diagnosed(&format!(
        "{} {} diagnosis -\ndiagnosis -",
        FIRST.replace("SEW", "S"),
        SECOND.replace("SEW", "S")
    ));
}
