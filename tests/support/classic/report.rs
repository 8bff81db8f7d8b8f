//! What its long report says.

use std::net::{IpAddr, SocketAddr};

/// What it printed of a capture.
#[derive(Debug, Default)]
pub struct Report {
    /// TCP segments it read.
    pub segments: usize,
    pub connections: Vec<Connection>,
}

/// A connection: the sender of its first segment, and the other end.
#[derive(Debug, Default)]
pub struct Connection {
    pub ends: Vec<SocketAddr>,
    pub complete: String,
    pub rows: Vec<Row>,
    /// Lines that look like rows and are none.
    pub unread: Vec<String>,
}

/// A line of two columns: the first end's number and the other's.
#[derive(Debug)]
pub struct Row {
    pub label: String,
    pub unit: String,
    pub numbers: [String; 2],
}

impl Report {
    pub fn parse(text: &str) -> Self {
        let mut report = Self::default();
        for line in text.lines() {
            if let Some(words) = line.strip_suffix(" TCP packets traced") {
                report.segments = words.split(' ').next_back().unwrap().parse().unwrap();
            } else if line.starts_with("TCP connection ") && !line.contains("info") {
                report.connections.push(Connection::default());
            } else if let Some(connection) = report.connections.last_mut() {
                connection.take(line);
            }
        }
        report
    }
}

impl Connection {
    fn take(&mut self, line: &str) {
        if let Some(end) = line.strip_prefix("\thost ") {
            self.ends
                .push(end_of(end.split_whitespace().next_back().unwrap()));
        } else if let Some(words) = line.strip_prefix("\tcomplete conn: ") {
            self.complete = words.split_whitespace().next().unwrap().to_lowercase();
        } else if let Some(columns) = line.strip_prefix("     ") {
            match row(columns) {
                Some(row) => self.rows.push(row),
                None if columns.starts_with("  ** WARNING: ") => {}
                None => self.unread.push(columns.to_owned()),
            }
        }
    }
}

/// `label: number unit     label: number unit`, the unit in five columns.
fn row(columns: &str) -> Option<Row> {
    let (label, rest) = columns.split_once(':')?;
    let rest = rest.trim_start();
    let (number, rest) = rest.split_once(' ')?;
    let (unit, rest) = rest.split_at_checked(5)?;
    let other = rest.trim_start().strip_prefix(label)?.strip_prefix(':')?;
    Some(Row {
        label: label.to_owned(),
        unit: unit.trim().to_owned(),
        numbers: [
            number.to_owned(),
            other.split_whitespace().next()?.to_owned(),
        ],
    })
}

/// Address and port. It writes `::1` as `:0001` and groups with leading zeros.
fn end_of(text: &str) -> SocketAddr {
    let (address, port) = text.rsplit_once(':').unwrap();
    let address = match address.strip_prefix(':') {
        Some(rest) if !rest.starts_with(':') => format!("::{rest}"),
        _ => address.to_owned(),
    };
    let address: IpAddr = address.parse().unwrap_or_else(|_| panic!("{text}"));
    SocketAddr::new(address, port.parse().unwrap())
}
