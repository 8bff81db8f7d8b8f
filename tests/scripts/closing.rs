//! Teardowns in order: RFC 9293 §3.6.

use super::check;

#[test]
fn the_client_closes_first() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.010 < .  1:1(0) ack 2   ; teardown 2/4 ACK, server ESTABLISHED → CLOSE-WAIT,
                                  ; client FIN-WAIT-1 → FIN-WAIT-2
        1.020 < F. 1:1(0) ack 2   ; teardown 3/4 FIN, server CLOSE-WAIT → LAST-ACK
        1.030 > .  2:2(0) ack 2   ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                  ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn the_server_closes_first() {
    check(
        "
        opened
        1.000 < F. 1:1(0) ack 1   ; teardown 1/4 FIN, server ESTABLISHED → FIN-WAIT-1
        1.010 > .  1:1(0) ack 2   ; teardown 2/4 ACK, client ESTABLISHED → CLOSE-WAIT,
                                  ; server FIN-WAIT-1 → FIN-WAIT-2
        1.020 > F. 1:1(0) ack 2   ; teardown 3/4 FIN, client CLOSE-WAIT → LAST-ACK
        1.030 < .  2:2(0) ack 2   ; teardown 4/4 ACK, server FIN-WAIT-2 → TIME-WAIT,
                                  ; client LAST-ACK → CLOSED; over
        verdict closed by server
    ",
    );
}

#[test]
fn three_segments_close_where_the_answer_is_combined() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.010 < F. 1:1(0) ack 2   ; teardown 2-3/4 FIN+ACK,
                                  ; server ESTABLISHED → CLOSE-WAIT → LAST-ACK,
                                  ; client FIN-WAIT-1 → FIN-WAIT-2
        1.020 > .  2:2(0) ack 2   ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                  ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn a_fin_may_come_with_the_last_data() {
    check(
        "
        opened
        1.000 > FP. 1:101(100) ack 1 ; teardown 1/4 FIN + data 100,
                                     ; client ESTABLISHED → FIN-WAIT-1
        1.010 < .  1:1(0) ack 102    ; teardown 2/4 ACK, acks 100,
                                     ; server ESTABLISHED → CLOSE-WAIT,
                                     ; client FIN-WAIT-1 → FIN-WAIT-2
        1.020 < FP. 1:51(50) ack 102 ; teardown 3/4 FIN + data 50,
                                     ; server CLOSE-WAIT → LAST-ACK
        1.030 > .  102:102(0) ack 52 ; teardown 4/4 ACK, acks 50,
                                     ; client FIN-WAIT-2 → TIME-WAIT,
                                     ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn a_fin_is_not_acknowledged_with_the_data_before_it() {
    check(
        "
        opened
        1.000 > FP. 1:101(100) ack 1 ; teardown 1/4 FIN + data 100,
                                     ; client ESTABLISHED → FIN-WAIT-1
        1.010 < .  1:1(0) ack 101    ; ack of 100
        1.020 < .  1:1(0) ack 102    ; teardown 2/4 ACK, server ESTABLISHED → CLOSE-WAIT,
                                     ; client FIN-WAIT-1 → FIN-WAIT-2
        verdict half closed by client
    ",
    );
}

#[test]
fn an_end_that_closed_still_receives() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1   ; data 100
        1.001 > F. 101:101(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.010 < .  1:1(0) ack 102     ; teardown 2/4 ACK, acks 100,
                                      ; server ESTABLISHED → CLOSE-WAIT,
                                      ; client FIN-WAIT-1 → FIN-WAIT-2
        1.020 < P. 1:501(500) ack 102 ; data 500
        1.030 > .  102:102(0) ack 501 ; ack of 500 after 10ms
        1.040 < P. 501:701(200) ack 102 ; data 200
        1.050 > .  102:102(0) ack 701 ; ack of 200 after 10ms
        1.060 < F. 701:701(0) ack 102 ; teardown 3/4 FIN, server CLOSE-WAIT → LAST-ACK
        1.070 > .  102:102(0) ack 702 ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                      ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn data_may_acknowledge_the_fin() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1       ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.010 < P. 1:501(500) ack 2   ; teardown 2/4 ACK + data 500,
                                      ; server ESTABLISHED → CLOSE-WAIT,
                                      ; client FIN-WAIT-1 → FIN-WAIT-2
        1.020 > .  2:2(0) ack 501     ; ack of 500 after 10ms
        verdict half closed by client
    ",
    );
}

#[test]
fn both_ends_close_at_once() {
    // RFC 9293 §3.6 case 3: an end is in CLOSING as its answer to the FIN
    // shows, and the last ACK proves what the server went through.
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.001 < F. 1:1(0) ack 1   ; teardown 2/4 FIN, server ESTABLISHED → FIN-WAIT-1
        1.010 > .  2:2(0) ack 2   ; teardown 3/4 ACK, client FIN-WAIT-1 → CLOSING
        1.011 < .  2:2(0) ack 2   ; teardown 4/4 ACK,
                                  ; server FIN-WAIT-1 → CLOSING → TIME-WAIT,
                                  ; client CLOSING → TIME-WAIT; over
        verdict closed at once
    ",
    );
}

#[test]
fn both_ends_close_at_once_and_the_server_answers_first() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.001 < F. 1:1(0) ack 1   ; teardown 2/4 FIN, server ESTABLISHED → FIN-WAIT-1
        1.010 < .  2:2(0) ack 2   ; teardown 3/4 ACK, server FIN-WAIT-1 → CLOSING
        1.011 > .  2:2(0) ack 2   ; teardown 4/4 ACK,
                                  ; client FIN-WAIT-1 → CLOSING → TIME-WAIT,
                                  ; server CLOSING → TIME-WAIT; over
        verdict closed at once
    ",
    );
}

#[test]
fn both_ends_close_at_once_and_a_fin_is_sent_again() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.001 < F. 1:1(0) ack 1   ; teardown 2/4 FIN, server ESTABLISHED → FIN-WAIT-1
        # The client's FIN was lost on its way, the server's was not.
        1.200 > F. 1:1(0) ack 2   ; teardown 1/4 FIN again, client FIN-WAIT-1 → CLOSING
        1.210 < .  2:2(0) ack 2   ; teardown 4/4 ACK,
                                  ; server FIN-WAIT-1 → CLOSING → TIME-WAIT,
                                  ; client CLOSING → TIME-WAIT; over
        verdict closed at once
    ",
    );
}

#[test]
fn a_lost_fin_is_sent_again() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.200 > F. 1:1(0) ack 1   ; teardown 1/4 FIN again
        1.210 < .  1:1(0) ack 2   ; teardown 2/4 ACK, server ESTABLISHED → CLOSE-WAIT,
                                  ; client FIN-WAIT-1 → FIN-WAIT-2
        verdict half closed by client
    ",
    );
}

#[test]
fn a_lost_ack_of_a_fin_is_asked_for_and_sent_again() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.001 < .  1:1(0) ack 2   ; teardown 2/4 ACK, server ESTABLISHED → CLOSE-WAIT,
                                  ; client FIN-WAIT-1 → FIN-WAIT-2
        1.200 > F. 1:1(0) ack 1   ; teardown 1/4 FIN again
        1.201 < .  1:1(0) ack 2   ; teardown 2/4 ACK again
        verdict half closed by client
    ",
    );
}

#[test]
fn a_lost_combined_answer_is_asked_for_and_sent_again() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.001 < F. 1:1(0) ack 2   ; teardown 2-3/4 FIN+ACK,
                                  ; server ESTABLISHED → CLOSE-WAIT → LAST-ACK,
                                  ; client FIN-WAIT-1 → FIN-WAIT-2
        1.200 > F. 1:1(0) ack 1   ; teardown 1/4 FIN again
        1.201 < F. 1:1(0) ack 2   ; teardown 2-3/4 FIN+ACK again
        1.210 > .  2:2(0) ack 2   ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                  ; server LAST-ACK → CLOSED; over
        verdict closed by client
    ",
    );
}

#[test]
fn time_wait_answers_a_fin_that_is_sent_again() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1   ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.010 < .  1:1(0) ack 2   ; teardown 2/4 ACK, server ESTABLISHED → CLOSE-WAIT,
                                  ; client FIN-WAIT-1 → FIN-WAIT-2
        1.020 < F. 1:1(0) ack 2   ; teardown 3/4 FIN, server CLOSE-WAIT → LAST-ACK
        1.030 > .  2:2(0) ack 2   ; teardown 4/4 ACK, client FIN-WAIT-2 → TIME-WAIT,
                                  ; server LAST-ACK → CLOSED; over
        1.220 < F. 1:1(0) ack 2   ; teardown 3/4 FIN again
        1.230 > .  2:2(0) ack 2   ; teardown 4/4 ACK again
        verdict closed by client
    ",
    );
}

#[test]
fn a_fin_may_be_sent_again_with_the_data_before_it() {
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1  ; data 100
        1.001 > F. 101:101(0) ack 1  ; teardown 1/4 FIN, client ESTABLISHED → FIN-WAIT-1
        1.200 > FP. 1:101(100) ack 1 ; teardown 1/4 FIN + data 100 again
        1.210 < .  1:1(0) ack 102    ; teardown 2/4 ACK, acks 100,
                                     ; server ESTABLISHED → CLOSE-WAIT,
                                     ; client FIN-WAIT-1 → FIN-WAIT-2
        verdict half closed by client
    ",
    );
}

#[test]
fn a_fin_behind_a_gap_waits_for_the_data_before_it() {
    check(
        "
        opened
        # 1:101 is missing: the FIN is not acknowledged before it has come.
        1.000 > F. 101:101(0) ack 1 ; teardown 1/4 FIN, 100 missing,
                                    ; client ESTABLISHED → FIN-WAIT-1
        1.010 < .  1:1(0) ack 1     ; ack again
        1.200 > P. 1:101(100) ack 1 ; data 100
        1.210 < .  1:1(0) ack 102   ; teardown 2/4 ACK, acks 100,
                                    ; server ESTABLISHED → CLOSE-WAIT,
                                    ; client FIN-WAIT-1 → FIN-WAIT-2
        verdict half closed by client
    ",
    );
}

#[test]
fn a_capture_may_end_before_the_last_ack() {
    check(
        "
        opened
        1.000 > F. 1:1(0) ack 1
        1.010 < F. 1:1(0) ack 2
        verdict closing
    ",
    );
}
