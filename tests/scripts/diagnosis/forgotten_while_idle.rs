//! Connections that are forgotten while they are idle.

use super::check_both_ways;

const BEFORE: &str = "
    1.000 > P. 1:101(100) ack 1
    1.010 < .  1:1(0) ack 101
";

#[test]
fn a_rst_for_what_ends_an_idle_time_shows_that_the_connection_was_forgotten() {
    check_both_ways(&format!(
        "{BEFORE}
        901.0 > P. 101:201(100) ack 1     ; -
        901.01 < R 1:1(0)                 ; forgotten_while_idle
        diagnosis forgotten_while_idle client, reset, idle 899.99s
    "
    ));
}

#[test]
fn the_ttl_of_a_rst_that_came_from_somewhere_else_is_told() {
    check_both_ways(&format!(
        "{BEFORE}
        901.0 > P. 101:201(100) ack 1
        901.01 < R 1:1(0) ttl 65
        diagnosis forgotten_while_idle client, reset, idle 899.99s, ttl 65, usual_ttl 64
    "
    ));
}

#[test]
fn so_does_silence_for_what_is_repeated() {
    let silent = "
        901.0 > P. 101:201(100) ack 1
        901.3 > P. 101:201(100) ack 1     ; -
    ";
    check_both_ways(&format!("{BEFORE}{silent}\ndiagnosis -"));
    check_both_ways(&format!(
        "{BEFORE}{silent}
        901.9 > P. 101:201(100) ack 1     ; forgotten_while_idle
        diagnosis forgotten_while_idle client, silence, idle 899.99s
    "
    ));
    // It gives up.
    check_both_ways(&format!(
        "{BEFORE}{silent}
        901.9 > P. 101:201(100) ack 1
        999.9 > R. 201:201(0) ack 1
        diagnosis forgotten_while_idle client, silence, idle 899.99s
    "
    ));
}

#[test]
fn what_survived_as_long_before_was_not_forgotten_for_that() {
    check_both_ways(&format!(
        "{BEFORE}
        901.0 > P. 101:201(100) ack 1
        901.01 < . 1:1(0) ack 201
        1801.0 > P. 201:301(100) ack 1
        1801.01 < R 1:1(0)
        diagnosis -
    "
    ));
    check_both_ways(&format!(
        "{BEFORE}
        91.0 > P. 101:201(100) ack 1
        91.01 < . 1:1(0) ack 201
        1801.0 > P. 201:301(100) ack 1
        1801.01 < R 1:1(0)
        diagnosis forgotten_while_idle client, reset, idle 1709.99s
    "
    ));
}

#[test]
fn an_idle_time_that_is_answered_is_none() {
    check_both_ways(&format!(
        "{BEFORE}
        901.0 > P. 101:201(100) ack 1
        901.3 > P. 101:201(100) ack 1
        901.9 > P. 101:201(100) ack 1
        901.91 < . 1:1(0) ack 201
        902.0 < R. 1:1(0) ack 201
        diagnosis -
    "
    ));
}

#[test]
fn a_rst_that_answers_nothing_is_an_idle_timeout_of_its_sender() {
    check_both_ways(&format!("{BEFORE}\n901.0 < R. 1:1(0) ack 101\ndiagnosis -"));
}

#[test]
fn shortly_nobody_forgets_a_connection() {
    check_both_ways(&format!(
        "{BEFORE}
        51.0 > P. 101:201(100) ack 1
        51.01 < R 1:1(0)
        diagnosis -
    "
    ));
}

#[test]
fn keep_alives_that_fail_show_it_as_well() {
    check_both_ways(&format!(
        "{BEFORE}
        7201.0 > . 100:100(0) ack 1
        7276.0 > . 100:100(0) ack 1
        7351.0 > . 100:100(0) ack 1
        diagnosis forgotten_while_idle client, silence, idle 7199.99s
    "
    ));
}
