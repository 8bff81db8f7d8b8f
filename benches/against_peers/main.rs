//! Time and memory against the peers, whole processes, on the same captures.
//!
//! Prints ratios, since machines differ, and beside each what design and README
//! promise. Times are processor time, the least of several rounds in which the
//! programs take turns. Peers that are not installed are left out.
//!
//! ```text
//! cargo bench --bench against_peers
//! ```

mod traffic;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use traffic::Traffic;

/// Few connections, as of a capture on one machine: 1.2 million segments.
const FEW: Traffic = Traffic {
    flows: 8,
    rounds: 37_500,
    open: 8,
};
/// Many, as of a busy server: 1.1 million segments.
const MANY: Traffic = Traffic {
    flows: 100_000,
    rounds: 1,
    open: 2_000,
};
/// As many, of which ten times as many are open at a time.
const OPEN: Traffic = Traffic {
    open: 20_000,
    ..MANY
};
/// So many that tshark comes to an end.
const SHORT: Traffic = Traffic {
    flows: 8,
    rounds: 2_500,
    open: 8,
};
/// How often each program runs.
const TURNS: usize = 5;
const TCPTRACE: &str = env!("CARGO_BIN_EXE_tcptrace");
/// The old program of the same name, by the place where Debian puts it.
const CLASSIC: &str = "/usr/bin/tcptrace";
const NOWHERE: &str = "/dev/null";

fn main() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let capture = |name: &str, traffic: Traffic| {
        let path = folder.join(name);
        let written = traffic.write(&path);
        written.expect("the target folder takes a capture of 550 MB");
        path
    };
    let few = capture("few.pcap", FEW);
    let many = capture("many.pcap", MANY);
    let open = capture("open.pcap", OPEN);
    let short = capture("short.pcap", SHORT);
    let lines = folder.join("lines.txt");
    println!("{:<52} {:>8}  asked", "processor time", "ratio");
    with_memory(&many);
    against_tcpdump(&few, &lines);
    against_tshark(&short);
    by_itself(&few, &many, &open);
    for leftover in [few, many, open, short, lines] {
        let _ = fs::remove_file(leftover);
    }
}

/// First of all, since the system tells the most memory that any child had.
fn with_memory(many: &Path) {
    let report = Run::of(TCPTRACE, &["report", "--json", "-r"], many);
    let classic = Run::of(CLASSIC, &["-n", "-l", "-r", "-W"], many);
    if !is_installed(CLASSIC) {
        return;
    }
    report.time();
    let ours = children().max_rss();
    classic.time();
    let theirs = children().max_rss();
    let what = "report --json, 100,000 connections / tcptrace -lrW";
    ratio(what, &report, &classic, 12.0);
    show("the same, memory", per(ours) / per(theirs), 12.0);
}

fn against_tcpdump(few: &Path, lines: &Path) {
    if !is_installed("tcpdump") {
        return;
    }
    let report = Run::of(TCPTRACE, &["report", "--json", "-r"], few);
    let copy = Run::of("tcpdump", &["-w", NOWHERE, "-r"], few);
    ratio("report --json / tcpdump -w /dev/null", &report, &copy, 2.0);
    let ours = Run::of(TCPTRACE, &["--plain", "-r"], few);
    let theirs = Run::of("tcpdump", &["-nn", "-r"], few);
    ratio("--plain / tcpdump -nn, to /dev/null", &ours, &theirs, 15.0);
    let (ours, theirs) = (ours.into(lines), theirs.into(lines));
    ratio("--plain / tcpdump -nn, to a file", &ours, &theirs, 20.0);
}

fn against_tshark(short: &Path) {
    if !is_installed("tshark") {
        return;
    }
    let ours = Run::of(TCPTRACE, &["--json", "-r"], short);
    let theirs = Run::of("tshark", &["-n", "-T", "ek", "-r"], short);
    ratio("--json / tshark -n -T ek", &ours, &theirs, 200.0);
}

/// What costs how much, of our own.
fn by_itself(few: &Path, many: &Path, open: &Path) {
    let time = |arguments: &[&str], capture| {
        let run = Run::of(TCPTRACE, arguments, capture);
        (0..TURNS).map(|_| run.time()).min().unwrap_or_default()
    };
    let line = |capture, traffic: Traffic| {
        time(&["--plain", "-r"], capture).as_secs_f64() / f64::from(traffic.segments())
    };
    println!(
        "{:<52} {:>8.2}  1.5",
        "a line of many connections / of few",
        line(many, MANY) / line(few, FEW)
    );
    let ours = Run::of(TCPTRACE, &["report", "--json", "-r"], open);
    let fewer = Run::of(TCPTRACE, &["report", "--json", "-r"], many);
    let (ours, fewer) = best(&ours, &fewer);
    println!(
        "{:<52} {:>8.2}  1.3",
        "report --json, 20,000 connections open / 2,000",
        ours / fewer
    );
    let read = time(&["--count", "-r"], few);
    let report = time(&["report", "--json", "-r"], few);
    let analysis = report.saturating_sub(read).as_secs_f64() / f64::from(FEW.segments());
    let analysis = analysis * 1e9;
    println!(
        "{:<52} {analysis:>5.0} ns  100 ns",
        "a segment's analysis, all of it"
    );
}

/// A program with its arguments, and where its output goes.
struct Run<'a> {
    program: &'a str,
    arguments: &'a [&'a str],
    capture: &'a Path,
    out: &'a Path,
}

impl<'a> Run<'a> {
    fn of(program: &'a str, arguments: &'a [&'a str], capture: &'a Path) -> Self {
        let out = Path::new(NOWHERE);
        Self {
            program,
            arguments,
            capture,
            out,
        }
    }

    fn into(self, out: &'a Path) -> Self {
        Self { out, ..self }
    }

    /// User and system time of a run.
    fn time(&self) -> Duration {
        let before = processor_time(&children());
        let status = Command::new(self.program)
            .args(self.arguments)
            .arg(self.capture)
            .stdout(File::create(self.out).expect("the output opens"))
            .stderr(Stdio::null())
            .status()
            .expect("the program starts");
        let (program, arguments) = (self.program, self.arguments);
        assert!(status.success(), "{program} {arguments:?}: {status}");
        processor_time(&children()).saturating_sub(before)
    }
}

fn is_installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        println!("{program} is not installed: left out");
    }
    found
}

fn ratio(what: &str, ours: &Run<'_>, theirs: &Run<'_>, asked: f64) {
    let (ours, theirs) = best(ours, theirs);
    show(what, ours / theirs, asked);
}

/// The least seconds of two that take turns.
fn best(ours: &Run<'_>, theirs: &Run<'_>) -> (f64, f64) {
    let mut best = [Duration::MAX; 2];
    for _ in 0..TURNS {
        for (best, run) in best.iter_mut().zip([ours, theirs]) {
            *best = run.time().min(*best);
        }
    }
    let [ours, theirs] = best.map(|time| time.as_secs_f64());
    (ours, theirs)
}

/// A ratio under 1, and the one that is asked for: one to `asked`.
fn show(what: &str, ratio: f64, asked: f64) {
    println!("{what:<52} 1/{:<6.1}  1/{asked}", 1.0 / ratio);
}

#[expect(clippy::cast_precision_loss, reason = "a ratio is not exact")]
fn per(kilobytes: i64) -> f64 {
    kilobytes as f64
}

fn children() -> Usage {
    getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts")
}

fn processor_time(usage: &Usage) -> Duration {
    let total = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Duration::from_micros(total.unsigned_abs())
}
