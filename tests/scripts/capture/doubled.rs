//! Captures that show segments twice: copies move nothing, and count once.

use crate::{check, check_kinds};

/// A connection that opens, carries data both ways, and closes.
const WHOLE: &str = "
    0.000 > S  0:0(0)         id 1         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
    0.010 < S. 0:0(0) ack 1   id 1         ; handshake 2/3 SYN-ACK,
                                           ; server LISTEN → SYN-RECEIVED
    0.020 > .  1:1(0) ack 1   id 2         ; handshake 3/3 ACK,
                                           ; client SYN-SENT → ESTABLISHED,
                                           ; server SYN-RECEIVED → ESTABLISHED
    0.030 > P. 1:101(100) ack 1 id 3       ; data 100
    0.040 < P. 1:51(50) ack 101 id 2       ; data 50, acks 100 after 10ms
    0.050 > F. 101:101(0) ack 51 id 4      ; teardown 1/4 FIN, acks 50,
                                           ; client ESTABLISHED → FIN-WAIT-1
    0.060 < F. 51:51(0) ack 102 id 3       ; teardown 2-3/4 FIN+ACK,
                                           ; server ESTABLISHED → CLOSE-WAIT → LAST-ACK,
                                           ; client FIN-WAIT-1 → FIN-WAIT-2
    0.070 > .  102:102(0) ack 52 id 5      ; teardown 4/4 ACK,
                                           ; client FIN-WAIT-2 → TIME-WAIT,
                                           ; server LAST-ACK → CLOSED; over
    verdict closed by client
";

fn check_whole(capture: &str, told: &str) {
    check(&[capture, WHOLE, told].join("\n"));
}

#[test]
fn where_nothing_is_seen_twice_there_are_no_copies() {
    check_whole(
        "",
        "
        client sent 5, 1 with 100
        server sent 3, 1 with 50
        capture -
        ",
    );
}

#[test]
fn a_mirror_port_shows_all_twice_and_it_counts_once() {
    check_whole(
        "mirrored 30us",
        "
        client sent 5, 1 with 100, copies 5, 1 with 100
        server sent 3, 1 with 50, copies 3, 1 with 50
        capture copies 8
        ",
    );
}

#[test]
fn a_router_shows_all_twice_and_it_counts_once() {
    check_whole(
        "routed 20us",
        "
        client sent 5, 1 with 100, copies 5, 1 with 100
        server sent 3, 1 with 50, copies 3, 1 with 50
        capture copies 8
        ",
    );
}

#[test]
fn a_tag_of_a_vlan_is_another_place() {
    check_whole(
        "tagged 10us",
        "
        client sent 5, 1 with 100, copies 5, 1 with 100
        server sent 3, 1 with 50, copies 3, 1 with 50
        capture copies 8, points 2
        ",
    );
}

#[test]
fn captures_of_both_ends_merged_are_two_places() {
    check_whole(
        "merged 8ms",
        "
        client sent 5, 1 with 100, copies 5, 1 with 100
        server sent 3, 1 with 50, copies 3, 1 with 50
        capture copies 8, points 2
        ",
    );
}

#[test]
fn the_same_with_another_ttl_than_routers_leave_is_sent_by_another_host() {
    let opened = "
        0.000 > S  0:0(0)       id 1
        0.010 < S. 0:0(0) ack 1 id 0 ttl 64
        0.020 > .  1:1(0) ack 1 id 2
        0.030 < .  1:1(0) ack 1 id 0 win 9000 ttl 64
    ";
    check(&format!(
        "{opened}
        0.031 < .  1:1(0) ack 1 id 0 win 9000 ttl 127
        capture -
        "
    ));
    check(&format!(
        "{opened}
        0.031 < .  1:1(0) ack 1 id 0 win 9000 ttl 62
        capture copies 1
        "
    ));
}

#[test]
fn a_router_that_finds_out_its_way_first_is_no_capture_of_both_ends() {
    // The SYN waits until the server's hardware address is known.
    check(
        "
        routed 9ms
        0.000 > S  0:0(0)       id 1
        routed 20us
        0.010 < S. 0:0(0) ack 1 id 1
        0.020 > .  1:1(0) ack 1 id 2
        capture copies 3
        ",
    );
    // Or the SYN-ACK until the client's is.
    check(
        "
        routed 20us
        0.000 > S  0:0(0)       id 1
        routed 9ms
        0.010 < S. 0:0(0) ack 1 id 1
        routed 20us
        0.020 > .  1:1(0) ack 1 id 2
        capture copies 3
        ",
    );
}

#[test]
fn what_is_behind_the_network_card_is_a_copy_of_what_was_before_it() {
    check_whole(
        "offload
         tagged 10us",
        "
        client sent 5, 1 with 100, copies 5, 1 with 100
        server sent 3, 1 with 50, copies 3, 1 with 50
        capture copies 8, points 2, offload 8
        ",
    );
}

#[test]
fn a_capture_may_begin_to_show_all_twice() {
    check(
        "
        opened
        tagged 10us
        1.000 > P. 1:101(100) ack 1 id 9 ; data 100
        1.010 < .  1:1(0) ack 101   id 9 ; ack of 100 after 10ms
        client sent 3, 1 with 100, copies 1, 1 with 100
        server sent 2, copies 1
        capture copies 2, points 2
        ",
    );
}

#[test]
fn what_is_sent_again_in_a_mirrored_capture_is_told_once() {
    check(
        "
        mirrored 30us
        0.000 > S  0:0(0)           id 1 ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        1.000 > S  0:0(0)           id 2 ; handshake 1/3 SYN again
        1.010 < S. 0:0(0) ack 1     id 1 ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
        1.020 > .  1:1(0) ack 1     id 3 ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                                         ; server SYN-RECEIVED → ESTABLISHED
        1.030 > P. 1:101(100) ack 1 id 4 ; data 100
        1.330 > P. 1:101(100) ack 1 id 5 ; data 100 again
        1.340 < .  1:1(0) ack 101   id 2 ; ack of 100 after 310ms
        client sent 5, 2 with 200, 100 again, copies 5, 2 with 200
        server sent 2, copies 2
        capture copies 7
        ",
    );
}

#[test]
fn of_what_is_sent_again_and_mirrored_the_copy_is_no_kind_of_its_own() {
    check_kinds(
        "
        mirrored 30us
        0.010 > S  0:0(0)           id 1
        0.020 < S. 0:0(0) ack 1     id 1
        0.030 > .  1:1(0) ack 1     id 2
        1.030 > P. 1:101(100) ack 1 id 3 ; new
        1.330 > P. 1:101(100) ack 1 id 4 ; retransmission, timeout
        ",
    );
}

#[test]
fn what_the_network_copied_stays_a_copy_of_the_network() {
    // One of many; a capture that shows all twice would have shown the others twice.
    check(
        "
        opened
        1.000 > P. 1:101(100) ack 1   id 3 ; data 100
        1.010 < .  1:1(0) ack 101     id 2 ; ack of 100 after 10ms
        1.020 > P. 101:201(100) ack 1 id 4 ; data 100
        1.030 < .  1:1(0) ack 201     id 3 ; ack of 100 after 10ms
        1.040 > P. 201:301(100) ack 1 id 5 ; data 100
        1.042 > P. 201:301(100) ack 1 id 5 ; data 100 again
        1.050 < .  1:1(0) ack 301     id 4 ; ack of 100 after 10ms
        client sent 6, 4 with 400, 100 again
        server sent 4
        capture -
        ",
    );
}

#[test]
fn a_copy_moves_nothing_though_it_comes_when_all_is_over() {
    check(
        "
        0.000000 > S  0:0(0)       id 1 ; handshake 1/3 SYN, client CLOSED → SYN-SENT
        0.000010 > S  0:0(0)       id 1 ; copy of 1
        0.010000 < R. 0:0(0) ack 1 id 1 ; refused, seq 1,
                                        ; client SYN-SENT → CLOSED; over
        0.010010 < R. 0:0(0) ack 1 id 1 ; copy of 3
        verdict refused
        client sent 1, copies 1
        server sent 1, copies 1
        capture copies 2
        ",
    );
}
