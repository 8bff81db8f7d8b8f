//! From the command line to a run.

mod args;
mod demo;
mod line;
mod list;
mod session;

use std::io::{self, IsTerminal};

use clap::Parser;
use tcptrace::error::Error;
use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::page::Page;
use tcptrace::sink::plain::Plain;

use crate::cli::args::{Cli, Command, SegmentArgs};

/// Does what the command line asks.
pub fn run() -> Result<(), Error> {
    let cli = Cli::parse();
    match &cli.command {
        None if cli.segments.list_interfaces => list::interfaces(),
        None => segments(&cli.segments),
        Some(Command::Report(_args)) => todo!(),
        Some(Command::Flows(_args)) => todo!(),
        Some(Command::Demo(args)) => demo::run(args),
    }
}

/// Whether the reader of our output went away, which is not our failure.
pub fn is_closed_pipe(error: &Error) -> bool {
    matches!(error, Error::Write(cause) if cause.kind() == io::ErrorKind::BrokenPipe)
}

fn segments(args: &SegmentArgs) -> Result<(), Error> {
    let options = line::options(args);
    let page = Page::new(
        io::stdout().lock(),
        args.by_line || io::stdout().is_terminal(),
    );
    if args.plain {
        return session::run(&args.capture, Plain::new(options, page));
    }
    let is_coloured = line::is_coloured(args.color);
    session::run(&args.capture, Annotated::new(options, page, is_coloured))
}
