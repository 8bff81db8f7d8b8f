//! From the command line to a run.

mod args;
pub mod aside;
mod asked;
pub mod beside;
pub mod clock;
mod command;
mod counts;
mod demo;
mod draw;
mod extcap;
pub mod failure;
mod files;
mod interface;
mod line;
mod live;
mod metrics;
mod names;
mod place;
mod program;
mod progress;
mod refresh;
mod remote;
mod replay;
mod rules;
mod save;
mod session;
mod shell;
mod signals;
mod sockets;
mod speed;
mod summary;
pub mod suspension;
mod turn;
mod user;
mod watch;

use std::io::{self, IsTerminal, Stdout};
use std::path::Path;
use std::process::ExitCode;

use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::numbers::Numbered;
use tcptrace::error::Error;
use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::choice::{Choice, When};
use tcptrace::sink::count::Count;
use tcptrace::sink::csv::{Csv, Detail};
use tcptrace::sink::flows::Flows;
use tcptrace::sink::html::{Html, HtmlOptions};
use tcptrace::sink::json::{Connections, Segments};
use tcptrace::sink::plain::Plain;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::servers::ByServer;
use tcptrace::sink::style::Style;
use tcptrace::sink::wireshark::PacketList;
use tcptrace::time::{Resolution, Span};
use tcptrace::track::flow_id::FlowId;

use crate::cli::args::{
    CaptureArgs, Command, ConnectionArgs, FlowsArgs, Grouping, Language, Lines, ReportArgs,
    SegmentArgs,
};
use crate::cli::failure::Failure;
use crate::cli::progress::HowFar;
use crate::cli::refresh::Refresh;
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
        Some(Command::Summary(args)) => {
            needs_no_sockets(&args.capture, true);
            session(&args.capture, args.lang)
                .and_then(|session| summary::run(args, &session))
                .map_err(|failure| file_meant(failure, &args.capture))
        }
        Some(Command::Draw(args)) => {
            needs_no_sockets(&args.capture, true);
            session(&args.capture, args.lang)
                .and_then(|session| draw::run(args, &session))
                .map_err(|failure| file_meant(failure, &args.capture))
        }
        Some(Command::Watch(args)) => session(&args.capture, args.lang)
            .and_then(|session| watch::run(args, session))
            .map_err(|failure| file_meant(failure, &args.capture)),
        Some(Command::Demo(args)) => done(demo::run(args)),
        Some(Command::Extcap(args)) => extcap::run(args),
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
    let commands = ["report", "flows", "summary", "draw", "watch", "demo"];
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
        speed: None,
    };
    if args.count_only {
        if let Some(number) = capture
            .filter
            .first()
            .filter(|word| word.parse::<u64>().is_ok())
        {
            bad_usage(&format!(
                "--count counts all frames that match, and takes no number; to end after so many, \
                 give -c {number}"
            ));
        }
        if !capture.is_replay() {
            bad_usage(
                "--count counts the frames of files: name one with -r, or give a live capture \
                 -c COUNT, which ends it after so many",
            );
        }
        return session.show(printed(Count, false));
    }
    let is_plain = args.is_tcpdumps() || args.style == Some(Lines::Wireshark);
    let is_only_saved = capture.save.write.is_some() && !args.print;
    needs_no_sockets(capture, (is_plain && !args.json) || is_only_saved);
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

/// Refuses `--sockets` where nothing would show what the kernel says.
fn needs_no_sockets(args: &CaptureArgs, shows_none: bool) {
    if args.sockets && shows_none {
        bad_usage(
            "--sockets is told among annotations, by report and flows, and in JSON; \
             leave it out, or ask for one of these",
        );
    }
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
    let ReportArgs {
        connections: args,
        html,
        long: is_long,
    } = args;
    let session = session(&args.capture, args.lang)?;
    needs_no_sockets(&args.capture, args.csv || *html);
    if args.json {
        return chosen(args, &session, Connections::default());
    }
    if args.csv {
        return chosen(args, &session, Csv::new(Detail::Long));
    }
    if *html {
        return page(args, &session);
    }
    let options = ReportOptions {
        zone: line::zone(),
        width: line::width(),
        lang: line::lang(args.lang),
        is_long: *is_long,
        is_coloured: line::is_coloured(args.color),
    };
    let report = Report::new(options).telling_of(slower_than(args));
    chosen(args, &session, report)
}

/// The page is written when the capture ends, whatever it comes from.
fn page(args: &ConnectionArgs, session: &Session<'_>) -> Result<ExitCode, Failure> {
    // Standard input has no name that tells anything.
    let paths = session.paths.iter().filter(|path| *path != Path::new("-"));
    let style = Html::new(HtmlOptions {
        names: paths
            .map(|path| path.to_string_lossy().into_owned())
            .collect(),
        command: shell::command(std::env::args_os()),
        zone: line::zone(),
        lang: line::lang(args.lang),
    });
    let mut printed = printed(style, false).choosing(choice(args, When::CaptureEnds));
    let status = session.show(HowFar::of(&mut printed))?;
    Ok(told(args.choice.exit_status, status, printed.troubled()))
}

fn flows(args: &FlowsArgs) -> Result<ExitCode, Failure> {
    let FlowsArgs {
        connections: args,
        by,
        every,
    } = args;
    let (session, lang) = (session(&args.capture, args.lang)?, line::lang(args.lang));
    needs_no_sockets(&args.capture, args.csv || by.is_some());
    let is_coloured = line::is_coloured(args.color);
    let is_table = !args.json && !args.csv;
    let refresh = Refresh::of(*every, &session, is_table, true);
    let is_in_place = refresh.as_ref().is_some_and(|one| one.place().is_some());
    let is_repeated = refresh.is_some() && !is_in_place;
    if let Some(Grouping::Server) = by {
        let style = match (args.json, args.csv) {
            (true, _) => ByServer::records(),
            (_, true) => ByServer::rows(),
            _ => ByServer::table(lang, line::width(), is_coloured),
        };
        let style = if refresh.is_some() {
            style.repeatedly(line::zone())
        } else {
            style
        };
        let choice = choice(args, When::CaptureEnds);
        return shown(args.choice.exit_status, &session, choice, style, refresh);
    }
    let when = if is_repeated {
        When::Repeatedly
    } else {
        when(&session)
    };
    let (choice, tells_status) = (choice(args, when), args.choice.exit_status);
    if args.json {
        let style = Connections::default();
        return shown(tells_status, &session, choice, style, refresh);
    }
    if args.csv {
        let style = Csv::new(Detail::Brief);
        let style = if is_repeated {
            style.repeatedly()
        } else {
            style
        };
        return shown(tells_status, &session, choice, style, refresh);
    }
    let mut style = Flows::new(when, line::zone(), lang, is_coloured).within(line::width());
    if args.capture.sockets {
        style = style.with_processes();
    }
    shown(tells_status, &session, choice, style, refresh)
}

/// Runs `style`, which shows connections when it can.
fn chosen(
    args: &ConnectionArgs,
    session: &Session<'_>,
    style: impl Style,
) -> Result<ExitCode, Failure> {
    let choice = choice(args, when(session));
    shown(args.choice.exit_status, session, choice, style, None)
}

/// Runs `style`, again and again where there is a `refresh`; where `tells_status`, with
/// `--exit-status`, the exit status tells whether a connection failed, and otherwise it is
/// that of the command that ran meanwhile.
fn shown(
    tells_status: bool,
    session: &Session<'_>,
    choice: impl Into<Choice>,
    style: impl Style,
    refresh: Option<Refresh>,
) -> Result<ExitCode, Failure> {
    let Some(mut refresh) = refresh else {
        let mut printed = printed(style, false).choosing(choice);
        let status = session.show(&mut printed)?;
        return Ok(told(tells_status, status, printed.troubled()));
    };
    let stop = Stop::new()?;
    refresh.heed_resizing(&stop)?;
    if let Some(place) = refresh.place().cloned() {
        let mut printed = Printed::new(style, place.above())
            .choosing(choice)
            .in_place(Box::new(place.within()));
        let status = session.show_with(&mut printed, stop, vec![&mut refresh])?;
        return Ok(told(tells_status, status, printed.troubled()));
    }
    let mut printed = printed(style, false).choosing(choice);
    let status = session.show_with(&mut printed, stop, vec![&mut refresh])?;
    Ok(told(tells_status, status, printed.troubled()))
}

/// The exit status of a run in which so many connections failed.
fn told(tells_status: bool, status: ExitCode, troubled: u64) -> ExitCode {
    if tells_status && troubled > 0 {
        ExitCode::from(TROUBLED)
    } else {
        status
    }
}

fn session(args: &CaptureArgs, lang: Option<Language>) -> Result<Session<'_>, Failure> {
    let path = args.save.write.as_deref();
    if path == Some(Path::new("-")) {
        bad_usage("-w - wants standard output for itself; give it a name");
    }
    Ok(Session {
        args,
        paths: files::named(args)?,
        resolution: Resolution::Micro,
        lang: line::lang(lang),
        numbered: Numbered::Every,
        speed: None,
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
    Choice {
        when,
        failed: args.choice.failed,
        slower_than: slower_than(args),
        connection: args.choice.connection.map(FlowId),
        server: args.choice.server,
    }
}

fn slower_than(args: &ConnectionArgs) -> Option<Span> {
    let nanoseconds = i64::try_from(args.choice.slow?.as_nanos());
    Some(Span(nanoseconds.unwrap_or(i64::MAX)))
}

/// To standard output: every line at once on a terminal, or where asked for.
fn printed<S: Style>(style: S, by_line: bool) -> Printed<S, Stdout> {
    let by_line = by_line || io::stdout().is_terminal();
    Printed::new(style, io::stdout()).by_line(by_line)
}
