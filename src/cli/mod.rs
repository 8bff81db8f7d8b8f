//! From the command line to a run.

mod args;

use std::io;
use std::process::ExitCode;

use clap::Parser;
use jiff::tz::TimeZone;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::error::Error;
use tcptrace::pipeline::{Left, Pipeline};
use tcptrace::sink::Sink;
use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::line::LineOptions;
use tcptrace::sink::line::clock::TimeStyle;
use tcptrace::sink::line::dump::DumpStyle;
use tcptrace::sink::page::Page;
use tcptrace::sink::plain::Plain;
use tcptrace::time::Resolution;

use crate::cli::args::{CaptureArgs, Cli, SegmentArgs};

/// Does what the command line asks.
pub fn run() -> Result<ExitCode, Error> {
    let cli = Cli::parse();
    segments(&cli.segments)
}

/// Whether the reader of our output went away, which is not our failure.
pub fn is_closed_pipe(error: &Error) -> bool {
    matches!(error, Error::Write(cause) if cause.kind() == io::ErrorKind::BrokenPipe)
}

fn segments(args: &SegmentArgs) -> Result<ExitCode, Error> {
    let page = Page::new(io::stdout().lock(), args.by_line);
    if args.plain {
        return read_files(&args.capture, Plain::new(line_options(args), page));
    }
    let annotated = Annotated::new(line_options(args), page, false);
    read_files(&args.capture, annotated)
}

fn read_files<K: Sink>(args: &CaptureArgs, sink: K) -> Result<ExitCode, Error> {
    let filter = Filter::new(&args.filter.join(" "));
    let mut pipeline = Pipeline::new(sink, args.count);
    let mut result = Ok(Left::AtEnd);
    for path in &args.read {
        result =
            savefile::open(path, filter.clone()).and_then(|mut source| pipeline.read(&mut *source));
        if !matches!(result, Ok(Left::AtEnd)) {
            break;
        }
    }
    pipeline.end()?;
    result.map(|_| ExitCode::SUCCESS)
}

fn line_options(args: &SegmentArgs) -> LineOptions {
    LineOptions {
        numbered: args.number,
        time: TimeStyle::of_count(args.time).unwrap_or_default(),
        digits: if args.nano {
            Resolution::Nano
        } else {
            Resolution::Micro
        },
        zone: TimeZone::system(),
        link_header: args.link_header,
        quiet: args.quiet > 0,
        very_quiet: args.quiet > 1,
        absolute_numbers: args.absolute,
        verbose: args.verbose,
        checks_checksums: !args.no_checksums,
        dump: match (args.hex_and_text, args.hex, args.text) {
            (1.., _, _) => Some(DumpStyle::HexAndText),
            (_, 1.., _) => Some(DumpStyle::Hex),
            (_, _, 1..) => Some(DumpStyle::Text),
            _ => None,
        },
        dumps_link_header: args.hex > 1 || args.hex_and_text > 1 || args.text > 1,
        interfaces: Vec::new(),
    }
}
