//! Captures that lack something: of that nothing is concluded.

use crate::check;

/// What both ends send; of what is not captured nothing can be said.
const TALK: &str = "
    0.000 > S  0:0(0) id 1
    0.010 < S. 0:0(0) ack 1
    0.020 > .  1:1(0) ack 1
    0.030 > P. 1:101(100) ack 1
    0.040 < .  1:1(0) ack 101
    0.050 < P. 1:51(50) ack 101
    0.060 > .  101:101(0) ack 51
    0.070 > F. 101:101(0) ack 51
    0.080 < F. 51:51(0) ack 102
    0.090 > .  102:102(0) ack 52
";

fn check_talk(captured: &str, told: &str) {
    check(&[captured, TALK, told].join("\n"));
}

#[test]
fn a_capture_of_everything_lacks_nothing() {
    check_talk("", "verdict closed by client\n capture -");
}

#[test]
fn of_syns_alone_no_handshake_is_half_open() {
    check(
        "
        captured only syns
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.020 > .  1:1(0) ack 1
        port 40001
        9.000 > S  0:0(0)
        9.010 < S. 0:0(0) ack 1
        9.020 > .  1:1(0) ack 1
        verdict unknown: ack, only syns
        verdict unknown: ack, only syns
        capture only syns
        ",
    );
}

#[test]
fn where_no_syn_ack_was_captured_nobody_was_silent() {
    check(
        "
        captured only >
        0.000 > S  0:0(0)       ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 1
        port 40001
        9.000 > S  0:0(0)       ; #1 handshake 1/3 SYN, client CLOSED → SYN-SENT
        9.010 < S. 0:0(0) ack 1
        verdict unknown: answer, no direction
        verdict unknown: answer, no direction
        ",
    );
}

#[test]
fn where_somebody_was_heard_a_syn_without_an_answer_had_none() {
    check(
        "
        0.000 > S  0:0(0)       ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        port 40001
        9.000 > S  0:0(0)       ; #1 handshake 1/3 SYN, client CLOSED → SYN-SENT
        9.010 < R. 1:1(0) ack 1 ; #1 refused, client SYN-SENT → CLOSED; over
        verdict no answer
        verdict refused
        ",
    );
}

#[test]
fn a_capture_without_acks_knows_that_it_is_one() {
    check_talk("captured without acks", "capture without acks");
}

#[test]
fn a_window_may_have_opened_where_no_ack_was_captured() {
    let script = "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.020 > .  1:1(0) ack 1
        0.030 > P. 1:101(100) ack 1
        0.040 < P. 1:2(1) ack 101 win 0
        9.000 < .  2:2(0) ack 101 win 900
    ";
    let stalled = script.replace("win 900", "win 0");
    let without = [
        "captured without acks",
        script,
        "verdict unknown: window, no acks",
    ];
    check(&without.join("\n"));
    check(&[&stalled, "verdict stalled by server"].join("\n"));
}

#[test]
fn a_capture_without_data_knows_that_it_is_one() {
    check_talk(
        "captured without data",
        "verdict closed by client\n capture without data",
    );
}

#[test]
fn one_direction_alone_is_said_to_be_one() {
    check_talk(
        "captured only >",
        "verdict half closed by client\n capture one way 1",
    );
    check_talk(
        "captured only <",
        "verdict half closed by server\n capture one way 1",
    );
}

#[test]
fn what_is_below_the_first_number_of_a_late_capture_is_not_sent_again() {
    check(
        "
        captured nothing
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.020 > .  1:1(0) ack 1
        captured everything
        0.031 > P. 101:201(100) ack 1 ; data 100, seq 1
        0.030 > P. 1:101(100) ack 1   ; data 100, seq 4294967197
        0.040 < .  1:1(0) ack 201     ; ack of 100 after 9ms, ack 101
        verdict midstream
        client sent 2, 2 with 200
        server sent 1
        ",
    );
}

#[test]
fn a_capture_that_ends_early_waits_for_what_was_due() {
    check(
        "
        0.000 > S  0:0(0)       ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        captured nothing
        0.010 < S. 0:0(0) ack 1
        verdict unknown: answer, no direction
        ",
    );
    check(
        "
        0.000 > S  0:0(0)       ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 1 ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        captured nothing
        0.020 > .  1:1(0) ack 1
        verdict unknown: ack, only syns
        ",
    );
}

#[test]
fn what_is_acknowledged_and_was_not_captured_is_missing() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1   ; data 100
        captured nothing
        1.001 > P. 101:201(100) ack 1
        captured everything
        1.002 > P. 201:301(100) ack 1 ; data 100, 100 missing
        1.010 < .  1:1(0) ack 301     ; ack of 300 after 8ms
        capture missing 1
        ",
    );
}

#[test]
fn an_option_that_was_cut_off_may_have_been_there() {
    check(
        "
        snaplen 24
        0.000 > S  0:0(0) <mss 1460,nop,wscale 7>
        0.010 < S. 0:0(0) ack 1 <mss 1460,nop,wscale 7>
        0.020 > .  1:1(0) ack 1
        0.030 > P. 1:101(100) ack 1 ; data 100
        verdict open
        capture truncated 3
        ",
    );
}
