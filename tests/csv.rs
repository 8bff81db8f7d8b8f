//! `--csv`: rows for spreadsheets.

use support::program::run;

mod support;

#[test]
fn every_row_has_as_many_cells_as_the_first_has_names() {
    for style in ["flows --csv", "report --csv"] {
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
    let record = run("flows --json -r lost.pcap").out;
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
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
    let record = run("report --json -r lost.pcap").out;
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
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
