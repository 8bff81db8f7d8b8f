//! The interfaces that `-i` names: what is captured on them and how, and what can
//! be asked about them.

use std::io::{self, Write};
use std::net::IpAddr;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::interfaces::{self, LiveInterface};
use tcptrace::capture::live::libpcap::Live;
use tcptrace::capture::live::link_types;
use tcptrace::capture::live::options::LiveOptions;
use tcptrace::capture::live::over_tcp;
use tcptrace::error::Error;
use tcptrace::link_type::LinkType;
use tcptrace::origin::Interface;

use crate::cli::args::CaptureArgs;
use crate::cli::{bad_usage, files};

/// The names of the interfaces to capture on, each once; the first that there is where
/// none is named.
pub fn named(args: &CaptureArgs) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for word in &args.interface {
        let name = interfaces::resolve(word)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        names.push(interfaces::first()?);
    }
    Ok(names)
}

/// What to capture on an interface and how, through this filter.
pub fn options(args: &CaptureArgs, name: &str, filter: Filter) -> LiveOptions {
    let mut options = LiveOptions::new(name, filter);
    if let Some(snapshot) = args.snapshot.filter(|&snapshot| snapshot > 0) {
        options.snapshot = snapshot;
    }
    if let Some(buffer) = args.buffer {
        options.buffer_kib = buffer;
    }
    options.promiscuous = !args.no_promiscuous;
    options.immediate = args.immediate_mode;
    options.monitor = args.monitor_mode;
    options.direction = args.direction.map(Into::into).unwrap_or_default();
    options.link_type.clone_from(&args.link_type);
    options
}

/// The same of the one interface of which something is asked.
pub fn options_of_one(args: &CaptureArgs, filter: Filter) -> Result<LiveOptions, Error> {
    let is_elsewhere = |word: &String| over_tcp::is_named(word);
    if args.remote.is_some() || args.interface.iter().any(is_elsewhere) {
        bad_usage("-L and -d ask an interface of this host; name one with -i");
    }
    match &named(args)?[..] {
        [name] => Ok(options(args, name, filter)),
        _ => bad_usage("-L and -d ask one interface; give one -i"),
    }
}

/// What is captured, in tcpdump's words behind the interface's name.
pub fn described(interface: &Interface) -> String {
    let LinkType(number) = interface.link_type;
    let link_type = match link_types::described(interface.link_type) {
        Some((name, description)) => format!("{name} ({description})"),
        None => number.to_string(),
    };
    let snapshot = interface.snapshot;
    format!(", link-type {link_type}, snapshot length {snapshot} bytes")
}

/// Prints the link types that an interface offers, as `tcpdump -L` does.
pub fn list_link_types(args: &CaptureArgs) -> Result<(), Error> {
    let options = options_of_one(args, files::filter(args)?)?;
    let mut out = io::stdout().lock();
    let interface = &options.interface;
    writeln!(
        out,
        "Data link types for {interface} (use option -y to set):"
    )?;
    for (name, description) in Live::link_types(&options)? {
        writeln!(out, "  {name} ({description})")?;
    }
    Ok(())
}

/// Prints the interfaces that can be captured on, one a line, as `tcpdump -D`
/// does, and their addresses.
pub fn list() -> Result<(), Error> {
    let mut out = io::stdout().lock();
    for (place, interface) in interfaces::list()?.iter().enumerate() {
        writeln!(out, "{}.{}", place + 1, line(interface))?;
    }
    Ok(())
}

fn line(interface: &LiveInterface) -> String {
    let mut words = vec![interface.name.clone()];
    words.extend(
        interface
            .description
            .as_ref()
            .map(|text| format!("({text})")),
    );
    if !interface.state.is_empty() {
        words.push(format!("[{}]", interface.state.join(", ")));
    }
    if let Some(mac) = interface.mac {
        words.push(mac.map(|octet| format!("{octet:02x}")).join(":"));
    }
    let address = |(address, prefix): &(IpAddr, u8)| format!("{address}/{prefix}");
    words.extend(interface.addresses.iter().map(address));
    words.join(" ")
}
