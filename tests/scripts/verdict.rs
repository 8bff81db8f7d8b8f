//! What became of a connection, where something failed, and why.

use super::check;

#[test]
fn a_server_that_never_answers_is_told_by_the_syns() {
    check(
        "
        0.000 > S  0:0(0)
        1.000 > S  0:0(0)
        3.000 > S  0:0(0)
        verdict no answer
    ",
    );
}

#[test]
fn two_repetitions_without_an_answer_are_everyday() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.200 > P. 1:11(10) ack 1
        1.600 > P. 1:11(10) ack 1
        verdict open
    ",
    );
}

#[test]
fn an_end_that_answers_no_repetition_has_vanished() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.200 > P. 1:11(10) ack 1
        1.600 > P. 1:11(10) ack 1
        2.400 > P. 1:11(10) ack 1
        verdict peer vanished: server
    ",
    );
    check(
        "
        opened
        1.000 < F. 1:1(0) ack 1
        1.200 < F. 1:1(0) ack 1
        1.600 < F. 1:1(0) ack 1
        verdict peer vanished: client
    ",
    );
}

#[test]
fn a_burst_sent_again_is_no_sign_that_nobody_answers() {
    check(
        "
        opened
        1.000 > .  1:11(10) ack 1
        1.000 > .  11:21(10) ack 1
        1.000 > .  21:31(10) ack 1
        1.000 > P. 31:41(10) ack 1
        1.200 > .  1:11(10) ack 1
        1.200 > .  11:21(10) ack 1
        1.200 > .  21:31(10) ack 1
        1.200 > P. 31:41(10) ack 1
        verdict open
    ",
    );
}

#[test]
fn whoever_answers_in_the_end_has_not_vanished() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.200 > P. 1:11(10) ack 1
        1.600 > P. 1:11(10) ack 1
        2.400 > P. 1:11(10) ack 1
        2.410 < .  1:1(0) ack 11
        verdict open
    ",
    );
}

#[test]
fn unanswered_keep_alives_show_that_an_end_vanished() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < .  1:1(0) ack 11
        60.000 > . 10:10(0) ack 1  ; keep-alive
        61.000 > . 10:10(0) ack 1  ; keep-alive
        62.000 > . 10:10(0) ack 1  ; keep-alive; so far peer vanished: server
        63.000 > . 10:10(0) ack 1  ; keep-alive
        verdict peer vanished: server
    ",
    );
}

#[test]
fn a_window_closed_to_the_end_stalls_the_connection() {
    check(
        "
        opened
        1.000 > P. 1:1001(1000) ack 1
        1.010 < .  1:1(0) ack 1001 win 0
        verdict stalled by server
    ",
    );
}

#[test]
fn a_window_that_opens_again_stalls_nothing() {
    check(
        "
        opened
        1.000 > P. 1:1001(1000) ack 1
        1.010 < .  1:1(0) ack 1001 win 0
        1.500 < .  1:1(0) ack 1001 win 1000
        verdict open
    ",
    );
}

#[test]
fn a_reset_after_unanswered_keep_alives_gives_the_other_end_up() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < .  1:1(0) ack 11
        60.000 > . 10:10(0) ack 1
        61.000 > . 10:10(0) ack 1
        62.000 > R. 11:11(0) ack 1
        verdict reset by client: keep alive failed
    ",
    );
    // One is enough, where its answer cannot have been on the way.
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < .  1:1(0) ack 11
        60.000 > . 10:10(0) ack 1
        61.000 > R. 11:11(0) ack 1
        verdict reset by client: keep alive failed
    ",
    );
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < .  1:1(0) ack 11
        60.000 > . 10:10(0) ack 1
        60.005 > R. 11:11(0) ack 1
        verdict reset by client: aborted
    ",
    );
}

#[test]
fn a_reset_after_unanswered_repetitions_gives_up() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.200 > P. 1:11(10) ack 1
        1.600 > P. 1:11(10) ack 1
        2.400 > P. 1:11(10) ack 1
        9.000 > R. 11:11(0) ack 1
        verdict reset by client: gave up
    ",
    );
}

#[test]
fn data_after_a_close_is_answered_with_a_reset() {
    // RFC 1122 §4.2.2.13: nobody is there to read it.
    check(
        "
        opened
        1.000 < F. 1:1(0) ack 1
        1.010 > .  1:1(0) ack 2
        1.020 > P. 1:11(10) ack 2
        1.030 < R  2:2(0)
        verdict reset by server: data after close
    ",
    );
}

#[test]
fn an_end_that_has_forgotten_the_connection_resets_it() {
    // RFC 9293 §3.5.2: the number of the RST is what was acknowledged.
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < .  1:1(0) ack 11
        600.000 > P. 11:21(10) ack 1
        600.010 < R 1:1(0)
        verdict reset by server: unknown connection
    ",
    );
}

#[test]
fn an_end_may_close_with_its_own_data_on_the_way() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.001 > R. 11:11(0) ack 1
        verdict reset by client: data in flight
    ",
    );
}

#[test]
fn an_end_that_closes_with_unread_data_resets() {
    // RFC 1122 §4.2.2.13.
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < .  1:1(0) ack 11
        1.500 < R. 1:1(0) ack 11
        verdict reset by server: unread data
    ",
    );
}

#[test]
fn an_end_may_abort_with_all_data_acknowledged() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1
        1.010 < .  1:1(0) ack 11
        1.500 > R. 11:11(0) ack 1
        verdict reset by client: aborted
    ",
    );
}

#[test]
fn copies_of_a_segment_are_no_repetitions_of_its_sender() {
    check(
        "
        opened
        1.000 > P. 1:11(10) ack 1 <nop,nop,TS val 1 ecr 1>
        1.001 > P. 1:11(10) ack 1 <nop,nop,TS val 1 ecr 1>
        1.002 > P. 1:11(10) ack 1 <nop,nop,TS val 1 ecr 1>
        1.003 > P. 1:11(10) ack 1 <nop,nop,TS val 1 ecr 1>
        verdict open
    ",
    );
}
