//! Timestamps that do not go by what both SYNs say.

use super::check_diagnosed;

#[test]
fn data_without_the_timestamps_that_both_syns_offer_lacks_them() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) <mss 1460,nop,nop,TS val 100 ecr 0>
        0.010 < S. 0:0(0) ack 1 <mss 1460,nop,nop,TS val 900 ecr 100>
        0.020 > .  1:1(0) ack 1
        0.020 > P. 1:101(100) ack 1
        0.030 < .  1:1(0) ack 101 <nop,nop,TS val 920 ecr 100>
        0.040 > P. 101:201(100) ack 1
        0.050 < .  1:1(0) ack 201 <nop,nop,TS val 940 ecr 100>
        0.060 > P. 201:301(100) ack 1
        diagnosis timestamps_vanish client, missing, times 3
    ",
    );
}

#[test]
fn timestamps_that_the_syn_ack_lacks_were_taken_out_of_that() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) <mss 1460,nop,nop,TS val 100 ecr 0>
        0.010 < S. 0:0(0) ack 1 <mss 1460>
        0.020 > .  1:1(0) ack 1
        0.030 < P. 1:101(100) ack 1 <nop,nop,TS val 920 ecr 100>
        0.031 < P. 101:201(100) ack 1 <nop,nop,TS val 920 ecr 100>
        0.032 < P. 201:301(100) ack 1 <nop,nop,TS val 920 ecr 100>
        0.033 > .  1:1(0) ack 301
        diagnosis timestamps_vanish server, unannounced, times 3
    ",
    );
}

#[test]
fn a_segment_that_alone_lacks_them_may_be_forged() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) <mss 1460,nop,nop,TS val 100 ecr 0>
        0.010 < S. 0:0(0) ack 1 <mss 1460,nop,nop,TS val 900 ecr 100>
        0.020 > .  1:1(0) ack 1 <nop,nop,TS val 110 ecr 900>
        0.030 < P. 1:101(100) ack 1 <nop,nop,TS val 920 ecr 100>
        0.031 < P. 101:201(100) ack 1 <nop,nop,TS val 920 ecr 100>
        0.032 < P. 201:301(100) ack 1
        0.033 > .  1:1(0) ack 301
        diagnosis -
    ",
    );
}

#[test]
fn where_either_does_not_offer_them_there_are_none() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) <mss 1460,nop,nop,TS val 100 ecr 0>
        0.010 < S. 0:0(0) ack 1 <mss 1460>
        0.020 > .  1:1(0) ack 1
        0.030 < P. 1:101(100) ack 1
        0.031 < P. 101:201(100) ack 1
        0.032 < P. 201:301(100) ack 1
        0.033 > .  1:1(0) ack 301
        diagnosis -
    ",
    );
}

#[test]
fn a_client_that_goes_by_timestamps_it_had_not_offered_does_so_by_itself() {
    check_diagnosed(
        "
        0.000 > S  0:0(0) <mss 1460>
        0.010 < S. 0:0(0) ack 1 <mss 1460,nop,nop,TS val 900 ecr 0>
        0.020 > .  1:1(0) ack 1 <nop,nop,TS val 110 ecr 900>
        0.030 > P. 1:101(100) ack 1 <nop,nop,TS val 110 ecr 900>
        0.031 > P. 101:201(100) ack 1 <nop,nop,TS val 110 ecr 900>
        0.032 > P. 201:301(100) ack 1 <nop,nop,TS val 110 ecr 900>
        0.040 < .  1:1(0) ack 301 <nop,nop,TS val 920 ecr 110>
        diagnosis -
    ",
    );
}
