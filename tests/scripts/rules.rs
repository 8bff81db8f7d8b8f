//! Wireshark's analysis, at least one script for each rule. What tshark 4.0.17
//! says of the same frames was looked up; the sequence numbers wrap in all of
//! them.

use super::check_findings;

#[test]
fn what_is_sent_again_after_a_while_is_a_retransmission() {
    check_findings(
        "
        opened
        0.100 > P. 1:101(100) ack 1   ; flight 100
        0.400 > P. 1:101(100) ack 1   ; retransmission, 300ms after 4, flight 100
        1.000 > P. 1:101(100) ack 1   ; retransmission, 900ms after 4, flight 100
        1.010 < .  1:1(0) ack 101     ; -
    ",
    );
}

#[test]
fn two_duplicate_acks_and_20_ms_make_it_a_fast_retransmission() {
    check_findings(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; flight 100
        0.101 > .  101:201(100) ack 1 ; flight 200
        0.102 > .  201:301(100) ack 1 ; flight 300
        0.103 > .  301:401(100) ack 1 ; flight 400
        0.110 < .  1:1(0) ack 101     ; -
        0.111 < .  1:1(0) ack 101     ; duplicate_ack, #1 of 8
        0.112 < .  1:1(0) ack 101     ; duplicate_ack, #2 of 8
        0.131 > .  101:201(100) ack 1 ; retransmission, fast_retransmission, flight 300
        0.133 > .  101:201(100) ack 1 ; retransmission, 32ms after 5, flight 300
    ",
    );
}

#[test]
fn what_was_acknowledged_is_retransmitted_in_vain() {
    check_findings(
        "
        opened
        0.100 > P. 1:101(100) ack 1   ; flight 100
        0.110 < .  1:1(0) ack 101     ; -
        0.300 > P. 1:101(100) ack 1   ; retransmission, spurious_retransmission, flight 100
        0.310 < .  1:1(0) ack 101     ; duplicate_ack, #1 of 5
    ",
    );
}

#[test]
fn what_comes_soon_behind_later_octets_is_out_of_order() {
    // Within the 20 ms between SYN and ACK; the last one comes later.
    check_findings(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; flight 100
        0.102 > .  201:301(100) ack 1 ; lost_segment
        0.103 > .  301:401(100) ack 1 ; -
        0.120 > .  101:201(100) ack 1 ; out_of_order
        0.130 > .  501:601(100) ack 1 ; lost_segment
        0.151 > .  401:501(100) ack 1 ; retransmission, 51ms after 4
    ",
    );
}

#[test]
fn where_the_round_trip_is_unknown_3_ms_are_soon() {
    check_findings(
        "
        0.100 > .  1:101(100) ack 1   ; flight 100
        0.102 > .  201:301(100) ack 1 ; lost_segment
        0.104 > .  101:201(100) ack 1 ; out_of_order
        0.105 > .  401:501(100) ack 1 ; lost_segment
        0.108 > .  301:401(100) ack 1 ; retransmission, 8ms after 1
    ",
    );
}

#[test]
fn an_acknowledgment_may_show_what_was_not_captured() {
    check_findings(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; flight 100
        0.110 < .  1:1(0) ack 201     ; ack_lost_segment
        0.120 < .  1:1(0) ack 201     ; duplicate_ack, #1 of 5
        0.130 > .  201:301(100) ack 1 ; lost_segment
        0.140 < .  1:1(0) ack 301     ; ack_lost_segment
    ",
    );
}

#[test]
fn an_ack_again_with_another_window_is_a_window_update() {
    check_findings(
        "
        opened
        0.100 > .  1:101(100) ack 1         ; flight 100
        0.110 < .  1:1(0) ack 101 win 900   ; -
        0.120 < .  1:1(0) ack 101 win 1800  ; window_update
        0.130 < .  1:1(0) ack 101 win 1800  ; duplicate_ack, #1 of 5
    ",
    );
}

#[test]
fn what_fills_the_window_is_said_to() {
    // No scale is in force: the SYNs offer none.
    check_findings(
        "
        opened
        0.100 > .  1:1000(999) ack 1          ; flight 999
        0.101 > P. 1000:1001(1) ack 1         ; window_full, flight 1000
        0.110 < .  1:1(0) ack 1001 win 0      ; zero_window
    ",
    );
    check_findings(
        "
        0.000 > S  0:0(0) win 500 <wscale 3>
        0.010 < S. 0:0(0) ack 1 win 500 <wscale 1>
        0.020 > .  1:1(0) ack 1 win 500
        0.030 > .  1:501(500) ack 1           ; window_full, flight 500
        0.040 < .  1:1(0) ack 501 win 500     ; -
        0.050 > .  501:1501(1000) ack 1       ; window_full, flight 1000
    ",
    );
}

#[test]
fn a_keep_alive_and_its_answer() {
    check_findings(
        "
        opened
        0.100 > P. 1:101(100) ack 1   ; flight 100
        0.110 < .  1:1(0) ack 101     ; -
        9.000 > .  100:100(0) ack 1   ; keep_alive
        9.010 < .  1:1(0) ack 101     ; keep_alive_ack
        19.000 > . 100:101(1) ack 1   ; keep_alive, flight 1
        19.010 < . 1:1(0) ack 101     ; keep_alive_ack
    ",
    );
}

#[test]
fn a_closed_window_is_probed() {
    check_findings(
        "
        opened
        0.100 > .  1:101(100) ack 1         ; flight 100
        0.110 < .  1:1(0) ack 101 win 0     ; zero_window
        0.310 > .  101:102(1) ack 1         ; zero_window_probe, flight 1
        0.320 < .  1:1(0) ack 101 win 0     ; zero_window, zero_window_probe_ack
        0.720 > .  101:102(1) ack 1         ; zero_window_probe, flight 1
        0.730 < .  1:1(0) ack 101 win 1000  ; window_update
    ",
    );
}

#[test]
fn a_syn_with_other_numbers_reuses_ports() {
    check_findings(
        "
        opened
        0.100 > R  1:1(0)             ; -
        new numbers
        1.000 > S  0:0(0)             ; reused_ports
        2.000 > S  0:0(0)             ; retransmission, 1s after 5
        2.010 < S. 0:0(0) ack 1       ; -
        3.000 < SW. 100:100(0) ack 1  ; lost_segment, reused_ports
    ",
    );
}

#[test]
fn fast_open_is_taken_or_ignored() {
    check_findings(
        "
        0.500 > S  0:0(0) <FO>
        0.510 < S. 0:0(0) ack 1 <FO 0011223344556677>  ; -
        port 40001
        1.000 > S  0:10(10) <FO 0011223344556677>      ; tfo_syn, flight 10
        1.010 < S. 0:0(0) ack 11                       ; tfo_ack
        port 40002
        2.000 > S  0:10(10) <FO 0011223344556677>      ; tfo_syn, flight 10
        2.010 < S. 0:0(0) ack 1                        ; tfo_ignored
    ",
    );
}

#[test]
fn for_mptcp_an_ack_may_be_repeated_for_another_purpose() {
    check_findings(
        "
        opened
        0.100 > .  1:101(100) ack 1           ; flight 100
        0.110 < .  1:1(0) ack 101 <mptcp 2>   ; -
        0.120 < .  1:1(0) ack 101 <mptcp 2>   ; -
        0.130 < .  1:1(0) ack 101 <mptcp 3>   ; duplicate_ack, #1 of 5
        0.140 < .  1:1(0) ack 101             ; -
        0.150 < .  1:1(0) ack 101 <mptcp 2>   ; duplicate_ack, #2 of 5
        0.160 > .  101:201(100) ack 1 <mptcp 1> ; flight 100
        0.170 < .  1:1(0) ack 101             ; -
        0.180 < .  1:1(0) ack 101             ; duplicate_ack, #3 of 5
    ",
    );
}

#[test]
fn what_the_sack_blocks_hold_is_not_in_flight() {
    check_findings(
        "
        opened
        0.100 > .  1:101(100) ack 1                ; flight 100
        0.101 > .  101:201(100) ack 1              ; flight 200
        0.110 < .  1:1(0) ack 1 <sack 101:201>     ; duplicate_ack, #1 of 2
        0.120 > .  201:301(100) ack 1              ; flight 200
        0.130 < .  1:1(0) ack 51                   ; -
        0.140 > .  301:401(100) ack 1              ; flight 350
    ",
    );
}

#[test]
fn of_sack_blocks_the_first_three_count() {
    check_findings(
        "
        opened
        0.100 > .  1:1001(1000) ack 1                                 ; window_full, flight 1000
        0.110 < .  1:1(0) ack 1 <sack 101:201 301:401 501:601 701:801> ; duplicate_ack, #1 of 2
        0.120 > .  1001:1101(100) ack 1                               ; flight 800
    ",
    );
}

#[test]
fn where_all_is_in_the_sack_blocks_nothing_is_in_flight() {
    check_findings(
        "
        opened
        0.100 > .  1:101(100) ack 1                    ; flight 100
        0.110 < .  1:1(0) ack 101 <sack 101:201>       ; -
        0.120 > .  101:201(100) ack 1                  ; -
        0.130 > F. 201:201(0) ack 1                    ; -
        0.140 < .  1:1(0) ack 201 <sack 190:199>       ; -
        0.150 > F. 201:211(10) ack 1                   ; flight 1
    ",
    );
}

#[test]
fn the_round_trip_of_the_handshake_counts_from_the_next_segment_on() {
    // The one that shows it comes within it, but not within 3 ms.
    check_findings(
        "
        0.010 > S  0:0(0)
        0.020 < S. 0:20(20) ack 1          ; flight 20
        0.030 < .  0:10(10) ack 1          ; retransmission, 10ms after 2, flight 21
        0.035 < .  0:10(10) ack 1          ; out_of_order, flight 21
    ",
    );
}

#[test]
fn a_window_that_was_never_offered_is_as_large_as_can_be() {
    // The client's first number is -2, and -1 the last one allowed.
    check_findings(
        "
        0.010 > S. 0:0(0) ack 1
        0.020 > .  0:1(1) ack 1            ; window_full, keep_alive, flight 1
    ",
    );
}

#[test]
fn what_lies_half_the_numbers_away_is_behind() {
    check_findings(
        "
        opened
        0.110 < .  1:1(0) ack 2147483649          ; ack_lost_segment
        0.120 > .  2147483649:2147483649(0) ack 1 ; lost_segment
    ",
    );
}

#[test]
fn a_far_acknowledgment_takes_the_last_segment_and_leaves_the_first() {
    check_findings(
        "
        opened
        0.100 > .  1:101(100) ack 1        ; flight 100
        0.110 > .  101:201(100) ack 1      ; flight 200
        0.120 > .  201:202(1) ack 1        ; flight 201
        0.130 < .  1:1(0) ack 2147483849   ; ack_lost_segment
        0.140 > .  202:203(1) ack 1        ; retransmission, spurious_retransmission, flight 202
    ",
    );
}

#[test]
fn a_window_scale_outside_of_a_syn_counts_all_the_same() {
    check_findings(
        "
        0.010 > S  0:0(0) win 500
        0.020 < S. 0:0(0) ack 1 win 500
        0.030 > .  1:1(0) ack 1 win 500
        0.040 < .  1:1(0) ack 1 win 500 <wscale 1>  ; duplicate_ack, #1 of 2
        0.050 > .  1:1001(1000) ack 1               ; window_full, flight 1000
    ",
    );
}

#[test]
fn a_syn_ack_of_the_same_end_may_ignore_its_data() {
    check_findings(
        "
        1.000 > S  0:10(10) <FO 0011223344556677>   ; tfo_syn, flight 10
        1.010 > S. 0:0(0) ack 1                     ; retransmission, tfo_ignored, 10ms after 1
        1.020 < S. 0:0(0) ack 2147483649            ; ack_lost_segment, tfo_ack
    ",
    );
}
