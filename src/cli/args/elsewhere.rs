//! An option that there is, but not here: which subcommand has it.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, Command, CommandFactory};

use crate::cli::args::Cli;

/// What is wrong with a command line that begins with the word `first`, where an unknown
/// option of it belongs to another subcommand.
pub(super) fn misplaced(error: &Error, first: Option<&str>) -> Option<String> {
    if error.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let program = Cli::command();
    let shown = || program.get_subcommands().filter(|one| !one.is_hide_set());
    let here = shown().find(|one| Some(one.get_name()) == first);
    let mut homes: Vec<_> = shown()
        .filter(|one| has(one, option))
        .map(Command::get_name)
        .collect();
    let is_of_none = here.is_some() && has(&program, option);
    let last = homes.pop();
    let others = last.map(|last| match &homes[..] {
        [] => last.to_owned(),
        homes => format!("{} and {last}", homes.join(", ")),
    });
    let place = match (is_of_none, others) {
        (false, None) => return None,
        (false, Some(others)) => format!("goes with {others}"),
        (true, None) => "goes without a subcommand".to_owned(),
        (true, Some(others)) => format!("goes with {others}, or without a subcommand"),
    };
    let instead = match (here.map(Command::get_name), option.as_str()) {
        (Some(_), "--count") => "; to end after so many frames, give -c COUNT",
        (Some("report"), "--every") => "; report shows a connection when it has ended",
        (Some("watch"), "--every") => "; watch shows all the time how it stands",
        _ => "",
    };
    let not = here.map_or_else(String::new, |here| {
        format!(", not with {}", here.get_name())
    });
    Some(format!("{option} {place}{not}{instead}"))
}

/// Whether a command has an option of this name.
fn has(command: &Command, option: &str) -> bool {
    let is_it = |arg: &Arg| match option.strip_prefix("--") {
        Some(long) => arg.get_long() == Some(long),
        None => arg
            .get_short()
            .is_some_and(|letter| option == format!("-{letter}")),
    };
    command.get_arguments().any(is_it)
}
