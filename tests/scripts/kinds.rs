//! What a segment with data really was, and why it was sent again. Each script
//! tells by timestamps; those with `id` by the identification too, which IPv6
//! has not.

use super::{check_kinds, check_kinds_over_ipv4};

#[test]
fn what_was_sent_before_what_overtook_it_is_out_of_order() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; new
        0.110 > .  201:301(100) ack 1 id 7 <nop,nop,TS val 110 ecr 1> ; new
        0.180 > .  101:201(100) ack 1 id 6 <nop,nop,TS val 105 ecr 1> ; out_of_order
        0.190 < .  1:1(0) ack 301                                     ; -
    ",
    );
}

#[test]
fn what_was_sent_after_what_lies_behind_it_is_a_retransmission() {
    // Wireshark takes it for out of order: it comes within the round trip.
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; new
        0.110 > .  201:301(100) ack 1 id 7 <nop,nop,TS val 110 ecr 1> ; new
        0.111 < .  1:1(0) ack 101 <sack 201:301>                      ; -
        0.115 > .  101:201(100) ack 1 id 8 <nop,nop,TS val 115 ecr 1> ; retransmission, fast
        0.120 < .  1:1(0) ack 301                                     ; -
    ",
    );
}

#[test]
fn a_copy_is_no_retransmission() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; new
        0.101 < .  1:1(0) ack 101                                     ; -
        0.102 > .  1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; duplicate
        0.400 > .  1:101(100) ack 1 id 6 <nop,nop,TS val 400 ecr 1>   ; retransmission, spurious
    ",
    );
}

#[test]
fn a_copy_may_come_behind_later_segments() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; new
        0.110 > .  101:201(100) ack 1 id 6 <nop,nop,TS val 110 ecr 1> ; new
        0.111 > .  1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; duplicate
    ",
    );
}

#[test]
fn silence_makes_it_a_timeout() {
    check_kinds(
        "
        opened
        0.100 > P. 1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; new
        0.340 > P. 1:101(100) ack 1 id 6 <nop,nop,TS val 340 ecr 1>   ; retransmission, timeout
        0.820 > P. 1:101(100) ack 1 id 7 <nop,nop,TS val 820 ecr 1>   ; retransmission, timeout
        0.830 < .  1:1(0) ack 101                                     ; -
    ",
    );
}

#[test]
fn the_last_segment_again_after_two_round_trips_is_a_tail_probe() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; new
        0.100 > P. 101:201(100) ack 1 id 6 <nop,nop,TS val 100 ecr 1> ; new
        0.141 > P. 101:201(100) ack 1 id 7 <nop,nop,TS val 141 ecr 1> ; retransmission, tail_probe
    ",
    );
}

#[test]
fn the_last_segment_again_is_a_tail_probe_though_others_are_asked_for() {
    let lost = "
        opened
        0.100 > .  1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; new
        0.100 > .  101:201(100) ack 1 id 6 <nop,nop,TS val 100 ecr 1> ; new
        0.100 > P. 201:301(100) ack 1 id 7 <nop,nop,TS val 100 ecr 1> ; new
        0.120 < .  1:1(0) ack 1 <sack 101:201>                        ; -
    ";
    let probe = "
        0.141 > P. 201:301(100) ack 1 id 8 <nop,nop,TS val 141 ecr 1> ; retransmission, tail_probe
    ";
    check_kinds(&[lost, probe].concat());
    // Once something is sent behind it, that may show that it is lost.
    let repaired = "
        0.121 > .  1:101(100) ack 1 id 8 <nop,nop,TS val 121 ecr 1>   ; retransmission, fast
        0.141 < .  1:1(0) ack 201                                     ; -
        0.142 < .  1:1(0) ack 201                                     ; -
        0.143 > P. 201:301(100) ack 1 id 9 <nop,nop,TS val 143 ecr 1> ; retransmission, fast
    ";
    check_kinds(&[lost, repaired].concat());
}

#[test]
fn a_fin_that_its_acknowledgment_overtook_is_no_new_one() {
    check_kinds(
        "
        opened
        0.100 > P. 1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>   ; new
        0.120 > .  102:102(0) ack 1 id 7 <nop,nop,TS val 120 ecr 1>   ; -
        0.130 > F. 101:101(0) ack 1 id 6 <nop,nop,TS val 110 ecr 1>   ; out_of_order
        0.400 > F. 101:101(0) ack 1 id 8 <nop,nop,TS val 400 ecr 1>   ; retransmission, timeout
    ",
    );
}

#[test]
fn without_timestamps_the_round_trip_decides() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; new
        0.110 > .  201:301(100) ack 1 ; new
        0.120 > .  101:201(100) ack 1 ; out_of_order
        0.130 > .  401:501(100) ack 1 ; new
        0.151 < .  1:1(0) ack 301 <sack 401:501> ; -
        0.171 > .  301:401(100) ack 1 ; retransmission, fast
    ",
    );
}

#[test]
fn what_was_lost_at_the_end_leaves_a_gap_in_the_identifications_only() {
    // IPv6 shows nothing of it.
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
        0.510 < .  1:1(0) ack 501           ; -
        0.800 > P. 501:601(100) ack 1 id 11 ; retransmission, timeout
        0.900 > P. 601:701(100) ack 1 id 12 ; new
    ",
    );
}

#[test]
fn a_gap_in_the_identifications_tells_nothing_where_a_segment_may_take_several() {
    // What an interface cuts takes one for each piece.
    check_kinds_over_ipv4(
        "
        opened
        0.100 > P. 1:101(100) ack 1 id 5    ; new
        0.110 < .  1:1(0) ack 101           ; -
        0.200 > P. 101:301(200) ack 1 id 6  ; new
        0.210 < .  1:1(0) ack 301           ; -
        0.500 > P. 301:401(100) ack 1 id 8  ; new
    ",
    );
}

#[test]
fn a_gap_in_the_identifications_tells_nothing_where_others_count_with_them() {
    check_kinds_over_ipv4(
        "
        opened
        0.100 > P. 1:101(100) ack 1 id 5    ; new
        0.110 < .  1:1(0) ack 101           ; -
        0.120 > P. 101:201(100) ack 1 id 6  ; new
        0.130 < .  1:1(0) ack 201           ; -
        0.140 > P. 201:301(100) ack 1 id 8  ; new
        0.150 < .  1:1(0) ack 301           ; -
        0.160 > P. 301:401(100) ack 1 id 9  ; new
        0.170 < .  1:1(0) ack 401           ; -
        0.500 > P. 401:501(100) ack 1 id 11 ; new
    ",
    );
}

#[test]
fn without_identifications_the_timestamp_of_the_first_time_tells_them_apart() {
    // The first transmission comes late, then what was sent for it, then the
    // network's copy of that.
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1 <nop,nop,TS val 100 ecr 1>   ; new
        0.101 > .  201:301(100) ack 1 <nop,nop,TS val 101 ecr 1> ; new
        0.102 > .  101:201(100) ack 1 <nop,nop,TS val 100 ecr 1> ; out_of_order
        0.120 > .  301:401(100) ack 1 <nop,nop,TS val 120 ecr 1> ; new
        0.121 > .  101:201(100) ack 1 <nop,nop,TS val 119 ecr 1> ; retransmission
        0.122 > .  101:201(100) ack 1 <nop,nop,TS val 100 ecr 1> ; duplicate
        0.130 > .  501:601(100) ack 1 <nop,nop,TS val 130 ecr 1> ; new
        0.160 > .  401:501(100) ack 1 <nop,nop,TS val 159 ecr 1> ; retransmission
        0.161 > .  401:501(100) ack 1 <nop,nop,TS val 129 ecr 1> ; out_of_order
    ",
    );
}

#[test]
fn what_has_the_timestamp_of_what_overtook_it_was_sent_with_it() {
    // It comes a round trip behind it all the same.
    check_kinds(
        "
        opened
        0.080 > .  1:51(50) ack 1 <nop,nop,TS val 80 ecr 1>      ; new
        0.100 > .  51:101(50) ack 1 <nop,nop,TS val 100 ecr 1>   ; new
        0.101 > .  201:301(100) ack 1 <nop,nop,TS val 101 ecr 1> ; new
        0.131 > .  101:201(100) ack 1 <nop,nop,TS val 101 ecr 1> ; out_of_order
    ",
    );
}

#[test]
fn with_nothing_but_the_time_what_filled_a_hole_late_was_sent_again() {
    check_kinds(
        "
        opened
        0.100 > .  1:101(100) ack 1   ; new
        0.101 > .  201:301(100) ack 1 ; new
        0.105 > .  101:201(100) ack 1 ; out_of_order
        0.106 > .  101:201(100) ack 1 ; duplicate
        0.117 > .  101:201(100) ack 1 ; retransmission
        0.120 > .  401:501(100) ack 1 ; new
        0.145 > .  301:401(100) ack 1 ; retransmission
        0.146 > .  301:401(100) ack 1 ; retransmission
    ",
    );
}

#[test]
fn several_acknowledgments_may_overtake_data() {
    check_kinds_over_ipv4(
        "
        opened
        0.100 > P. 1:101(100) ack 1 id 5   ; new
        0.110 > .  201:201(0) ack 1 id 7   ; -
        0.111 > .  301:301(0) ack 1 id 9   ; -
        0.112 > P. 101:201(100) ack 1 id 6 ; out_of_order
        0.113 > P. 201:301(100) ack 1 id 8 ; out_of_order
        0.114 > P. 301:401(100) ack 1 id 10 ; new
    ",
    );
}

#[test]
fn what_is_missing_may_have_told_of_a_hole() {
    check_kinds_over_ipv4(
        "
        opened
        0.100 > P. 1:101(100) ack 1 id 5                        ; new
        0.500 > P. 101:201(100) ack 1 id 7 <sack 101:201>       ; new
    ",
    );
}
