//! What the options of the default command ask of a line.

use std::env;
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;

use jiff::tz::TimeZone;
use rustix::termios::tcgetwinsize;
use tcptrace::capture::live::interfaces;
use tcptrace::sink::annotation::AnnotationOptions;
use tcptrace::sink::explain::HowOften;
use tcptrace::sink::line::clock::TimeStyle;
use tcptrace::sink::line::dump::DumpStyle;
use tcptrace::sink::line::{Line, LineOptions};
use tcptrace::sink::room::TerminalRoom;
use tcptrace::sink::words::Lang;
use tcptrace::time::Resolution;

use crate::cli::args::{AnnotationArgs, Color, Explain, Language, Numbering, SegmentArgs};
use crate::cli::names;

/// The lines as the options ask for them, and numbered where `numbered` is set.
pub fn line(args: &SegmentArgs, numbered: bool) -> Line {
    let line = Line::new(LineOptions {
        numbered,
        ..options(args)
    });
    if args.names {
        line.with_names(names::directory(args))
    } else {
        line
    }
}

fn options(args: &SegmentArgs) -> LineOptions {
    // Where several dumps are asked for, one wins, and its own letter decides
    // whether it begins with the link header.
    let (dump, dumps_link_header) = match (args.hex_and_text, args.hex, args.text) {
        (asked @ 1.., _, _) => (Some(DumpStyle::HexAndText), asked > 1),
        (_, asked @ 1.., _) => (Some(DumpStyle::Hex), asked > 1),
        (_, _, asked @ 1..) => (Some(DumpStyle::Text), asked > 1),
        _ => (None, false),
    };
    LineOptions {
        numbered: false,
        time: TimeStyle::of_count(args.time).unwrap_or_default(),
        digits: digits(args),
        zone: zone(),
        link_header: args.link_header,
        quiet: args.quiet > 0,
        very_quiet: args.quiet > 1,
        absolute_numbers: args.absolute,
        verbose: args.verbose,
        checks_checksums: !args.no_checksums,
        dump,
        dumps_link_header,
        interfaces: interfaces::names(),
    }
}

/// How annotations are shown.
pub fn annotation(args: &AnnotationArgs) -> AnnotationOptions {
    AnnotationOptions {
        is_coloured: is_coloured(args.color),
        lang: lang(args.lang),
        explain: args.explain.map(|explain| match explain {
            Explain::Once => HowOften::Once,
            Explain::All => HowOften::Always,
        }),
        header: args.header,
        width: width(),
    }
}

/// Whether the lines above annotations are numbered: on a terminal they are, since
/// annotations tell of other frames by their numbers.
pub fn is_numbered(args: &AnnotationArgs) -> bool {
    match args.number {
        Numbering::Always => true,
        Numbering::Never => false,
        Numbering::Auto => io::stdout().is_terminal(),
    }
}

/// How finely times are told.
pub fn digits(args: &SegmentArgs) -> Resolution {
    if args.nano {
        Resolution::Nano
    } else {
        Resolution::Micro
    }
}

/// The zone of times of day: `TZ`, or the system's.
pub fn zone() -> TimeZone {
    TimeZone::system()
}

/// Whether to colour what goes to standard output (no-color.org).
pub fn is_coloured(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && allows_colour(),
    }
}

/// Whether the environment allows colours on a terminal.
pub fn allows_colour() -> bool {
    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    !refused && !is_dumb
}

/// The language that was asked for, else that of the environment (POSIX,
/// Base Definitions §8.2: the first of the three that is set and not empty).
pub fn lang(asked: Option<Language>) -> Lang {
    match asked {
        Some(Language::En) => Lang::En,
        Some(Language::Zh) => Lang::Zh,
        None => {
            let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
            let mut values = variables.filter_map(env::var_os);
            let locale = values.find(|value| !value.is_empty());
            locale.map_or_else(Lang::default, |locale| {
                Lang::of_locale(&locale.to_string_lossy())
            })
        }
    }
}

/// Columns of the terminal; `None` where output goes elsewhere.
pub fn width() -> Option<usize> {
    width_of(io::stdout())
}

/// The same of another output.
pub fn width_of(out: impl AsFd) -> Option<usize> {
    let size = tcgetwinsize(out).ok()?;
    (size.ws_col > 0).then(|| usize::from(size.ws_col))
}

/// The terminal that standard output is.
pub fn room() -> Option<TerminalRoom> {
    let size = tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0 && size.ws_row > 0).then(|| TerminalRoom {
        lines: usize::from(size.ws_row),
        columns: usize::from(size.ws_col),
    })
}
