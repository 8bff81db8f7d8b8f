//! What the record of a whole capture says of its connections together: what they waited
//! for, which of them longest, and which servers are in trouble.

use std::fmt::Write as _;

use serde_json::Value;
use tcptrace::sink::summary::Summarized;

use crate::support::script::show_script;
use crate::written;

/// A connection over a way of 10 ms, asked and answered once.
const ASKED: &str = "
    0.000 > S  0:0(0)       <mss 1460>
    0.020 < S. 0:0(0) ack 1 <mss 1460>
    0.020 > .  1:1(0) ack 1
    0.030 > P. 1:101(100)   ack 1
    0.050 < .  1:1(0)       ack 101
    0.340 < P. 1:501(500)   ack 101
    0.340 > .  101:101(0)   ack 501
";

fn summary(script: &str) -> Value {
    let record = written(Summarized::record(Vec::new()), |style| {
        show_script(script, style);
    });
    let record: Value = serde_json::from_str(&record).unwrap();
    record["summary"].clone()
}

/// Rounded to the nearest; 0 of what is absent.
#[expect(clippy::cast_possible_truncation, reason = "minutes at most")]
fn millis(seconds: &Value) -> i64 {
    (seconds.as_f64().unwrap_or(0.0) * 1000.0).round() as i64
}

/// What was waited, idle until the server closed, and its application's in the ledger:
/// milliseconds, behind a connection that was asked and answered.
fn closed_by(end: &str) -> (i64, i64, i64) {
    let summary = summary(&(ASKED.to_owned() + end));
    let application = &summary["time_spent"]["server_application"];
    (
        millis(&summary["waited"]),
        millis(&summary["idle_before_close"]),
        millis(application),
    )
}

#[test]
fn nobody_waits_while_nothing_is_asked_until_the_server_closes() {
    // A handshake, the answer, and what its own and the request's way take.
    let worked = 20 + 290 + 20;
    let (waited, idle, application) = closed_by(
        "
        60.340 < F. 501:501(0) ack 101
        60.340 > F. 101:101(0) ack 502
        60.360 < .  502:502(0) ack 102
        ",
    );
    assert_eq!(idle, 60_000);
    assert_eq!(application - idle, 290);
    assert!((waited - worked).abs() <= 20, "{waited}");
    let reset = closed_by("60.340 < R. 501:501(0) ack 101");
    assert_eq!(reset.1, 60_000);
    let client_first = closed_by(
        "
        1.340 > F. 101:101(0) ack 501
        1.360 < .  501:501(0) ack 102
        60.360 < F. 501:501(0) ack 102
        60.360 > .  102:102(0) ack 502
        ",
    );
    assert_eq!(client_first.1, 59_000);
}

#[test]
fn a_few_last_words_before_the_fin_answer_nothing() {
    let with_alert = |octets: u32| {
        let end = 501 + octets;
        let fin = end + 1;
        closed_by(&format!(
            "
            60.340 < P. 501:{end}({octets}) ack 101
            60.340 < F. {end}:{end}(0) ack 101
            60.340 > F. 101:101(0) ack {fin}
            60.360 < .  {fin}:{fin}(0) ack 102
            "
        ))
    };
    assert_eq!(with_alert(31).1, 60_000);
    // So much is the rest of an answer.
    assert_eq!(with_alert(500).1, 0);
}

#[test]
fn a_request_among_answers_that_is_the_last_was_waited_for() {
    let (_, idle, application) = closed_by(
        "
        0.341 < P. 501:1001(500)  ack 101
        0.342 > P. 101:201(100)   ack 501
        0.350 < P. 1001:1501(500) ack 101
        0.360 > P. 201:301(100)   ack 1501
        0.380 < .  1501:1501(0)   ack 301
        60.380 < F. 1501:1501(0)  ack 301
        60.380 > F. 301:301(0)    ack 1502
        60.400 < .  1502:1502(0)  ack 302
        ",
    );
    assert_eq!(idle, 0);
    assert!(application > 59_000, "{application}");
}

/// What is said straight before the FIN is all that the server says, and it is waited for.
#[test]
fn an_answer_just_before_the_fin_was_waited_for() {
    let (waited, idle, _) = closed_by(
        "
        0.500 > P. 101:201(100) ack 501
        0.520 < .  501:501(0)   ack 201
        60.340 < P. 501:551(50) ack 201
        60.340 < F. 551:551(0)  ack 201
        60.340 > F. 201:201(0)  ack 552
        60.360 < .  552:552(0)  ack 202
        ",
    );
    assert_eq!(idle, 0);
    assert!(waited > 59_000, "{waited}");
}

/// Where an acknowledgment comes late, the silence began before it.
#[test]
fn an_acknowledgment_does_not_end_the_time_in_which_nothing_is_asked() {
    let late = ASKED.replace("0.340 > .", "0.380 > .");
    let summary = summary(
        &(late
            + "
        60.340 < F. 501:501(0) ack 101
        60.340 > F. 101:101(0) ack 502
        60.360 < .  502:502(0) ack 102
        "),
    );
    let idle = millis(&summary["idle_before_close"]);
    assert!(idle >= 59_960, "{idle}");
    let longest = &summary["waited_longest"][0];
    assert!(
        millis(&longest["longest_wait"]["length"]) < 400,
        "{longest}"
    );
}

#[test]
fn a_server_that_closes_instead_of_an_answer_was_waited_for() {
    let (waited, idle, application) = closed_by(
        "
        0.500 > P. 101:201(100) ack 501
        0.520 < .  501:501(0) ack 201
        60.340 < F. 501:501(0) ack 201
        60.340 > F. 201:201(0) ack 502
        60.360 < .  502:502(0) ack 202
        ",
    );
    assert_eq!(idle, 0);
    assert!(application > 59_000 && waited > 59_000, "{waited}");
}

#[test]
fn a_client_with_nothing_to_ask_is_not_waited_for() {
    let (waited, idle, _) = closed_by(
        "
        60.340 > F. 101:101(0) ack 501
        60.360 < F. 501:501(0) ack 102
        60.360 > .  102:102(0) ack 502
        ",
    );
    assert_eq!(idle, 0);
    assert!(waited < 400, "{waited}");
}

/// A server that was asked once, and after its answer goes on by itself so often, each
/// time after so many milliseconds.
fn going_on(times: u32, every: u32) -> String {
    let mut script = ASKED.to_owned();
    for nth in 0..times {
        let (seq, at) = (501 + nth * 50, 340 + (nth + 1) * every);
        let (end, seconds) = (seq + 50, f64::from(at) / 1000.0);
        let _ = write!(
            script,
            "
            {seconds:.3} < P. {seq}:{end}(50) ack 101
            {seconds:.3} > .  101:101(0)      ack {end}
            "
        );
    }
    script
}

/// What was waited, idle before news, and the server's application's in the ledger.
fn waited_for_news(script: &str) -> (i64, i64, i64) {
    let summary = summary(script);
    (
        millis(&summary["waited"]),
        millis(&summary["idle_before_news"]),
        millis(&summary["time_spent"]["server_application"]),
    )
}

#[test]
fn nobody_waits_for_news_that_a_server_tells_by_itself() {
    let (waited, idle, application) = waited_for_news(&going_on(4, 2_000));
    assert_eq!(idle, 4 * 2_000);
    assert_eq!(application - idle, 290);
    assert!(waited < 400, "{waited}");
    let shown = summary(&going_on(4, 2_000));
    let longest = &shown["waited_longest"][0];
    assert!(longest["longest_wait"].is_null(), "{longest}");
    // The last of it just before it closes is one of them.
    let closed = going_on(3, 2_000)
        + "
        8.340 < P. 651:701(50) ack 101
        8.341 < F. 701:701(0) ack 101
        8.341 > F. 101:101(0) ack 702
        8.361 < .  702:702(0) ack 102
        ";
    assert_eq!(waited_for_news(&closed).1, 8_000);
    assert_eq!(millis(&summary(&closed)["idle_before_close"]), 0);
}

#[test]
fn an_answer_that_stands_still_now_and_then_is_waited_for() {
    for (times, every) in [(2, 2_000), (20, 300)] {
        let (waited, idle, application) = waited_for_news(&going_on(times, every));
        assert_eq!(idle, 0, "{times}");
        assert!(application >= i64::from(times * every), "{application}");
        assert!(waited >= application, "{waited}");
    }
    // Two requests whose answers come in three parts each.
    let script = going_on(2, 2_000)
        + "
        4.500 > P. 101:201(100) ack 601
        4.600 < P. 601:651(50) ack 201
        4.600 > .  201:201(0)  ack 651
        6.600 < P. 651:701(50) ack 201
        6.600 > .  201:201(0)  ack 701
        8.600 < P. 701:751(50) ack 201
        8.600 > .  201:201(0)  ack 751
        ";
    assert_eq!(waited_for_news(&script).1, 0);
}

/// What it was asked in between it was waited for all the same.
#[test]
fn a_request_among_news_was_waited_for() {
    let script = going_on(7, 2_000)
        + "
        14.500 > P. 101:201(100) ack 851
        14.520 < .  851:851(0)   ack 201
        19.500 < P. 851:901(50)  ack 201
        19.500 > .  201:201(0)   ack 901
        ";
    let (waited, idle, _) = waited_for_news(&script);
    assert_eq!(idle, 14_000);
    assert!((5_000..5_500).contains(&waited), "{waited}");
}

/// Twelve connections that wait for the handshake, each longer than the one before, but
/// for the third, which waits longest for an answer.
fn twelve() -> String {
    let mut script = String::new();
    for nth in 0..12 {
        let port = 40_000 + nth;
        let begin = f64::from(nth) * 10.0;
        let [syn_ack, request] = [0.1, 0.2].map(|by: f64| begin + by * f64::from(nth + 1));
        let took = if nth == 2 { 5.0 } else { 0.0 };
        let answer = request + took;
        let _ = write!(
            script,
            "
            port {port}
            {begin:.3} > S  0:0(0)
            {syn_ack:.3} < S. 0:0(0) ack 1
            {syn_ack:.3} > .  1:1(0) ack 1
            {request:.3} > P. 1:101(100) ack 1
            {answer:.3} < P. 1:501(500) ack 101
            "
        );
    }
    script
}

#[test]
fn the_ten_that_waited_longest_are_told_the_longest_first() {
    let summary = summary(&twelve());
    let longest = summary["waited_longest"].as_array().unwrap();
    let number = |one: &Value| one["connection"].as_u64().unwrap();
    let numbers: Vec<_> = longest.iter().map(number).collect();
    assert_eq!(numbers, [2, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    let waits = longest.iter().map(|one| one["waited"].as_f64().unwrap());
    let waits: Vec<_> = waits.collect();
    assert!(waits.is_sorted_by(|one, next| one >= next), "{waits:?}");
    let cause = |one: &Value| one["longest_wait"]["cause"].as_str().unwrap().to_owned();
    assert_eq!(cause(&longest[0]), "server_application");
    assert_eq!(cause(&longest[1]), "handshake");
}

#[test]
fn what_all_waited_is_the_sum_of_what_each_did() {
    let summary = summary(&twelve());
    let spent = summary["time_spent"].as_object().unwrap();
    let all: f64 = spent.values().filter_map(Value::as_f64).sum();
    let idle = spent["client_application"].as_f64().unwrap();
    let waited = summary["waited"].as_f64().unwrap();
    assert!((all - idle - waited).abs() < 1e-6, "{summary}");
    // Handshakes of 0.1 s, 0.2 s, to 1.2 s.
    assert_eq!(millis(&summary["time_spent"]["handshake"]), 7_800);
    assert_eq!(
        (&summary["timed"], &summary["connections"]),
        (&12.into(), &12.into())
    );
}

#[test]
fn a_connection_that_did_not_wait_a_millisecond_is_not_told() {
    let short = "0.0000 > S 0:0(0)\n 0.0009 < R. 0:0(0) ack 1";
    assert_eq!(summary(short)["waited_longest"], Value::Array(Vec::new()));
    let longer = "0.0000 > S 0:0(0)\n 0.0010 < R. 0:0(0) ack 1";
    assert_eq!(summary(longer)["waited_longest"][0]["verdict"], "refused");
}

#[test]
fn a_server_is_in_trouble_where_connections_failed_or_answers_are_slow() {
    let servers = |script: &str| {
        let summary = summary(script);
        let servers = summary["servers"].as_array().unwrap().len();
        assert_eq!(summary["servers_in_trouble"], servers);
        summary["servers"].get(0).cloned()
    };
    assert_eq!(servers(ASKED), None);
    let slow = ASKED.replace("0.340", "0.560");
    let found = servers(&slow).unwrap();
    assert_eq!((&found["opened"], &found["reset"]), (&1.into(), &0.into()));
    let reset = ASKED.to_owned() + "0.400 > R. 101:101(0) ack 501";
    assert_eq!(servers(&reset).unwrap()["reset"], 1);
    let vanished = ASKED.to_owned()
        + "
        0.400 > P. 101:201(100) ack 501
        0.700 > P. 101:201(100) ack 501
        1.300 > P. 101:201(100) ack 501
        2.500 > P. 101:201(100) ack 501
        4.900 > P. 101:201(100) ack 501
        ";
    assert_eq!(servers(&vanished).unwrap()["stuck"], 1);
}

#[test]
fn verdicts_and_places_of_capture_are_counted_the_most_frequent_first() {
    let summary = summary(&(twelve() + "port 50000\n 130 > S 0:0(0)\n 130.1 < R. 0:0(0) ack 1"));
    let verdicts = summary["verdicts"].to_string();
    assert_eq!(
        verdicts,
        r#"[{"verdict":"open","count":12},{"verdict":"refused","count":1}]"#
    );
    let places = summary["captured_at"].to_string();
    assert_eq!(places, r#"[{"position":"client","count":12}]"#);
    assert_eq!(
        (&summary["frames"], &summary["answers"]),
        (&62.into(), &12.into())
    );
}
