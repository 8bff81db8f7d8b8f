//! The compiled filter, printed: `-d`, `-dd`, `-ddd`.

use std::io::{self, Write};

use tcptrace::capture::listing::{self, Notation};
use tcptrace::capture::live::libpcap::Live;
use tcptrace::capture::live::link_types;
use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;
use tcptrace::frame::MAX_LEN;

use crate::cli::args::CaptureArgs;
use crate::cli::{files, interface};

/// Prints the program for the first file; or for the link type of `-y`, where
/// no interface is named; or for the interface, which has to be opened for it.
pub fn list(args: &CaptureArgs, times: u8) -> Result<(), Error> {
    let notation = match times {
        1 => Notation::Assembly,
        2 => Notation::C,
        _ => Notation::Decimal,
    };
    let text = if args.is_replay() {
        of_file(args, notation)?
    } else {
        of_interface(args, notation)?
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

fn of_file(args: &CaptureArgs, notation: Notation) -> Result<String, Error> {
    let Some(path) = files::named(args)?.into_iter().next() else {
        return Ok(String::new());
    };
    let source = files::open(&path, &files::filter(args)?, &Stop::new()?)?;
    let interface = source.origin().and_then(|origin| origin.interfaces.first());
    let snapshot = interface.map_or(0, |interface| interface.snapshot);
    Ok(listing::of_program(source.program()?, snapshot, notation))
}

fn of_interface(args: &CaptureArgs, notation: Notation) -> Result<String, Error> {
    let named = args.link_type.as_deref().and_then(link_types::named);
    if let (true, Some(link_type)) = (args.interface.is_empty(), named) {
        let snapshot = args.snapshot.unwrap_or(MAX_LEN);
        return listing::of_filter(&files::filter(args)?, link_type, snapshot, notation);
    }
    let options = interface::options_of_one(args, files::filter(args)?)?;
    let link_type = Live::open(&options, &Stop::new()?)?.link_type();
    listing::of_filter(&options.filter, link_type, options.snapshot, notation)
}
