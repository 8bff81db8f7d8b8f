//! What a server does not take where it waits for the ACK of its SYN-ACK (RFC 9293
//! §3.10.7.4), and how it is told that it has not.

use super::check;

/// A client that has asked and been answered.
const ASKED: &str = "
    0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
    0.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
";

/// Its ACK acknowledges what was never sent, and the server says so.
const REFUSED: &str = "
    0.020 > .  1:1(0) ack 5001   ; ack, not taken: ack_of_unsent
    0.030 < R  5001:5001(0)      ; reset, answers 3, client SYN-SENT → CLOSED
";

fn check_after(before: &[&str], script: &str) {
    check(&[ASKED, &before.concat(), script].concat());
}

#[test]
fn an_ack_of_a_number_never_sent_opens_nothing() {
    check_after(
        &[],
        "
        0.020 > .  1:1(0) ack 5001   ; ack, not taken: ack_of_unsent
        1.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK again
        3.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK again
        verdict half open
    ",
    );
}

#[test]
fn an_ack_of_a_number_below_the_first_opens_nothing() {
    for ack in [4_294_960_000_u32, 0] {
        check_after(
            &[],
            &format!(
                "
                0.020 > .  1:1(0) ack {ack}  ; ack, not taken: ack_below_initial
                0.030 < R  {ack}:{ack}(0)    ; reset, answers 3, client SYN-SENT → CLOSED
                1.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK again
                verdict half open
            "
            ),
        );
    }
}

#[test]
fn a_server_that_refuses_an_ack_waits_for_another() {
    // RFC 9293 §3.5.2, group 2: it stays in its state.
    check_after(
        &[REFUSED],
        "
        1.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK again
        3.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK again
        verdict half open
    ",
    );
}

#[test]
fn a_refused_ack_may_be_the_last_that_was_captured() {
    check_after(&[REFUSED], "verdict reset by server: ack of unsent");
}

#[test]
fn the_right_ack_opens_what_a_wrong_one_did_not() {
    let opened = "
        1.020 > .  1:1(0) ack 1      ; handshake 3/3 ACK, outlives 4,
                                     ; client CLOSED → SYN-SENT → ESTABLISHED,
                                     ; server SYN-RECEIVED → ESTABLISHED
        1.030 > P. 1:101(100) ack 1  ; data 100
        1.040 < .  1:1(0) ack 101    ; ack of 100 after 10ms
        verdict open
        client sent 4, 1 with 100
    ";
    let again = "1.010 < S. 0:0(0) ack 1 ; handshake 2/3 SYN-ACK again\n";
    check_after(&[REFUSED, again], &[opened, "server sent 4"].concat());
    // Though nobody has asked for it again.
    check_after(&[REFUSED], &[opened, "server sent 3"].concat());
}

#[test]
fn data_and_a_fin_may_have_the_right_ack_too() {
    check_after(
        &[REFUSED],
        "
        1.020 > P. 1:101(100) ack 1  ; handshake 3/3 ACK + data 100, outlives 4,
                                     ; client CLOSED → SYN-SENT → ESTABLISHED,
                                     ; server SYN-RECEIVED → ESTABLISHED
        1.030 < .  1:1(0) ack 101    ; ack of 100 after 10ms
        verdict open
    ",
    );
    check_after(
        &[REFUSED],
        "
        1.020 > F. 1:1(0) ack 1      ; teardown 1/4 FIN, outlives 4,
                                     ; client CLOSED → SYN-SENT → ESTABLISHED → FIN-WAIT-1,
                                     ; server SYN-RECEIVED → ESTABLISHED
        1.030 < F. 1:1(0) ack 2      ; teardown 2-3/4 FIN+ACK,
                                     ; server ESTABLISHED → CLOSE-WAIT → LAST-ACK,
                                     ; client FIN-WAIT-1 → FIN-WAIT-2
        1.040 > .  2:2(0) ack 2      ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                     ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn data_and_a_fin_with_a_wrong_ack_bring_nothing() {
    check_after(
        &[],
        "
        0.020 > P. 1:101(100) ack 5001 ; data 100, not taken: ack_of_unsent
        0.021 > F. 101:101(0) ack 5001 ; FIN, not taken: ack_of_unsent
        0.030 < R  5001:5001(0)        ; reset, answers 4, client SYN-SENT → CLOSED
        1.010 < S. 0:0(0) ack 1        ; handshake 2/3 SYN-ACK again
        verdict half open
        client sent 3
        server sent 3
    ",
    );
}

#[test]
fn a_reset_of_another_number_answers_no_wrong_ack() {
    check_after(
        &[],
        "
        0.020 > .  1:1(0) ack 5001   ; ack, not taken: ack_of_unsent
        0.030 < R  4001:4001(0)      ; reset, not taken: reset_outside_window
        1.010 < S. 0:0(0) ack 1      ; handshake 2/3 SYN-ACK again
        verdict half open
    ",
    );
}

#[test]
fn acks_of_more_and_more_show_that_the_capture_lacks_data() {
    check_after(
        &[],
        "
        captured nothing
        0.020 > .  1:1(0) ack 1
        0.021 < .  1:1001(1000) ack 1
        captured everything
        0.030 > .  1:1(0) ack 1001     ; ack, not taken: ack_of_unsent
        captured nothing
        0.031 < .  1001:2001(1000) ack 1
        captured everything
        0.040 > .  1:1(0) ack 2001     ; handshake 3/3 ACK, acks 2000,
                                       ; client SYN-SENT → ESTABLISHED,
                                       ; server SYN-RECEIVED → ESTABLISHED
        0.050 < .  2001:3001(1000) ack 1 ; data 1000, 2000 missing
        0.060 > .  1:1(0) ack 3001     ; ack of 1000 after 10ms
        verdict open
    ",
    );
}

#[test]
fn a_wrong_number_opens_nothing_and_is_answered_with_the_right_one() {
    for seq in [900_001_u32, 4_294_000_000, 0] {
        check_after(
            &[],
            &format!(
                "
                0.020 > .  {seq}:{seq}(0) ack 1 ; ack, not taken: outside_window after 10ms
                0.030 < .  1:1(0) ack 1      ; challenge ACK, answers 3
                0.040 > .  1:1(0) ack 1      ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                             ; server SYN-RECEIVED → ESTABLISHED
                0.050 > P. 1:101(100) ack 1  ; data 100
                0.060 < .  1:1(0) ack 101    ; ack of 100 after 10ms
                verdict open
            "
            ),
        );
    }
}

#[test]
fn the_number_is_looked_at_before_what_is_acknowledged() {
    // RFC 9293 §3.10.7.4, first and fifth.
    check_after(
        &[],
        "
        0.020 > .  900001:900001(0) ack 5001 ; ack, not taken: outside_window
        0.030 < .  1:1(0) ack 1              ; challenge ACK, answers 3
        1.010 < S. 0:0(0) ack 1              ; handshake 2/3 SYN-ACK again
        verdict half open
    ",
    );
}

#[test]
fn a_client_that_never_finds_the_right_number_stays_half_open() {
    check_after(
        &[],
        "
        0.020 > .  900001:900001(0) ack 1 ; ack, not taken: outside_window after 10ms
        0.030 < .  1:1(0) ack 1           ; challenge ACK, answers 3
        1.010 < S. 0:0(0) ack 1           ; handshake 2/3 SYN-ACK again
        1.020 > .  900001:900001(0) ack 1 ; ack, not taken: outside_window after 10ms
        1.030 < .  1:1(0) ack 1           ; challenge ACK, answers 6
        verdict half open
    ",
    );
}

#[test]
fn a_number_in_the_window_opens() {
    check_after(
        &[],
        "
        0.020 > .  501:501(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                      ; server SYN-RECEIVED → ESTABLISHED
        verdict open
    ",
    );
}

#[test]
fn numbers_that_go_on_show_that_the_capture_lacks_data() {
    check_after(
        &[],
        "
        captured nothing
        0.020 > .  1:1(0) ack 1
        0.021 > .  1:70001(70000) ack 1
        captured everything
        0.030 > .  70001:70101(100) ack 1 ; handshake 3/3 ACK + data 100, 70000 missing,
                                          ; client SYN-SENT → ESTABLISHED,
                                          ; server SYN-RECEIVED → ESTABLISHED
        0.031 > .  70101:70201(100) ack 1 ; data 100
        0.032 > .  70201:70301(100) ack 1 ; data 100
        0.040 < .  1:1(0) ack 70301       ; ack of 70300 after 8ms
        verdict open
    ",
    );
}
