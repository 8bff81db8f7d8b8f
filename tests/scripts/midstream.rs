//! Captures that begin late, or hold one direction only. An unseen start is
//! unknown, never invented.

use super::check;

#[test]
fn a_capture_may_begin_with_the_syn_ack() {
    check(
        "
        0.010 < S. 0:0(0) ack 1     ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.020 > .  1:1(0) ack 1     ; handshake 3/3 ACK, client unknown → ESTABLISHED,
                                    ; server SYN-RECEIVED → ESTABLISHED
        0.030 > P. 1:101(100) ack 1 ; data 100
        0.040 < .  1:1(0) ack 101   ; ack of 100 after 10ms
        verdict open
    ",
    );
}

#[test]
fn a_capture_may_begin_with_the_ack_of_the_handshake() {
    check(
        "
        0.020 > .  1:1(0) ack 1     ; ack
        0.030 > P. 1:101(100) ack 1 ; data 100
        0.040 < .  1:1(0) ack 101   ; ack of 100 after 10ms
        verdict midstream
    ",
    );
}

#[test]
fn a_capture_may_begin_in_the_data() {
    check(
        "
        5.000 > P. 5001:5101(100) ack 301 ; data 100, seq 1, ack 1
        5.010 < .  301:301(0) ack 5101    ; ack of 100 after 10ms, seq 1, ack 101
        5.020 < P. 301:351(50) ack 5101   ; data 50, seq 1, ack 101
        5.030 > .  5101:5101(0) ack 351   ; ack of 50 after 10ms, seq 101, ack 51
        verdict midstream
    ",
    );
}

#[test]
fn the_first_sender_is_taken_for_the_client_where_ports_do_not_tell() {
    check(
        "
        port 25
        5.000 < P. 301:351(50) ack 5001   ; turned: data 50, seq 1, ack 1
        5.010 > .  5001:5001(0) ack 351   ; turned: ack of 50 after 10ms, seq 1, ack 51
        verdict midstream
    ",
    );
}

#[test]
fn ports_tell_who_the_client_is_though_the_server_speaks_first() {
    check(
        "
        5.000 < P. 301:351(50) ack 5001   ; data 50, seq 1, ack 1
        5.010 > .  5001:5001(0) ack 351   ; ack of 50 after 10ms, seq 1, ack 51
        verdict midstream
    ",
    );
}

#[test]
fn a_connection_that_began_unseen_closes_in_order() {
    check(
        "
        5.000 > P. 1:101(100) ack 1   ; data 100
        5.010 < .  1:1(0) ack 101     ; ack of 100 after 10ms
        5.020 > F. 101:101(0) ack 1   ; teardown 1/4 FIN, client unknown → FIN-WAIT-1
        5.030 < .  1:1(0) ack 102     ; teardown 2/4 ACK, server unknown → CLOSE-WAIT,
                                      ; client FIN-WAIT-1 → FIN-WAIT-2
        5.040 < F. 1:1(0) ack 102     ; teardown 3/4 FIN, server CLOSE-WAIT → LAST-ACK
        5.050 > .  102:102(0) ack 2   ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                      ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn a_connection_that_began_unseen_closes_from_both_sides_at_once() {
    check(
        "
        5.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client unknown → FIN-WAIT-1
        5.001 < F. 1:1(0) ack 1   ; teardown 2/4 FIN, server unknown → FIN-WAIT-1
        5.010 > .  2:2(0) ack 2   ; teardown 3/4 ACK, client FIN-WAIT-1 → CLOSING
        5.011 < .  2:2(0) ack 2   ; teardown 4/4 ACK,
                                  ; server FIN-WAIT-1 → CLOSING → TIME-WAIT,
                                  ; client CLOSING → TIME-WAIT; over
        verdict closed at once
    ",
    );
}

#[test]
fn a_connection_that_began_unseen_is_reset() {
    check(
        "
        5.000 > P. 1:101(100) ack 1 ; data 100
        5.010 < R  1:1(0)           ; reset, server unknown → CLOSED,
                                    ; client unknown → CLOSED; over
        verdict reset by server: unknown connection
    ",
    );
}

#[test]
fn the_first_fin_in_the_capture_is_taken_for_the_first() {
    // It was the second, and nothing in what was captured tells.
    check(
        "
        5.010 < .  1:1(0) ack 102   ; ack, ack 1
        5.020 < F. 1:1(0) ack 102   ; teardown 1/4 FIN, ack 1,
                                    ; server unknown → FIN-WAIT-1
        5.030 > .  102:102(0) ack 2 ; teardown 2/4 ACK, seq 1,
                                    ; client unknown → CLOSE-WAIT,
                                    ; server FIN-WAIT-1 → FIN-WAIT-2
        verdict half closed by server
    ",
    );
}

#[test]
fn the_last_ack_alone_is_an_ack() {
    check(
        "
        5.030 > .  102:102(0) ack 2 ; ack, seq 1, ack 1
        verdict midstream
    ",
    );
}

#[test]
fn the_clients_direction_alone_shows_the_client() {
    check(
        "
        0.000 > S  0:0(0)             ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.020 > .  1:1(0) ack 1       ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                      ; server unknown → ESTABLISHED
        0.021 > P. 1:101(100) ack 1   ; data 100
        0.040 > .  101:101(0) ack 501 ; ack of 500
        1.000 > F. 101:101(0) ack 501 ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.020 > .  102:102(0) ack 502 ; ack of 1
        verdict half closed by client
    ",
    );
}

#[test]
fn the_servers_direction_alone_shows_the_server() {
    check(
        "
        0.010 < S. 0:0(0) ack 1       ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.030 < .  1:1(0) ack 101     ; ack of 100
        0.031 < P. 1:501(500) ack 101 ; data 500
        1.010 < F. 501:501(0) ack 102 ; teardown 1/4 FIN, acks 1,
                                      ; server SYN-RECEIVED → FIN-WAIT-1
        verdict half closed by server
    ",
    );
}
