//! Its report held against our connection records.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Debug;
use std::net::SocketAddr;

use serde_json::Value;

use super::numbers::is_right;
use super::report::{Connection, Report};

/// Our records of a capture.
#[derive(Debug, Default)]
pub struct Records {
    pub segments: usize,
    pub connections: Vec<Value>,
    /// The connections whose segments it takes apart otherwise.
    pub odd: HashSet<u64>,
}

/// What was compared, and what was not.
#[derive(Debug, Default)]
pub struct Account {
    pub numbers: usize,
    pub connections: usize,
    /// Connections that were left out, by the reason.
    pub left_out: BTreeMap<&'static str, usize>,
    pub wrong: Vec<String>,
}

impl Account {
    pub fn leave_out(&mut self, why: &'static str, count: usize) {
        *self.left_out.entry(why).or_default() += count;
    }

    /// Takes a capture into account.
    pub fn compare(&mut self, name: &str, theirs: &Report, ours: &Records) {
        if theirs.segments != ours.segments {
            let why = "other segments read from the file";
            return self.leave_out(why, ours.connections.len());
        }
        let mut known: BTreeMap<_, (Vec<&Connection>, Vec<&Value>)> = BTreeMap::new();
        for connection in &theirs.connections {
            let key = sorted([connection.ends[0], connection.ends[1]]);
            known.entry(key).or_default().0.push(connection);
        }
        for record in &ours.connections {
            let key = sorted(ends(record));
            known.entry(key).or_default().1.push(record);
        }
        for (theirs, records) in known.into_values() {
            if theirs.len() != records.len() {
                self.leave_out(
                    "another idea of when a new connection begins",
                    records.len(),
                );
                continue;
            }
            for (theirs, record) in theirs.into_iter().zip(records) {
                if ours.odd.contains(&record["connection"].as_u64().unwrap()) {
                    self.leave_out("segments it takes apart otherwise", 1);
                } else {
                    self.compare_one(name, theirs, record);
                }
            }
        }
    }

    fn compare_one(&mut self, name: &str, theirs: &Connection, record: &Value) {
        self.connections += 1;
        let mut ways = ["client_to_server", "server_to_client"];
        if theirs.ends[0] != ends(record)[0] {
            ways.reverse();
        }
        let stream = &record["stream"];
        let mut wrong = |label: &str, theirs: &str, ours: &dyn Debug| {
            let wrong = format!("{name} #{stream} {label}: {theirs}, not {ours:?}");
            self.wrong.push(wrong);
        };
        if record["complete"] != theirs.complete.as_str() {
            wrong("complete conn", &theirs.complete, &record["complete"]);
        }
        for line in &theirs.unread {
            wrong(line, "two numbers", &line);
        }
        for (place, way) in ways.iter().enumerate() {
            let tally = &record[way];
            let is_broken = has_broken_owin(theirs, place);
            let mut labels = 0;
            for row in &theirs.rows {
                let number = &row.numbers[place];
                if row.label.contains("owin") && is_broken {
                    continue;
                }
                self.numbers += 1;
                labels += 1;
                if !is_right(row, number, tally) {
                    wrong(&row.label, number, tally);
                }
            }
            assert!(labels > 50 || is_broken, "{labels} labels");
        }
    }
}

/// It subtracts in 64 bits, so that an end that is behind what was acknowledged
/// has 2^64 less a little in flight.
fn has_broken_owin(connection: &Connection, place: usize) -> bool {
    let row = connection.rows.iter().find(|row| row.label == "max owin");
    row.is_some_and(|row| row.numbers[place].parse::<u64>().unwrap() > u64::from(u32::MAX))
}

/// The addresses and ports of a record: client, server.
fn ends(record: &Value) -> [SocketAddr; 2] {
    ["client", "server"].map(|end| {
        let address = record[end].as_str().unwrap().parse().unwrap();
        let port = record[format!("{end}_port")].as_u64().unwrap();
        SocketAddr::new(address, u16::try_from(port).unwrap())
    })
}

/// The same for both ways.
fn sorted(mut ends: [SocketAddr; 2]) -> [SocketAddr; 2] {
    ends.sort();
    ends
}
