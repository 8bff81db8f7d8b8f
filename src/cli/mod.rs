//! From the command line to a run.

mod args;
mod demo;
mod files;
mod interface;
mod line;
mod names;
mod program;
mod save;
mod session;

use std::io::{self, IsTerminal, StdoutLock};
use std::path::Path;

use clap::Parser;
use tcptrace::error::Error;
use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::count::Count;
use tcptrace::sink::csv::{Csv, Detail};
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::{Connections, Segments};
use tcptrace::sink::page::Page;
use tcptrace::sink::plain::Plain;
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::when::When;
use tcptrace::time::Resolution;

use crate::cli::args::{CaptureArgs, Cli, Command, ConnectionArgs, ReportArgs, SegmentArgs};
use crate::cli::save::Unshown;
use crate::cli::session::Session;

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
    let (Error::Write(cause) | Error::Save { source: cause, .. }) = error else {
        return false;
    };
    cause.kind() == io::ErrorKind::BrokenPipe
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
    if args.dump_filter > 0 {
        return program::list(capture, args.dump_filter);
    }
    let session = Session {
        args: capture,
        resolution: line::digits(args),
        lang: line::lang(args.annotation.lang),
    };
    if args.count_only {
        if !capture.is_replay() {
            bad_usage("--count counts the frames of files; name one with -r");
        }
        return session.show(Count::new(page(false)));
    }
    if let Some(path) = &capture.save.write {
        if !args.print {
            return session.show(Unshown);
        }
        if path == Path::new("-") {
            bad_usage("-w - and --print both want standard output; give -w a name");
        }
    }
    let page = page(args.by_line || capture.save.packet_buffered);
    if args.json {
        return session.show(Segments::new(page));
    }
    let options = line::options(args);
    if args.plain {
        return session.show(Plain::new(options, page));
    }
    let annotation = line::annotation(&args.annotation);
    session.show(Annotated::new(options, annotation, page))
}

fn report(args: &ReportArgs) -> Result<(), Error> {
    let is_long = args.long;
    let args = &args.connections;
    if args.json {
        return connections(args);
    }
    if args.csv {
        return rows(args, Detail::Long);
    }
    let session = session(args);
    let options = ReportOptions {
        when: when(args),
        zone: line::zone(),
        width: line::width(),
        lang: session.lang,
        is_long,
    };
    session.show(Report::new(options, page(false)))
}

fn flows(args: &ConnectionArgs) -> Result<(), Error> {
    if args.json {
        return connections(args);
    }
    if args.csv {
        return rows(args, Detail::Brief);
    }
    let session = session(args);
    let flows = Flows::new(when(args), line::zone(), session.lang, page(false));
    session.show(flows)
}

fn connections(args: &ConnectionArgs) -> Result<(), Error> {
    session(args).show(Connections::new(page(false), when(args)))
}

fn session(args: &ConnectionArgs) -> Session<'_> {
    let path = args.capture.save.write.as_deref();
    if path == Some(Path::new("-")) {
        bad_usage("-w - wants standard output for itself; give it a name");
    }
    Session {
        args: &args.capture,
        resolution: Resolution::Micro,
        lang: line::lang(args.lang),
    }
}

fn rows(args: &ConnectionArgs, detail: Detail) -> Result<(), Error> {
    session(args).show(Csv::new(detail, when(args), page(false)))
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
