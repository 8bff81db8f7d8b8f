//! What was typed, parsed; or what is wrong with it.

use std::ffi::{OsStr, OsString};

use clap::Parser;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, Error};

use tcptrace::sink::draw::PictureKind;

use crate::cli::args::elsewhere::misplaced;
use crate::cli::args::{Cli, joined};
use crate::cli::bad_usage;

/// The command line; ends the program where it is wrong, or asks for help.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Cli {
    let words: Vec<_> = arguments.collect();
    let first = words.get(1).cloned();
    Cli::try_parse_from(joined(words.into_iter())).unwrap_or_else(|error| {
        let first = first.as_deref().and_then(OsStr::to_str);
        match misplaced(&error, first) {
            Some(said) => bad_usage(&said),
            None => without_dashes(error).exit(),
        }
    })
}

/// Leaves out clap's advice to put `--` before an unknown option: here a command
/// comes after that.
fn without_dashes(mut error: Error) -> Error {
    if let Some(ContextValue::StyledStrs(mut tips)) = error.remove(ContextKind::Suggested) {
        tips.retain(|tip| !tip.to_string().contains("as a value, use"));
        if !tips.is_empty() {
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
        }
    }
    error
}

/// Reads a kind by its name.
pub(super) fn kind() -> impl TypedValueParser<Value = PictureKind> {
    let value = |kind: PictureKind| PossibleValue::new(kind.name()).help(kind.shows());
    PossibleValuesParser::new(PictureKind::all().map(value)).try_map(|name| {
        let mut kinds = PictureKind::all();
        kinds.find(|kind| kind.name() == name).ok_or("no such kind")
    })
}
