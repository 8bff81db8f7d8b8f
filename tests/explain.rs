//! What `--explain` tells: how a number follows from earlier ones, each kind of
//! fact once in a run.

#![cfg(feature = "cli")]

mod support;

use support::program::{recordings, run};
use support::script::show_script;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::explain::HowOften;
use tcptrace::sink::line::Line;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::words::Lang;

/// What every explanation begins with.
const BULLET: &str = "  #    · ";

/// The explanations of a script's segments, in order.
fn explained(script: &str, how_often: HowOften) -> Vec<String> {
    let mut out = Vec::new();
    let options = AnnotationOptions {
        explain: Some(how_often),
        lang: Lang::En,
        ..AnnotationOptions::default()
    };
    show_script(
        script,
        Printed::new(Annotated::new(Line::default(), options), &mut out),
    );
    let out = String::from_utf8(out).unwrap();
    let told = out.lines().filter_map(|line| line.strip_prefix(BULLET));
    told.map(str::to_owned).collect()
}

/// Checks that the explanations of a script begin so, each once, in this order.
#[track_caller]
fn assert_told(script: &str, expected: &[&str]) {
    let told = explained(script, HowOften::Once);
    let mut rest = told.iter();
    for words in expected {
        assert!(
            rest.any(|line| line.starts_with(words)),
            "not told, or not in this order: {words}\n{}",
            told.join("\n")
        );
        let count = told.iter().filter(|line| line.starts_with(words));
        assert_eq!(count.count(), 1, "{words}\n{}", told.join("\n"));
    }
}

/// The client of a script begins at 4294967294.
#[test]
fn numbers_follow_from_the_isn_also_where_they_wrap() {
    assert_told(
        "
        opened
        0.1 > P. 1:11(10) ack 1
        0.2 > P. 11:31(20) ack 1
        0.3 < .  1:1(0) ack 31
    ",
        &[
            "seq 0 = 4294967294 - 4294967294: the client's initial",
            "ack 4294967295 = the client's ISN 4294967294 + 1: ",
            "seq 1 = 4294967295 - 4294967294, the client's ISN",
            "handshake 20.000 ms = 10.000 ms from the SYN (frame 1) to the SYN-ACK (frame 2), ",
            "seq 1:11: 10 bytes, each with a number, from 1 on; the next one will be 11 = 1 + 10",
            "in flight 10 = next 11 - acknowledged 1: ",
            "seq 11 = 9 - 4294967294, the client's ISN",
            "ack 31 = 1 + 30: the client's 30 bytes from 1 on have arrived",
            "100.000 ms = time of this frame - time of frame 5, ",
        ],
    );
}

#[test]
fn a_fact_is_told_once_or_wherever_it_applies() {
    let script = "
        opened
        0.1 > P. 1:11(10) ack 1
        0.2 > P. 11:31(20) ack 1
    ";
    let in_flight = |how_often| {
        let told = explained(script, how_often).into_iter();
        told.filter_map(|line| line.strip_prefix("in flight ")?.get(..2).map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(in_flight(HowOften::Once), ["10"]);
    assert_eq!(in_flight(HowOften::Always), ["10", "30"]);
}

#[test]
fn windows_are_scaled_only_if_both_ends_said_so() {
    let script = |answer: &str| {
        format!(
            "
            0.00 > S  0:0(0) win 64240 <mss 1460,wscale 7>
            0.01 < S. 0:0(0) ack 1 win 65160 <{answer}>
            0.02 > .  1:1(0) ack 1 win 502
            0.03 < .  1:1(0) ack 1 win 0
        "
        )
    };
    assert_told(
        &script("mss 1400,wscale 6"),
        &[
            "window 64240: as sent, since the window of a SYN is never scaled",
            "MSS 1460 = 1500 - 20 (IP header) - 20 (TCP header): the client takes",
            "window scale in force, since both SYNs have it: from now on the client's windows \
             count × 2^7, the server's × 2^6",
            "window 64256 = 502 × 2^7: the client announced the scale 7 in frame 1",
            "zero window: the server has no room",
        ],
    );
    assert_told(
        &script("mss 1400"),
        &[
            "window scale not in force",
            "window 502: as sent, since no scale",
        ],
    );
}

#[test]
fn loss_is_derived_from_the_numbers_around_it() {
    assert_told(
        "
        opened
        0.10 > P. 1:11(10) ack 1
        0.11 > P. 21:31(10) ack 1
        0.12 < .  1:1(0) ack 11
        0.13 < .  1:1(0) ack 11
        0.30 > P. 21:31(10) ack 1
    ",
        &[
            "missing 10 = seq 21 - 11, the number that was next of the client",
            "ack 11 as before, while the client has sent up to 31: 20 = 31 - 11 more",
            "seq 21:31 ends at or before 31, the client's next number",
        ],
    );
}

#[test]
fn an_acknowledgment_with_sack_does_not_only_open_the_window() {
    let script = "
        opened
        0.1 > P. 11:21(10) ack 1
        0.2 < .  1:1(0) ack 1 win 900 <sack 9:19>
    ";
    let expected = "ack 1 as before, while the client has sent up to 21: 20 = 21 - 1 more";
    assert_told(script, &[expected, "SACK 11:21"]);
    let told = explained(script, HowOften::Always);
    assert!(!told.concat().contains("only the window"), "{told:?}");
}

#[test]
fn keep_alives_repeat_the_number_before_the_next() {
    assert_told(
        "
        opened
        9.0 > . 0:0(0) ack 1
        9.1 < . 1:1(0) ack 1
    ",
        &[
            "seq 0 = next 1 - 1: a number that is acknowledged already",
            "ack 1 as before: the server only says that it is still there",
        ],
    );
}

#[test]
fn a_closed_window_is_asked_for_with_a_number_that_is_acknowledged() {
    assert_told(
        "
        opened
        1.0 > P. 1:101(100) ack 1
        1.1 < . 1:1(0) ack 101 win 0
        1.3 > . 100:100(0) ack 1
        1.4 < . 1:1(0) ack 101 win 0
    ",
        &[
            "seq 100 = 101 - 1: a number that is acknowledged already",
            "ack 101 as before, and zero window: the server is there and has no room yet",
        ],
    );
}

#[test]
fn a_syn_sent_again_makes_the_handshake_no_round_trip() {
    assert_told(
        "
        0.000 > S  0:0(0)
        1.020 > S  0:0(0)
        1.030 < S. 0:0(0) ack 1
        1.040 > .  1:1(0) ack 1
    ",
        &[
            "SYN retransmitted 1.020 s after the one before, since no answer came in time",
            "handshake 1.040 s = 1.030 s from the first SYN (frame 1) to the SYN-ACK (frame 3)",
        ],
    );
}

/// Linux repeats the first SYNs at equal distances, and only then doubles.
#[test]
fn waits_are_said_to_double_where_they_do() {
    let syns = |times: &[&str]| {
        let lines = times.iter().map(|time| format!("{time} > S 0:0(0)\n"));
        lines.collect::<String>()
    };
    let linux = syns(&["0.0", "1.02", "2.04", "3.06", "4.08", "5.10", "7.12"]);
    assert_told(
        &linux,
        &[
            "SYN repeated after 1.020 s, 1.020 s: equal waits so far",
            "SYN repeated after 1.020 s, 1.020 s, 1.020 s, 1.020 s, 1.020 s, 2.020 s: equal \
             waits first, then each twice the one before",
        ],
    );
    let doubling = syns(&["0.0", "1.02", "3.04", "7.10"]);
    assert_told(
        &doubling,
        &["SYN repeated after 1.020 s, 2.020 s: each wait is twice the one before"],
    );
    let told = explained(&syns(&["0.0", "1.0", "4.0"]), HowOften::Once);
    let waits = told.iter().find(|line| line.contains("repeated after"));
    assert_eq!(waits.unwrap(), "SYN repeated after 1.000 s, 3.000 s");
}

#[test]
fn what_multipath_asks_for_and_comes_to_is_told() {
    assert_told(
        "
        0.0 > S  0:0(0)         <option 30 0181>
        0.1 < S. 0:0(0) ack 1   <option 30 0181ea0351242b58085d>
        0.2 > .  1:1(0) ack 1   <option 30 01811ddb6f1dbc32ffffea0351242b58085d>
    ",
        &[
            "MP_CAPABLE in the SYN, version 1: the client asks whether",
            "MP_CAPABLE in the SYN-ACK too: Multipath TCP in force, version 1; \
             by the server's key 0xea0351242b58085d",
            "MP_CAPABLE in the ACK: the key of the client, 0x1ddb6f1dbc32ffff, \
             and of the server, 0xea0351242b58085d;",
        ],
    );
    assert_told(
        "
        0.0 > S  0:0(0)         <option 30 0181>
        0.1 < S. 0:0(0) ack 1
    ",
        &["no MP_CAPABLE in the SYN-ACK: Multipath TCP not in force"],
    );
}

#[test]
fn a_further_path_names_its_connection_and_proves_that_it_may() {
    assert_told(
        "
        0.0 > S  0:0(0)         <option 30 1102000badc0010203aa>
        0.1 < S. 0:0(0) ack 1   <option 30 1000112233445566778801020304>
        0.2 > .  1:1(0) ack 1   <option 30 100000112233445566778899aabbccddeeff00112233>
    ",
        &[
            "MP_JOIN in the SYN: this is to be a further path of an earlier connection, named by \
             the token 0xbadc0 from the server's key there; the client's address has the number 2",
            "MP_JOIN with B: the client wants",
            "MP_JOIN in the SYN-ACK too: the server takes the path, and the HMAC 0x1122334455667788",
            "MP_JOIN in the ACK: the client's HMAC shows that it too knows the keys; \
             it may send data here once the server",
        ],
    );
    assert_told(
        "
        0.0 > S  0:0(0)         <option 30 1002000badc0010203aa>
        0.1 < S. 0:0(0) ack 1
    ",
        &["no MP_JOIN in the SYN-ACK: this is no further path, and the client has to reset it"],
    );
}

#[test]
fn of_a_multipath_option_that_is_too_short_nothing_is_told() {
    let join = "0.0 > S 0:0(0) <option 30 1002000badc0010203aa>";
    let proof = "0.1 < S. 0:0(0) ack 1\n 0.2 > . 1:1(0) ack 1 <option 30 100011>";
    for (script, untold) in [
        ("0.0 > S 0:0(0) <option 30 1002000bad>", "token"),
        (
            "0.0 > S 0:0(0) <option 30 0181>\n 0.1 < S. 0:0(0) ack 1 <option 30 0181>",
            "key",
        ),
        (
            &format!("{join}\n 0.1 < S. 0:0(0) ack 1 <option 30 100011>"),
            "HMAC",
        ),
        (&format!("{join}\n {proof}"), "HMAC"),
    ] {
        let told = explained(script, HowOften::Always);
        assert!(!told.iter().any(|line| line.contains(untold)), "{told:?}");
    }
}

#[test]
fn signatures_are_asked_for_and_answered_or_not() {
    let md5 = "option 19 00112233445566778899aabbccddeeff";
    let ao = "option 29 0705000102030405060708090a0b";
    let opened = |asked: &str, answered: &str| {
        format!("0.0 > S 0:0(0) <{asked}>\n 0.1 < S. 0:0(0) ack 1 <{answered}>")
    };
    assert_told(
        &opened(md5, md5),
        &[
            "MD5 signature in the SYN: a digest of",
            "MD5 signatures in both SYNs: every segment",
        ],
    );
    assert_told(
        &opened(md5, "nop"),
        &["no MD5 signature in the SYN-ACK: the client has to drop it"],
    );
    assert_told(
        &opened(ao, ao),
        &[
            "TCP-AO in the SYN: 12 bytes authenticate it by the key 7; \
             the client is ready for answers by the key 5 (RFC 5925 §2.2)",
            "TCP-AO in both SYNs: every segment",
        ],
    );
    assert_told(
        &opened(ao, "nop"),
        &["no TCP-AO in the SYN-ACK: the client has to drop it"],
    );
    for told in [
        explained(&opened("nop", ao), HowOften::Always),
        explained("opened\n", HowOften::Always),
    ] {
        let is_extension = |line: &String| {
            ["MP_", "MD5", "TCP-AO"]
                .iter()
                .any(|name| line.contains(name))
        };
        assert!(!told.iter().any(is_extension), "{told:?}");
    }
}

#[test]
fn both_ends_may_open_and_close_at_once() {
    assert_told(
        "
        0.00 > S  0:0(0)
        0.01 < S  0:0(0)
        0.02 > S. 0:0(0) ack 1
        0.03 < S. 0:0(0) ack 1
        0.10 > F. 1:1(0) ack 1
        0.11 < F. 1:1(0) ack 1
        0.12 > .  2:2(0) ack 2
        0.13 < .  2:2(0) ack 2
    ",
        &[
            "simultaneous open, 4 steps instead of 3: the SYNs of frames 1 and 2 crossed",
            "1/4: the client closes first",
            "2/4: the server closes without having acknowledged the FIN of frame 5",
            "client FIN-WAIT-1 → CLOSING: ",
            "server CLOSING → TIME-WAIT: ",
            "TIME-WAIT lasts 2 MSL",
        ],
    );
}

#[test]
fn a_fin_takes_a_number() {
    assert_told(
        "
        opened
        0.1 > P. 1:11(10) ack 1
        0.2 < .  1:1(0) ack 11
        0.3 < F. 1:1(0) ack 11
        0.4 > F. 11:11(0) ack 2
        0.5 < .  2:2(0) ack 12
    ",
        &[
            "the FIN takes one number, 1, behind the last byte: its ACK will be 2 = 1 + 1",
            "ack 2 = 1 + 1: the server's FIN in frame 6 has the number 1",
            "2-3/4: one segment acknowledges the FIN of frame 6",
        ],
    );
}

#[test]
fn a_rst_says_by_its_number_what_it_answers() {
    assert_told(
        "
        0.0 > S  0:0(0)
        0.1 < R. 0:0(0) ack 1
    ",
        &["client SYN-SENT → CLOSED: a RST ends"],
    );
    let after_opening = |reset: &str| format!("opened\n0.1 > P. 1:11(10) ack 1\n{reset}\n");
    assert_told(
        &after_opening("0.2 > R  11:11(0)"),
        &["RST with seq 11 = the client's own next number"],
    );
    assert_told(
        &after_opening("0.2 < R  1:1(0)"),
        &["RST without ACK, seq 1 = what the client acknowledged last"],
    );
    assert_told(
        &after_opening("0.2 < R. 500:500(0) ack 11"),
        &["RST with seq 500, while the server's next number is 1: "],
    );
}

#[test]
fn what_was_not_captured_is_not_derived() {
    let told = explained(
        "
        1.0 > P. 1:11(10) ack 1
        1.1 < .  1:1(0) ack 11
    ",
        HowOften::Always,
    );
    assert!(
        told.iter()
            .any(|line| line.starts_with("numbers are counted from one before"))
    );
    assert!(
        told.iter()
            .any(|line| line.contains("as sent: only the SYNs would tell its scale"))
    );
    assert!(!told.iter().any(|line| line.contains("ISN")), "{told:?}");
}

/// Each kind of evidence is told once.
#[test]
fn what_was_not_sent_in_order_has_its_evidence() {
    let script = "
        opened
        0.100 > .  1:101(100) ack 1 id 5 <nop,nop,TS val 100 ecr 1>
        0.110 > .  201:301(100) ack 1 id 7 <nop,nop,TS val 110 ecr 1>
        0.120 > .  101:201(100) ack 1 id 6 <nop,nop,TS val 105 ecr 1>
        0.121 > .  101:201(100) ack 1 id 6 <nop,nop,TS val 105 ecr 1>
        0.400 > .  201:301(100) ack 1 id 8 <nop,nop,TS val 400 ecr 1>
        0.900 > .  201:301(100) ack 1 id 9 <nop,nop,TS val 900 ecr 1>
    ";
    assert_told(
        script,
        &[
            "out of order: its IP ID is older than that of the segment that overtook it",
            "duplicate made by the network: a segment with its IP ID passed before",
            "retransmission: its data passed before, under another IP ID",
        ],
    );
    let told = explained(script, HowOften::Always);
    let again = told
        .iter()
        .filter(|line| line.starts_with("retransmission: "));
    assert_eq!(again.count(), 2);
}

/// Every explanation is part of the annotation for whoever filters it out.
#[test]
fn the_lines_without_annotations_are_tcpdumps() {
    for capture in recordings() {
        let plain = run(&format!("--plain -r {capture}"));
        for options in ["--explain", "--explain all --lang zh --color always"] {
            let explained = run(&format!("{options} -r {capture}"));
            assert!(explained.out.contains("    · "), "{capture}");
            let lines = explained
                .out
                .lines()
                .filter(|line| !line.starts_with("  #"));
            assert!(lines.eq(plain.out.lines()), "{capture} {options}");
        }
    }
}

#[test]
fn the_value_of_explain_may_be_left_out() {
    let count = |arguments: &str| run(arguments).out.matches(BULLET).count();
    let once = count("--explain -r hello.pcap");
    assert_eq!(count("--explain once -r hello.pcap"), once);
    assert_eq!(count("-r hello.pcap --explain tcp"), once);
    assert!(count("--explain all -r hello.pcap") > once);
    assert_eq!(
        count("--explain=all -r hello.pcap"),
        count("-r hello.pcap --explain all")
    );
    assert_eq!(run("--explain --json -r hello.pcap").status, Some(2));
}
