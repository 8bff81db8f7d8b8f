//! Several SYNs and SYN-ACKs, of which one is answered; which one the records tell, see
//! `tests/json/attempts.rs`.

use super::check;

/// A client that has asked and been answered.
const ASKED: &str = "
    0.000 > S  0:0(0)
    0.010 < S. 0:0(0) ack 1
";

fn check_after(before: &[&str], script: &str) {
    check(&[ASKED, &before.concat(), script].concat());
}

#[test]
fn a_client_that_asks_anew_with_another_number_begins_another_connection() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        new numbers
        1.000 > S  0:0(0)         ; #1 handshake 1/3 SYN, client CLOSED → SYN-SENT
        1.010 < S. 0:0(0) ack 1   ; #1 handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        1.020 > .  1:1(0) ack 1   ; #1 handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict no answer
        verdict open
    ",
    );
}

#[test]
fn an_answer_to_the_number_before_answers_the_new_one_not() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        new numbers
        1.000 > S  0:0(0)         ; #1 handshake 1/3 SYN, client CLOSED → SYN-SENT
        1.010 < S. 0:0(0) ack 3989547401
                                  ; #1 SYN-ACK, not taken: wrong_syn_ack,
                                  ; server LISTEN → SYN-RECEIVED
        1.020 > R  3989547401:3989547401(0)
                                  ; #1 reset, answers 3, server SYN-RECEIVED → LISTEN
        2.000 > S  0:0(0)         ; #1 handshake 1/3 SYN again
        2.010 < S. 0:0(0) ack 1   ; #1 handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        2.020 > .  1:1(0) ack 1   ; #1 handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict no answer
        verdict open
    ",
    );
}

#[test]
fn who_answers_the_number_before_holds_that_connection_until_the_rst_arrives() {
    check(
        "
        0.000 > S  0:0(0)
        new numbers
        0.100 > S  0:0(0)
        0.300 < S. 0:0(0) ack 3989547401
        0.301 > R  3989547401:3989547401(0)
                                  ; #1 reset, answers 3, server SYN-RECEIVED → LISTEN
        0.400 < .  1:1(0) ack 3989547401
                                  ; #1 ack, not taken: old_connection
        0.401 > R  3989547401:3989547401(0)
                                  ; #1 reset, answers 5
        1.100 > S  0:0(0)         ; #1 handshake 1/3 SYN again
        1.300 < S. 0:0(0) ack 1   ; #1 handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        1.301 > .  1:1(0) ack 1   ; #1 handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        1.500 < P. 1:11(10) ack 1 ; #1 data 10
        verdict no answer
        verdict open
    ",
    );
}

#[test]
fn numbers_are_counted_from_the_syn_ack_that_was_acknowledged() {
    let asked = "
        0.000 > S  0:0(0)            ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        1.010 < S. 5000:5000(0) ack 1 ; handshake 2/3 SYN-ACK again, seq 0
    ";
    check(
        &[
            asked,
            "
            1.020 > .  1:1(0) ack 1      ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                         ; server SYN-RECEIVED → ESTABLISHED
            1.030 > P. 1:101(100) ack 1  ; data 100
            1.040 < P. 1:11(10) ack 101  ; data 10, acks 100 after 10ms
            verdict open
        ",
        ]
        .concat(),
    );
    check(
        &[
            asked,
            "
            1.020 > .  1:1(0) ack 5001   ; handshake 3/3 ACK, ack 1,
                                         ; client SYN-SENT → ESTABLISHED,
                                         ; server SYN-RECEIVED → ESTABLISHED
            1.030 > P. 1:101(100) ack 5001 ; data 100, ack 1
            1.040 < P. 5001:5011(10) ack 101 ; data 10, acks 100 after 10ms, seq 1
            verdict open
        ",
        ]
        .concat(),
    );
    // One of neither is of a number that was never sent.
    check(
        &[
            asked,
            "
            1.020 > .  1:1(0) ack 7001   ; ack, not taken: ack_of_unsent, ack 2001
            verdict half open
        ",
        ]
        .concat(),
    );
}

#[test]
fn a_syn_ack_sent_before_the_ack_came_shows_nothing() {
    check(
        "
        0.000 > S  0:0(0)
        0.100 < S. 0:0(0) ack 1
        0.101 > .  1:1(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        0.150 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK again
        0.151 > .  1:1(0) ack 1   ; handshake 3/3 ACK again
        verdict open
    ",
    );
}

#[test]
fn a_server_may_defer_until_data_comes() {
    let deferred = "
        0.020 > .  1:1(0) ack 1      ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                     ; server SYN-RECEIVED → ESTABLISHED
        1.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK again,
                                     ; server ESTABLISHED → SYN-RECEIVED
        1.020 > .  1:1(0) ack 1      ; handshake 3/3 ACK again,
                                     ; server SYN-RECEIVED → ESTABLISHED
        3.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK again,
                                     ; server ESTABLISHED → SYN-RECEIVED
        3.020 > .  1:1(0) ack 1      ; handshake 3/3 ACK again
    ";
    check_after(&[deferred], "verdict half open");
    let data = "4.000 > P. 1:101(100) ack 1 ; data 100\n";
    check_after(&[deferred, data], "verdict half open");
    let taken = "4.010 < .  1:1(0) ack 101 ; ack of 100 after 10ms,
                                           ; server SYN-RECEIVED → ESTABLISHED\n";
    check_after(&[deferred, data, taken], "verdict open");
    check_after(
        &[deferred],
        "
        4.000 > F. 1:1(0) ack 1      ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        4.010 < F. 1:1(0) ack 2      ; teardown 2-3/4 FIN+ACK,
                                     ; server SYN-RECEIVED → ESTABLISHED → CLOSE-WAIT → LAST-ACK,
                                     ; client FIN-WAIT-1 → FIN-WAIT-2
        4.020 > .  2:2(0) ack 2
        verdict closed by client
    ",
    );
}

#[test]
fn a_syn_ack_that_comes_again_after_data_shows_that_neither_was_taken() {
    let repeated = "
        0.020 > .  1:1(0) ack 1
        0.030 > P. 1:101(100) ack 1  ; data 100
        1.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK again,
                                     ; server ESTABLISHED → SYN-RECEIVED
        1.020 > .  101:101(0) ack 1  ; handshake 3/3 ACK again
    ";
    check_after(&[repeated], "verdict half open");
    check_after(
        &[repeated],
        "
        1.030 > P. 1:101(100) ack 1  ; data 100 again
        1.040 < .  1:1(0) ack 101    ; ack of 100 after 1.01s, server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
    check_after(
        &[repeated],
        "
        1.030 < P. 1:51(50) ack 1    ; data 50, server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}
