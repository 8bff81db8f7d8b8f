//! From the command line to a run.

mod args;
mod command;
mod demo;
pub mod failure;
mod files;
mod interface;
mod line;
mod names;
mod program;
mod replay;
mod rules;
mod save;
mod session;
mod signals;
mod user;

use std::io::{self, IsTerminal, Stdout};
use std::path::Path;
use std::process::ExitCode;

use tcptrace::capture::numbers::Numbered;
use tcptrace::error::Error;
use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::choice::{Choice, When};
use tcptrace::sink::count::Count;
use tcptrace::sink::csv::{Csv, Detail};
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::{Connections, Segments};
use tcptrace::sink::plain::Plain;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::servers::ByServer;
use tcptrace::sink::style::Style;
use tcptrace::sink::wireshark::PacketList;
use tcptrace::time::{Resolution, Span};

use crate::cli::args::{
    CaptureArgs, Command, ConnectionArgs, FlowsArgs, Grouping, Lines, ReportArgs, SegmentArgs,
};
use crate::cli::failure::Failure;
use crate::cli::save::Unshown;
use crate::cli::session::Session;

/// The exit status that says that a connection failed.
const TROUBLED: u8 = 3;

/// Does what the command line asks.
pub fn run() -> Result<ExitCode, Failure> {
    let done = |result: Result<(), Error>| Ok(result.map(|()| ExitCode::SUCCESS)?);
    let cli = args::parse(std::env::args_os());
    match &cli.command {
        None if cli.segments.list_interfaces => done(interface::list()),
        None if cli.segments.list_link_types => {
            done(interface::list_link_types(&cli.segments.capture))
        }
        None if cli.segments.list_rules => done(rules::list()),
        None => segments(&cli.segments).map_err(|failure| meant(failure, &cli.segments.capture)),
        Some(Command::Report(args)) => {
            report(args).map_err(|failure| file_meant(failure, &args.connections.capture))
        }
        Some(Command::Flows(args)) => {
            flows(args).map_err(|failure| file_meant(failure, &args.connections.capture))
        }
        Some(Command::Demo(args)) => done(demo::run(args)),
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
fn meant(failure: Failure, args: &CaptureArgs) -> Failure {
    let (Failure::Library(Error::Filter { expression, reason }), Some(word)) =
        (&failure, args.filter.first())
    else {
        return failure;
    };
    let near = |command: &&str| strsim::damerau_levenshtein(word, command) <= 2;
    let commands = ["report", "flows", "demo"];
    let command = commands.into_iter().find(near);
    let Some(command) = command.filter(|_| !Path::new(word).is_file()) else {
        return file_meant(failure, args);
    };
    let stood_first = std::env::args_os()
        .nth(1)
        .is_some_and(|first| *first == **word);
    let place = if stood_first { "" } else { " and stands first" };
    Failure::Library(Error::Filter {
        expression: expression.clone(),
        reason: format!("{reason}; the subcommand is spelled {command}{place}"),
    })
}

/// A file named without `-r` is taken for a filter; says so where libpcap
/// refuses one whose first word is a file.
fn file_meant(failure: Failure, args: &CaptureArgs) -> Failure {
    match (failure, args.filter.first()) {
        (Failure::Library(Error::Filter { expression, reason }), Some(word))
            if Path::new(word).is_file() =>
        {
            Failure::Library(Error::Filter {
                expression,
                reason: format!("{reason}; {word} is a file: read it with -r"),
            })
        }
        (failure, _) => failure,
    }
}

fn segments(args: &SegmentArgs) -> Result<ExitCode, Failure> {
    let capture = &args.capture;
    if args.dump_filter > 0 {
        program::list(capture, args.dump_filter)?;
        return Ok(ExitCode::SUCCESS);
    }
    let session = Session {
        args: capture,
        paths: files::named(capture)?,
        resolution: line::digits(args),
        lang: line::lang(args.annotation.lang),
        numbered: if args.is_tcpdumps() {
            Numbered::Passed
        } else {
            Numbered::Every
        },
    };
    if args.count_only {
        if !capture.is_replay() {
            bad_usage("--count counts the frames of files; name one with -r");
        }
        return session.show(printed(Count, false));
    }
    if let Some(path) = &capture.save.write {
        if !args.print {
            return session.show(Printed::new(Unshown, io::sink()));
        }
        if path == Path::new("-") {
            bad_usage("-w - and --print both want standard output; give -w a name");
        }
    }
    refuse_shapes(args);
    let by_line = args.by_line || capture.save.packet_buffered;
    if args.json {
        let style = Segments::default().verifying(args.verifies());
        return session.show(printed(style, by_line));
    }
    if args.style == Some(Lines::Wireshark) {
        let style = PacketList::new(line::is_coloured(args.annotation.color));
        return session.show(printed(style, by_line));
    }
    if args.is_tcpdumps() {
        let line = line::line(args, args.annotation.is_numbered());
        return session.show(printed(Plain::new(line), by_line));
    }
    let line = line::line(args, line::is_numbered(&args.annotation));
    let annotation = line::annotation(&args.annotation);
    session.show(printed(Annotated::new(line, annotation), by_line))
}

/// Refuses options that shape tcpdump's lines where there are none.
fn refuse_shapes(args: &SegmentArgs) {
    if args.json && args.shapes_lines() {
        bad_usage("-t -q -e -S -# -x -X and -A shape tcpdump's lines; leave them out, or --json");
    }
    let is_wiresharks = args.style == Some(Lines::Wireshark);
    if is_wiresharks && (args.shapes_lines() || args.tells_of_checksums()) {
        bad_usage(
            "-t -v -q -e -S -K -# -x -X and -A shape tcpdump's lines; leave them out, \
             or --style wireshark",
        );
    }
}

fn report(args: &ReportArgs) -> Result<ExitCode, Failure> {
    let is_long = args.long;
    let args = &args.connections;
    let session = session(args)?;
    if args.json {
        return chosen(args, &session, Connections::default());
    }
    if args.csv {
        return chosen(args, &session, Csv::new(Detail::Long));
    }
    let options = ReportOptions {
        zone: line::zone(),
        width: line::width(),
        lang: line::lang(args.lang),
        is_long,
        is_coloured: line::is_coloured(args.color),
    };
    chosen(args, &session, Report::new(options))
}

fn flows(args: &FlowsArgs) -> Result<ExitCode, Failure> {
    let FlowsArgs {
        connections: args,
        by,
    } = args;
    let (session, lang) = (session(args)?, line::lang(args.lang));
    if let Some(Grouping::Server) = by {
        let style = match (args.json, args.csv) {
            (true, _) => ByServer::records(),
            (_, true) => ByServer::rows(),
            _ => ByServer::table(lang, line::width(), line::is_coloured(args.color)),
        };
        let choice = choice(args, When::CaptureEnds);
        return shown(args, &session, choice, style);
    }
    if args.json {
        return chosen(args, &session, Connections::default());
    }
    if args.csv {
        return chosen(args, &session, Csv::new(Detail::Brief));
    }
    let is_coloured = line::is_coloured(args.color);
    let style = Flows::new(when(&session), line::zone(), lang, is_coloured);
    chosen(args, &session, style)
}

/// Runs `style`, which shows connections when it can.
fn chosen(
    args: &ConnectionArgs,
    session: &Session<'_>,
    style: impl Style,
) -> Result<ExitCode, Failure> {
    shown(args, session, choice(args, when(session)), style)
}

/// Runs `style`; with `--exit-status` the exit status tells whether a
/// connection failed, and otherwise it is that of the command that ran
/// meanwhile.
fn shown(
    args: &ConnectionArgs,
    session: &Session<'_>,
    choice: Choice,
    style: impl Style,
) -> Result<ExitCode, Failure> {
    let mut printed = printed(style, false).choosing(choice);
    let status = session.show(&mut printed)?;
    Ok(if args.choice.exit_status && printed.troubled() > 0 {
        ExitCode::from(TROUBLED)
    } else {
        status
    })
}

fn session(args: &ConnectionArgs) -> Result<Session<'_>, Failure> {
    let path = args.capture.save.write.as_deref();
    if path == Some(Path::new("-")) {
        bad_usage("-w - wants standard output for itself; give it a name");
    }
    Ok(Session {
        args: &args.capture,
        paths: files::named(&args.capture)?,
        resolution: Resolution::Micro,
        lang: line::lang(args.lang),
        numbered: Numbered::Every,
    })
}

/// A file is shown when it ends, what comes by and by as connections end.
fn when(session: &Session<'_>) -> When {
    if session.flows() {
        When::ConnectionEnds
    } else {
        When::CaptureEnds
    }
}

fn choice(args: &ConnectionArgs, when: When) -> Choice {
    let slower_than = args.choice.slow.map(|limit| {
        let nanoseconds = i64::try_from(limit.as_nanos()).unwrap_or(i64::MAX);
        Span(nanoseconds)
    });
    Choice {
        when,
        failed: args.choice.failed,
        slower_than,
    }
}

/// To standard output: every line at once on a terminal, or where asked for.
fn printed<S: Style>(style: S, by_line: bool) -> Printed<S, Stdout> {
    let by_line = by_line || io::stdout().is_terminal();
    Printed::new(style, io::stdout()).by_line(by_line)
}
