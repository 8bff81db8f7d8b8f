//! `summary`: a capture on one screen, and the commands that show more of the same.

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use tcptrace::sink::choice::When;
use tcptrace::sink::summary::{Summarized, SummaryOptions};
use tcptrace::track::MOST_MEMORY;

use crate::cli::args::{CaptureArgs, SummaryArgs};
use crate::cli::failure::Failure;
use crate::cli::refresh::Refresh;
use crate::cli::session::Session;
use crate::cli::shell::quoted;
use crate::cli::{line, shown};

/// Sums up what the arguments ask for.
pub fn run(args: &SummaryArgs, session: &Session<'_>) -> Result<ExitCode, Failure> {
    let paths = session.paths.iter();
    let names = paths.map(|path| path.to_string_lossy().into_owned());
    let refresh = Refresh::of(args.every, session, !args.json, false);
    let style = if args.json {
        Summarized::record(names.collect())
    } else {
        Summarized::screen(SummaryOptions {
            names: names.collect(),
            again: again(&args.capture),
            zone: line::zone(),
            width: line::width(),
            lang: line::lang(args.lang),
            is_coloured: line::is_coloured(args.color),
        })
    };
    let style = if args.every.is_some() {
        style.repeatedly()
    } else {
        style
    };
    shown(args.exit_status, session, When::CaptureEnds, style, refresh)
}

/// The options and the filter that bring the same frames, and give connections the same
/// numbers; of a live capture those that read what it saved.
pub fn again(args: &CaptureArgs) -> Option<String> {
    if !args.is_replay() {
        let save = &args.save;
        let rotates = save.size.is_some() || save.seconds.is_some();
        let path = save.write.as_deref().filter(|_| !rotates)?;
        return Some(file("-r", path));
    }
    let mut words: Vec<_> = args.read.iter().map(|path| file("-r", path)).collect();
    words.extend(args.list.iter().map(|path| file("-V", path)));
    words.extend(args.count.map(|count| format!("-c {count}")));
    if args.until_closed {
        words.push("--until-closed".to_owned());
    }
    if args.max_memory != MOST_MEMORY {
        words.push(format!("--max-memory {}k", args.max_memory >> 10));
    }
    words.extend(filter(args));
    Some(words.join(" "))
}

/// An option with a file, whose name must not be taken for another option.
fn file(option: &str, path: &Path) -> String {
    let name = path.as_os_str();
    let is_like_option = name.len() > 1 && name.as_encoded_bytes().starts_with(b"-");
    let before = if is_like_option { "./" } else { "" };
    format!("{option} {before}{}", quoted(name))
}

/// The filter; words that a shell would take otherwise in quotes.
fn filter(args: &CaptureArgs) -> Option<String> {
    if let Some(path) = &args.filter_file {
        return Some(file("-F", path));
    }
    let expression = args.expression();
    let mut words = expression.split(' ');
    let stand_for_themselves = words.all(|word| quoted(OsStr::new(word)) == word);
    let words = if stand_for_themselves {
        expression
    } else {
        quoted(OsStr::new(&expression))
    };
    let ends_options = if words.starts_with('-') { "-- " } else { "" };
    (words != "''").then(|| format!("{ends_options}{words}"))
}
