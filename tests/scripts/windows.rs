//! Windows that close: what asks whether they are still closed, what opens
//! them, and when they stall a connection.

use super::check;

#[test]
fn a_question_for_a_closed_window_is_no_keep_alive() {
    // RFC 9293 §3.8.6.1, as Linux asks: with a number that is acknowledged.
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1       ; data 100
        0.110 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        0.310 > .  100:100(0) ack 1       ; window probe
        0.320 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed
        0.720 > .  100:100(0) ack 1       ; window probe
        0.900 > .  100:101(1) ack 1       ; window probe
        0.910 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed
        1.000 < .  1:1(0) ack 101 win 80  ; window update, open again after 890ms
        9.000 > .  100:100(0) ack 1       ; keep-alive
        9.010 < .  1:1(0) ack 101 win 80  ; keep-alive answered
    ",
    );
}

#[test]
fn the_answer_to_a_probe_may_open_the_window() {
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1       ; data 100
        0.110 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        0.310 > .  100:100(0) ack 1       ; window probe
        0.320 < .  1:1(0) ack 101 win 80  ; window update, open again after 210ms
        0.330 < .  1:1(0) ack 101 win 80  ; ack again
    ",
    );
}

#[test]
fn an_end_that_closed_its_window_is_asked_whether_it_is_alive() {
    // The window that counts is the one of the end that is asked.
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1       ; data 100
        0.110 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        9.000 < .  0:0(0) ack 101 win 0   ; keep-alive
        9.010 > .  101:101(0) ack 1       ; keep-alive answered
        9.500 < .  1:1(0) ack 101         ; window update, open again after 9.39s
        18.00 > .  100:100(0) ack 1       ; keep-alive
        18.01 < .  1:1(0) ack 101 win 0   ; keep-alive answered
        18.50 < .  1:1(0) ack 101         ; window update, open again after 490ms
    ",
    );
}

#[test]
fn data_or_an_acknowledgment_opens_a_window_too() {
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1       ; data 100
        0.110 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        0.310 < P. 1:11(10) ack 101       ; data 10, open again after 200ms
        0.320 > P. 101:201(100) ack 11    ; data 100, acks 10 after 10ms
        0.330 < P. 11:21(10) ack 101 win 0 ; data 10
        0.350 < .  21:21(0) ack 201       ; ack of 100 after 30ms, open again after 20ms
    ",
    );
}

#[test]
fn what_was_overtaken_does_not_open_a_window() {
    // RFC 9293 §3.10.7.4: an older segment does not tell the window.
    check(
        "
        opened
        0.100 > P. 1:101(100) ack 1        ; data 100
        0.101 > P. 101:201(100) ack 1      ; data 100
        0.110 < .  1:1(0) ack 201 win 0    ; ack of 200 after 9ms
        0.111 < .  1:1(0) ack 101          ; window update
        0.400 > .  200:200(0) ack 1        ; window probe
        0.410 < .  1:1(0) ack 201 win 0    ; window probe answered, still closed
        0.500 < .  1:1(0) ack 201          ; window update, open again after 390ms
    ",
    );
}

#[test]
fn a_probe_answered_after_a_second_shows_that_the_connection_stalls() {
    // Once for each time that the window closes.
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1      ; data 100
        1.010 < .  1:1(0) ack 101 win 0  ; ack of 100 after 10ms
        1.300 > .  100:100(0) ack 1      ; window probe
        1.310 < .  1:1(0) ack 101 win 0  ; window probe answered, still closed
        2.000 > .  100:100(0) ack 1      ; window probe
        2.009 < .  1:1(0) ack 101 win 0  ; window probe answered, still closed
        3.000 > .  100:100(0) ack 1      ; window probe
        3.010 < .  1:1(0) ack 101 win 0  ; window probe answered, still closed; so far stalled by server
        5.000 > .  100:100(0) ack 1      ; window probe
        5.010 < .  1:1(0) ack 101 win 0  ; window probe answered, still closed
        6.000 < .  1:1(0) ack 101 win 99 ; window update, open again after 4.99s
        6.010 > P. 101:200(99) ack 1     ; data 99
        6.020 < .  1:1(0) ack 200 win 0  ; ack of 99 after 10ms
        8.000 > .  199:199(0) ack 1      ; window probe
        8.010 < .  1:1(0) ack 200 win 0  ; window probe answered, still closed; so far stalled by server
        verdict stalled by server
    ",
    );
}

#[test]
fn an_octet_sent_against_a_closed_window_is_a_probe_too() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1       ; data 100
        1.010 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        1.510 > .  101:102(1) ack 1       ; window probe
        1.520 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed
        2.510 > .  101:102(1) ack 1       ; window probe
        2.520 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed; so far stalled by server
    ",
    );
}

#[test]
fn a_window_that_closes_after_the_last_octet_stalls_nothing() {
    // The client has no more to send: its FIN is acknowledged.
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1       ; data 100
        1.001 > F. 101:101(0) ack 1       ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.002 < .  1:1(0) ack 102 win 0
        3.000 < F. 1:1(0) ack 102 win 80  ; teardown 3/4 FIN, server CLOSE-WAIT → LAST-ACK
        verdict closing
    ",
    );
}

#[test]
fn a_fin_does_not_open_the_window_of_its_sender() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1       ; data 100
        1.010 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        1.020 < F. 1:1(0) ack 101 win 0   ; teardown 1/4 FIN, server ESTABLISHED → FIN-WAIT-1
        1.200 > .  100:100(0) ack 2
        1.300 > .  100:100(0) ack 2       ; window probe
        1.310 < .  2:2(0) ack 101 win 0   ; window probe answered, still closed
        3.000 > .  100:100(0) ack 2       ; window probe
        3.010 < .  2:2(0) ack 101 win 0   ; window probe answered, still closed
        4.000 < .  2:2(0) ack 101 win 80  ; window update, open again after 2.99s
        verdict half closed by server
    ",
    );
}

#[test]
fn unanswered_probes_show_that_an_end_vanished() {
    let silent = "
        opened
        1.000 > P. 1:101(100) ack 1
        1.010 < .  1:1(0) ack 101 win 0
        1.200 > .  100:100(0) ack 1       ; window probe
        1.600 > .  100:100(0) ack 1       ; window probe
        2.400 > .  100:100(0) ack 1       ; window probe; so far peer vanished: server
    ";
    check(&format!("{silent}\nverdict peer vanished: server"));
    check(&format!(
        "{silent}\n4.000 > R. 101:101(0) ack 1\nverdict reset by client: gave up"
    ));
}
