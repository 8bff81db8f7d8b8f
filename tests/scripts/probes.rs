//! Segments that only ask: whether an end is alive (RFC 9293 §3.8.4), whether its window
//! is open (§3.8.6.1). They bring nothing, be it that they have an octet.

use super::{check_both_ways, check_sent_both_ways};

#[test]
fn a_keep_alive_brings_nothing_with_its_octet_or_without() {
    check_sent_both_ways(
        "
        1.000 > P. 1:101(100) ack 1       ; data 100
        1.010 < .  1:1(0) ack 101         ; ack of 100 after 10ms
        9.000 > .  100:100(0) ack 1       ; keep-alive
        9.010 < .  1:1(0) ack 101         ; keep-alive answered
        18.00 > .  100:101(1) ack 1       ; keep-alive
        18.01 < .  1:1(0) ack 101         ; keep-alive answered
        19.00 > P. 101:201(100) ack 1     ; data 100
        19.01 < .  1:1(0) ack 201         ; ack of 100 after 10ms
        verdict open
    ",
        (4, ", 2 with 200"),
        (4, ""),
    );
}

#[test]
fn a_keep_alive_may_be_the_first_that_an_end_sends() {
    for (range, octets) in [("0:0", 0), ("0:1", 1)] {
        check_both_ways(&format!(
            "
            9.000 > .  {range}({octets}) ack 1  ; keep-alive
            9.010 < .  1:1(0) ack 1             ; keep-alive answered
            9.020 > P. 1:101(100) ack 1         ; data 100
            9.030 < .  1:1(0) ack 101           ; ack of 100 after 10ms
            verdict open
        "
        ));
    }
}

#[test]
fn a_window_probe_below_what_was_acknowledged_brings_nothing() {
    for (range, octets) in [("100:100", 0), ("100:101", 1)] {
        check_sent_both_ways(
            &format!(
                "
            1.000 > P. 1:101(100) ack 1         ; data 100
            1.010 < .  1:1(0) ack 101 win 0     ; ack of 100 after 10ms
            1.300 > .  {range}({octets}) ack 1  ; window probe
            1.310 < .  1:1(0) ack 101 win 0     ; window probe answered, still closed
            verdict stalled by server
        "
            ),
            (2, ", 1 with 100"),
            (2, ""),
        );
    }
}

#[test]
fn an_octet_tried_against_a_closed_window_brings_nothing_while_it_is_not_taken() {
    check_sent_both_ways(
        "
        1.000 > P. 1:101(100) ack 1       ; data 100
        1.010 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        1.300 > .  101:102(1) ack 1       ; window probe
        1.310 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed
        1.700 > .  101:102(1) ack 1       ; window probe
        1.710 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed
        1.900 < .  1:1(0) ack 101         ; window update, open again after 890ms
        1.910 > P. 101:201(100) ack 1     ; data 100
        1.920 < .  1:1(0) ack 201         ; ack of 100 after 10ms
        verdict open
    ",
        (4, ", 2 with 200"),
        (5, ""),
    );
}

#[test]
fn an_octet_tried_against_a_closed_window_counts_once_when_it_is_taken() {
    let taken = "
        1.000 > P. 1:101(100) ack 1       ; data 100
        1.010 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        1.300 > .  101:102(1) ack 1       ; window probe
        1.310 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed
        1.700 > .  101:102(1) ack 1       ; window probe
    ";
    // The window stays closed, and the next octet is tried.
    check_sent_both_ways(
        &format!(
            "{taken}
        1.710 < .  1:1(0) ack 102 win 0   ; ack of 1 after 410ms
        1.900 > .  102:103(1) ack 1       ; window probe
        1.910 < .  1:1(0) ack 103         ; ack of 1 after 10ms, open again after 900ms
        1.920 > P. 103:203(100) ack 1     ; data 100
        1.930 < .  1:1(0) ack 203         ; ack of 100 after 10ms
        verdict open
    "
        ),
        (5, ", 2 with 202"),
        (5, ""),
    );
    // It opens.
    check_sent_both_ways(
        &format!(
            "{taken}
        1.710 < .  1:1(0) ack 102         ; ack of 1 after 410ms, open again after 700ms
        1.720 > P. 102:202(100) ack 1     ; data 100
        1.730 < .  1:1(0) ack 202         ; ack of 100 after 10ms
        verdict open
    "
        ),
        (4, ", 2 with 201"),
        (4, ""),
    );
}

#[test]
fn a_window_may_be_probed_below_data_that_it_had_no_room_for() {
    check_sent_both_ways(
        "
        1.000 > P. 1:101(100) ack 1       ; data 100
        1.001 > P. 101:201(100) ack 1     ; data 100
        1.010 < .  1:1(0) ack 101 win 0   ; ack of 100 after 10ms
        1.300 > .  100:100(0) ack 1       ; window probe
        1.310 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed
        1.700 > .  101:102(1) ack 1       ; window probe
        1.710 < .  1:1(0) ack 101 win 0   ; window probe answered, still closed
        verdict stalled by server
    ",
        (4, ", 2 with 200"),
        (3, ""),
    );
}
