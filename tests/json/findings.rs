//! What a record says of a segment that only the connection shows.

use serde_json::Value;

use crate::scripted;

/// What stands under `key` in the records of segments, in order.
fn found(script: &str, key: &str) -> Vec<(u64, Value)> {
    let records = scripted(script);
    let records = records.lines().map(|line| {
        let record: Value = serde_json::from_str(line).unwrap();
        Some((record.get("frame")?.as_u64()?, record.get(key)?.clone()))
    });
    records.flatten().collect()
}

/// What the SYN-ACKs of a script say of Fast Open.
fn fast_open(syn: &str, syn_ack: &str) -> Vec<(u64, Value)> {
    found(&format!("0.00 > S {syn}\n0.01 < S. {syn_ack}"), "fast_open")
}

#[test]
fn a_syn_ack_tells_what_became_of_fast_open() {
    let (asks, has) = ("<FO>", "<FO 0123456789abcdef>");
    for (syn, syn_ack, outcome) in [
        (format!("0:0(0) {asks}"), "0:0(0) ack 1", "not_given"),
        (
            format!("0:0(0) {asks}"),
            "0:0(0) ack 1 <FO 0123456789abcdef>",
            "given",
        ),
        (format!("0:10(10) {has}"), "0:0(0) ack 11", "accepted"),
        ("0:10(10)".to_owned(), "0:0(0) ack 11", "accepted"),
        (format!("0:10(10) {has}"), "0:0(0) ack 1", "ignored"),
        (format!("0:0(0) {has}"), "0:0(0) ack 1", "unused"),
    ] {
        let expected = [(2, Value::from(outcome))];
        assert_eq!(fast_open(&syn, syn_ack), expected, "{syn}, {syn_ack}");
    }
}

/// It answers the SYN of another connection, or nobody's.
#[test]
fn a_syn_ack_of_what_was_never_sent_accepts_no_data() {
    assert_eq!(fast_open("0:0(0)", "0:0(0) ack 1"), []);
    assert_eq!(fast_open("0:0(0)", "0:0(0) ack 2000"), []);
    assert_eq!(fast_open("0:0(0)", "0:0(0) ack 4287192520"), []);
    assert_eq!(found("0.00 < S. 0:0(0) ack 1", "fast_open"), []);
}

#[test]
fn what_is_missing_was_not_captured_where_it_was_acknowledged() {
    let script = "
        opened
        0.1 > . 1:11(10) ack 1
        0.2 < . 1:1(0) ack 21
        0.3 > . 21:31(10) ack 1
        0.4 > . 41:51(10) ack 1
    ";
    assert_eq!(found(script, "missing"), [(6, 10.into()), (7, 10.into())]);
    assert_eq!(found(script, "not_captured"), [(6, true.into())]);
}
