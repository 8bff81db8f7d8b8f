//! Timeouts that take many round trips.

use super::check_both_ways;

#[test]
fn a_timeout_of_ten_round_trips_is_late() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.250 > P. 1:101(100) ack 1
        1.260 < .  1:1(0) ack 101          ; late_timeouts
        1.270 > P. 101:201(100) ack 1
        1.280 < .  1:1(0) ack 201
        1.290 > P. 201:301(100) ack 1
        1.590 > P. 201:301(100) ack 1
        1.600 < .  1:1(0) ack 301
        diagnosis late_timeouts client, times 2, cost 550ms, longest 300ms, round_trip 20ms
    ",
    );
}

#[test]
fn a_timeout_of_few_round_trips_is_not() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.199 > P. 1:101(100) ack 1
        1.219 < .  1:1(0) ack 101
        diagnosis -
    ",
    );
    // The round trip has grown since the handshake.
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.250 > P. 1:101(100) ack 1
        1.300 < .  1:1(0) ack 101
        diagnosis -
    ",
    );
}

#[test]
fn what_had_arrived_and_was_acknowledged_late_was_not_lost() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.250 > P. 1:101(100) ack 1
        1.260 < .  1:1(0) ack 101 <sacked 1:101>
        diagnosis -
    ",
    );
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1  <nop,nop,TS val 1000 ecr 1>
        1.250 > P. 1:101(100) ack 1  <nop,nop,TS val 1250 ecr 1>
        1.260 < .  1:1(0) ack 101    <nop,nop,TS val 2 ecr 1000>
        diagnosis -
    ",
    );
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1  <nop,nop,TS val 1000 ecr 1>
        1.250 > P. 1:101(100) ack 1  <nop,nop,TS val 1250 ecr 1>
        1.260 < .  1:1(0) ack 101    <nop,nop,TS val 2 ecr 1250>
        diagnosis late_timeouts client, times 1, cost 250ms, longest 250ms, round_trip 20ms
    ",
    );
}

#[test]
fn what_is_lost_again_meets_a_path_that_is_cut() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.250 > P. 1:101(100) ack 1
        1.750 > P. 1:101(100) ack 1
        1.760 < .  1:1(0) ack 101
        diagnosis -
    ",
    );
}

#[test]
fn what_never_arrives_is_not_late() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.250 > P. 1:101(100) ack 1
        diagnosis -
    ",
    );
}

#[test]
fn a_timeout_in_a_long_connection_costs_little() {
    check_both_ways(
        "
        1.000 > P. 1:101(100) ack 1
        1.250 > P. 1:101(100) ack 1
        1.260 < .  1:1(0) ack 101
        9.000 > P. 101:201(100) ack 1
        9.010 < .  1:1(0) ack 201
        diagnosis -
    ",
    );
}
