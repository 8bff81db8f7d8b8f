//! The interfaces, one a line, as `tcpdump -D` lists them, and their addresses.

use std::io::{self, Write};

use tcptrace::capture::interfaces::{self, Interface};
use tcptrace::error::Error;

/// Prints the interfaces that can be captured on.
pub fn interfaces() -> Result<(), Error> {
    let mut out = io::stdout().lock();
    for (place, interface) in interfaces::list()?.iter().enumerate() {
        writeln!(out, "{}.{}", place + 1, line(interface))?;
    }
    Ok(())
}

fn line(interface: &Interface) -> String {
    let mut line = interface.name.clone();
    if let Some(description) = &interface.description {
        line += &format!(" ({description})");
    }
    if !interface.state.is_empty() {
        line += &format!(" [{}]", interface.state.join(", "));
    }
    if let Some(mac) = interface.mac {
        let octets: Vec<String> = mac.iter().map(|octet| format!("{octet:02x}")).collect();
        line += &format!(" {}", octets.join(":"));
    }
    for (address, prefix) in &interface.addresses {
        line += &format!(" {address}/{prefix}");
    }
    line
}
