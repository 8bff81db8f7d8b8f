//! A run of the pipeline over what `-i` or `-r` names.

use std::io::{self, IsTerminal};
use std::path::Path;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::Live;
use tcptrace::capture::live_options::LiveOptions;
use tcptrace::capture::raw::Raw;
use tcptrace::capture::stop::Stop;
use tcptrace::capture::{Source, interfaces, savefile};
use tcptrace::error::Error;
use tcptrace::pipeline::{Left, Pipeline};
use tcptrace::sink::Sink;

use crate::cli::args::{Backend, CaptureArgs};

/// Shows what the arguments ask for through `sink`. What was read before a
/// failure is shown too.
pub fn run<K: Sink>(args: &CaptureArgs, sink: K) -> Result<(), Error> {
    let stop = Stop::new()?;
    stop.on_signals()?;
    let mut pipeline = Pipeline::new(sink, args.count);
    if args.read.is_empty() {
        return capture(args, &stop, pipeline);
    }
    let filter = Filter::new(&args.filter.join(" "));
    let result = read_all(args, &filter, &stop, &mut pipeline);
    // A wrong name or filter is not a capture with nothing in it.
    if result.is_ok() || pipeline.frames() > 0 {
        pipeline.end()?;
    }
    result
}

fn read_all<K: Sink>(
    args: &CaptureArgs,
    filter: &Filter,
    stop: &Stop,
    pipeline: &mut Pipeline<K>,
) -> Result<(), Error> {
    for path in &args.read {
        let mut source = open_file(path, filter)?;
        if pipeline.read(&mut *source, || stop.is_requested())? == Left::Enough {
            break;
        }
    }
    Ok(())
}

fn open_file(path: &Path, filter: &Filter) -> Result<Box<dyn Source>, Error> {
    if path == Path::new("-") && io::stdin().is_terminal() {
        eprintln!("tcptrace: reading a capture from the terminal; pipe one in, or name a file");
    }
    savefile::open(path, filter.clone())
}

fn capture<K: Sink>(
    args: &CaptureArgs,
    stop: &Stop,
    mut pipeline: Pipeline<K>,
) -> Result<(), Error> {
    let options = live_options(args)?;
    let mut source: Box<dyn Source> = match args.backend {
        Backend::Libpcap => Box::new(Live::open(&options, stop)?),
        Backend::Raw => Box::new(Raw::open(&options, stop)?),
    };
    eprintln!("tcptrace: listening on {}", options.interface);
    let result = pipeline.read(&mut *source, || false);
    let statistics = source.statistics();
    if stop.is_requested() && io::stdout().is_terminal() {
        // The terminal shows ^C where the next line would begin.
        println!();
    }
    let totals = pipeline.end()?;
    if let Some(statistics) = statistics {
        report_count(totals.frames, "captured");
        report_count(statistics.received, "received by filter");
        report_count(statistics.dropped, "dropped by kernel");
        if statistics.dropped_by_interface > 0 {
            report_count(statistics.dropped_by_interface, "dropped by interface");
        }
    }
    result.map(drop)
}

/// tcpdump's words.
fn report_count(count: u64, what: &str) {
    let plural = if count == 1 { "" } else { "s" };
    eprintln!("{count} packet{plural} {what}");
}

fn live_options(args: &CaptureArgs) -> Result<LiveOptions, Error> {
    let interface = match &args.interface {
        Some(word) => interfaces::resolve(word)?,
        None => interfaces::first()?,
    };
    let mut options = LiveOptions::new(&interface, Filter::new(&args.filter.join(" ")));
    if let Some(snapshot) = args.snapshot.filter(|&snapshot| snapshot > 0) {
        options.snapshot = snapshot;
    }
    if let Some(buffer) = args.buffer {
        options.buffer_kib = buffer;
    }
    options.promiscuous = !args.no_promiscuous;
    options.immediate = args.immediate_mode;
    Ok(options)
}
