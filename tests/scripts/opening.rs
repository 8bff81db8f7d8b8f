//! Handshakes, whole, repeated, refused and never ended.

use super::check;

#[test]
fn three_segments_open_a_connection() {
    check(
        "
        0.000 > S  0:0(0) win 65535 <mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7>
              ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,TS val 9 ecr 1,nop,wscale 7>
              ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.020 > .  1:1(0) ack 1 win 502 <nop,nop,TS val 2 ecr 9>
              ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
              ; server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn bits_of_congestion_control_open_nothing_else() {
    // RFC 3168 §6.1.1 and RFC 9768.
    check(
        "
        0.000 > SEW 0:0(0)        ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.010 < SE. 0:0(0) ack 1  ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.020 > W.  1:1(0) ack 1  ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn a_syn_sent_again_opens_the_same_connection() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        1.000 > S  0:0(0)         ; handshake 1/3 SYN again
        3.000 > S  0:0(0)         ; handshake 1/3 SYN again
        3.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        3.020 > .  1:1(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn a_lost_syn_ack_is_asked_for_and_sent_again() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        1.000 > S  0:0(0)         ; handshake 1/3 SYN again
        1.001 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK again
        1.010 > .  1:1(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn a_syn_ack_of_another_connection_acknowledges_nothing() {
    check(
        "
        0.000 > S  0:0(0)
        0.010 < S. 9000:9000(0) ack 5001
        0.011 > R  5001:5001(0)
        1.000 > S  0:0(0)
        1.010 < S. 0:0(0) ack 1
        1.020 > .  1:1(0) ack 1
        2.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        2.010 < F. 1:1(0) ack 2
        2.020 > .  2:2(0) ack 2
        verdict closed by client
    ",
    );
}

#[test]
fn a_lost_ack_of_the_handshake_is_asked_for_and_sent_again() {
    check(
        "
        opened
        1.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK again,
                                  ; server ESTABLISHED → SYN-RECEIVED
        1.020 > .  1:1(0) ack 1   ; handshake 3/3 ACK again,
                                  ; server SYN-RECEIVED → ESTABLISHED
        1.030 > P. 1:101(100) ack 1 ; data 100
        1.040 < .  1:1(0) ack 101 ; ack of 100 after 10ms
        verdict open
    ",
    );
}

#[test]
fn a_syn_ack_that_comes_again_shows_that_the_ack_was_not_taken() {
    let refused = "
        opened
        1.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK again,
                                  ; server ESTABLISHED → SYN-RECEIVED
        1.020 > .  1:1(0) ack 1   ; handshake 3/3 ACK again,
                                  ; server SYN-RECEIVED → ESTABLISHED
        3.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK again,
                                  ; server ESTABLISHED → SYN-RECEIVED
        3.020 > .  1:1(0) ack 1   ; handshake 3/3 ACK again
        3.100 > P. 1:11(10) ack 1 ; data 10
    ";
    check(&format!("{refused} \n verdict half open"));
    // Until there is room.
    check(&format!(
        "{refused}
        3.400 > P. 1:11(10) ack 1
        3.410 < .  1:1(0) ack 11  ; ack of 10 after 310ms, server SYN-RECEIVED → ESTABLISHED
        verdict open
    "
    ));
}

#[test]
fn a_syn_ack_that_comes_late_shows_nothing_of_a_server_that_has_gone_on() {
    check(
        "
        opened
        0.030 < P. 1:7(6) ack 1
        1.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK again
        verdict open
    ",
    );
}

#[test]
fn data_ends_the_handshake_where_the_ack_is_late() {
    check(
        "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.021 > P. 1:101(100) ack 1 ; handshake 3/3 ACK + data 100,
                                    ; client SYN-SENT → ESTABLISHED,
                                    ; server SYN-RECEIVED → ESTABLISHED
        0.022 > .  1:1(0) ack 1     ; ack again
        0.030 < .  1:1(0) ack 101   ; ack of 100 after 9ms
        verdict open
    ",
    );
}

#[test]
fn a_fin_ends_the_handshake_where_it_comes_first() {
    check(
        "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.021 > F. 1:1(0) ack 1     ; teardown 1/4 FIN,
                                    ; client SYN-SENT → ESTABLISHED → FIN-WAIT-1,
                                    ; server SYN-RECEIVED → ESTABLISHED
        0.030 < F. 1:1(0) ack 2     ; teardown 2-3/4 FIN+ACK,
                                    ; server ESTABLISHED → CLOSE-WAIT → LAST-ACK,
                                    ; client FIN-WAIT-1 → FIN-WAIT-2
        0.040 > .  2:2(0) ack 2     ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                    ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn the_server_may_speak_before_the_handshake_has_ended() {
    check(
        "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.011 < P. 1:7(6) ack 1     ; data 6
        0.020 > .  1:1(0) ack 1     ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                    ; server SYN-RECEIVED → ESTABLISHED
        0.021 > .  1:1(0) ack 7     ; ack of 6 after 10ms
        verdict open
    ",
    );
}

#[test]
fn an_ack_ends_the_handshake_although_the_syn_ack_was_not_captured() {
    check(
        "
        0.000 > S  0:0(0)           ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.020 > .  1:1(0) ack 1     ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                    ; server unknown → ESTABLISHED
        0.030 > P. 1:101(100) ack 1 ; data 100
        0.040 < .  1:1(0) ack 101   ; ack of 100 after 10ms
        verdict open
    ",
    );
}

#[test]
fn what_acknowledges_a_syn_and_is_no_syn_ends_no_handshake() {
    check(
        "
        0.000 > S  0:0(0)
        # The SYN-ACK was not captured.
        0.020 < P. 1:7(6) ack 1     ; data 6 after 20ms
        0.030 > .  1:1(0) ack 7     ; handshake 3/3 ACK, acks 6,
                                    ; client SYN-SENT → ESTABLISHED,
                                    ; server unknown → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn both_ends_open_at_once() {
    // RFC 9293 §3.5 figure 7; the first SYN cannot know of the other.
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < S  0:0(0)         ; handshake 2/4 SYN, server CLOSED → SYN-SENT
        0.010 > S. 0:0(0) ack 1   ; handshake 3/4 SYN-ACK, client SYN-SENT → SYN-RECEIVED
        0.011 < S. 0:0(0) ack 1   ; handshake 4/4 SYN-ACK,
                                  ; server SYN-SENT → SYN-RECEIVED → ESTABLISHED,
                                  ; client SYN-RECEIVED → ESTABLISHED
        0.020 > P. 1:101(100) ack 1 ; data 100 after 9ms
        0.030 < .  1:1(0) ack 101   ; ack of 100 after 10ms
        verdict open
    ",
    );
}

#[test]
fn both_ends_open_at_once_and_the_server_answers_first() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < S  0:0(0)         ; handshake 2/4 SYN, server CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 1   ; handshake 3/4 SYN-ACK, server SYN-SENT → SYN-RECEIVED
        0.011 > S. 0:0(0) ack 1   ; handshake 4/4 SYN-ACK,
                                  ; client SYN-SENT → SYN-RECEIVED → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn both_ends_open_at_once_and_a_syn_is_lost() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < S  0:0(0)         ; handshake 2/4 SYN, server CLOSED → SYN-SENT
        1.000 > S  0:0(0)         ; handshake 1/4 SYN again
        1.010 < S. 0:0(0) ack 1   ; handshake 3/4 SYN-ACK, server SYN-SENT → SYN-RECEIVED
        1.011 > S. 0:0(0) ack 1   ; handshake 4/4 SYN-ACK,
                                  ; client SYN-SENT → SYN-RECEIVED → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
    ",
    );
}

#[test]
fn of_two_syns_alone_nobody_knows_what_became() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < S  0:0(0)         ; handshake 2/4 SYN, server CLOSED → SYN-SENT
        verdict unknown: ack, only syns
    ",
    );
}

#[test]
fn a_syn_that_nobody_answers_stays_without_an_answer() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        1.000 > S  0:0(0)         ; handshake 1/3 SYN again
        verdict no answer
    ",
    );
}

#[test]
fn a_flood_of_syns_leaves_connections_half_open() {
    check(
        "
        0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.001 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        port 40001
        0.002 > S  0:0(0)         ; #1 handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.003 < S. 0:0(0) ack 1   ; #1 handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        port 40002
        0.004 > S  0:0(0)         ; #2 handshake 1/3 SYN, client CLOSED → SYN-SENT
        port 40000
        1.001 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK again
        3.001 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK again
        port 40001
        3.003 < S. 0:0(0) ack 1   ; #1 handshake 2/3 SYN-ACK again
        verdict half open
        verdict half open
        verdict no answer
    ",
    );
}

#[test]
fn a_syn_with_data_is_a_syn() {
    check(
        "
        0.000 > S  0:100(100)       ; handshake 1/3 SYN + data 100, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 101   ; handshake 2/3 SYN-ACK, acks 100,
                                    ; server LISTEN → SYN-RECEIVED
        0.020 > .  101:101(0) ack 1 ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                    ; server SYN-RECEIVED → ESTABLISHED
        0.030 > P. 101:201(100) ack 1 ; data 100
        verdict open
    ",
    );
}

#[test]
fn data_in_a_syn_that_was_ignored_is_sent_again() {
    check(
        "
        0.000 > S  0:100(100)       ; handshake 1/3 SYN + data 100, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 1     ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.020 > P. 1:101(100) ack 1 ; handshake 3/3 ACK + data 100 again,
                                    ; client SYN-SENT → ESTABLISHED,
                                    ; server SYN-RECEIVED → ESTABLISHED
        0.030 < .  1:1(0) ack 101   ; ack of 100 after 30ms
        verdict open
    ",
    );
}
