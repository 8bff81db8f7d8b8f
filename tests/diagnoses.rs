//! The diagnoses: written down in docs/diagnoses.md, known to the schema, and found where
//! they are and nowhere else. To write the page again: `BLESS=1 cargo test --test diagnoses`.

#![cfg(feature = "cli")]

use std::fmt::Write;
use std::fs;

use serde_json::Value;
use support::capture::show;
use support::page;
use support::program::{captures, recordings};
use tcptrace::sink::Event;
use tcptrace::sink::Sink;
use tcptrace::track::Wants;
use tcptrace::track::connection::Connection;
use tcptrace::track::diagnosis;

mod support;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/diagnoses.md");
const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema.json");

/// Behind this the page is written from the descriptions, before it by hand.
const MARK: &str =
    "<!-- What follows is written from the descriptions; see tests/diagnoses.rs. -->\n";

/// The diagnoses of connections in the recordings, by their numbers; there are no others.
const FOUND: [(&str, u32, &str); 26] = [
    ("above-mss.pcap", 0, "above_mss"),
    ("backlog.pcap", 3, "full_accept_queue"),
    ("black-hole.pcap", 0, "mtu_black_hole"),
    ("clamped.pcap", 0, "syn_changed"),
    ("clamped.pcap", 0, "syn_changed"),
    ("cookies.pcap", 0, "syn_cookies"),
    ("cookies.pcap", 1, "syn_cookies"),
    ("cookies.pcap", 2, "syn_cookies"),
    ("ecn-dropped.pcap", 2, "ecn_black_hole"),
    ("fast-open-dropped.pcap", 2, "fast_open_black_hole"),
    ("forged-reset.pcap", 0, "forged_reset"),
    ("idle.pcap", 0, "forgotten_while_idle"),
    ("keep-alive.pcap", 0, "keep_alive"),
    ("nagle.pcap", 0, "nagle_delayed_ack"),
    ("old-connection.pcap", 0, "old_connection_answers"),
    ("old-request.pcap", 1, "old_connection_answers"),
    ("ports-held.pcap", 1, "reused_ports_ignored"),
    ("proxied.pcap", 0, "answered_by_another"),
    ("reneged.pcap", 0, "sack_reneged"),
    ("scale-lost.pcap", 0, "window_scale_lost"),
    ("shifted.pcap", 0, "late_timeouts"),
    ("shifted.pcap", 0, "sack_shifted"),
    ("small-window.pcap", 0, "window_too_small"),
    ("two-clocks.pcap", 2, "timestamps_backwards"),
    ("two-clocks.pcap", 3, "timestamps_backwards"),
    ("unstamped.pcap", 0, "timestamps_vanish"),
];

#[test]
fn the_page_is_fresh() {
    let mut rest = String::new();
    for about in diagnosis::all() {
        write!(
            rest,
            "\n## {}\n\n{}\n\n*What it is not.* {}\n\n{}.\n",
            about.name, about.means, about.unlike, about.reference
        )
        .unwrap();
    }
    page::check(PAGE, MARK, &rest, "tests/diagnoses.rs");
}

#[test]
fn the_schema_knows_every_diagnosis() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(SCHEMA).unwrap()).unwrap();
    let known = &schema["$defs"]["diagnosis_code"]["enum"];
    let names: Vec<_> = diagnosis::all().map(|about| about.name).collect();
    assert_eq!(*known, Value::from(names));
}

/// What is found of the connections of a capture.
#[derive(Default)]
struct Found(Vec<(u32, &'static str)>);

impl Sink for Found {
    fn wants(&self) -> Wants {
        Wants::TIME_SPENT
    }

    fn take(&mut self, event: Event<'_>) -> std::io::Result<()> {
        if let Event::Connection(connection) = event {
            self.0.extend(found(connection));
        }
        Ok(())
    }
}

fn found(connection: &Connection) -> Vec<(u32, &'static str)> {
    let id = connection.flow.id.0;
    let spent = connection.time_spent();
    let found = connection.diagnoses_in(spent.as_ref());
    found.map(|found| (id, found.code.about().name)).collect()
}

#[test]
fn the_recordings_have_these_diagnoses_and_no_others() {
    let mut all = Vec::new();
    for name in recordings() {
        let mut found = Found::default();
        show(fs::read(captures().join(&name)).unwrap(), &mut found).unwrap();
        all.extend(
            found
                .0
                .into_iter()
                .map(|(id, code)| (name.clone(), id, code)),
        );
    }
    let expected: Vec<_> = FOUND
        .iter()
        .map(|&(name, id, code)| (name.to_owned(), id, code))
        .collect();
    assert_eq!(all, expected);
}
