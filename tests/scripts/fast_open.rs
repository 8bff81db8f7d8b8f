//! TCP Fast Open (RFC 7413).

use super::check;

#[test]
fn a_client_without_a_cookie_asks_for_one() {
    check(
        "
        0.000 > S  0:0(0) <mss 1460,FO>
              ; handshake 1/3 SYN, asks for a cookie, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 1 <mss 1460,FO 0123456789abcdef>
              ; handshake 2/3 SYN-ACK, gives a cookie, server LISTEN → SYN-RECEIVED
        0.020 > P. 1:101(100) ack 1
              ; handshake 3/3 ACK + data 100, client SYN-SENT → ESTABLISHED,
              ; server SYN-RECEIVED → ESTABLISHED
        0.030 < .  1:1(0) ack 101 ; ack of 100 after 10ms
        verdict open
    ",
    );
}

#[test]
fn a_cookie_lets_both_speak_before_the_handshake_has_ended() {
    check(
        "
        0.000 > S  0:100(100) <mss 1460,FO 0123456789abcdef>
              ; handshake 1/3 SYN + data 100, has a cookie, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 101 <mss 1460>
              ; handshake 2/3 SYN-ACK, acks 100, server LISTEN → SYN-RECEIVED
        0.011 < P. 1:51(50) ack 101 ; data 50
        0.020 > .  101:101(0) ack 51
              ; handshake 3/3 ACK, acks 50, client SYN-SENT → ESTABLISHED,
              ; server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn a_cookie_that_is_ignored_costs_the_data_a_second_way() {
    check(
        "
        0.000 > S  0:100(100) <mss 1460,FO 0123456789abcdef>
              ; handshake 1/3 SYN + data 100, has a cookie, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 1 <mss 1460>
              ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.020 > P. 1:101(100) ack 1
              ; handshake 3/3 ACK + data 100 again, client SYN-SENT → ESTABLISHED,
              ; server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn a_lost_syn_with_data_is_sent_again_without_it() {
    check(
        "
        0.000 > S  0:100(100) <mss 1460,FO 0123456789abcdef>
              ; handshake 1/3 SYN + data 100, has a cookie, client CLOSED → SYN-SENT
        1.000 > S  0:0(0) <mss 1460>
              ; handshake 1/3 SYN again
        1.010 < S. 0:0(0) ack 1 <mss 1460>
              ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        1.020 > P. 1:101(100) ack 1
              ; handshake 3/3 ACK + data 100 again, client SYN-SENT → ESTABLISHED,
              ; server SYN-RECEIVED → ESTABLISHED
    ",
    );
}
