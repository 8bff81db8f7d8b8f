//! Which of several SYNs and SYN-ACKs was answered, and how SYNs that are sent again
//! differ.

use serde_json::{Value, json};

use crate::scripted;

/// What the record of a script's connection says of how it opened.
fn handshake(script: &str) -> Value {
    let records = scripted(script);
    let parsed = |line| serde_json::from_str::<Value>(line).unwrap();
    let mut shown = records.lines().map(parsed).filter_map(|record| {
        let shown = record.get("handshake");
        shown.cloned()
    });
    shown.next().unwrap()
}

/// Three SYNs, a second apart, which differ by their timestamps.
const SYNS: &str = "
    0.000 > S  0:0(0) <TS val 100 ecr 0>
    1.000 > S  0:0(0) <TS val 1100 ecr 0>
    3.000 > S  0:0(0) <TS val 3100 ecr 0>
";

/// Three SYN-ACKs that do.
const SYN_ACKS: &str = "
    0.000 > S  0:0(0)       <TS val 100 ecr 0>
    0.010 < S. 0:0(0) ack 1 <TS val 700 ecr 100>
    1.010 < S. 0:0(0) ack 1 <TS val 1700 ecr 100>
    3.010 < S. 0:0(0) ack 1 <TS val 3700 ecr 100>
";

#[test]
fn the_echo_of_the_latest_syn_tells_that_it_was_answered() {
    let shown = handshake(&format!(
        "{SYNS}
        3.010 < S. 0:0(0) ack 1 <TS val 9 ecr 3100>
        3.020 > .  1:1(0) ack 1 <TS val 3120 ecr 9>
    "
    ));
    assert_eq!(shown["answered_syn"], 3);
    assert_eq!(shown["server_leg"].to_string(), "0.010000000");
    assert_eq!(shown.get("server_leg_ambiguous"), None);
}

#[test]
fn the_echo_of_an_earlier_syn_proves_less() {
    // A kernel that has taken one goes on to echo it, whichever it answers.
    for echo in [100, 1_100] {
        let shown = handshake(&format!(
            "{SYNS}
            3.010 < S. 0:0(0) ack 1 <TS val 9 ecr {echo}>
            3.020 > .  1:1(0) ack 1 <TS val 3120 ecr 9>
        "
        ));
        assert_eq!(shown.get("answered_syn"), None);
        assert_eq!(shown["server_leg"].to_string(), "3.010000000");
        assert_eq!(shown["server_leg_ambiguous"], true);
    }
}

#[test]
fn without_an_echo_nobody_knows_which_syn_was_answered() {
    let shown = handshake(
        "
        0.000 > S  0:0(0)
        1.000 > S  0:0(0)
        1.010 < S. 0:0(0) ack 1
        1.020 > .  1:1(0) ack 1
    ",
    );
    assert_eq!(shown.get("answered_syn"), None);
    assert_eq!(shown["server_leg_ambiguous"], true);
    assert_eq!(shown["syn_retransmissions"], 1);
    // An echo of none of them tells no more.
    let shown = handshake(&format!("{SYNS} 3.010 < S. 0:0(0) ack 1 <TS val 9 ecr 5>"));
    assert_eq!(shown.get("answered_syn"), None);
    assert_eq!(shown["server_leg_ambiguous"], true);
}

#[test]
fn the_echo_of_a_syn_ack_tells_which_was_answered() {
    for (echo, frame, leg) in [
        (700, 2, "3.010000000"),
        (1_700, 3, "2.010000000"),
        (3_700, 4, "0.010000000"),
    ] {
        let shown = handshake(&format!(
            "{SYN_ACKS} 3.020 > . 1:1(0) ack 1 <TS val 3120 ecr {echo}>"
        ));
        assert_eq!(shown["answered_syn_ack"], frame);
        assert_eq!(shown["client_leg"].to_string(), leg);
        // What echoes an earlier one may answer a later.
        let is_latest = frame == 4;
        assert_eq!(shown.get("client_leg_ambiguous").is_none(), is_latest);
    }
}

#[test]
fn without_an_echo_nobody_knows_which_syn_ack_was_answered() {
    for options in ["", "<TS val 3120 ecr 5>"] {
        let shown = handshake(&format!("{SYN_ACKS} 3.020 > . 1:1(0) ack 1 {options}"));
        assert_eq!(shown.get("answered_syn_ack"), None);
        assert_eq!(shown["client_leg_ambiguous"], true);
        assert_eq!(shown["syn_ack_retransmissions"], 2);
    }
}

#[test]
fn the_number_tells_which_of_several_syn_acks_was_answered() {
    // As of a server without memory, whose number is another each time.
    let syn_acks = "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        1.010 < S. 5000:5000(0) ack 1
        3.010 < S. 9000:9000(0) ack 1
    ";
    for (ack, frame) in [(1, 2), (5_001, 3), (9_001, 4)] {
        let shown = handshake(&format!("{syn_acks} 3.020 > . 1:1(0) ack {ack}"));
        assert_eq!(shown["answered_syn_ack"], frame);
        assert_eq!(shown["ack"]["ack"], 1);
    }
}

#[test]
fn what_a_client_gives_up_from_syn_to_syn_is_told() {
    let cases = [
        // RFC 3168 §6.1.1.1.
        ("SEW 0:0(0)", "S 0:0(0)", "ecn"),
        // RFC 7413 §4.1.3.
        ("S 0:0(0) <FO 0123456789abcdef>", "S 0:0(0)", "fast_open"),
        ("S 0:0(0) <FO>", "S 0:0(0)", "fast_open"),
        ("S 0:0(0) <TS val 1 ecr 0>", "S 0:0(0)", "timestamps"),
        ("S 0:0(0) <sackOK>", "S 0:0(0)", "sack"),
        ("S 0:0(0) <wscale 7>", "S 0:0(0)", "window_scale"),
        ("S 0:0(0) <mss 1460>", "S 0:0(0) <mss 536>", "mss"),
        // RFC 8684 §3.7.
        ("S 0:0(0) <mptcp 0>", "S 0:0(0)", "multipath"),
    ];
    for (first, second, change) in cases {
        let shown = handshake(&format!("0.0 > {first}\n 1.0 > {second}"));
        assert_eq!(shown["syn_changes"], json!([change]), "{first}");
        // Of the same SYN there is nothing to tell.
        let shown = handshake(&format!("0.0 > {first}\n 1.0 > {first}"));
        assert_eq!(shown.get("syn_changes"), None, "{first}");
    }
}

#[test]
fn several_changes_stand_in_one_list() {
    let shown = handshake(
        "
        0.000 > SEW 0:0(0) <mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7,FO>
        1.000 > S   0:0(0) <mss 1460,sackOK,TS val 1001 ecr 0,nop,wscale 7>
        3.000 > S   0:0(0) <mss 1460>
        3.010 < S.  0:0(0) ack 1 <mss 1460>
    ",
    );
    let changes = json!(["ecn", "fast_open", "timestamps", "sack", "window_scale"]);
    assert_eq!(shown["syn_changes"], changes);
}

#[test]
fn options_that_were_cut_off_are_not_called_given_up() {
    let shown = handshake(
        "
        0.000 > S  0:0(0) <mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7>
        snaplen 24
        1.000 > S  0:0(0) <mss 1460,sackOK,TS val 1001 ecr 0,nop,wscale 7>
    ",
    );
    assert_eq!(shown.get("syn_changes"), None);
}
