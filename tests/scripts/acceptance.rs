//! What an end of an open connection does not take: numbers that are none of it, a
//! segment without ACK, a SYN (RFC 9293 §3.10.7.4, RFC 5961 §4 and §5).

use super::{check, check_both_ways, check_sent_both_ways};

/// What was sent on an open connection before.
const BEFORE: &str = "
    1.000 > P. 1:101(100) ack 1     ; data 100
    1.010 < .  1:1(0) ack 101       ; ack of 100 after 10ms
";

/// It goes on as if nothing had come; and what each end sent, of which that is a part.
const AFTER: &str = "
    3.000 > P. 101:201(100) ack 1   ; data 100
    3.010 < .  1:1(0) ack 201       ; ack of 100 after 10ms
    verdict open
";

/// A script in which the ends send so many segments that are not taken, or answer such.
fn check_between(script: &str, client: u64, server: u64) {
    let script = [BEFORE, script, AFTER].concat();
    check_sent_both_ways(&script, (2 + client, ", 2 with 200"), (2 + server, ""));
}

#[test]
fn octets_below_the_first_are_none_of_the_connection() {
    check_between(
        "
        2.000 > P. 4294960000:4294960100(100) ack 1 ; data 100, not taken: below_initial
        2.010 < .  1:1(0) ack 101                   ; challenge ACK, answers 6
    ",
        1,
        1,
    );
}

#[test]
fn a_fin_below_the_first_number_closes_nothing() {
    check_between(
        "
        2.000 > F. 4294960000:4294960000(0) ack 1   ; FIN, not taken: below_initial
        2.010 < .  1:1(0) ack 101                   ; challenge ACK, answers 6
    ",
        1,
        1,
    );
}

#[test]
fn an_acknowledgment_below_the_first_number_is_challenged() {
    // RFC 5961 §5.2.
    for ack in [4_294_960_000_u32, 0] {
        check_between(
            &format!(
                "
                2.000 < .  1:1(0) ack {ack}     ; ack, not taken: ack_below_initial
                2.010 > .  101:101(0) ack 1     ; challenge ACK, answers 6
            "
            ),
            1,
            1,
        );
    }
}

#[test]
fn data_with_an_acknowledgment_below_the_first_number_brings_nothing() {
    check_between(
        "
        2.000 < P. 1:51(50) ack 4294960000      ; data 50, not taken: ack_below_initial
        2.010 > .  101:101(0) ack 1             ; challenge ACK, answers 6
    ",
        1,
        1,
    );
}

#[test]
fn what_has_no_ack_is_dropped() {
    check_between(
        "
        2.000 > F  101:101(0)           ; FIN, not taken: without_ack
        2.100 < P  1:51(50)             ; data 50, not taken: without_ack
        2.200 < .  1:1(0) ack 101       ; ack again
    ",
        1,
        2,
    );
    check_sent_both_ways(
        "
        2.000 > P  1:101(100)           ; data 100, not taken: without_ack
        2.200 > P. 1:101(100) ack 1     ; data 100
        2.210 < .  1:1(0) ack 101       ; ack of 100 after 210ms
        verdict open
    ",
        (2, ", 1 with 100"),
        (1, ""),
    );
}

#[test]
fn what_lies_behind_the_window_and_comes_from_elsewhere_is_not_taken() {
    check_between(
        "
        2.000 > P. 50001:50101(100) ack 1 ttl 50 ; data 100, not taken: outside_window
        2.010 < .  1:1(0) ack 101                ; challenge ACK, answers 6
    ",
        1,
        1,
    );
}

#[test]
fn what_lies_behind_the_window_of_an_end_itself_shows_what_was_not_captured() {
    check_both_ways(
        &[
            BEFORE,
            "
            2.000 > P. 50001:50101(100) ack 1   ; data 100, 49900 missing
            2.010 < .  1:1(0) ack 50101         ; ack of 50000 after 10ms
            verdict open
        ",
        ]
        .concat(),
    );
}

#[test]
fn an_acknowledgment_of_the_unsent_from_elsewhere_is_not_taken() {
    check_between(
        "
        2.000 < .  1:1(0) ack 5001 ttl 50       ; ack, not taken: ack_of_unsent
        2.010 > .  101:101(0) ack 1             ; challenge ACK, answers 6
    ",
        1,
        1,
    );
}

#[test]
fn a_segment_without_the_timestamps_that_were_agreed_on_is_foreign() {
    // RFC 7323 §3.2.
    let opened = "
        0.000 > S  0:0(0)           <TS val 1 ecr 0>
        0.010 < S. 0:0(0) ack 1     <TS val 9 ecr 1>
        0.020 > .  1:1(0) ack 1     <TS val 2 ecr 9>
    ";
    let from_client = "
        2.000 > P. 50001:50101(100) ack 1   ; data 100, not taken: outside_window
        2.010 < .  1:1(0) ack 1             <TS val 20 ecr 2> ; challenge ACK, answers 4
        verdict open
    ";
    let from_server = "
        2.000 < .  1:1(0) ack 5001          ; ack, not taken: ack_of_unsent
        2.010 > .  1:1(0) ack 1             <TS val 20 ecr 9> ; challenge ACK, answers 4
        verdict open
    ";
    for script in [from_client, from_server] {
        check(&[opened, script].concat());
    }
}

#[test]
fn a_syn_on_a_live_connection_is_challenged() {
    // RFC 5961 §4.2.
    check_both_ways(
        &[
            BEFORE,
            "
            2.000 > S  500000:500000(0)     ; stream 1 SYN on the connection,
                                            ; not taken: syn_on_connection
            2.010 < .  1:1(0) ack 101       ; stream 1 challenge ACK, answers 6
            3.000 > P. 101:201(100) ack 1   ; stream 1 data 100
            3.010 < .  1:1(0) ack 201       ; stream 1 ack of 100 after 10ms
            verdict open
        ",
        ]
        .concat(),
    );
}

#[test]
fn a_syn_ack_on_a_live_connection_is_challenged() {
    check_between(
        "
        2.000 < S. 500000:500000(0) ack 101 ; SYN on the connection,
                                            ; not taken: syn_on_connection
        2.010 > .  101:101(0) ack 1         ; challenge ACK, answers 6
    ",
        1,
        1,
    );
}
