//! The interface that `-i` names: what is captured on it and how, and what can
//! be asked about it.

use std::io::{self, Write};
use std::net::IpAddr;

use tcptrace::capture::Source;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::interfaces::{self, LiveInterface};
use tcptrace::capture::live::libpcap::Live;
use tcptrace::capture::live::link_types;
use tcptrace::capture::live::options::LiveOptions;
use tcptrace::capture::live::raw::Raw;
use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;
use tcptrace::link_type::LinkType;
use tcptrace::origin::Origin;

use crate::cli::args::{Backend, CaptureArgs};
use crate::cli::files;

/// What to capture and how, through this filter.
pub fn options(args: &CaptureArgs, filter: Filter) -> Result<LiveOptions, Error> {
    let interface = match &args.interface {
        Some(word) => interfaces::resolve(word)?,
        None => interfaces::first()?,
    };
    let mut options = LiveOptions::new(&interface, filter);
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
    Ok(options)
}

/// Begins to capture.
pub fn open(
    options: &LiveOptions,
    backend: Backend,
    stop: &Stop,
) -> Result<Box<dyn Source>, Error> {
    Ok(match backend {
        Backend::Libpcap => Box::new(Live::open(options, stop)?),
        Backend::Raw => Box::new(Raw::open(options, stop)?),
    })
}

/// What is captured, in tcpdump's words behind the interface's name.
pub fn described(origin: Option<&Origin>) -> String {
    let interface = origin.and_then(|origin| origin.interfaces.first());
    interface.map_or_else(String::new, |interface| {
        let LinkType(number) = interface.link_type;
        let link_type = match link_types::described(interface.link_type) {
            Some((name, description)) => format!("{name} ({description})"),
            None => number.to_string(),
        };
        let snapshot = interface.snapshot;
        format!(", link-type {link_type}, snapshot length {snapshot} bytes")
    })
}

/// Prints the link types that an interface offers, as `tcpdump -L` does.
pub fn list_link_types(args: &CaptureArgs) -> Result<(), Error> {
    let options = options(args, files::filter(args)?)?;
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
