//! RST: refused connections, and every state that one can end.

use super::check;

#[test]
fn a_port_without_a_listener_refuses() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < R. 1:1(0) ack 1   ; refused, client SYN-SENT → CLOSED; over
        verdict refused
    ",
    );
}

#[test]
fn a_client_that_does_not_give_up_is_refused_each_time() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < R. 1:1(0) ack 1   ; refused, client SYN-SENT → CLOSED; over
        0.500 > S  0:0(0)         ; handshake 1/3 SYN again, client CLOSED → SYN-SENT
        0.501 < R. 1:1(0) ack 1   ; refused, client SYN-SENT → CLOSED
        verdict refused
    ",
    );
}

#[test]
fn a_reset_that_does_not_acknowledge_the_syn_refuses_nothing() {
    // RFC 9293 §3.10.7.3: in SYN-SENT a RST counts only with an ACK of the SYN.
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < R  1:1(0)         ; reset, not taken: reset_of_no_syn, seq 2147483647
        0.002 < R. 1:1(0) ack 0   ; reset, not taken: reset_of_no_syn, seq 2147483647
        0.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.020 > .  1:1(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
    ",
    );
}

#[test]
fn what_refuses_nothing_is_no_answer() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < R  1:1(0)         ; reset, not taken: reset_of_no_syn, seq 2147483647
        1.000 > S  0:0(0)         ; handshake 1/3 SYN again
        verdict no answer
    ",
    );
}

#[test]
fn a_client_may_give_up_in_syn_sent() {
    // Nothing is known of a server that has not answered.
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.100 > R  1:1(0)         ; reset, client SYN-SENT → CLOSED; over
        verdict reset by client: aborted
    ",
    );
}

#[test]
fn a_half_open_scan_sends_the_listener_back_to_listen() {
    // RFC 9293 §3.10.7.4: SYN-RECEIVED after a passive open returns to LISTEN.
    check(
        "
        0.000 > S  0:0(0)
        0.001 < S. 0:0(0) ack 1
        0.002 > R  1:1(0)         ; reset, client SYN-SENT → CLOSED,
                                  ; server SYN-RECEIVED → LISTEN; over
        verdict reset by client: unknown connection
    ",
    );
}

#[test]
fn a_server_may_give_up_in_syn_received() {
    check(
        "
        0.000 > S  0:0(0)
        0.001 < S. 0:0(0) ack 1
        9.000 < R. 1:1(0) ack 1   ; reset, server SYN-RECEIVED → CLOSED,
                                  ; client SYN-SENT → CLOSED; over
        verdict reset by server: aborted
    ",
    );
}

#[test]
fn a_reset_ends_an_opening_from_both_sides() {
    check(
        "
        0.000 > S  0:0(0)
        0.001 < S  0:0(0)
        0.010 > S. 0:0(0) ack 1
        0.020 < R  1:1(0)         ; reset, server SYN-SENT → CLOSED,
                                  ; client SYN-RECEIVED → CLOSED; over
        verdict reset by server: unknown connection
    ",
    );
}

#[test]
fn an_old_connection_found_by_a_syn_is_reset_and_the_syn_sent_again() {
    // RFC 9293 §3.5.1: the client crashed, the server did not. The RST takes
    // its number from the ACK that cannot be; the client stays in SYN-SENT.
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < .  7000:7000(0) ack 99999
        0.002 > R  99999:99999(0) ; reset, answers 2, server unknown → CLOSED
        1.000 > S  0:0(0)         ; handshake 1/3 SYN again
        1.001 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        1.002 > .  1:1(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        1.003 > P. 1:101(100) ack 1 ; data 100
        1.004 < .  1:1(0) ack 101 ; ack of 100 after 1ms
        verdict open
    ",
    );
}

#[test]
fn either_end_may_reset_when_established() {
    check(
        "
        opened
        1.000 > R. 1:1(0) ack 1   ; reset, client ESTABLISHED → CLOSED,
                                  ; server ESTABLISHED → CLOSED; over
        verdict reset by client: aborted
    ",
    );
    check(
        "
        opened
        1.000 < R. 1:1(0) ack 1   ; reset, server ESTABLISHED → CLOSED,
                                  ; client ESTABLISHED → CLOSED; over
        verdict reset by server: aborted
    ",
    );
}

#[test]
fn a_reset_may_carry_words() {
    check(
        "
        opened
        1.000 < RP. 1:21(20) ack 1 ; reset + data 20, server ESTABLISHED → CLOSED,
                                   ; client ESTABLISHED → CLOSED; over
        verdict reset by server: aborted
    ",
    );
}

#[test]
fn what_was_underway_when_a_reset_came_moves_nothing() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1 ; data 100
        1.001 > R. 101:101(0) ack 1 ; reset, client ESTABLISHED → CLOSED,
                                    ; server ESTABLISHED → CLOSED; over
        1.002 < .  1:1(0) ack 101   ; ack of 100 after 2ms
        1.003 > R  101:101(0)       ; reset
        verdict reset by client: data in flight
    ",
    );
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1 ; data 100
        1.001 < R. 1:1(0) ack 1     ; reset, server ESTABLISHED → CLOSED,
                                    ; client ESTABLISHED → CLOSED; over
        1.002 > P. 101:151(50) ack 1 ; data 50
        1.200 > P. 1:101(100) ack 1 ; data 100 again, outlives 5, client CLOSED → ESTABLISHED
        verdict reset by server: unread data
    ",
    );
}

#[test]
fn either_end_may_reset_after_one_fin() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < R. 1:1(0) ack 1   ; reset, server ESTABLISHED → CLOSED,
                                  ; client FIN-WAIT-1 → CLOSED; over
        verdict reset by server: aborted
    ",
    );
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 > R. 2:2(0) ack 1   ; reset, client FIN-WAIT-1 → CLOSED,
                                  ; server ESTABLISHED → CLOSED; over
        verdict reset by client: aborted
    ",
    );
}

#[test]
fn either_end_may_reset_when_half_closed() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < .  1:1(0) ack 2
        1.020 < R. 1:1(0) ack 2   ; reset, server CLOSE-WAIT → CLOSED,
                                  ; client FIN-WAIT-2 → CLOSED; over
        verdict reset by server: aborted
    ",
    );
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < .  1:1(0) ack 2
        1.020 < P. 1:101(100) ack 2
        1.021 > R  2:2(0)         ; reset, client FIN-WAIT-2 → CLOSED,
                                  ; server CLOSE-WAIT → CLOSED; over
        verdict reset by client: data after close
    ",
    );
}

#[test]
fn either_end_may_reset_when_closing_at_once() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.001 < F. 1:1(0) ack 1
        1.010 > .  2:2(0) ack 2
        1.020 < R. 2:2(0) ack 2   ; reset, server FIN-WAIT-1 → CLOSED,
                                  ; client CLOSING → CLOSED; over
        verdict reset by server: aborted
    ",
    );
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.001 < F. 1:1(0) ack 1
        1.010 > .  2:2(0) ack 2
        1.020 > R. 2:2(0) ack 2   ; reset, client CLOSING → CLOSED,
                                  ; server FIN-WAIT-1 → CLOSED; over
        verdict reset by client: aborted
    ",
    );
}

#[test]
fn either_end_may_reset_before_the_last_ack() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < .  1:1(0) ack 2
        1.020 < F. 1:1(0) ack 2
        1.030 < R. 2:2(0) ack 2   ; reset, server LAST-ACK → CLOSED,
                                  ; client FIN-WAIT-2 → CLOSED; over
        verdict reset by server: aborted
    ",
    );
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < .  1:1(0) ack 2
        1.020 < F. 1:1(0) ack 2
        1.030 > R  2:2(0)         ; reset, client FIN-WAIT-2 → CLOSED,
                                  ; server LAST-ACK → CLOSED; over
        verdict reset by client: data after close
    ",
    );
}

#[test]
fn a_reset_ends_time_wait_and_changes_no_verdict() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < F. 1:1(0) ack 2
        1.020 > .  2:2(0) ack 2   ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                  ; server LAST-ACK → CLOSED; over
        1.030 < R  2:2(0)         ; reset, client TIME-WAIT → CLOSED
        verdict closed by client
    ",
    );
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < F. 1:1(0) ack 2
        1.020 > .  2:2(0) ack 2
        1.030 > R  2:2(0)         ; reset, client TIME-WAIT → CLOSED
        verdict closed by client
    ",
    );
}
