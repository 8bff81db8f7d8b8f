//! One pair of addresses and ports, several connections.

use super::check;

#[test]
fn a_port_used_again_at_once_is_another_connection() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < F. 1:1(0) ack 2
        1.020 > .  2:2(0) ack 2   ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                  ; server LAST-ACK → CLOSED; over
        new numbers
        1.030 > S  0:0(0)         ; #1 handshake 1/3 SYN, client CLOSED → SYN-SENT
        1.040 < S. 0:0(0) ack 1   ; #1 handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        1.050 > .  1:1(0) ack 1   ; #1 handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        1.060 > P. 1:101(100) ack 1 ; #1 data 100
        verdict closed by client
        verdict open
    ",
    );
}

#[test]
fn a_syn_on_an_open_connection_is_another_one_where_it_is_answered() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1 ; data 100
        new numbers
        9.000 > S  0:0(0)         ; stream 1 SYN on the connection, not taken: syn_on_connection,
                                  ; seq 305419896
        9.010 < S. 0:0(0) ack 1   ; #1 handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        9.020 > .  1:1(0) ack 1   ; #1 handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict open
        verdict open
    ",
    );
}

#[test]
fn a_syn_on_an_open_connection_that_is_challenged_begins_none() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1         ; data 100
        1.010 < .  1:1(0) ack 101           ; ack of 100 after 10ms
        2.000 > S  500000:500000(0)         ; stream 1 SYN on the connection,
                                            ; not taken: syn_on_connection
        2.010 < .  1:1(0) ack 101           ; stream 1 challenge ACK, answers 6
        2.500 > S  500000:500000(0)         ; stream 1 SYN on the connection,
                                            ; not taken: syn_on_connection
        2.510 < .  1:1(0) ack 101           ; stream 1 challenge ACK, answers 8
        3.000 > P. 101:201(100) ack 1       ; stream 1 data 100
        verdict open
    ",
    );
}

#[test]
fn a_refused_client_that_chooses_new_numbers_is_another_connection() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < R. 1:1(0) ack 1   ; refused, client SYN-SENT → CLOSED; over
        new numbers
        1.000 > S  0:0(0)         ; #1 handshake 1/3 SYN, client CLOSED → SYN-SENT
        1.001 < R. 1:1(0) ack 1   ; #1 refused, client SYN-SENT → CLOSED; over
        verdict refused
        verdict refused
    ",
    );
}

#[test]
fn the_server_may_open_the_next_connection() {
    check(
        "
        opened
        1.000 > R. 1:1(0) ack 1
        new numbers
        2.000 < S  0:0(0)         ; #1 turned: handshake 1/3 SYN, client CLOSED → SYN-SENT
        2.010 > S. 0:0(0) ack 1   ; #1 turned: handshake 2/3 SYN-ACK,
                                  ; server LISTEN → SYN-RECEIVED
        verdict reset by client: aborted
        verdict unknown: ack, ended
    ",
    );
}

#[test]
fn connections_between_the_same_hosts_do_not_mix() {
    check(
        "
        opened
        port 40001
        0.100 > S  0:0(0)           ; #1 handshake 1/3 SYN, client CLOSED → SYN-SENT
        port 40000
        0.101 > P. 1:101(100) ack 1 ; data 100
        port 40001
        0.102 < S. 0:0(0) ack 1     ; #1 handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        port 40000
        0.103 < .  1:1(0) ack 101   ; ack of 100 after 2ms
        port 40001
        0.104 > .  1:1(0) ack 1     ; #1 handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                    ; server SYN-RECEIVED → ESTABLISHED
        verdict open
        verdict open
    ",
    );
}

#[test]
fn ports_and_number_used_again_are_another_connection_and_the_same_stream() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < R. 1:1(0) ack 1   ; refused, client SYN-SENT → CLOSED; over
        90.00 > S  0:0(0)         ; #1 stream 0 handshake 1/3 SYN, client CLOSED → SYN-SENT
        90.01 < S. 0:0(0) ack 1   ; #1 stream 0 handshake 2/3 SYN-ACK,
                                  ; server LISTEN → SYN-RECEIVED
        90.02 > .  1:1(0) ack 1   ; #1 stream 0 handshake 3/3 ACK,
                                  ; client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        new numbers
        150.1 > S  0:0(0)         ; #2 stream 1 handshake 1/3 SYN, client CLOSED → SYN-SENT
        verdict refused
        verdict open
        verdict unknown: answer, ended
    ",
    );
}

#[test]
fn a_syn_that_comes_again_soon_after_it_was_refused_is_the_same_connection() {
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
fn a_number_used_again_soon_after_a_close_is_another_connection_and_the_same_stream() {
    let closed = "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < F. 1:1(0) ack 2
        1.020 > .  2:2(0) ack 2   ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                  ; server LAST-ACK → CLOSED; over
    ";
    let later = "
        2.020 > S  0:0(0)         ; #1 stream 0 handshake 1/3 SYN, client CLOSED → SYN-SENT
        2.030 < S. 0:0(0) ack 1   ; #1 stream 0 handshake 2/3 SYN-ACK,
                                  ; server LISTEN → SYN-RECEIVED
        verdict closed by client
        verdict unknown: ack, ended
    ";
    check(&[closed, later].concat());
    // Sooner it may be a copy of the SYN that came late.
    check(&[closed, "2.019 > S 0:0(0)\n verdict closed by client"].concat());
}

#[test]
fn a_syn_ack_with_new_numbers_after_a_close_is_of_a_connection_whose_syn_was_not_captured() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < F. 1:1(0) ack 2
        1.020 > .  2:2(0) ack 2   ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                  ; server LAST-ACK → CLOSED; over
        new numbers
        captured nothing
        1.100 > S  0:0(0)
        captured everything
        1.110 < S. 0:0(0) ack 1   ; #1 stream 0 handshake 2/3 SYN-ACK,
                                  ; server LISTEN → SYN-RECEIVED
        verdict closed by client
        verdict unknown: ack, ended
    ",
    );
}
