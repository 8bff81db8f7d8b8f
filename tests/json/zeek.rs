//! Zeek's words: `conn_state`, `history`, and the rows that its timers make.

use serde_json::Value;

use crate::scripted;

/// The rows of a script's last connection: `SF ShADadFf`, `/` between rows.
fn rows(script: &str) -> String {
    let records = scripted(script);
    let mut connections = records.lines().filter(|line| line.contains("conn_state"));
    let record: Value = serde_json::from_str(connections.next_back().unwrap()).unwrap();
    let further = record.get("further_rows").and_then(Value::as_array);
    let rows = [&record].into_iter().chain(further.into_iter().flatten());
    let words = rows.map(|row| {
        let word = |key: &str| row[key].as_str().unwrap().to_owned();
        format!("{} {}", word("conn_state"), word("history"))
    });
    words.collect::<Vec<_>>().join(" / ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (script, expected) in cases {
        assert_eq!(rows(script), *expected, "{script}");
    }
}

/// Zeek's conditions, in their order.
#[test]
fn conn_state_is_zeeks() {
    check(&[
        ("0.0 > S 0:0(0)\n 0.1 < R. 0:0(0) ack 1", "REJ Sr"),
        ("0.0 < S. 0:0(0) ack 1\n 0.1 < R 1:1(0)", "RSTRH ^hr"),
        ("opened\n 0.1 < R. 1:1(0) ack 1", "RSTR ShAr"),
        ("0.0 > S 0:0(0)\n 0.1 > R 1:1(0)", "RSTOS0 SR"),
        ("0.0 > P. 1:2(1) ack 1\n 0.1 > R 2:2(0)", "OTH DR"),
        ("opened\n 0.1 > R. 1:1(0) ack 1", "RSTO ShAR"),
        (
            "opened\n 0.1 > F. 1:1(0) ack 1\n 0.2 < F. 1:1(0) ack 2",
            "SF ShAFf",
        ),
        (
            "opened\n 0.1 > F. 1:1(0) ack 1\n 0.2 < F. 1:1(0) ack 2\n 0.3 > R 2:2(0)",
            "SF ShAFfR",
        ),
        (
            "opened\n 0.1 > F. 1:1(0) ack 1\n 0.2 > R. 2:2(0) ack 1\n 0.3 < F. 1:1(0) ack 2",
            "SF ShAFRf",
        ),
        ("0.0 > S 0:0(0)\n 0.1 > F 1:1(0)", "SH SF"),
        ("opened\n 0.1 > F. 1:1(0) ack 1", "S2 ShAF"),
        ("0.0 < S. 0:0(0) ack 1\n 0.1 < F. 1:1(0) ack 1", "SHR ^hf"),
        ("opened\n 0.1 < F. 1:1(0) ack 1", "S3 ShAf"),
        ("0.0 > S 0:0(0)", "S0 S"),
        ("opened\n", "S1 ShA"),
        ("0.0 > S 0:0(0)\n 0.1 < S. 0:0(0) ack 1", "S1 Sh"),
        ("0.0 > P. 1:2(1) ack 1\n 0.1 < . 1:1(0) ack 2", "OTH Da"),
    ]);
}

#[test]
fn what_happens_again_is_written_at_powers_of_ten() {
    let again = "0.2 > P. 1:11(10) ack 1\n";
    for (times, letters) in [(1, "ShADT"), (9, "ShADT"), (10, "ShADTT"), (100, "ShADTTT")] {
        let script = format!("opened\n 0.1 > P. 1:11(10) ack 1\n{}", again.repeat(times));
        assert_eq!(rows(&script), format!("S1 {letters}"), "{times} times");
    }
    let closed = "opened\n 0.1 < . 1:1(0) ack 1 win 0\n 0.2 < . 1:1(0) ack 1 win 0";
    assert_eq!(rows(closed), "S1 ShAaw");
}

#[test]
fn a_fin_or_reset_is_written_again_where_its_number_differs() {
    check(&[
        (
            "opened\n 0.1 > F. 1:1(0) ack 1\n 0.2 > F. 1:1(0) ack 1",
            "S2 ShAF",
        ),
        (
            "opened\n 0.1 > F. 1:1(0) ack 1\n 0.2 > F. 1:6(5) ack 1",
            "S2 ShAFF",
        ),
        (
            "opened\n 0.1 < R 1:1(0)\n 0.2 < R 1:1(0)\n 0.3 < R 9:9(0)",
            "RSTR ShArr",
        ),
        ("0.0 > SF 0:0(0)\n 0.1 > FR 1:1(0)", "OTH QI"),
    ]);
}

/// Data that was acknowledged and not captured: a hole for each stretch of it.
#[test]
fn a_hole_is_written_when_it_is_acknowledged() {
    check(&[
        (
            "opened\n 0.1 > . 101:201(100) ack 1\n 0.2 < . 1:1(0) ack 1",
            "S1 ShADa",
        ),
        (
            "opened\n 0.1 > . 101:201(100) ack 1\n 0.2 < . 1:1(0) ack 201",
            "S1 ShADaG",
        ),
        (
            "opened\n 0.1 > . 101:201(100) ack 1\n 0.2 > . 1:101(100) ack 1
             0.3 < . 1:1(0) ack 201",
            "S1 ShADTa",
        ),
        // The 10th of many; pieces that touch are one.
        (
            "opened
             0.1 > . 11:21(10) ack 1\n 0.1 > . 31:41(10) ack 1\n 0.1 > . 51:61(10) ack 1
             0.1 > . 71:81(10) ack 1\n 0.1 > . 91:101(10) ack 1\n 0.1 > . 111:121(10) ack 1
             0.1 > . 131:141(10) ack 1\n 0.1 > . 151:161(10) ack 1\n 0.1 > . 171:181(10) ack 1
             0.1 > . 181:191(10) ack 1\n 0.2 < . 1:1(0) ack 191",
            "S1 ShADaG",
        ),
        (
            "opened
             0.1 > . 11:21(10) ack 1\n 0.1 > . 31:41(10) ack 1\n 0.1 > . 51:61(10) ack 1
             0.1 > . 71:81(10) ack 1\n 0.1 > . 91:101(10) ack 1\n 0.1 > . 111:121(10) ack 1
             0.1 > . 131:141(10) ack 1\n 0.1 > . 151:161(10) ack 1\n 0.1 > . 171:181(10) ack 1
             0.1 > . 191:201(10) ack 1\n 0.2 < . 1:1(0) ack 201",
            "S1 ShADaGG",
        ),
        // The end of a connection is no hole, nor what one end alone shows.
        (
            "opened\n 0.1 > F. 1:1(0) ack 1\n 0.2 < F. 1:1(0) ack 2\n 0.3 > . 2:2(0) ack 2",
            "SF ShAFf",
        ),
        (
            "0.1 > . 1:101(100) ack 1\n 0.2 < . 1:1(0) ack 901",
            "OTH Da",
        ),
    ]);
}

#[test]
fn timers_end_a_row_before_the_connection_ends() {
    check(&[
        (
            "0.0 > S 0:0(0)\n 4.9 > . 1:1(0) ack 1\n 5.1 > P. 1:11(10) ack 1",
            "S0 SA / OTH D",
        ),
        (
            "opened\n 0.1 > R 1:1(0)\n 9.0 > . 1:1(0) ack 1\n 9.1 < R 1:1(0)",
            "RSTO ShAR / RSTRH Ar",
        ),
        (
            "opened\n 200.0 > . 1:1(0) ack 1\n 500.1 < . 1:1(0) ack 1",
            "S1 ShA / OTH ^a",
        ),
        (
            "opened\n 200.0 > . 1:1(0) ack 1\n 400.1 < . 1:1(0) ack 1",
            "S1 ShAa",
        ),
    ]);
}

/// However often a connection ends, what is kept of it is bounded.
#[test]
fn rows_are_bounded() {
    let reset = |nth: u32| format!("{}.0 > R 1:1(0)\n", 10 * nth);
    let script: String = (0..40).map(reset).collect();
    assert_eq!(rows(&script).matches('/').count(), 7);
}
