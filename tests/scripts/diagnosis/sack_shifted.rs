//! SACK blocks of numbers that were never sent.

use super::check_both_ways;

/// Four segments, of which the first is lost.
const SENT: &str = "
    1.000 > .  1:1001(1000) ack 1
    1.001 > .  1001:2001(1000) ack 1
    1.002 > .  2001:3001(1000) ack 1
    1.003 > .  3001:4001(1000) ack 1
";

#[test]
fn blocks_that_are_all_too_high_by_the_same_were_shifted() {
    check_both_ways(&format!(
        "{SENT}
        1.010 < .  1:1(0) ack 1 win 8000 <sacked 500001001:500002001>
        1.011 < .  1:1(0) ack 1 win 8000 <sacked 500001001:500003001>   ; sack_shifted
        1.012 < .  1:1(0) ack 1 win 8000 <sacked 500001001:500004001>
        diagnosis sack_shifted server, times 3, offset 500000000
    "
    ));
    // Or too low.
    check_both_ways(&format!(
        "{SENT}
        1.010 < .  1:1(0) ack 1 win 8000 <sacked 3994967296:3994968296>
        1.011 < .  1:1(0) ack 1 win 8000 <sacked 3994967296:3994970296> ; sack_shifted
        diagnosis sack_shifted server, times 2, offset 3994966295
    "
    ));
}

#[test]
fn blocks_that_were_damaged_have_no_offset_in_common() {
    check_both_ways(&format!(
        "{SENT}
        1.010 < .  1:1(0) ack 1 win 8000 <sacked 500001001:500002001>
        1.011 < .  1:1(0) ack 1 win 8000 <sacked 700001001:700003001>
        1.012 < .  1:1(0) ack 1 win 8000 <sacked 900001001:900004001>
        diagnosis -
    "
    ));
}

#[test]
fn blocks_of_what_was_sent_and_of_what_arrived_twice_were_not_shifted() {
    check_both_ways(&format!(
        "{SENT}
        1.010 < .  1:1(0) ack 1 win 8000 <sacked 1001:2001>
        1.011 < .  1:1(0) ack 1 win 8000 <sacked 1001:3001>
        1.020 > .  1:1001(1000) ack 1
        1.030 < .  1:1(0) ack 4001 win 8000
        1.040 > .  1:1001(1000) ack 1
        1.050 < .  1:1(0) ack 4001 win 8000 <sacked 1:1001>
        1.060 > .  1:1001(1000) ack 1
        1.070 < .  1:1(0) ack 4001 win 8000 <sacked 1:1001>
        diagnosis -
    "
    ));
}

#[test]
fn a_block_of_what_the_capture_lacks_was_not_shifted() {
    check_both_ways(
        "
        1.000 > .  1:1001(1000) ack 1
        # 1001:4001 is not captured
        1.010 < .  1:1(0) ack 1 win 5000 <sacked 1001:2001>
        1.011 < .  1:1(0) ack 1 win 5000 <sacked 1001:4001>
        diagnosis -
    ",
    );
}

#[test]
fn one_block_alone_may_be_damaged() {
    check_both_ways(&format!(
        "{SENT}
        1.010 < .  1:1(0) ack 1 win 8000 <sacked 500001001:500002001>
        1.011 < .  1:1(0) ack 1 win 8000 <sacked 500001001:500002001>
        diagnosis -
    "
    ));
}
