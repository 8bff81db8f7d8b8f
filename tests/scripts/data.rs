//! Data and what acknowledges it.

use std::fmt::Write;

use super::check;

#[test]
fn an_ack_answers_the_segment_that_ends_where_it_points() {
    check(
        "
        opened
        0.100 > .  1:1001(1000) ack 1    ; data 1000
        0.101 > P. 1001:1501(500) ack 1  ; data 500
        0.110 < .  1:1(0) ack 1001       ; ack of 1000 after 10ms
        0.112 < P. 1:11(10) ack 1501     ; data 10, acks 500 after 11ms
        0.120 > .  1501:1501(0) ack 11   ; ack of 10 after 8ms
        0.130 > .  1501:2501(1000) ack 11 ; data 1000
        0.131 > .  2501:3501(1000) ack 11 ; data 1000
        0.140 < .  11:11(0) ack 3501     ; ack of 2000 after 9ms
        0.141 > P. 3501:3601(100) ack 11 ; data 100
        0.150 < .  11:11(0) ack 3551     ; ack of 50
    ",
    );
}

#[test]
fn a_clock_may_step_back() {
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1 ; data 100
        0.060 < .  1:1(0) ack 101   ; ack of 100 after -40ms
        0.070 > P. 101:201(100) ack 1 ; data 100
    ",
    );
}

#[test]
fn what_was_sent_before_is_sent_again() {
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1 ; data 100
        0.300 > P. 1:101(100) ack 1 ; data 100 again
        0.310 < .  1:1(0) ack 101   ; ack of 100 after 210ms
        0.500 > P. 1:101(100) ack 1 ; data 100 again
        0.510 < .  1:1(0) ack 101   ; ack again after 10ms
    ",
    );
}

#[test]
fn what_was_not_captured_is_missing() {
    check(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; data 100
        0.102 > .  201:301(100) ack 1 ; data 100, 100 missing
        0.103 > .  301:401(100) ack 1 ; data 100
        0.110 < .  1:1(0) ack 101     ; ack of 100 after 10ms
        0.111 < .  1:1(0) ack 101     ; ack again
        0.112 < .  1:1(0) ack 101     ; ack again
    ",
    );
}

#[test]
fn what_fills_a_gap_was_not_sent_before() {
    check(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; data 100
        0.102 > .  201:301(100) ack 1 ; data 100, 100 missing
        0.103 > .  401:501(100) ack 1 ; data 100, 100 missing
        0.104 > .  101:201(100) ack 1 ; data 100
        0.105 > .  301:401(100) ack 1 ; data 100
        0.106 > .  301:401(100) ack 1 ; data 100 again
        0.110 < .  1:1(0) ack 501     ; ack of 500 after 7ms
    ",
    );
}

#[test]
fn a_segment_may_be_new_in_part() {
    check(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; data 100
        0.101 > .  51:151(100) ack 1  ; data 100, 50 again
        0.102 > .  201:301(100) ack 1 ; data 100, 50 missing
        0.103 > .  101:301(200) ack 1 ; data 200, 150 again
        0.110 < .  1:1(0) ack 301     ; ack of 300 after 8ms
        0.120 > .  201:401(200) ack 1 ; data 200, 100 again
    ",
    );
}

#[test]
fn a_keep_alive_asks_with_a_number_that_is_acknowledged() {
    // RFC 9293 §3.8.4, with an octet and without.
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1   ; data 100
        0.110 < .  1:1(0) ack 101     ; ack of 100 after 10ms
        9.000 > .  100:100(0) ack 1   ; keep-alive
        9.010 < .  1:1(0) ack 101     ; keep-alive answered
        19.000 > . 100:101(1) ack 1   ; keep-alive
        19.010 < . 1:1(0) ack 101     ; keep-alive answered
        29.000 < . 0:0(0) ack 101     ; keep-alive
        29.010 > . 101:101(0) ack 1   ; keep-alive answered
        39.000 > P. 101:201(100) ack 1 ; data 100
    ",
    );
}

#[test]
fn a_keep_alive_may_be_the_first_after_the_handshake() {
    check(
        "
        opened
        9.000 > .  0:0(0) ack 1       ; keep-alive
        9.010 < .  1:1(0) ack 1       ; keep-alive answered
        10.00 > .  0:0(0) ack 1       ; keep-alive
        11.00 > .  0:0(0) ack 1       ; keep-alive
        11.01 < .  1:1(0) ack 1       ; keep-alive answered
    ",
    );
}

#[test]
fn what_is_not_acknowledged_is_no_keep_alive() {
    // RFC 9293 §3.8.4: only where nothing awaits its acknowledgment.
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1   ; data 100
        0.300 > .  100:101(1) ack 1   ; data 1 again
        0.310 > .  100:100(0) ack 1   ; ack again
        0.320 < .  1:1(0) ack 101     ; ack of 100 after 220ms
    ",
    );
}

/// What is new in it is what arrived behind a gap.
#[test]
fn an_acknowledgment_with_sack_is_no_window_update() {
    check(
        "
        opened
        0.100 > P. 101:201(100) ack 1     ; data 100, 100 missing
        0.110 < .  1:1(0) ack 1 win 900 <sack 99:199>  ; ack again
        0.120 < .  1:1(0) ack 1 win 800   ; window update
    ",
    );
}

#[test]
fn a_window_may_open_again() {
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1       ; data 100
        0.110 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        0.310 > .  101:102(1) ack 1       ; window probe
        0.320 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed
        0.500 < .  1:1(0) ack 101 win 800 ; window update, open again after 390ms
        0.510 > .  101:201(100) ack 1     ; data 100
    ",
    );
}

#[test]
fn a_long_transfer_passes_every_sign_of_a_sequence_number() {
    // 3 000 000 000 octets, so more than 2³¹, in jumps of 100 million.
    const STEP: u32 = 100_000_000;
    let mut script = "opened\n".to_owned();
    for nth in 0..30_u32 {
        let (seq, at) = (1 + nth * STEP, 1 + nth);
        let missing = if nth > 0 { ", 99999000 missing" } else { "" };
        let (end, acked) = (seq + 1000, if nth > 0 { STEP } else { 1000 });
        writeln!(
            script,
            "{at}.000 > . {seq}:{end}(1000) ack 1 ; data 1000{missing}\n\
             {at}.010 < . 1:1(0) ack {end} ; ack of {acked} after 10ms\n\
             {at}.020 > . {seq}:{end}(1000) ack 1 ; data 1000 again"
        )
        .unwrap();
    }
    check(&script);
}
