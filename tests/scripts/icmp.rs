//! ICMP errors about the segments of a connection, and what follows them.

use super::support::script::turned;
use super::{check, check_both_ways, check_kinds};

/// Over what either end sends behind a handshake.
fn check_kinds_both_ways(script: &str) {
    for script in [script.to_owned(), turned(script)] {
        check_kinds(&format!("opened\n{script}"));
    }
}

#[test]
fn what_is_too_large_for_the_path_is_sent_again_in_smaller_segments() {
    check_kinds_both_ways(
        "
        1.000 > .  1:1449(1448) ack 1       ; new
        1.000 > P. 1449:1549(100) ack 1     ; new
        1.002 icmp < too_big 1400 1:1449    ; too_big 1400
        1.003 > .  1:1341(1340) ack 1       ; retransmission, path_mtu
        1.003 > .  1341:1449(108) ack 1     ; retransmission, path_mtu
        1.040 < .  1:1(0) ack 1549
        1.050 > P. 1549:1649(100) ack 1     ; new
    ",
    );
}

#[test]
fn a_path_mtu_that_is_not_told_is_one_all_the_same() {
    check_kinds_both_ways(
        "
        1.000 > P. 1:1449(1448) ack 1       ; new
        1.002 icmp < too_big 1:1449         ; too_big
        1.003 > .  1:537(536) ack 1         ; retransmission, path_mtu
        1.003 > P. 537:1449(912) ack 1      ; retransmission, path_mtu
    ",
    );
}

#[test]
fn what_was_underway_with_it_is_cut_smaller_too() {
    check_kinds_both_ways(
        "
        1.000 > .  1:1449(1448) ack 1       ; new
        1.000 > .  1449:2897(1448) ack 1    ; new
        1.002 icmp < too_big 1300 1:1449    ; too_big 1300
        1.003 > .  1:1241(1240) ack 1       ; retransmission, path_mtu
        1.003 > .  1241:1449(208) ack 1     ; retransmission, path_mtu
        1.003 > .  1449:2689(1240) ack 1    ; retransmission, path_mtu
        1.004 icmp < too_big 1300 1449:2897 ; too_big 1300
        1.004 > .  2689:2897(208) ack 1     ; retransmission, path_mtu
    ",
    );
}

#[test]
fn what_gets_lost_when_it_is_small_enough_has_another_cause() {
    check_kinds_both_ways(
        "
        1.000 > P. 1:1449(1448) ack 1       ; new
        1.002 icmp < too_big 1400 1:1449    ; too_big 1400
        1.003 > .  1:1341(1340) ack 1       ; retransmission, path_mtu
        1.003 > P. 1341:1449(108) ack 1     ; retransmission, path_mtu
        1.303 > .  1:1341(1340) ack 1       ; retransmission, timeout
    ",
    );
}

#[test]
fn a_second_link_may_be_smaller_still() {
    check_kinds_both_ways(
        "
        1.000 > P. 1:1449(1448) ack 1       ; new
        1.002 icmp < too_big 1400 1:1449    ; too_big 1400
        1.003 > P. 1:1341(1340) ack 1       ; retransmission, path_mtu
        1.003 > P. 1341:1449(108) ack 1     ; retransmission, path_mtu
        1.007 icmp < too_big 1300 1:1341    ; too_big 1300
        1.008 > .  1:1241(1240) ack 1       ; retransmission, path_mtu
        1.008 > .  1241:1341(100) ack 1     ; retransmission, path_mtu
    ",
    );
}

#[test]
fn who_sends_as_large_segments_as_before_does_so_after_a_timeout() {
    check_kinds_both_ways(
        "
        1.000 > P. 1:1449(1448) ack 1       ; new
        1.002 icmp < too_big 1400 1:1449    ; too_big 1400
        1.303 > P. 1:1449(1448) ack 1       ; retransmission, timeout
    ",
    );
}

#[test]
fn an_icmp_error_about_what_was_never_sent_is_not_taken() {
    check_kinds_both_ways(
        "
        1.000 > P. 1:1449(1448) ack 1            ; new
        1.001 icmp < too_big 1400 9001:10449     ; -
        1.001 icmp > too_big 1400 2:1449         ; -
        1.003 < .  1:1(0) ack 1449
        1.004 > P. 1449:1549(100) ack 1          ; new
        1.005 icmp < host_unreachable 1:1449     ; -
        1.300 > P. 1449:1549(100) ack 1          ; retransmission, timeout
    ",
    );
}

#[test]
fn an_icmp_error_that_the_capture_has_twice_counts_once() {
    check_both_ways(
        "
        1.000 > P. 1:1449(1448) ack 1
        1.002 icmp < host_unreachable 1:1449   ; host_unreachable
        1.002 icmp < host_unreachable 1:1449   ; -
        1.300 > P. 1:1449(1448) ack 1
        1.302 icmp < host_unreachable 1:1449   ; host_unreachable
        verdict open
    ",
    );
}

#[test]
fn large_segments_sent_again_though_an_icmp_error_forbade_them_go_into_a_black_hole() {
    check_both_ways(
        "
        1.000 > P. 1:1449(1448) ack 1
        1.002 icmp < too_big 1400 1:1449   ; too_big 1400
        1.300 > P. 1:1449(1448) ack 1
        1.900 > P. 1:1449(1448) ack 1
        3.100 > P. 1:1449(1448) ack 1
        verdict mtu black hole: client
    ",
    );
}

#[test]
fn small_segments_that_nobody_answers_go_into_no_black_hole() {
    check_both_ways(
        "
        1.000 > P. 1:1449(1448) ack 1
        1.002 icmp < too_big 1400 1:1449   ; too_big 1400
        1.003 > P. 1:1341(1340) ack 1
        1.303 > P. 1:1341(1340) ack 1
        1.903 > P. 1:1341(1340) ack 1
        3.103 > P. 1:1341(1340) ack 1
        verdict peer vanished: server
    ",
    );
}

#[test]
fn an_icmp_error_about_a_syn_ack_is_taken_and_settles_nothing() {
    check(
        "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.012 icmp > host_unreachable 0:0  ; host_unreachable
        1.010 < S. 0:0(0) ack 1
        verdict half open
    ",
    );
    check(
        "
        0.000 > S  0:0(0)
        0.012 icmp < prohibited 0:0        ; prohibited
        1.000 > S  0:0(0)
        1.012 icmp < prohibited 0:0        ; -
        verdict unreachable
    ",
    );
}
