//! Large segments that are lost while smaller ones arrive: RFC 2923 §2.1.

use super::check;
use super::support::script::turned;

/// What either end sends behind a handshake.
fn check_both_ways(script: &str) {
    let opened = "
        0.000 > S  0:0(0) <mss 1460,sackOK>
        0.010 < S. 0:0(0) ack 1 <mss 1460,sackOK>
        0.020 > .  1:1(0) ack 1
    ";
    for script in [script.to_owned(), turned(script)] {
        check(&format!("{opened}{script}"));
    }
}

#[test]
fn large_segments_that_are_lost_while_smaller_ones_arrive_go_into_a_black_hole() {
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.000 > .  1461:2921(1460) ack 1
        1.000 > P. 2921:3021(100) ack 1
        1.030 < .  1:1(0) ack 1 <sacked 2921:3021>
        1.300 > .  1:1461(1460) ack 1
        1.900 > .  1:1461(1460) ack 1
        3.100 > .  1:1461(1460) ack 1
        verdict mtu black hole: client
        diagnosis mtu_black_hole client, lasts, times 4, bytes 1460
    ",
    );
}

#[test]
fn two_transmissions_may_be_lost_by_chance() {
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.000 > P. 1461:1561(100) ack 1
        1.030 < .  1:1(0) ack 1 <sacked 1461:1561>
        1.300 > .  1:1461(1460) ack 1
        verdict open
        diagnosis -
    ",
    );
}

#[test]
fn an_end_that_answers_small_segments_all_the_while_has_not_vanished() {
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.300 > .  1:1461(1460) ack 1
        1.900 > .  1:1461(1460) ack 1
        2.000 > P. 1461:1561(100) ack 1
        2.030 < .  1:1(0) ack 1 <sacked 1461:1561>
        3.100 > .  1:1461(1460) ack 1
        verdict mtu black hole: client
    ",
    );
}

#[test]
fn the_acknowledgment_that_tells_of_the_small_segment_may_move_on() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.000 > .  101:1561(1460) ack 1
        1.000 > P. 1561:1661(100) ack 1
        1.030 < .  1:1(0) ack 101 <sacked 1561:1661>
        1.300 > .  101:1561(1460) ack 1
        1.900 > .  101:1561(1460) ack 1
        3.100 > .  101:1561(1460) ack 1
        verdict mtu black hole: client
    ",
    );
}

#[test]
fn without_sack_a_duplicate_ack_tells_where_only_one_segment_is_large() {
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.000 > P. 1461:1561(100) ack 1
        1.030 < .  1:1(0) ack 1
        1.300 > .  1:1461(1460) ack 1
        1.900 > .  1:1461(1460) ack 1
        3.100 > .  1:1461(1460) ack 1
        verdict mtu black hole: client
    ",
    );
    // It may have been the second large one that arrived.
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.000 > .  1461:2921(1460) ack 1
        1.000 > P. 2921:3021(100) ack 1
        1.030 < .  1:1(0) ack 1
        1.300 > .  1:1461(1460) ack 1
        1.900 > .  1:1461(1460) ack 1
        3.100 > .  1:1461(1460) ack 1
        verdict peer vanished: server
    ",
    );
}

#[test]
fn where_nothing_tells_that_smaller_ones_arrive_the_end_has_vanished() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.030 < .  1:1(0) ack 101
        1.040 > .  101:1561(1460) ack 1
        1.040 > P. 1561:1661(100) ack 1
        1.300 > .  101:1561(1460) ack 1
        1.900 > .  101:1561(1460) ack 1
        3.100 > .  101:1561(1460) ack 1
        verdict peer vanished: server
        diagnosis -
    ",
    );
}

#[test]
fn where_a_large_segment_arrived_too_the_others_were_lost_otherwise() {
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.000 > .  1461:2921(1460) ack 1
        1.000 > P. 2921:3021(100) ack 1
        1.030 < .  1:1(0) ack 1 <sacked 1461:3021>
        1.300 > .  1:1461(1460) ack 1
        1.900 > .  1:1461(1460) ack 1
        3.100 > .  1:1461(1460) ack 1
        verdict peer vanished: server
    ",
    );
}

#[test]
fn a_large_segment_may_have_arrived_beside_a_small_one() {
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.000 > .  1461:2921(1460) ack 1
        1.000 > .  2921:4381(1460) ack 1
        1.000 > P. 4381:4481(100) ack 1
        1.030 < .  1:1(0) ack 1 <sacked 1461:2921>
        1.030 < .  1:1(0) ack 1 <sacked 4381:4481 1461:2921>
        1.300 > .  1:1461(1460) ack 1
        1.900 > .  1:1461(1460) ack 1
        3.100 > .  1:1461(1460) ack 1
        verdict peer vanished: server
    ",
    );
}

#[test]
fn where_small_segments_are_lost_as_well_the_end_has_vanished() {
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.000 > P. 1461:1561(100) ack 1
        1.030 < .  1:1(0) ack 1 <sacked 1461:1561>
        1.300 > .  1:1461(1460) ack 1
        1.400 > P. 1561:1661(100) ack 1
        1.900 > .  1:1461(1460) ack 1
        3.100 > .  1:1461(1460) ack 1
        5.500 > .  1:1461(1460) ack 1
        verdict peer vanished: server
    ",
    );
}

#[test]
fn where_large_segments_had_arrived_before_the_end_has_to_be_heard_while_others_do_not() {
    let before = "
        0.500 > .  1:1461(1460) ack 1
        0.530 < .  1:1(0) ack 1461
        1.000 > .  1461:2921(1460) ack 1
        1.000 > P. 2921:3021(100) ack 1
        1.030 < .  1:1(0) ack 1461 <sacked 2921:3021>
        1.300 > .  1461:2921(1460) ack 1
    ";
    check_both_ways(&format!(
        "{before}
        1.900 > .  1461:2921(1460) ack 1
        3.100 > .  1461:2921(1460) ack 1
        verdict peer vanished: server
    "
    ));
    check_both_ways(&format!(
        "{before}
        1.400 > P. 3021:3121(100) ack 1
        1.430 < .  1:1(0) ack 1461 <sacked 2921:3121>
        1.900 > .  1461:2921(1460) ack 1
        3.100 > .  1461:2921(1460) ack 1
        verdict mtu black hole: client
    "
    ));
}

#[test]
fn segments_that_every_path_takes_are_not_too_large_for_one() {
    check_both_ways(
        "
        1.000 > .  1:401(400) ack 1
        1.000 > P. 401:421(20) ack 1
        1.030 < .  1:1(0) ack 1 <sacked 401:421>
        1.300 > .  1:401(400) ack 1
        1.900 > .  1:401(400) ack 1
        3.100 > .  1:401(400) ack 1
        verdict peer vanished: server
    ",
    );
}

#[test]
fn a_black_hole_whose_sender_finds_out_is_no_end() {
    check_both_ways(
        "
        1.000 > .  1:1461(1460) ack 1
        1.300 > .  1:1461(1460) ack 1
        1.900 > .  1:1461(1460) ack 1
        3.100 > .  1:513(512) ack 1
        3.130 < .  1:1(0) ack 513
        3.131 > .  513:1025(512) ack 1
        3.131 > .  1025:1461(436) ack 1
        3.161 < .  1:1(0) ack 1461
        verdict open
        diagnosis mtu_black_hole client, solved, times 3, bytes 1460
    ",
    );
}
