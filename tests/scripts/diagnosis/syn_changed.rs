//! SYNs that the capture shows in two places, changed between them.

use super::check_diagnosed;

const BEHIND: &str = "
    0.010 < S. 0:0(0) ack 1 <mss 1460>
    0.020 > .  1:1(0) ack 1
";

#[test]
fn a_syn_whose_mss_is_another_behind_a_router_was_clamped() {
    check_diagnosed(&format!(
        "
        0.000 > S  0:0(0) ttl 64 <mss 1460>
        0.001 > S  0:0(0) ttl 63 <mss 1360>
        {BEHIND}
        client sent 2, copies 1
        server sent 1
        diagnosis syn_changed client, mss, asked 1460, mss 1360
    "
    ));
    // Captured behind the router first.
    check_diagnosed(&format!(
        "
        0.001 > S  0:0(0) ttl 63 <mss 1360>
        0.002 > S  0:0(0) ttl 64 <mss 1460>
        {BEHIND}
        diagnosis syn_changed client, mss, asked 1460, mss 1360
    "
    ));
}

#[test]
fn options_that_are_taken_out_are_told_the_worst_first() {
    for (option, outcome) in [
        ("mss 1460,nop,wscale 7,sackOK", "timestamps"),
        ("mss 1460,sackOK", "window_scale"),
        ("mss 1460,nop,wscale 7,nop,nop,TS val 5 ecr 0", "sack"),
        ("mss 1200", "window_scale"),
    ] {
        check_diagnosed(&format!(
            "
            0.000 > S  0:0(0) ttl 64 <mss 1460,nop,wscale 7,sackOK,TS val 5 ecr 0>
            0.001 > S  0:0(0) ttl 63 <{option}>
            {BEHIND}
            diagnosis syn_changed client, {outcome}
        "
        ));
    }
}

#[test]
fn a_window_that_is_rewritten_is_told() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) <mss 1460>
        0.010 < S. 0:0(0) ack 1 win 65160 ttl 60 <mss 1460>
        0.011 < S. 0:0(0) ack 1 win 8192 ttl 59 <mss 1460>
        0.020 > .  1:1(0) ack 1
        diagnosis syn_changed server, window
    ",
    );
}

#[test]
fn what_its_own_end_sends_again_with_other_options_was_not_changed_on_the_way() {
    check_diagnosed(&format!(
        "
        0.000 > S  0:0(0) ttl 64 <mss 1460,nop,wscale 7>
        0.100 > S  0:0(0) ttl 64 <mss 1360>
        {BEHIND}
        diagnosis -
    "
    ));
    // Long after the first it may come another way.
    check_diagnosed(
        "
        0.000 > S  0:0(0) ttl 64 <mss 1460>
        1.000 > S  0:0(0) ttl 63 <mss 1360>
        1.010 < S. 0:0(0) ack 1 <mss 1460>
        1.020 > .  1:1(0) ack 1
        client sent 3
        server sent 1
        diagnosis -
    ",
    );
}

#[test]
fn the_same_syn_behind_a_router_was_not_changed() {
    check_diagnosed(&format!(
        "
        0.000 > S  0:0(0) ttl 64 <mss 1460>
        0.001 > S  0:0(0) ttl 63 <mss 1460>
        {BEHIND}
        diagnosis -
    "
    ));
}
