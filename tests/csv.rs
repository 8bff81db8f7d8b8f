//! `--csv`: rows for spreadsheets.

#![cfg(feature = "cli")]

use serde_json::Value;
use support::capture::{ETHERNET, Pcap};
use support::frame::Segment;
use support::program::{run, run_with_input};

mod support;

#[test]
fn every_row_has_as_many_cells_as_the_first_has_names() {
    for style in ["flows --csv", "report --csv", "flows --by server --csv"] {
        let ran = run(&format!("{style} -r users.pcapng -r lost.pcap"));
        let cells: Vec<_> = ran
            .out
            .lines()
            .map(|row| row.matches(',').count())
            .collect();
        assert!(cells.len() >= 3, "{style}: {}", ran.out);
        assert!(
            cells.iter().all(|count| *count == cells[0]),
            "{style}: {cells:?}"
        );
    }
}

#[test]
fn repeated_bytes_are_in_the_rows_and_not_in_the_table() {
    let row = run("flows --csv -r lost.pcap").out;
    let mut rows = row.lines().map(|row| row.split(','));
    let mut cells = rows.next().unwrap().zip(rows.next().unwrap());
    let (_, all) = cells.find(|(name, _)| *name == "bytes_to_server").unwrap();
    let records = run("flows --json -r lost.pcap").out;
    let record: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    let sent = &record["client_to_server"];
    let again = sent["bytes_again"].as_u64().unwrap();
    assert!(again > 0, "{sent}");
    assert_eq!(sent["bytes"].to_string(), all);
    let table = run("flows -r lost.pcap").out;
    let unique = (sent["bytes"].as_u64().unwrap() - again).to_string();
    let line = table.lines().nth(1).unwrap();
    assert!(line.split(' ').any(|cell| cell == unique), "{table}");
    assert!(!line.split(' ').any(|cell| cell == all), "{table}");
}

/// A spreadsheet finds its columns in a capture without connections too.
#[test]
fn the_names_stand_alone_where_there_is_no_connection() {
    let ran = run("flows --csv -r lost.pcap port 1");
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.starts_with("stream,client,"), "{}", ran.out);
}

#[test]
fn names_are_those_of_the_records() {
    let csv = run("report --csv -r lost.pcap").out;
    let records = run("report --json -r lost.pcap").out;
    let record: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    let mut rows = csv.lines().map(|row| row.split(','));
    let names = rows.next().unwrap().zip(rows.next().unwrap());
    let mut compared = 0;
    for (name, cell) in names {
        let ways = [
            ("_to_server", "client_to_server"),
            ("_to_client", "server_to_client"),
        ];
        let way = ways
            .iter()
            .find_map(|(end, way)| Some((name.strip_suffix(end)?, way)));
        let Some((name, way)) = way else { continue };
        let Some(number) = record[way][name].as_u64() else {
            continue;
        };
        assert_eq!(cell, number.to_string(), "{name}");
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn a_row_ends_with_what_limited_the_connection_and_what_is_diagnosed() {
    let files = "-r nagle.pcap -r hello.pcap -r backlog.pcap -r refused.pcap";
    let records = run(&format!("flows --json {files}")).out;
    let records = records.lines().filter(|line| line.contains("conn_state"));
    let records: Vec<Value> = records
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for style in ["flows", "report"] {
        let rows = run(&format!("{style} --csv {files}")).out;
        let mut rows = rows.lines().map(|row| row.split(',').collect::<Vec<_>>());
        let names = rows.next().unwrap();
        assert!(names.ends_with(&["limited_by", "diagnoses"]), "{names:?}");
        let mut found = Vec::new();
        for (row, record) in rows.zip(&records) {
            let none = Vec::new();
            let codes = record["diagnoses"].as_array().unwrap_or(&none).iter();
            let codes: Vec<_> = codes.map(|one| one["code"].as_str().unwrap()).collect();
            let limit = record["limited_by"].as_str().unwrap_or("");
            let codes = codes.join(" ");
            assert!(row.ends_with(&[limit, &codes]), "{row:?}: {record}");
            found.push(codes);
        }
        assert_eq!(found.len(), records.len());
        found.retain(|codes| !codes.is_empty());
        assert_eq!(found, ["nagle_delayed_ack", "full_accept_queue"]);
    }
}

#[test]
fn the_row_of_a_server_has_the_numbers_of_its_record() {
    let files = "-r lost.pcap -r refused.pcap";
    let rows = run(&format!("flows --by server --csv {files}")).out;
    let records = run(&format!("flows --by server --json {files}")).out;
    let mut rows = rows.lines().map(|row| row.split(','));
    let names: Vec<_> = rows.next().unwrap().collect();
    let mut compared = 0;
    for (row, record) in rows.zip(records.lines()) {
        let row: Vec<_> = row.collect();
        let record: Value = serde_json::from_str(record).unwrap();
        for (name, cell) in names.iter().zip(&row) {
            let value = inside(&record, name);
            let shown = serde_json::from_str(cell).unwrap_or_else(|_| Value::from(*cell));
            assert_eq!(&shown, value.unwrap_or(&Value::from("")), "{name}");
            compared += 1;
        }
    }
    assert_eq!(compared, 2 * names.len());
}

/// The value of a name that may begin with those of the objects that it lies in.
fn inside<'a>(record: &'a Value, name: &str) -> Option<&'a Value> {
    let object = record.as_object()?;
    let inner = object.iter().find_map(|(key, value)| {
        let rest = name.strip_prefix(key.as_str())?.strip_prefix('_')?;
        inside(value, rest)
    });
    object.get(name).or(inner)
}

#[test]
fn a_server_that_is_flooded_is_marked_in_its_row() {
    let mut file = Pcap::new(ETHERNET);
    for nth in 0..200_u8 {
        let client = format!("10.1.0.{nth}:1024").parse().unwrap();
        let syn = Segment::new(client, "10.0.0.1:80".parse().unwrap(), "S", 1 << 30, 0);
        file.frame(u64::from(nth) * 1_000_000, &syn.to_ethernet());
    }
    // That answers can be captured another connection shows, a second later.
    let (client, server) = (
        "10.2.0.1:1024".parse().unwrap(),
        "10.0.0.1:80".parse().unwrap(),
    );
    let refused = Segment::new(server, client, "R.", 0, (1 << 30) + 1);
    let syn = Segment::new(client, server, "S", 1 << 30, 0);
    file.frame(1_500_000_000, &syn.to_ethernet());
    file.frame(1_500_001_000, &refused.to_ethernet());
    let rows = run_with_input("flows --by server --csv -r -", &file.0).out;
    let expected = "10.0.0.1,80,201,0,1,200,0,0,0,0,0,201,,,,,,,,,,,,,,,,200,201,yes";
    assert_eq!(rows.lines().nth(1), Some(expected), "{rows}");
}
