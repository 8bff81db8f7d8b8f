//! Windows that stay closed.

use super::check_both_ways;

const CLOSED: &str = "
    1.000 > P. 1:101(100) ack 1
    1.010 < .  1:1(0) ack 101 win 0
    1.300 > .  100:100(0) ack 1
    1.310 < .  1:1(0) ack 101 win 0
    2.000 > .  100:100(0) ack 1
    2.010 < .  1:1(0) ack 101 win 0
";
const STILL: &str = "
    4.100 > .  100:100(0) ack 1
    4.110 < .  1:1(0) ack 101 win 0
";

#[test]
fn a_window_that_is_probed_to_the_end_never_opens() {
    check_both_ways(&format!("{CLOSED}\ndiagnosis -"));
    let found = "diagnosis window_never_opens server";
    check_both_ways(&format!(
        "{CLOSED}{STILL}\n{found}, lasts, times 3, answered 3, wait 3.1s"
    ));
    check_both_ways(&format!(
        "{CLOSED}{STILL}
        5.000 > R. 101:101(0) ack 1
        {found}, reset, times 3, answered 3, wait 3.99s
    "
    ));
}

#[test]
fn one_that_opens_is_open() {
    check_both_ways(&format!(
        "{CLOSED}{STILL}
        9.000 < .  1:1(0) ack 101 win 500
        diagnosis -
    "
    ));
    // And may close again.
    check_both_ways(&format!(
        "{CLOSED}{STILL}
        9.000 < .  1:1(0) ack 101 win 500
        9.010 > P. 101:601(500) ack 1
        9.020 < .  1:1(0) ack 601 win 0
        9.300 > .  600:600(0) ack 1
        9.310 < .  1:1(0) ack 601 win 0
        diagnosis -
    "
    ));
}

#[test]
fn an_end_that_does_not_answer_is_gone() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101 win 0
        1.300 > .  100:100(0) ack 1
        2.000 > .  100:100(0) ack 1
        4.100 > .  100:100(0) ack 1
        8.100 > .  100:100(0) ack 1
        diagnosis -
    ",
    );
}
