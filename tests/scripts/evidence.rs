//! By what a segment with data is told to be sent again, late or copied where little
//! tells: what it acknowledges, its header, what the other end asked for, and when.
//! A round trip is 20 ms.

use super::{check_kinds, check_kinds_over_ipv4};

#[test]
fn what_a_segment_acknowledges_tells_when_it_was_sent() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1    ; new
        0.110 < P. 1:51(50) ack 101    ; new
        0.120 > .  201:301(100) ack 1  ; new
        0.125 > .  101:201(100) ack 51 ; retransmission
        0.200 > .  401:501(100) ack 51 ; new
        0.245 > .  301:401(100) ack 1  ; out_of_order
    ",
    );
}

#[test]
fn what_acknowledges_more_than_the_first_time_is_no_copy() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1  ; new
        0.101 > .  101:201(100) ack 1 ; new
        0.102 < P. 1:51(50) ack 1    ; new
        0.104 > .  1:101(100) ack 51 ; retransmission
        0.105 > .  1:101(100) ack 51 ; duplicate
        0.106 > .  1:101(100) ack 1  ; duplicate
    ",
    );
}

#[test]
fn what_acknowledges_less_than_what_was_sent_for_it_was_overtaken_by_that() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1    ; new
        0.101 > .  201:301(100) ack 1  ; new
        0.102 < P. 1:51(50) ack 101 <sack 201:301> ; new
        0.130 > .  101:201(100) ack 51 ; retransmission, fast
        0.132 > .  101:201(100) ack 1  ; out_of_order
    ",
    );
}

#[test]
fn another_header_or_another_length_is_no_copy() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1         ; new
        0.101 > .  101:201(100) ack 1       ; new
        0.102 > .  1:101(100) ack 1 win 400 ; retransmission
        0.103 > .  51:151(100) ack 1        ; retransmission
        0.104 > .  1:151(150) ack 1         ; retransmission
        0.105 > .  51:151(100) ack 1        ; duplicate
    ",
    );
}

#[test]
fn what_sack_asked_for_comes_in_bursts() {
    check_kinds(
        "
        opened
        0.1000 > . 1:101(100) ack 1                ; new
        0.1001 > . 101:201(100) ack 1              ; new
        0.1002 > . 201:301(100) ack 1              ; new
        0.1003 > . 301:401(100) ack 1              ; new
        0.1004 > . 401:501(100) ack 1              ; new
        0.1190 < . 1:1(0) ack 101                  ; -
        0.1191 < . 1:1(0) ack 101 <sack 401:501>   ; -
        0.1200 > . 101:201(100) ack 1              ; retransmission, fast
        0.1201 > . 201:301(100) ack 1              ; retransmission, fast
        0.1202 > . 301:401(100) ack 1              ; retransmission, fast
        0.1203 > . 301:401(100) ack 1              ; duplicate
    ",
    );
}

#[test]
fn what_was_asked_for_may_come_just_behind_what_was_late() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1              ; new
        0.101 > .  201:301(100) ack 1            ; new
        0.102 < .  1:1(0) ack 101 <sack 201:301> ; -
        0.118 > .  101:201(100) ack 1            ; out_of_order
        0.119 < .  1:1(0) ack 301                ; -
        0.125 > .  101:201(100) ack 1            ; retransmission, spurious
    ",
    );
}

#[test]
fn what_was_sent_before_something_that_comes_too_soon_was_not_asked_for() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1                ; new
        0.105 < P. 1:51(50) ack 101                ; new
        0.110 > .  201:301(100) ack 1              ; new
        0.111 < .  51:51(0) ack 101 <sack 201:301> ; -
        0.115 > .  301:401(100) ack 51             ; new
        0.135 > .  101:201(100) ack 1              ; out_of_order
    ",
    );
}

#[test]
fn what_comes_as_late_as_others_did_was_overtaken_like_them() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1              ; new
        0.105 < P. 1:51(50) ack 101              ; new
        0.110 > .  201:301(100) ack 51           ; new
        0.111 < .  51:51(0) ack 101 <sack 201:301> ; -
        0.135 > .  101:201(100) ack 1            ; out_of_order
        0.136 < .  51:51(0) ack 301              ; -
        0.140 > .  401:501(100) ack 51           ; new
        0.141 < .  51:51(0) ack 301 <sack 401:501> ; -
        0.171 > .  301:401(100) ack 51           ; out_of_order
        0.172 < .  51:51(0) ack 501              ; -
        0.180 > .  601:701(100) ack 51           ; new
        0.181 < .  51:51(0) ack 501 <sack 601:701> ; -
        0.225 > .  501:601(100) ack 51           ; retransmission, fast
    ",
    );
}

#[test]
fn without_sack_the_third_repetition_asks() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; new
        0.101 > .  201:301(100) ack 1 ; new
        0.102 < .  1:1(0) ack 101     ; -
        0.103 < .  1:1(0) ack 101     ; -
        0.130 > .  101:201(100) ack 1 ; out_of_order
        0.131 < .  1:1(0) ack 301     ; -
        0.140 > .  401:501(100) ack 1 ; new
        0.141 < .  1:1(0) ack 301     ; -
        0.142 > .  501:601(100) ack 1 ; new
        0.143 < .  1:1(0) ack 301     ; -
        0.144 > .  601:701(100) ack 1 ; new
        0.145 < .  1:1(0) ack 301     ; -
        0.190 > .  301:401(100) ack 1 ; retransmission, fast
    ",
    );
}

#[test]
fn what_nobody_asked_for_is_a_copy_unless_it_comes_as_late_as_a_timeout() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; new
        0.101 < .  1:1(0) ack 101     ; -
        0.102 > .  101:201(100) ack 1 ; new
        0.114 > .  1:101(100) ack 1   ; duplicate
        0.330 > .  101:201(100) ack 1 ; retransmission, timeout
    ",
    );
}

#[test]
fn coarse_timestamps_do_not_tell_what_was_sent_within_a_tick() {
    // A tick lasts 100 ms.
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1 <nop,nop,TS val 1 ecr 1>   ; new
        0.350 > .  101:201(100) ack 1 <nop,nop,TS val 3 ecr 1> ; new
        0.351 > .  301:401(100) ack 1 <nop,nop,TS val 3 ecr 1> ; new
        0.352 < .  1:1(0) ack 201 <sack 301:401>               ; -
        0.375 > .  201:301(100) ack 1 <nop,nop,TS val 3 ecr 1> ; retransmission, fast
    ",
    );
}

#[test]
fn the_timestamp_may_be_that_of_any_time_before() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1 <nop,nop,TS val 100 ecr 1>   ; new
        0.101 > .  201:301(100) ack 1 <nop,nop,TS val 101 ecr 1> ; new
        0.140 > .  101:201(100) ack 1 <nop,nop,TS val 139 ecr 1> ; retransmission
        0.400 > .  101:201(100) ack 1 <nop,nop,TS val 399 ecr 1> ; retransmission, timeout
        0.401 > .  101:201(100) ack 1 <nop,nop,TS val 139 ecr 1> ; duplicate
    ",
    );
}

#[test]
fn one_step_of_the_identification_does_not_show_that_nobody_else_counts() {
    // What is missing may be a datagram of UDP; but none is as late as a timeout.
    check_kinds_over_ipv4(
        "
        opened
        0.100 > P. 1:101(100) ack 1 id 5    ; new
        0.110 < .  1:1(0) ack 101           ; -
        0.120 > P. 101:201(100) ack 1 id 6  ; new
        0.130 < .  1:1(0) ack 201           ; -
        0.220 > P. 201:301(100) ack 1 id 8  ; new
        0.230 < .  1:1(0) ack 301           ; -
        0.240 > P. 301:401(100) ack 1 id 9  ; new
        0.250 < .  1:1(0) ack 401           ; -
        0.450 > P. 401:501(100) ack 1 id 11 ; retransmission, timeout
    ",
    );
}

#[test]
fn a_gap_in_the_identifications_may_be_a_lost_acknowledgment() {
    check_kinds_over_ipv4(
        "
        opened
        0.100 > P. 1:101(100) ack 1 id 5    ; new
        0.110 < .  1:1(0) ack 101           ; -
        0.200 > P. 101:201(100) ack 1 id 6  ; new
        0.210 < .  1:1(0) ack 201           ; -
        0.300 > P. 201:301(100) ack 1 id 7  ; new
        0.310 < .  1:1(0) ack 301           ; -
        0.400 > P. 301:401(100) ack 1 id 8  ; new
        0.410 < .  1:1(0) ack 401           ; -
        0.500 > P. 401:501(100) ack 1 id 9  ; new
        0.510 < P. 11:21(10) ack 501        ; new
        0.600 > P. 501:601(100) ack 1 id 11 ; new
    ",
    );
}

#[test]
fn an_identification_that_all_segments_have_tells_nothing() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1 id 7       ; new
        0.101 > .  101:201(100) ack 1 id 7     ; new
        0.110 < .  1:1(0) ack 1 <sack 101:201> ; -
        0.131 > .  1:101(100) ack 1 id 7       ; retransmission, fast
    ",
    );
}

#[test]
fn a_piece_of_what_an_interface_cut_has_an_identification_of_its_own() {
    check_kinds_over_ipv4(
        "
        opened
        0.100 > .  1:301(300) ack 1 id 5   ; new
        0.101 > .  301:401(100) ack 1 id 8 ; new
        0.102 > .  101:201(100) ack 1 id 6 ; duplicate
        0.140 > .  101:201(100) ack 1 id 9 ; retransmission
    ",
    );
}
