//! A SYN that meets a connection from before.

use super::super::check_diagnosed;

const ANSWERED: &str = "
    0.000 > S  0:0(0)
    0.001 < .  7000:7000(0) ack 99999 ; old_connection_answers
    0.002 > R  99999:99999(0)         ; -
";
const OPENED: &str = "
    1.000 > S  0:0(0)
    1.001 < S. 0:0(0) ack 1
    1.002 > .  1:1(0) ack 1
";

#[test]
fn an_old_connection_that_answers_is_reset_and_the_next_syn_opens() {
    let found = "diagnosis old_connection_answers server";
    check_diagnosed(&format!("{ANSWERED}\n{found}, never, times 1, wait 2ms"));
    check_diagnosed(&format!(
        "{ANSWERED}{OPENED}\n{found}, opened, times 1, wait 1.001s"
    ));
    let again = "
        0.500 > S  0:0(0)
        0.501 < .  7000:7000(0) ack 99999
        0.502 > R  99999:99999(0)
    ";
    check_diagnosed(&format!(
        "{ANSWERED}{again}{OPENED}\n{found}, opened, times 2, wait 1.001s"
    ));
}

#[test]
fn the_time_wait_of_an_earlier_connection_is_told() {
    let closed = "
        opened
        1.000 < F. 1:1(0) ack 1
        1.010 > F. 1:1(0) ack 2
        1.020 < .  2:2(0) ack 2
        new numbers
    ";
    let answered = "
        5.000 > S  0:0(0)
        5.001 < .  3989547402:3989547402(0) ack 3989547402
        5.002 > R  3989547402:3989547402(0)
    ";
    check_diagnosed(&format!(
        "{closed}{answered}
        6.000 > S  0:0(0)
        6.001 < S. 0:0(0) ack 1
        6.002 > .  1:1(0) ack 1
        diagnosis -
        diagnosis old_connection_answers server, opened, times 1, wait 1.001s, since 3.98s
    "
    ));
}

#[test]
fn time_wait_that_lets_a_new_connection_begin_is_nothing() {
    check_diagnosed(
        "
        opened
        1.000 < F. 1:1(0) ack 1
        1.010 > F. 1:1(0) ack 2
        1.020 < .  2:2(0) ack 2
        new numbers
        5.000 > S  0:0(0)
        5.001 < S. 0:0(0) ack 1
        5.002 > .  1:1(0) ack 1
        diagnosis -
        diagnosis -
    ",
    );
}

#[test]
fn a_syn_ack_of_another_syn_is_none_of_an_old_connection() {
    check_diagnosed(
        "
        0.000 > S  0:0(0)
        0.010 < S. 9000:9000(0) ack 5001
        0.011 > R  5001:5001(0)
        diagnosis -
    ",
    );
}

#[test]
fn who_answered_another_syn_may_answer_this_one_with_an_ack_of_that() {
    check_diagnosed(&format!(
        "
        0.000 > S  0:0(0)
        0.010 < S. 9000:9000(0) ack 99999
        0.011 > R  99999:99999(0)
        0.101 < .  9001:9001(0) ack 99999 ; old_connection_answers
        0.102 > R  99999:99999(0)
        {OPENED}
        diagnosis old_connection_answers server, opened, times 1, wait 1.001s
    "
    ));
}

#[test]
fn an_open_connection_that_its_client_forgot_is_discarded() {
    check_diagnosed(
        "
        opened
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        new numbers
        9.000 > S  0:0(0)
        9.010 < .  3989547401:3989547401(0) ack 3989547501
        9.020 > R  3989547501:3989547501(0)
        diagnosis old_connection_answers server, discarded, times 1
    ",
    );
    // A challenge that nobody resets is no more than that.
    check_diagnosed(
        "
        opened
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101
        2.000 > S  500000:500000(0)
        2.010 < .  1:1(0) ack 101
        3.000 > P. 101:201(100) ack 1
        diagnosis -
    ",
    );
}
