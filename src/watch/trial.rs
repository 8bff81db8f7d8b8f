//! Rows of recordings, for tests.

use std::io;
use std::path::Path;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::{Event, Sink};
use tcptrace::totals::Totals;
use tcptrace::track::Wants;
use tcptrace::track::flaws::Flaws;

use crate::watch::listed::Listed;
use crate::watch::news::CaptureNews;
use crate::watch::row::WatchRow;

/// What a run over recordings brings.
#[derive(Default)]
pub struct TrialRows {
    /// The connections as they are at its end, by their numbers.
    pub rows: Vec<WatchRow>,
    /// Whether they are those of a run that goes on.
    goes_on: bool,
    flaws: Flaws,
    totals: Totals,
}

impl Sink for &mut TrialRows {
    fn wants(&self) -> Wants {
        Wants::TIMED | Wants::TIME_SPENT
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Connection(connection) => {
                let row = WatchRow::of(connection);
                self.rows.push(WatchRow {
                    is_final: !self.goes_on && !row.is_over(),
                    ..row
                });
            }
            Event::Capture(flaws) => self.flaws = flaws.clone(),
            Event::End(totals) => self.totals = totals.clone(),
            _ => {}
        }
        Ok(())
    }
}

impl TrialRows {
    /// What these recordings bring, one after the other, up to `most` frames.
    pub fn of(recordings: &[&str], most: Option<u64>) -> Self {
        let mut recorded = Self {
            goes_on: most.is_some(),
            ..Self::default()
        };
        let mut pipeline = Pipeline::new(&mut recorded, most);
        for recording in recordings {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(recording);
            let mut source = savefile::open(&path, Filter::default()).unwrap();
            pipeline.read(source.as_mut(), || false).unwrap();
        }
        if most.is_some() {
            pipeline.cut_off();
        }
        pipeline.end().unwrap();
        recorded.rows.sort_by_key(|row| row.id);
        recorded
    }

    /// How the capture went.
    pub fn capture(&self) -> CaptureNews {
        CaptureNews {
            latest: self.rows.iter().map(|row| row.last).max().unwrap(),
            totals: self.totals.clone(),
            statistics: None,
            flaws: self.flaws.clone(),
            origin: None,
        }
    }
}

/// The rows of a recording.
pub fn rows(recording: &str) -> Vec<WatchRow> {
    TrialRows::of(&[recording], None).rows
}

/// The same, at the time of the latest.
pub fn listed(recordings: &[&str]) -> Vec<Listed> {
    let recorded = TrialRows::of(recordings, None);
    let now = recorded.capture().latest;
    let of = |row| Listed {
        row,
        now,
        latest_rates: [0; 2],
    };
    recorded.rows.into_iter().map(of).collect()
}

/// So many connections that somebody begins with a server and that are not answered, from
/// an address each.
pub fn flood(count: u32) -> Vec<WatchRow> {
    let recorded = TrialRows::of(&["captures/hello.pcap"], Some(1));
    let begun = &recorded.rows[0];
    let row = |number: u32| {
        let mut row = begun.clone();
        row.id.0 = number;
        let ip = std::net::Ipv4Addr::from(0x0a00_0000 + number * 7);
        row.client.addr = std::net::SocketAddr::from((ip, 40_000));
        row
    };
    (0..count).map(row).collect()
}
