//! The interfaces, one a line, as `tcpdump -D` lists them, and their addresses.

use std::io::{self, Write};
use std::net::IpAddr;

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
