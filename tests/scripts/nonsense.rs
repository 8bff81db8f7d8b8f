//! What no end would send; an observer must be able to see it.

use super::check;

#[test]
fn syn_with_fin_or_rst_opens_nothing() {
    check(
        "
        0.000 > SF 0:0(0)         ; nonsense
        0.001 > SR 0:0(0)         ; nonsense
        0.002 > SFRPU 0:0(0)      ; nonsense
    ",
    );
}

#[test]
fn a_segment_without_any_bit_is_nonsense() {
    check(
        "
        opened
        1.000 > -  1:1(0)           ; nonsense
        1.001 > PU 1:1(0)           ; nonsense
        1.010 > P. 1:101(100) ack 1 ; data 100
        verdict open
    ",
    );
}

#[test]
fn nonsense_moves_no_state_of_an_open_connection() {
    check(
        "
        opened
        1.000 > SF. 0:0(0) ack 1    ; nonsense
        1.001 < SR. 0:0(0) ack 1    ; nonsense
        1.010 > P. 1:101(100) ack 1 ; data 100 after 9ms
        1.020 < .  1:1(0) ack 101   ; ack of 100 after 10ms
        verdict open
    ",
    );
}

#[test]
fn a_syn_after_nonsense_is_the_first() {
    check(
        "
        0.000 > SF 0:0(0)         ; nonsense
        0.001 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        0.020 > .  1:1(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                  ; server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn an_ack_of_what_was_never_sent_is_an_ack() {
    check(
        "
        opened
        1.000 < .  1:1(0) ack 5001  ; ack of 5000
        1.010 > P. 1:101(100) ack 1 ; data 100
    ",
    );
}
