//! The program: what was typed, done; and what went wrong, in one sentence.

mod cli;
mod demo;
mod watch;

use std::error::Error;
use std::process::ExitCode;

use crate::cli::aside;
use crate::cli::failure::Failure;

fn main() -> ExitCode {
    match cli::run() {
        Ok(status) => status,
        Err(Failure::Library(error)) if cli::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure);
            failure.status()
        }
    }
}

/// `tcptrace: what: why`, down the chain of causes.
fn complain(error: &dyn Error) {
    let mut message = format!("tcptrace: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        message.push_str(": ");
        message.push_str(&error.to_string());
        cause = error.source();
    }
    aside::say(message);
}
