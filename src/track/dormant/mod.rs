//! A connection that nobody has spoken on for a while, written down.
//!
//! Most of its numbers are small, and most others near one another, so that
//! written with as few octets as each needs they take a fifth of the memory.
//! serde says of what a connection consists; the format is for this alone.

mod numbers;
mod reading;
mod writing;

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize, de, ser};

use crate::flow_key::FlowKey;
use crate::track::dormant::numbers::{Draft, Numbers};
use crate::track::flow::Flow;

/// That something was written which cannot be read: a mistake of this program.
#[derive(Debug, Clone, Copy)]
pub(super) struct Broken;

impl Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a connection cannot be written down")
    }
}

impl std::error::Error for Broken {}

impl ser::Error for Broken {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl de::Error for Broken {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Writes connections down, in memory that is used again and again.
#[derive(Debug, Default)]
pub(super) struct Writer(Draft);

impl Writer {
    /// Writes a connection down, in front of everything its key.
    pub(super) fn write(&mut self, flow: &Flow) -> Dormant {
        self.0.clear();
        let written = flow.serialize(&mut self.0);
        debug_assert!(written.is_ok(), "a connection holds something unwritable");
        Dormant(self.0.finish())
    }
}

/// A connection, written down.
#[derive(Debug)]
pub(super) struct Dormant(Box<[u8]>);

impl Dormant {
    /// The connection.
    pub(super) fn wake(&self) -> Option<Flow> {
        let mut numbers = Numbers::of(&self.0).ok()?;
        Flow::deserialize(&mut numbers).ok()
    }

    /// The key of the connection, which stands in front.
    pub(super) fn key(&self) -> Option<FlowKey> {
        let mut numbers = Numbers::of(&self.0).ok()?;
        FlowKey::deserialize(&mut numbers).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::{env, fs};

    use super::*;
    use crate::capture::filter::Filter;
    use crate::capture::{Next, savefile};
    use crate::decode::Decoder;
    use crate::track::table::Table;
    use crate::track::{CaptureEnd, Tracker};

    /// Follows the recordings, one after the other, with so many connections
    /// awake; what was seen, and what came of the connections.
    fn follow(most_awake: usize, mut also: impl FnMut(&Flow)) -> (Vec<String>, Vec<String>) {
        let mut tracker = Tracker {
            table: Table::new(1 << 20, most_awake),
            keeps_ledgers: true,
        };
        let mut decoder = Decoder::default();
        let (mut number, mut seen) = (0, Vec::new());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures");
        let entries = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut paths: Vec<_> = entries
            .filter(|path| path.extension().is_some_and(|end| end == "pcap"))
            .collect();
        paths.sort();
        assert!(paths.len() > 5, "{paths:?}");
        for path in paths {
            let mut source = savefile::open(&path, Filter::new("")).unwrap();
            while let Next::Frame(mut frame) = source.next_frame().unwrap() {
                number += 1;
                frame.number = number;
                let packet = decoder.decode(&frame);
                let Ok(segment) = packet.received() else {
                    continue;
                };
                let observation = tracker.observe(segment).unwrap();
                also(observation.flow);
                seen.push(format!("{observation:?}"));
            }
        }
        let flows = tracker.into_flows(CaptureEnd::default());
        (seen, flows.map(|flow| format!("{flow:?}")).collect())
    }

    #[test]
    fn a_connection_is_woken_as_it_was() {
        let mut writer = Writer::default();
        follow(64, |flow| {
            let dormant = writer.write(flow);
            assert_eq!(dormant.key(), Some(flow.key));
            assert_eq!(
                format!("{:?}", dormant.wake().unwrap()),
                format!("{flow:?}")
            );
        });
    }

    #[test]
    fn what_is_seen_does_not_depend_on_how_many_are_awake() {
        assert_eq!(follow(1, |_| ()), follow(64, |_| ()));
    }
}
