//! Connections of which one end has lost its state, and segments of connections before
//! (RFC 9293 §3.5.1).

use super::{check, check_both_ways};

#[test]
fn a_syn_with_another_number_brings_the_same_syn_ack_again() {
    let asked = "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.500 > S  700000:700000(0)     ; stream 1 SYN on the connection,
                                        ; not taken: syn_on_connection
        0.510 < S. 0:0(0) ack 1         ; stream 1 handshake 2/3 SYN-ACK again
    ";
    check(&[asked, "verdict half open"].concat());
    check(
        &[
            asked,
            "
            0.520 > .  1:1(0) ack 1     ; stream 1 handshake 3/3 ACK,
                                        ; client SYN-SENT → ESTABLISHED,
                                        ; server SYN-RECEIVED → ESTABLISHED
            verdict open
        ",
        ]
        .concat(),
    );
}

#[test]
fn a_client_that_begins_anew_resets_what_the_server_still_asks_about() {
    // The ends' numbers are those of the connection before.
    check(
        "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        new numbers
        0.500 > S  0:0(0)         ; stream 1 SYN on the connection,
                                  ; not taken: syn_on_connection, seq 305419896
        0.510 < .  3989547401:3989547401(0) ack 3989547401
                                  ; stream 1 challenge ACK, answers 3, seq 1, ack 1
        0.520 > R  3989547401:3989547401(0)
                                  ; stream 1 reset, seq 1, client SYN-SENT → CLOSED,
                                  ; server SYN-RECEIVED → LISTEN; over
        1.500 > S  0:0(0)         ; #1 handshake 1/3 SYN again
        1.510 < S. 0:0(0) ack 1   ; #1 handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        1.520 > .  1:1(0) ack 1   ; #1 handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict reset by client: half open discovered
        verdict open
    ",
    );
}

#[test]
fn an_end_that_has_lost_its_state_discovers_that_the_other_has_not() {
    // RFC 9293 figure 9, and §3.10.7.4: the challenge has what is expected, the RST its
    // number.
    let script = "
        1.000 > P. 1:101(100) ack 1 ; data 100
        1.010 < .  1:1(0) ack 101   ; ack of 100 after 10ms
        new numbers
        9.000 > S  0:0(0)           ; stream 1 SYN on the connection,
                                    ; not taken: syn_on_connection, seq 305419896
        9.010 < .  3989547401:3989547401(0) ack 3989547501
                                    ; stream 1 challenge ACK, answers 6, seq 1, ack 101
        9.020 > R  3989547501:3989547501(0)
                                    ; stream 1 reset, seq 101, client ESTABLISHED → CLOSED,
                                    ; server ESTABLISHED → CLOSED; over
    ";
    check_both_ways(&[script, "verdict reset by client: half open discovered"].concat());
    check(
        &[
            "opened\n",
            script,
            "
            10.00 > S  0:0(0)       ; #1 handshake 1/3 SYN again
            10.01 < S. 0:0(0) ack 1 ; #1 handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
            10.02 > .  1:1(0) ack 1 ; #1 handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                    ; server SYN-RECEIVED → ESTABLISHED
            verdict reset by client: half open discovered
            verdict open
        ",
        ]
        .concat(),
    );
}

#[test]
fn the_server_that_has_lost_its_state_may_open_the_next_connection() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1 ; data 100
        1.010 < .  1:1(0) ack 101   ; ack of 100 after 10ms
        new numbers
        9.000 < S  0:0(0)
        9.010 > .  3989547501:3989547501(0) ack 3989547401
        9.020 < R  3989547401:3989547401(0)
        10.00 < S  0:0(0)         ; #1 turned: handshake 1/3 SYN again
        10.01 > S. 0:0(0) ack 1   ; #1 turned: handshake 2/3 SYN-ACK,
                                  ; server LISTEN → SYN-RECEIVED
        10.02 < .  1:1(0) ack 1   ; #1 turned: handshake 3/3 ACK,
                                  ; client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict reset by server: half open discovered
        verdict open
    ",
    );
}

#[test]
fn an_ack_of_an_old_connection_answers_no_syn() {
    // RFC 9293 figure 9.
    let asked = "
        0.000 > S  0:0(0)                 ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < .  7000:7000(0) ack 99999 ; ack, not taken: old_connection, seq 2147490646
    ";
    let reset = "0.002 > R 99999:99999(0) ; reset, answers 2, server unknown → CLOSED\n";
    check(&[asked, reset, "verdict reset by client: old connection"].concat());
    check(
        &[
            asked,
            reset,
            "
            1.000 > S  0:0(0)         ; handshake 1/3 SYN again
            1.001 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
            1.002 > .  1:1(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                      ; server SYN-RECEIVED → ESTABLISHED
            verdict open
            client sent 4
            server sent 2
        ",
        ]
        .concat(),
    );
    check(
        &[
            asked,
            "
            1.000 > S  0:0(0)                 ; handshake 1/3 SYN again
            1.001 < .  7000:7000(0) ack 99999 ; ack, not taken: old_connection, seq 2147490646
            verdict no answer
        ",
        ]
        .concat(),
    );
}

#[test]
fn a_syn_ack_that_acknowledges_another_number_is_reset() {
    // RFC 9293 §3.10.7.3, first.
    for ack in [5_001_u32, 4_294_960_000, 0] {
        let reset = format!(
            "
            0.000 > S  0:0(0)                  ; handshake 1/3 SYN, client CLOSED → SYN-SENT
            0.010 < S. 9000:9000(0) ack {ack}  ; SYN-ACK, not taken: wrong_syn_ack, seq 0,
                                               ; server LISTEN → SYN-RECEIVED
            0.011 > R  {ack}:{ack}(0)          ; reset, answers 2,
                                               ; server SYN-RECEIVED → LISTEN
        "
        );
        check(&[&reset, "verdict reset by client: wrong syn ack"].concat());
        check(
            &[
                &reset,
                "
                1.000 > S  0:0(0)         ; handshake 1/3 SYN again
                1.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
                1.020 > .  1:1(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                          ; server SYN-RECEIVED → ESTABLISHED
                verdict open
                client sent 4
                server sent 2
            ",
            ]
            .concat(),
        );
    }
}

#[test]
fn the_right_syn_ack_is_not_sent_again_where_only_a_wrong_one_came_before() {
    check(
        "
        0.000 > S  0:0(0) win 500 <mss 1460,wscale 7>
        0.010 < S. 0:0(0) ack 5001 <mss 1460,wscale 7>
        0.011 > R  5001:5001(0)         ; reset, answers 2, server SYN-RECEIVED → LISTEN
        0.020 < S. 0:0(0) ack 1 <mss 1460,wscale 7>
                                        ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.030 > .  1:1(0) ack 1
        0.040 > P. 1:101(100) ack 1     ; data 100
        0.050 < .  1:1(0) ack 101 win 5 ; ack of 100 after 10ms
        # Behind 5 × 128 octets.
        0.060 > R  741:741(0)           ; reset, not taken: reset_outside_window
        verdict open
    ",
    );
}
