//! How long what goes on beside a capture keeps its frames waiting, where 100,000
//! connections are kept: a table that is shown as it stands, the summary of SIGUSR1, and
//! what Prometheus fetches.
//!
//! ```text
//! cargo bench --bench holding
//! ```

#[path = "../against_peers/traffic.rs"]
mod traffic;

use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::choice::When;
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::Connections;
use tcptrace::sink::metrics::{Metrics, OpenConnections};
use tcptrace::sink::printed::Printed;
use tcptrace::sink::room::TerminalRoom;
use tcptrace::sink::servers::ByServer;
use tcptrace::sink::standing::{Survey, SurveyLook};
use tcptrace::sink::style::Style;
use tcptrace::sink::summary::{Summarized, SummaryOptions};
use tcptrace::sink::words::Lang;

use traffic::Traffic;

/// All connections are begun before the first one ends, in some order.
const ALL: Traffic = Traffic {
    flows: 100_000,
    rounds: 1,
    open: 100_000,
};
/// As the program does: connections between two looks at the clock, and for how long at
/// once.
const A_PART: u32 = 64;
const AT_ONCE: Duration = Duration::from_micros(2500);
const ROOM: TerminalRoom = TerminalRoom {
    lines: 50,
    columns: 200,
};

fn main() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("holding.pcap");
    ALL.write(&path).expect("the target folder takes 200 MB");
    let flows = || Flows::new(When::Repeatedly, TimeZone::UTC, Lang::En, false);
    let summary = || {
        Summarized::screen(SummaryOptions {
            names: Vec::new(),
            again: None,
            zone: TimeZone::UTC,
            width: Some(100),
            lang: Lang::En,
            is_coloured: false,
        })
    };
    let servers = || ByServer::table(Lang::En, None, false).repeatedly(TimeZone::UTC);
    println!("{:38}{:>10}{:>12}{:>8}", "", "at once", "in all", "turns");
    divided("flows in place", &path, flows(), Some(ROOM));
    divided("flows --every, into a pipe", &path, flows(), None);
    divided("flows --json --every", &path, Connections::default(), None);
    divided("flows --by server --every", &path, servers(), None);
    divided("summary --every", &path, summary().repeatedly(), None);
    divided("SIGUSR1", &path, summary(), None);
    metrics(&path);
}

fn begun<S: Style>(path: &PathBuf, style: S) -> Pipeline<Printed<S, io::Sink>> {
    // With half of its frames most connections are open.
    let frames = u64::from(ALL.segments()) / 2;
    let mut source = savefile::open(path, Filter::new("")).expect("what was written is read");
    let mut pipeline = Pipeline::new(Printed::new(style, io::sink()), Some(frames));
    let read = pipeline.read(&mut *source, || false);
    read.expect("what was written is whole");
    pipeline
}

/// A style as it stands, in turns.
fn divided(name: &str, path: &PathBuf, style: impl Style, room: Option<TerminalRoom>) {
    let mut pipeline = begun(path, style);
    let look = SurveyLook {
        room,
        ..SurveyLook::default()
    };
    let mut survey = Survey::new(look);
    let mut times = Turns::default();
    while !survey.is_done() {
        let begin = Instant::now();
        while !survey.is_done() && begin.elapsed() < AT_ONCE {
            let stood = pipeline.stand(&mut survey, A_PART);
            stood.expect("nothing is written");
        }
        times.took(begin.elapsed());
    }
    times.tell(name);
    std::mem::forget(pipeline);
}

fn metrics(path: &PathBuf) {
    let pipeline = begun(path, Connections::default());
    let metrics = Metrics::default();
    let mut open = OpenConnections::default();
    let mut times = Turns::default();
    while !open.is_done() {
        let begin = Instant::now();
        while !open.is_done() && begin.elapsed() < AT_ONCE {
            metrics.count_open(&mut open, pipeline.tracker(), A_PART);
        }
        if open.is_done() {
            let text = metrics.text(&open, &pipeline.totals(), None);
            assert!(text.contains("tcptrace_connections{"));
        }
        times.took(begin.elapsed());
    }
    times.tell("--metrics");
    std::mem::forget(pipeline);
}

/// How long turns took.
#[derive(Default)]
struct Turns {
    longest: Duration,
    all: Duration,
    count: u32,
}

impl Turns {
    fn took(&mut self, time: Duration) {
        self.longest = self.longest.max(time);
        self.all += time;
        self.count += 1;
    }

    fn tell(&self, name: &str) {
        let milliseconds = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
        let (longest, all) = (milliseconds(self.longest), milliseconds(self.all));
        println!("{name:38}{longest:>10}{all:>12}{:>8}", self.count);
    }
}
