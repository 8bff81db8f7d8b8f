//! From the command line to a run.

mod args;
mod demo;
mod files;
mod interface;
mod line;
mod program;
mod session;

use std::io::{self, IsTerminal, StdoutLock};

use clap::Parser;
use tcptrace::error::Error;
use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::count::Count;
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::{Connections, Segments};
use tcptrace::sink::page::Page;
use tcptrace::sink::plain::Plain;
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::when::When;

use crate::cli::args::{CaptureArgs, Cli, Command, ConnectionArgs, SegmentArgs};

/// Does what the command line asks.
pub fn run() -> Result<(), Error> {
    let cli = Cli::parse_from(args::joined(std::env::args_os()));
    match &cli.command {
        None if cli.segments.list_interfaces => interface::list(),
        None if cli.segments.list_link_types => interface::list_link_types(&cli.segments.capture),
        None => segments(&cli.segments).map_err(|error| meant(error, &cli.segments.capture)),
        Some(Command::Report(args)) => report(args),
        Some(Command::Flows(args)) => flows(args),
        Some(Command::Demo(args)) => demo::run(args),
    }
}

/// Says what is wrong with the command line, and ends the program.
fn bad_usage(words: &str) -> ! {
    eprintln!("tcptrace: {words}");
    std::process::exit(2);
}

/// Whether the reader of our output went away, which is not our failure.
pub fn is_closed_pipe(error: &Error) -> bool {
    matches!(error, Error::Write(cause) if cause.kind() == io::ErrorKind::BrokenPipe)
}

/// A mistyped subcommand is taken for a filter; says so where libpcap refuses
/// one whose first word is nearly a subcommand.
fn meant(error: Error, args: &CaptureArgs) -> Error {
    let (Error::Filter { expression, reason }, Some(word)) = (&error, args.filter.first()) else {
        return error;
    };
    let near = |command: &&str| strsim::damerau_levenshtein(word, command) <= 2;
    match ["report", "flows", "demo"].into_iter().find(near) {
        Some(command) => Error::Filter {
            expression: expression.clone(),
            reason: format!("{reason}; the subcommand is spelled {command} and stands first"),
        },
        None => error,
    }
}

fn segments(args: &SegmentArgs) -> Result<(), Error> {
    let capture = &args.capture;
    let page = page(args.by_line);
    if args.dump_filter > 0 {
        return program::list(capture, args.dump_filter);
    }
    if args.count_only {
        if !capture.is_replay() {
            bad_usage("--count counts the frames of files; name one with -r");
        }
        return session::run(capture, Count::new(page));
    }
    if args.json {
        return session::run(capture, Segments::new(page));
    }
    let options = line::options(args);
    if args.plain {
        return session::run(capture, Plain::new(options, page));
    }
    let annotation = line::annotation(&args.annotation);
    session::run(capture, Annotated::new(options, annotation, page))
}

fn report(args: &ConnectionArgs) -> Result<(), Error> {
    if args.json {
        return connections(args);
    }
    let options = ReportOptions {
        when: when(args),
        zone: line::zone(),
        width: line::width(),
        lang: line::lang(args.lang),
    };
    session::run(&args.capture, Report::new(options, page(false)))
}

fn flows(args: &ConnectionArgs) -> Result<(), Error> {
    if args.json {
        return connections(args);
    }
    session::run(
        &args.capture,
        Flows::new(when(args), line::zone(), line::lang(args.lang), page(false)),
    )
}

fn connections(args: &ConnectionArgs) -> Result<(), Error> {
    session::run(&args.capture, Connections::new(page(false), when(args)))
}

/// A file is shown when it ends, a live capture as connections end.
fn when(args: &ConnectionArgs) -> When {
    if args.capture.is_replay() {
        When::CaptureEnds
    } else {
        When::ConnectionEnds
    }
}

/// Standard output: every line at once on a terminal, or where asked for.
fn page(by_line: bool) -> Page<StdoutLock<'static>> {
    Page::new(io::stdout().lock(), by_line || io::stdout().is_terminal())
}
