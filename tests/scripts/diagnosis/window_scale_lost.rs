//! Ends that scale their windows though no SYN says so any more.

use super::check_diagnosed;

#[test]
fn a_first_window_that_is_that_of_the_syn_but_for_some_bits_was_scaled() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) win 64240 <mss 1460,nop,wscale 7>
        0.010 < S. 0:0(0) ack 1 win 65160 <mss 1460>
        0.010 > .  1:1(0) ack 1 win 64240
        0.020 > P. 1:101(100) ack 1 win 64240
        0.030 < .  1:1(0) ack 101 win 509                   ; window_scale_lost
        0.031 > P. 101:201(100) ack 1 win 64240
        0.040 < .  1:1(0) ack 201 win 509
        diagnosis window_scale_lost server, window 509, shift 7
    ",
    );
    // The client's, whose scale was changed to 0.
    check_diagnosed(
        "
        0.000 > S  0:0(0) win 64240 <mss 1460,nop,wscale 0>
        0.010 < S. 0:0(0) ack 1 win 65160 <mss 1460,nop,wscale 7>
        0.020 > .  1:1(0) ack 1 win 502                     ; window_scale_lost
        diagnosis window_scale_lost client, window 502, shift 7
    ",
    );
}

#[test]
fn windows_that_both_syns_scale_are_as_large_as_before() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) win 64240 <mss 1460,nop,wscale 7>
        0.010 < S. 0:0(0) ack 1 win 65160 <mss 1460,nop,wscale 7>
        0.010 > .  1:1(0) ack 1 win 502
        0.020 > P. 1:101(100) ack 1 win 502
        0.030 < .  1:1(0) ack 101 win 509
        diagnosis -
    ",
    );
}

#[test]
fn where_neither_offers_to_scale_a_small_window_is_a_small_one() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) win 64240 <mss 1460>
        0.010 < S. 0:0(0) ack 1 win 65160 <mss 1460>
        0.010 > .  1:1(0) ack 1 win 64240
        0.020 > P. 1:101(100) ack 1 win 64240
        0.030 < .  1:1(0) ack 101 win 509
        diagnosis -
    ",
    );
}

#[test]
fn a_window_that_is_smaller_by_another_part_is_a_smaller_one() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) win 64240 <mss 1460,nop,wscale 7>
        0.010 < S. 0:0(0) ack 1 win 65160 <mss 1460>
        0.010 > .  1:1(0) ack 1 win 64240
        0.020 > P. 1:101(100) ack 1 win 64240
        0.030 < .  1:1(0) ack 101 win 600
        diagnosis -
    ",
    );
}

#[test]
fn a_window_that_is_as_large_again_was_only_full() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) win 64240 <mss 1460,nop,wscale 7>
        0.010 < S. 0:0(0) ack 1 win 65160 <mss 1460>
        0.010 > .  1:1(0) ack 1 win 64240
        0.020 > P. 1:101(100) ack 1 win 64240
        0.030 < .  1:1(0) ack 101 win 509
        0.040 < .  1:1(0) ack 101 win 65160
        diagnosis -
    ",
    );
}
