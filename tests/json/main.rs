//! `--json`: every record keeps to `docs/schema.json`, its keys stand in the
//! schema's order, its numbers are exact.

#![cfg(feature = "cli")]

mod acceptance;
mod attempts;
mod capture;
mod checksums;
mod counters;
mod diagnoses;
mod findings;
mod path;
mod responses;
mod roles;
mod schema;
mod summary;
#[path = "../support/mod.rs"]
mod support;
mod time_spent;
mod zeek;

use std::cell::Cell;
use std::{env, fs};

use serde_json::Value;
use support::capture::{ETHERNET, NANO, Pcap, header, show};
use support::frame::Segment;
use support::program::captures;
use support::script::show_script;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::choice::When;
use tcptrace::sink::json::{Connections, Segments};
use tcptrace::sink::printed::Printed;
use tcptrace::sink::servers::ByServer;
use tcptrace::sink::standing::{Survey, SurveyLook};
use tcptrace::sink::style::Style;
use tcptrace::sink::summary::Summarized;

/// A script with what the recordings lack: both ends open at once, segments
/// out of order, a keep-alive, a RST in the end.
const ODD: &str = "
    0.000 > S  0:0(0) win 65535 <mss 1460,sackOK,nop,wscale 15>
    0.010 < S  0:0(0) win 65535 <mss 1400,sackOK,nop,wscale 2>
    1.020 > S  0:0(0) win 65535 <mss 1460,sackOK,nop,wscale 15>
    1.030 > S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,nop,wscale 15>
    1.040 < S. 0:0(0) ack 1 win 65535 <mss 1400,sackOK,nop,wscale 2>
    1.050 > P. 1:11(10) ack 1 win 4
    1.060 > P. 21:31(10) ack 1 win 4
    1.070 < .  1:1(0) ack 11 win 4
    1.080 > P. 11:31(20) ack 1 win 4
    1.090 < .  1:1(0) ack 31 win 4
    9.000 > .  30:30(0) ack 1 win 4
    9.010 < R. 1:1(0) ack 31 win 0
";

/// An acknowledgment that says what arrived twice.
const COPIED: &str = "
    opened
    1.0 > . 1:11(10) ack 1
    1.1 < . 1:1(0) ack 11 <nop,nop,sack 4294967295:9>
";

/// A SYN-ACK that is sent again, and an ACK that tells by its timestamp which
/// one it answers.
const SENT_AGAIN: &str = "
    0.000 > S  0:0(0)       <TS val 1 ecr 0>
    0.010 < S. 0:0(0) ack 1 <TS val 100 ecr 1>
    1.010 < S. 0:0(0) ack 1 <TS val 1100 ecr 1>
    1.030 > .  1:1(0) ack 1 <TS val 2 ecr 1100>
";

/// Segments that are too large for the path: a router says so, or nobody does, and the
/// sender finds out, or does not.
const TOO_LARGE: &str = "
    opened
    1.000 > .  1:1449(1448) ack 1
    1.002 icmp < too_big 1400 1:1449
    1.003 > .  1:1301(1300) ack 1
    1.003 > .  1301:1449(148) ack 1
    1.030 < .  1:1(0) ack 1449
    2.000 > .  1449:2897(1448) ack 1
    2.000 > .  2897:2997(100) ack 1
    2.030 < .  1:1(0) ack 1449 <sacked 2897:2997>
    2.300 > .  1449:2897(1448) ack 1
    2.900 > .  1449:2897(1448) ack 1
    2.930 < .  1:1(0) ack 1449 <sacked 2897:2997>
";
/// What follows where the sender finds out, and where it gives up.
const FOUND_OUT: &str = "
    3.900 > .  1449:1961(512) ack 1
    3.930 < .  1:1(0) ack 1961
";
const GIVEN_UP: &str = "
    3.900 > .  1449:2897(1448) ack 1
    3.902 icmp < host_unreachable 1449:2897
    5.900 > R. 2997:2997(0) ack 1
";

/// The records of a script.
fn scripted(script: &str) -> String {
    written(Segments::default(), |style| show_script(script, style))
}

fn written<S: Style>(style: S, show: impl FnOnce(Printed<S, &mut Vec<u8>>)) -> String {
    let mut out = Vec::new();
    show(Printed::new(style, &mut out));
    String::from_utf8(out).unwrap()
}

/// The records of every recording, and of what no recording has.
fn all_records() -> String {
    let is_capture = |name: &str| [".pcap", ".pcapng"].iter().any(|end| name.ends_with(end));
    let mut names: Vec<_> = fs::read_dir(captures())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| is_capture(name))
        .collect();
    names.sort();
    assert!(names.len() > 10, "where are the recordings?");
    let mut records = scripted(ODD);
    records += &scripted(COPIED);
    records += &scripted(SENT_AGAIN);
    records += &scripted(TOO_LARGE);
    records += &scripted(&(TOO_LARGE.to_owned() + FOUND_OUT));
    records += &scripted(&(TOO_LARGE.to_owned() + GIVEN_UP));
    records += &diagnoses::records();
    records += &scripted("0.0 > S 0:0(0)\n new numbers\n 0.1 > S 0:0(0)");
    records += &scripted("0.0 > S 0:0(0)\n 0.1 > . 1:1(0) ack 1");
    records += &written(ByServer::records(), |style| show_script(ODD, style));
    for script in [ODD, TOO_LARGE, "0.0 > S 0:0(0)"] {
        let style = Summarized::record(vec!["a \"file\"\n".to_owned()]);
        records += &written(style, |style| show_script(script, style));
    }
    records += &standing();
    for name in names {
        let file = fs::read(captures().join(&name)).unwrap();
        let style = Summarized::record(Vec::new());
        records += &written(style, |style| show(file.clone(), style).unwrap());
        let style = Segments::default().verifying(true);
        records += &written(style, |style| show(file, style).unwrap());
    }
    records
}

/// The records of a recording as it stands when half of it is read.
fn standing() -> String {
    fn of(style: impl Style) -> String {
        let mut out = Vec::new();
        let path = captures().join("users.pcapng");
        let mut source = savefile::open(path, Filter::new("")).unwrap();
        let sink = Printed::new(style, &mut out).choosing(When::Repeatedly);
        let mut pipeline = Pipeline::new(sink, None);
        let left = Cell::new(10);
        let is_there = || left.replace(left.get() - 1) == 0;
        pipeline.read(&mut *source, is_there).unwrap();
        let mut survey = Survey::new(SurveyLook::default());
        pipeline.stand(&mut survey, u32::MAX).unwrap();
        drop(pipeline);
        String::from_utf8(out).unwrap()
    }
    let all = [
        of(Connections::default()),
        of(ByServer::records()),
        of(Summarized::record(Vec::new())),
    ];
    assert!(all.iter().all(|records| records.contains("\"at\":")));
    all.concat()
}

#[test]
fn every_record_keeps_to_the_schema() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema.json");
    let rules: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let (mut segments, mut connections) = (0, 0);
    for line in all_records().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let found = schema::breaches(&rules, &rules, &record);
        assert!(found.is_empty(), "{line}\n{}", found.join("\n"));
        segments += usize::from(record.get("frame").is_some());
        connections += usize::from(record.get("conn_state").is_some());
    }
    assert!(segments > 100 && connections > 10);
}

/// serde keeps order and digits here, so a record that it writes as it read it
/// has no space, no number that it would write otherwise and no key twice.
#[test]
fn every_record_is_written_the_way_serde_writes_it() {
    for line in all_records().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert_eq!(record.to_string(), line);
    }
}

#[test]
fn a_segment_stands_as_promised() {
    let records = scripted(ODD);
    let lines: Vec<_> = records.lines().collect();
    assert_eq!(
        lines[0],
        concat!(
            r#"{"frame":1,"time":0.000000000,"stream":0,"connection":0,"src":"10.0.0.1","srcport":40000,"#,
            r#""dst":"10.0.0.2","dstport":80,"flags":"S","seq":0,"seq_raw":4294967294,"#,
            r#""ack":0,"ack_raw":0,"len":0,"window_raw":65535,"window":65535,"#,
            r#""options":{"mss":1460,"sack_permitted":true,"wscale":15},"#,
            r#""phase":"handshake","step":"1/3","states":{"client":["CLOSED","SYN-SENT"]},"analysis":[]}"#,
        )
    );
    assert_eq!(
        lines[7],
        concat!(
            r#"{"frame":8,"time":1.070000000,"stream":0,"connection":0,"src":"10.0.0.2","srcport":80,"#,
            r#""dst":"10.0.0.1","dstport":40000,"flags":".","seq":1,"seq_raw":2147483647,"#,
            r#""ack":11,"ack_raw":9,"len":0,"window_raw":4,"window":16,"#,
            r#""phase":"ack","acks_frame":6,"ack_rtt":0.020000000,"initial_rtt":0.030000000,"#,
            r#""analysis":[]}"#,
        )
    );
    let repeated: Value = serde_json::from_str(lines[8]).unwrap();
    assert_eq!(
        (&repeated["again"], &repeated["window"]),
        (&10.into(), &65_536.into())
    );
    assert!(lines[6].contains(r#""phase":"data","missing":10,"initial_rtt""#));
    assert!(lines[6].ends_with(r#""analysis":["lost_segment"],"kind":"new"}"#));
}

#[test]
fn options_stand_once_and_in_order() {
    let octets = [
        &[34, 4, 0xca, 0xfe, 5, 18, 0, 0, 0, 9, 0, 0, 0, 10][..],
        &[255, 255, 255, 255, 0, 0, 0, 1, 3, 3, 7],
        &[8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 2, 4, 0, 1],
    ]
    .concat();
    let ends = ("10.0.0.1:1".parse().unwrap(), "10.0.0.2:2".parse().unwrap());
    let shown = |octets: &[u8]| {
        let segment = Segment::new(ends.0, ends.1, ".", 0, 0).with_options(octets);
        let mut file = Pcap::new(ETHERNET);
        file.frame(0, &segment.to_ethernet());
        let records = written(Segments::default(), |style| show(file.0, style).unwrap());
        let record: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
        record.get("options").map(Value::to_string)
    };
    let all = concat!(
        r#"{"mss":1,"tsval":1,"tsecr":2,"wscale":7,"#,
        r#""sack":[[9,10],[4294967295,1]],"fast_open_cookie":"cafe"}"#
    );
    assert_eq!(shown(&octets).as_deref(), Some(all));
    assert_eq!(
        shown(&[2, 4, 0, 5, 2, 4, 0, 6]).as_deref(),
        Some(r#"{"mss":6}"#)
    );
    assert_eq!(
        shown(&[34, 2, 0, 0]).as_deref(),
        Some(r#"{"fast_open_cookie":""}"#)
    );
    assert_eq!(shown(&[1, 1, 1, 0]), None);
}

#[test]
fn a_connection_stands_as_promised() {
    let refused = "
        0.000 > S  0:0(0) win 65535 <mss 1460>
        1.024 > S  0:0(0) win 65535 <mss 1460>
        1.025 < R. 0:0(0) ack 1 win 0
    ";
    assert_eq!(
        scripted(refused).lines().last().unwrap(),
        concat!(
            r#"{"stream":0,"connection":0,"client":"10.0.0.1","client_port":40000,"#,
            r#""server":"10.0.0.2","server_port":80,"roles":"syn","#,
            r#""start":0.000000000,"duration":1.025000000,"#,
            r#""time_spent":{"handshake":1.025000000},"limited_by":"handshake","#,
            r#""waits":[{"cause":"handshake","begin":0.000000000,"length":1.025000000,"#,
            r#""frames":[1,3]}],"#,
            r#""verdict":"refused","evidence":[1,3],"conn_state":"REJ","history":"Sr","#,
            r#""complete":"reset","#,
            r#""handshake":{"syn":{"frame":1,"time":0.000000000,"from":"client","#,
            r#""flags":"S","seq":0,"seq_raw":4294967294},"#,
            r#""syn_retransmissions":1,"syn_waits":[1.024],"syn_ack_retransmissions":0},"#,
            r#""options":{"client":{"mss":1460}},"#,
            r#""teardown":{"fin_retransmissions":0,"#,
            r#""reset":{"frame":3,"time":1.025000000,"from":"server","flags":"R.","#,
            r#""seq":1,"seq_raw":2147483646,"ack":1,"ack_raw":4294967295}},"#,
            r#""states":{"client":"CLOSED","server":"CLOSED"},"#,
            r#""longest_silence":{"duration":1.024000000,"ended_by":2},"#,
            r#""client_to_server":{"segments":2,"data_segments":0,"bytes":0,"#,
            r#""bytes_again":0,"bytes_unacknowledged":0,"ack_pkts_sent":0,"#,
            r#""pure_acks_sent":0,"unique_bytes_sent":0,"rexmt_data_pkts":1,"#,
            r#""rexmt_data_bytes":1,"pushed_data_pkts":0,"syn_pkts_sent":2,"#,
            r#""fin_pkts_sent":0,"mss_requested":1460,"max_win_adv":65535,"#,
            r#""min_win_adv":65535,"avg_win_adv":65535,"idletime_max":1.024000,"#,
            r#""ambiguous_acks":1,"rtt_min_last":0.001000,"rtt_max_last":0.001000,"#,
            r#""rtt_avg_last":0.000999900,"max_retrans":1,"#,
            r#""min_retr_time":1.024000,"max_retr_time":1.024000,"#,
            r#""avg_retr_time":1.023897610},"#,
            r#""server_to_client":{"segments":1,"data_segments":0,"bytes":0,"#,
            r#""bytes_again":0,"bytes_unacknowledged":0,"resets_sent":1,"ack_pkts_sent":1,"#,
            r#""pure_acks_sent":0,"unique_bytes_sent":0,"pushed_data_pkts":0,"#,
            r#""syn_pkts_sent":0,"fin_pkts_sent":0,"max_win_adv":0,"min_win_adv":0,"#,
            r#""avg_win_adv":0,"idletime_max":0.000000}}"#,
        )
    );
}

/// The largest of each: no double holds such a time.
#[test]
fn numbers_are_exact() {
    let (client, server) = ("10.0.0.1:1".parse().unwrap(), "10.0.0.2:2".parse().unwrap());
    let mut file = Pcap::new(ETHERNET);
    let syn = Segment::new(client, server, "S", u32::MAX, 0);
    file.frame(1_686_800_000_000_019_926, &syn.to_ethernet());
    let answer = Segment::new(server, client, "S.", u32::MAX - 1, 0);
    file.frame(1_686_800_000_123_456_789, &answer.to_ethernet());
    let records = written(Segments::default(), |style| show(file.0, style).unwrap());
    let records: Vec<Value> = records
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(records[0]["time"].to_string(), "1686800000.000019926");
    assert_eq!(records[0]["seq_raw"], u32::MAX);
    assert_eq!(records[1]["ack_rtt"].to_string(), "0.123436863");
    assert_eq!(
        records[2]["handshake"]["server_leg"].to_string(),
        "0.123436863"
    );
}

#[test]
fn the_record_tells_who_used_the_ports_before() {
    let records = scripted("0.0 > S 0:0(0)\n new numbers\n 0.1 > S 0:0(0)");
    let record: Value = serde_json::from_str(records.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&record["stream"], &record["ports_used_by"]),
        (&1.into(), &0.into())
    );
    assert_eq!(records.matches("ports_used_by").count(), 1);
}

/// The round trip to the client counts from the SYN-ACK that was answered.
#[test]
fn the_record_tells_which_syn_ack_was_answered() {
    let records = scripted(SENT_AGAIN);
    let record: Value = serde_json::from_str(records.lines().last().unwrap()).unwrap();
    let handshake = &record["handshake"];
    assert_eq!(handshake["answered_syn_ack"], 3);
    assert_eq!(handshake["client_leg"].as_f64(), Some(0.02));
    assert_eq!(handshake["client_leg_ambiguous"], Value::Null);
    assert_eq!(handshake["duration"].as_f64(), Some(1.03));
}

/// A time has as many digits as its capture knows.
#[test]
fn microseconds_have_six_digits() {
    let mut file = Pcap::new(ETHERNET);
    let (client, server) = ("10.0.0.1:1".parse().unwrap(), "10.0.0.2:2".parse().unwrap());
    file.frame(
        1_500,
        &Segment::new(client, server, "S", 0, 0).to_ethernet(),
    );
    let nano = file.0.clone();
    let mut micro = header(support::capture::MICRO, (2, 4), 0, ETHERNET);
    micro.extend(&nano[micro.len()..]);
    assert_eq!(nano[..4], NANO.to_le_bytes());
    for (file, time) in [(nano, "0.000001500"), (micro, "0.001500")] {
        let records = written(Segments::default(), |style| show(file, style).unwrap());
        let record: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
        assert_eq!(record["time"].to_string(), time);
    }
}

#[test]
fn connections_alone_are_the_same_records() {
    let only = written(Connections::default(), |style| show_script(ODD, style));
    assert_eq!(only.lines().last(), scripted(ODD).lines().last());
    assert_eq!(only.lines().count(), 1);
}

#[test]
fn a_live_capture_shows_a_connection_once_when_it_ends() {
    let script = "
        opened
        0.030 > R. 1:1(0) ack 1
        port 40001
        1.000 > S  0:0(0)
        port 40000
        2.000 > R. 1:1(0) ack 1
    ";
    let streams = |when| {
        let records = written(Connections::default(), |style| {
            show_script(script, style.choosing(when));
        });
        let stream = |line| serde_json::from_str::<Value>(line).unwrap()["stream"].as_u64();
        records.lines().map(stream).collect::<Vec<_>>()
    };
    assert_eq!(streams(When::ConnectionEnds), [Some(0), Some(1)]);
    assert_eq!(streams(When::CaptureEnds), [Some(0), Some(1)]);
}
