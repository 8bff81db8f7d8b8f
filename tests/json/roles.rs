//! Client and server of a connection whose SYNs were not captured, and what the
//! guess does to other programs' words.

use serde_json::Value;

use crate::scripted;

/// The records of a script's connections.
fn records(script: &str) -> Vec<Value> {
    let records = scripted(script);
    let records = records.lines().map(serde_json::from_str);
    let records = records.map(Result::<Value, _>::unwrap);
    records
        .filter(|record| record.get("conn_state").is_some())
        .collect()
}

/// Port of the client, how that is known, and what a guess goes by, of the last
/// connection.
fn roles(script: &str) -> String {
    let records = records(script);
    let last = records.last().unwrap();
    let by = last.get("roles_by").map_or("", |by| by.as_str().unwrap());
    let roles = last["roles"].as_str().unwrap();
    format!("{} {roles} {by}", last["client_port"])
}

#[test]
fn what_a_guess_goes_by_is_said() {
    const LATE: &str = "port 443\n 9.0 < P. 1:2(1) ack 1\n";
    let after = |before: &str| roles(&format!("{before}\n{LATE}"));
    assert_eq!(roles("opened\n"), "40000 syn ");
    assert_eq!(roles("0.0 < S. 0:0(0) ack 1"), "40000 syn_ack ");
    assert_eq!(roles("0.0 < P. 1:2(1) ack 1"), "40000 guessed port");
    assert_eq!(after(""), "80 guessed first_segment");
    // An earlier connection, or its answer alone, shows the server.
    let known = "443 guessed known_server";
    assert_eq!(after("port 25\n 0.0 > S 0:0(0)"), known);
    assert_eq!(after("port 25\n 0.0 < S. 0:0(0) ack 1"), known);
    // Out of order, so that its connection is a guess itself.
    assert_eq!(
        after("port 25\n 0.0 < . 1:1(0) ack 1\n 0.1 < S. 0:0(0) ack 1"),
        known
    );
    assert_eq!(
        after("port 25\n 0.0 < P. 1:2(1) ack 1"),
        "443 guessed several_peers"
    );
}

#[test]
fn who_sent_first_is_zeeks_originator_whoever_is_our_client() {
    let closed = "
        0.0 < P. 1:2(1) ack 1
        0.1 > F. 1:1(0) ack 2
        0.2 < F. 2:2(0) ack 2
        0.3 > .  2:2(0) ack 3
    ";
    let words = |record: &Value| {
        let word = |key: &str| record[key].as_str().unwrap().to_owned();
        format!("{} {}", word("conn_state"), word("history"))
    };
    let [record] = &records(closed)[..] else {
        panic!("one connection")
    };
    assert_eq!(record["client_port"], 40_000);
    assert_eq!(words(record), "SF DfFa");
    // Of what comes when it has left, and where it is too long for notes.
    let late = records(&format!("{closed}\n 99.0 < P. 3:13(10) ack 2"));
    assert_eq!(
        late.iter().map(words).collect::<Vec<_>>(),
        ["SF DfFa", "OTH D"]
    );
    let more = "1.0 < . 1:1(0) ack 1\n".repeat(100);
    let [long] = &records(&format!("0.0 < P. 1:2(1) ack 1\n{more}"))[..] else {
        panic!("one connection")
    };
    assert_eq!(words(long), "OTH DA");
}

#[test]
fn classic_tcptraces_figures_stand_with_the_end_that_sent() {
    for times in [1, 100] {
        let more = "1.0 < . 2:2(0) ack 1\n".repeat(times);
        let script = format!("0.0 < P. 1:2(1) ack 1 win 77\n 0.1 > . 1:1(0) ack 2 win 99\n{more}");
        let [record] = &records(&script)[..] else {
            panic!("one connection")
        };
        let figure = |way: &str, name: &str| record[way][name].clone();
        assert_eq!(figure("server_to_client", "max_segm_size"), 1);
        assert_eq!(figure("client_to_server", "max_segm_size"), Value::Null);
        assert_eq!(figure("client_to_server", "max_win_adv"), 99);
    }
}
