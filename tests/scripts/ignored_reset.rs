//! RSTs that an end does not take (RFC 5961 §3.2), and ends that go on after one.

use super::{check, check_both_ways};

/// An open connection, 100 octets of which were taken in a window of 1000.
const BEFORE: &str = "
    1.000 > P. 1:101(100) ack 1     ; data 100
    1.010 < .  1:1(0) ack 101       ; ack of 100 after 10ms
";

/// Both ends go on.
const AFTER: &str = "
    3.000 > P. 101:201(100) ack 1   ; data 100
    3.010 < .  1:1(0) ack 201       ; ack of 100 after 10ms
    verdict open
";

/// A RST that both ends seem to take.
const RESET: &str = "
    2.000 > R. 101:101(0) ack 1     ; reset, client ESTABLISHED → CLOSED,
                                    ; server ESTABLISHED → CLOSED; over
";

fn check_after(before: &[&str], script: &str) {
    check_both_ways(&[BEFORE, &before.concat(), script].concat());
}

#[test]
fn a_reset_outside_the_window_is_dropped() {
    // The first number behind the window is outside.
    for seq in [1_101, 90_001, 2_000_000_000_u32] {
        let reset = format!("2.000 > R {seq}:{seq}(0) ; reset, not taken: reset_outside_window\n");
        check_after(&[&reset], AFTER);
        check_after(&[&reset], "verdict open");
    }
}

#[test]
fn a_reset_below_the_window_may_be_the_last_of_its_sender() {
    let reset = "
        2.000 > R  51:51(0)     ; reset, not taken: reset_outside_window,
                                ; client ESTABLISHED → CLOSED
    ";
    check_after(
        &[reset],
        "
        3.000 > P. 101:201(100) ack 1   ; data 100, outlives 6, client CLOSED → ESTABLISHED
        3.010 < .  1:1(0) ack 201       ; ack of 100 after 10ms
        verdict open
    ",
    );
}

#[test]
fn a_reset_in_the_window_is_challenged() {
    for seq in [102, 501, 1_100] {
        let reset = format!(
            "
            2.000 > R  {seq}:{seq}(0)   ; reset, not taken: reset_not_expected
            2.010 < .  1:1(0) ack 101   ; challenge ACK, answers 6
        "
        );
        check_after(&[&reset], AFTER);
        check_after(&[&reset], "verdict open");
    }
}

#[test]
fn whoever_meant_the_reset_answers_the_challenge_with_the_right_number() {
    check_after(
        &[],
        "
        2.000 > R  501:501(0)       ; reset, not taken: reset_not_expected
        2.010 < .  1:1(0) ack 101   ; challenge ACK, answers 6
        2.020 > R  101:101(0)       ; reset, client ESTABLISHED → CLOSED,
                                    ; server ESTABLISHED → CLOSED; over
        verdict reset by client: unknown connection
    ",
    );
}

#[test]
fn a_reset_in_the_window_that_nobody_challenges_is_the_end_where_nothing_follows() {
    let reset = "2.000 > R 501:501(0) ; reset, not taken: reset_not_expected\n";
    check_after(&[reset], "verdict reset by client: strange number");
    check_after(&[reset], AFTER);
}

#[test]
fn a_closed_window_holds_the_expected_number_alone() {
    // RFC 9293 §3.10.7.4: a segment without octets, and RCV.WND = 0.
    let closed = "
        1.000 > P. 1:1001(1000) ack 1     ; data 1000
        1.010 < .  1:1(0) ack 1001 win 0  ; ack of 1000 after 10ms
    ";
    check_both_ways(&format!(
        "{closed}
        1.020 > R  1002:1002(0)           ; reset, not taken: reset_outside_window
        verdict stalled by server
    "
    ));
    check_both_ways(&format!(
        "{closed}
        1.020 > R. 1001:1001(0) ack 1     ; reset, client ESTABLISHED → CLOSED,
                                          ; server ESTABLISHED → CLOSED; over
        verdict reset by client: aborted
    "
    ));
}

#[test]
fn a_reset_is_expected_behind_what_the_capture_lacks() {
    check_both_ways(
        "
        captured nothing
        1.000 > .  1:5001(5000) ack 1
        captured everything
        1.010 < .  1:1(0) ack 5001      ; ack of 5000
        2.000 > R. 5001:5001(0) ack 1   ; reset, client ESTABLISHED → CLOSED,
                                        ; server ESTABLISHED → CLOSED; over
        verdict reset by client: aborted
    ",
    );
}

#[test]
fn a_reset_is_expected_within_what_is_underway() {
    check_after(
        &[],
        "
        2.000 > P. 101:201(100) ack 1   ; data 100
        2.001 > P. 201:301(100) ack 1   ; data 100
        2.002 > R. 201:201(0) ack 1     ; reset, client ESTABLISHED → CLOSED,
                                        ; server ESTABLISHED → CLOSED; over
        verdict reset by client: data in flight
    ",
    );
}

#[test]
fn a_reset_may_have_the_number_of_the_fin_before_it() {
    // It answers data that had not acknowledged the FIN, or an end sends it so.
    let closing = "
        2.000 > F. 101:101(0) ack 1     ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        2.001 < P. 1:51(50) ack 101     ; data 50
        2.010 < .  51:51(0) ack 102     ; teardown 2/4 ACK, server ESTABLISHED → CLOSE-WAIT,
                                        ; client FIN-WAIT-1 → FIN-WAIT-2
    ";
    let resets = [
        ("R  101:101(0)", "data after close"),
        ("R  102:102(0)", "data after close"),
        ("R. 101:101(0) ack 1", "unread data"),
        ("R. 102:102(0) ack 1", "unread data"),
    ];
    for (reset, cause) in resets {
        check_after(
            &[closing],
            &format!(
                "
                2.020 > {reset} ; reset, client FIN-WAIT-2 → CLOSED,
                                ; server CLOSE-WAIT → CLOSED; over
                verdict reset by client: {cause}
            "
            ),
        );
    }
}

#[test]
fn a_listener_challenges_a_reset_with_another_number_too() {
    for (seq, why) in [
        (501, "reset_not_expected"),
        (90_001, "reset_outside_window"),
    ] {
        check(&format!(
            "
            opened
            port 40001
            new numbers
            1.000 > S  0:0(0)
            1.010 < S. 0:0(0) ack 1
            1.020 > R  {seq}:{seq}(0) ; #1 reset, not taken: {why}
            2.010 < S. 0:0(0) ack 1   ; #1 handshake 2/3 SYN-ACK again
            2.020 > .  1:1(0) ack 1   ; #1 handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                      ; server SYN-RECEIVED → ESTABLISHED
            verdict open
            verdict open
        "
        ));
    }
}

#[test]
fn a_receiver_that_goes_on_alone_did_not_hear_the_reset() {
    check_after(
        &[RESET],
        "
        2.500 < P. 1:101(100) ack 101   ; data 100, outlives 6, server CLOSED → ESTABLISHED
        2.800 < P. 1:101(100) ack 101   ; data 100 again
        verdict reset by client: aborted
    ",
    );
    // What crosses it shows nothing.
    check_after(
        &[RESET],
        "
        2.005 < P. 1:101(100) ack 101   ; data 100
        verdict reset by client: aborted
    ",
    );
}

#[test]
fn a_sender_that_goes_on_alone_did_not_send_the_reset() {
    check_after(
        &[RESET],
        "
        2.500 > P. 101:201(100) ack 1   ; data 100, outlives 6, client CLOSED → ESTABLISHED
        2.800 > P. 101:201(100) ack 1   ; data 100 again
        verdict reset by client: injected
    ",
    );
}

/// Both go on.
const OUTLIVED: &str = "
    2.500 > P. 101:201(100) ack 1   ; data 100, outlives 6, client CLOSED → ESTABLISHED
    2.510 < .  1:1(0) ack 201       ; ack of 100, outlives 6 after 10ms,
                                    ; server CLOSED → ESTABLISHED
";

#[test]
fn a_reset_that_both_ends_outlive_ends_nothing() {
    check_after(
        &[RESET, OUTLIVED],
        "
        3.000 < P. 1:101(100) ack 201   ; data 100
        3.010 > .  201:201(0) ack 101   ; ack of 100 after 10ms
        verdict open
    ",
    );
}

#[test]
fn several_resets_end_no_more_than_one() {
    let again = "
        2.001 > R. 101:101(0) ack 1     ; reset
        2.002 < R. 1:1(0) ack 101       ; reset
    ";
    check_after(&[RESET, again, OUTLIVED], "verdict open");
}

#[test]
fn a_connection_that_outlived_a_reset_closes_in_order() {
    check_after(
        &[RESET, OUTLIVED],
        "
        3.000 > F. 201:201(0) ack 1     ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        3.010 < F. 1:1(0) ack 202       ; teardown 2-3/4 FIN+ACK,
                                        ; server ESTABLISHED → CLOSE-WAIT → LAST-ACK,
                                        ; client FIN-WAIT-1 → FIN-WAIT-2
        3.020 > .  202:202(0) ack 2     ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                        ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn the_fins_themselves_may_show_that_both_ends_outlived_a_reset() {
    check_after(
        &[RESET],
        "
        3.000 > F. 101:101(0) ack 1     ; teardown 1/4 FIN, outlives 6,
                                        ; client CLOSED → ESTABLISHED → FIN-WAIT-1
        3.010 < F. 1:1(0) ack 102       ; teardown 2-3/4 FIN+ACK, outlives 6,
                                        ; server CLOSED → ESTABLISHED → CLOSE-WAIT → LAST-ACK,
                                        ; client FIN-WAIT-1 → FIN-WAIT-2
        3.020 > .  102:102(0) ack 2     ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                        ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn a_connection_that_outlived_a_reset_is_ended_by_another() {
    check_after(
        &[RESET, OUTLIVED],
        "
        3.000 > R. 201:201(0) ack 1     ; reset, client ESTABLISHED → CLOSED,
                                        ; server ESTABLISHED → CLOSED; over
        verdict reset by client: aborted
    ",
    );
}
