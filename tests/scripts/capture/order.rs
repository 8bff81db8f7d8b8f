//! Captures that have frames in another order than that in which they were sent, or
//! a clock that was set.

use crate::{check, check_kinds};

#[test]
fn a_syn_ack_before_its_syn_answers_it() {
    check(
        "
        0.010 < S. 0:0(0) ack 1     ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.000 > S  0:0(0)           ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.020 > .  1:1(0) ack 1     ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                    ; server SYN-RECEIVED → ESTABLISHED
        0.030 > P. 1:101(100) ack 1 ; data 100
        verdict open
        capture reordered 1
        ",
    );
}

#[test]
fn a_fin_behind_its_acknowledgment_is_not_the_second_of_two_at_once() {
    check(
        "
        opened
        1.001 < F. 1:1(0) ack 2
        1.000 > F. 1:1(0) ack 1
        1.010 > .  2:2(0) ack 2
        verdict closed by client
        capture reordered 1
        ",
    );
}

#[test]
fn data_behind_its_acknowledgment_was_not_sent_again() {
    check_kinds(
        "
        opened
        1.000 > P. 1:101(100) ack 1   ; new
        1.011 < .  1:1(0) ack 201
        1.010 > P. 101:201(100) ack 1 ; new
        capture reordered 1
        ",
    );
}

#[test]
fn a_clock_that_is_set_back_is_not_disorder() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1   ; data 100
        clock -1s
        1.010 < .  1:1(0) ack 101
        1.020 > P. 101:201(100) ack 1 ; data 100
        1.030 < .  1:1(0) ack 201     ; ack of 100 after 10ms
        1.040 > P. 201:301(100) ack 1 ; data 100
        1.050 < .  1:1(0) ack 301     ; ack of 100 after 10ms
        1.060 > P. 301:401(100) ack 1 ; data 100
        1.070 < .  1:1(0) ack 401     ; ack of 100 after 10ms
        1.080 > P. 401:501(100) ack 1 ; data 100
        1.090 < .  1:1(0) ack 501     ; ack of 100 after 10ms
        verdict open
        capture clock steps 1
        ",
    );
}

#[test]
fn a_clock_that_is_set_forward_is_no_silence() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1   ; data 100
        clock +3600s
        1.010 < .  1:1(0) ack 101
        1.020 > P. 101:201(100) ack 1 ; data 100
        verdict open
        capture clock steps 1
        ",
    );
}

#[test]
fn a_long_silence_is_no_step_of_the_clock() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1   ; data 100
        1.010 < .  1:1(0) ack 101     ; ack of 100 after 10ms
        3601.0 > P. 101:201(100) ack 1 ; data 100
        verdict open
        capture -
        ",
    );
}
