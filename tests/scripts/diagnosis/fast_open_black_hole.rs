//! SYNs that are lost since they use Fast Open.

use super::check_diagnosed;

const FIRST: &str = "
    0.000 > S   0:100(100) <mss 1460,FO 0011223344556677>
    1.000 > S   0:0(0) <mss 1460>
    1.010 < S.  0:0(0) ack 1
    1.010 > P.  1:101(100) ack 1
";
const SECOND: &str = "
    port 40001
    2.000 > S   0:100(100) <mss 1460,FO 0011223344556677>
    3.000 > S   0:100(100) <mss 1460,FO 0011223344556677>
    5.000 > S   0:0(0) <mss 1460>
    5.010 < S.  0:0(0) ack 1
    5.010 > P.  1:101(100) ack 1
";

#[test]
fn two_connections_that_are_answered_only_without_it_show_that_it_is_dropped() {
    check_diagnosed(&format!(
        "{FIRST} {SECOND}
        diagnosis -
        diagnosis fast_open_black_hole client, opened, times 3, wait 3s
    "
    ));
}

#[test]
fn one_syn_may_be_lost_by_chance() {
    check_diagnosed(&format!("{FIRST} diagnosis -"));
}

#[test]
fn a_server_that_does_not_take_the_data_drops_nothing() {
    let ignored = "
        0.000 > S   0:100(100) <mss 1460,FO 0011223344556677>
        0.010 < S.  0:0(0) ack 1
        0.010 > P.  1:101(100) ack 1
        port 40002
    ";
    let lost = FIRST.replace("0.000", "0.500");
    check_diagnosed(&format!(
        "{ignored} {lost} {SECOND} diagnosis -\ndiagnosis -\ndiagnosis -"
    ));
}

#[test]
fn where_ecn_is_given_up_as_well_nobody_knows_which_was_dropped() {
    let both = |script: &str| script.replace("> S   0:100", "> SEW 0:100");
    check_diagnosed(&format!(
        "{} {} diagnosis -\ndiagnosis -",
        both(FIRST),
        both(SECOND)
    ));
}
