//! A run of the pipeline over what `-i` or `-r` names.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use tcptrace::capture::Source;
use tcptrace::capture::stop::Stop;
use tcptrace::error::Error;
use tcptrace::pipeline::{Left, Pipeline};
use tcptrace::sink::Sink;

use crate::cli::args::CaptureArgs;
use crate::cli::{files, interface};

/// Shows what the arguments ask for through `sink`. What was read before a
/// failure is shown too.
pub fn run<K: Sink>(args: &CaptureArgs, sink: K) -> Result<(), Error> {
    let stop = Stop::new()?;
    stop.on_signals()?;
    let pipeline = Pipeline::new(sink, args.count);
    if args.is_replay() {
        replay(args, &stop, pipeline)
    } else {
        capture(args, &stop, pipeline)
    }
}

fn replay<K: Sink>(
    args: &CaptureArgs,
    stop: &Stop,
    mut pipeline: Pipeline<K>,
) -> Result<(), Error> {
    let result = read_all(&files::named(args)?, args, stop, &mut pipeline);
    // A wrong name or filter is not a capture with nothing in it.
    if result.is_ok() || pipeline.frames() > 0 {
        pipeline.end()?;
    }
    result
}

fn read_all<K: Sink>(
    paths: &[PathBuf],
    args: &CaptureArgs,
    stop: &Stop,
    pipeline: &mut Pipeline<K>,
) -> Result<(), Error> {
    let filter = files::filter(args)?;
    for path in paths {
        let mut source = files::open(path, &filter)?;
        if pipeline.read(&mut *source, || stop.is_requested())? == Left::Enough {
            break;
        }
    }
    Ok(())
}

fn capture<K: Sink>(
    args: &CaptureArgs,
    stop: &Stop,
    mut pipeline: Pipeline<K>,
) -> Result<(), Error> {
    stop.interrupted_by_signal()?;
    let options = interface::options(args)?;
    let mut source = interface::open(&options, args.backend, stop)?;
    if let Some(time) = args.duration {
        stop.after(time)?;
    }
    eprintln!("tcptrace: listening on {}", options.interface);
    let result = loop {
        let left = pipeline.read(&mut *source, || stop.is_interrupted());
        if !stop.is_interrupted() || !matches!(left, Ok(Left::Enough)) {
            break left;
        }
        stop.resume();
        let counts = counts(pipeline.frames(), &mut *source);
        eprintln!("tcptrace: {}", counts.join(", "));
    };
    let counts = counts(pipeline.frames(), &mut *source);
    if stop.is_requested() && io::stdout().is_terminal() {
        // The terminal shows ^C where the next line would begin.
        println!();
    }
    pipeline.end()?;
    for count in counts {
        eprintln!("{count}");
    }
    result.map(drop)
}

/// tcpdump's statistics of a capture in tcpdump's words.
fn counts(captured: u64, source: &mut dyn Source) -> Vec<String> {
    let Some(statistics) = source.statistics() else {
        return Vec::new();
    };
    let count = |count: u64, what: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} packet{plural} {what}")
    };
    let mut counts = vec![
        count(captured, "captured"),
        count(statistics.received, "received by filter"),
        count(statistics.dropped, "dropped by kernel"),
    ];
    if statistics.dropped_by_interface > 0 {
        counts.push(count(
            statistics.dropped_by_interface,
            "dropped by interface",
        ));
    }
    counts
}
