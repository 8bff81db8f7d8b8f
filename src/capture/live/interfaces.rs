//! The interfaces of this host, and why one of them cannot be captured on.
//!
//! libpcap says what can be opened, in which order, and in which state it is;
//! pnet adds the hardware address and the prefix lengths. Neither needs a
//! privilege.

use std::env;
use std::net::IpAddr;
use std::path::PathBuf;

use pcap::{ConnectionStatus, Device, DeviceFlags, IfFlags};
use pnet::datalink;
use pnet::ipnetwork::IpNetwork;

use crate::error::Error;

/// An interface that libpcap can open. Its number for `-i` is its place in the
/// [`list`], from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveInterface {
    /// Its name.
    pub name: String,
    /// What libpcap says it is, where the name does not.
    pub description: Option<String>,
    /// Its state, in the words and the order of `tcpdump -D`; none where
    /// nothing is known about it.
    pub state: Vec<&'static str>,
    /// Its hardware address.
    pub mac: Option<[u8; 6]>,
    /// Its addresses, each with the length of its prefix in bits.
    pub addresses: Vec<(IpAddr, u8)>,
}

/// The interfaces in libpcap's order: the likeliest first, as in `tcpdump -D`.
///
/// # Errors
///
/// [`Error::Interface`] where libpcap cannot list them.
pub fn list() -> Result<Vec<LiveInterface>, Error> {
    let devices = Device::list().map_err(|error| Error::Interface {
        interface: "interfaces".to_owned(),
        reason: error.to_string(),
    })?;
    let facts = datalink::interfaces();
    let interface = |device: Device| {
        let fact = facts.iter().find(|fact| fact.name == device.name);
        let mac = fact.and_then(|fact| fact.mac).map(|mac| mac.octets());
        let prefix = |network: &IpNetwork| (network.ip(), network.prefix());
        LiveInterface {
            state: state(&device.flags),
            description: device.desc,
            mac: mac.filter(|mac| *mac != [0; 6]),
            addresses: fact.map_or_else(Vec::new, |fact| fact.ips.iter().map(prefix).collect()),
            name: device.name,
        }
    };
    Ok(devices.into_iter().map(interface).collect())
}

/// The name of the interface that `-i` means by `word`: a name, or a number
/// from the [`list`]. A word that is neither is returned as it is, for a source
/// to refuse.
///
/// # Errors
///
/// As [`list`], and [`Error::Interface`] for a number that is not in it.
pub fn resolve(word: &str) -> Result<String, Error> {
    let Ok(number) = word.parse::<usize>() else {
        return Ok(word.to_owned());
    };
    let listed = list()?;
    if listed.iter().any(|interface| interface.name == word) {
        return Ok(word.to_owned());
    }
    let numbered = number.checked_sub(1).and_then(|place| listed.get(place));
    let numbered = numbered.map(|interface| interface.name.clone());
    numbered.ok_or_else(|| missing(word))
}

/// The interface to capture on where none is named: the first of the [`list`].
///
/// # Errors
///
/// As [`list`], and [`Error::Interface`] where it is empty.
pub fn first() -> Result<String, Error> {
    let first = list()?.into_iter().next();
    first
        .map(|interface| interface.name)
        .ok_or_else(|| Error::Interface {
            interface: "interfaces".to_owned(),
            reason: "there is none to capture on".to_owned(),
        })
}

/// Names by index, for cooked captures: tcpdump, too, takes them from the host
/// that prints, not from the one that captured.
#[must_use]
pub fn names() -> Vec<(u32, String)> {
    let interfaces = datalink::interfaces();
    interfaces
        .into_iter()
        .map(|interface| (interface.index, interface.name))
        .collect()
}

/// tcpdump's words for what libpcap knows.
fn state(flags: &DeviceFlags) -> Vec<&'static str> {
    let named = [
        (IfFlags::UP, "Up"),
        (IfFlags::RUNNING, "Running"),
        (IfFlags::LOOPBACK, "Loopback"),
        (IfFlags::WIRELESS, "Wireless"),
    ];
    let mut words: Vec<_> = named
        .into_iter()
        .filter(|&(flag, _)| flags.contains(flag))
        .map(|(_, word)| word)
        .collect();
    if words.is_empty() {
        if flags.connection_status == ConnectionStatus::Unknown {
            return words;
        }
        words.push("none");
    }
    words.extend(match (&flags.connection_status, flags.is_wireless()) {
        (ConnectionStatus::NotApplicable, _) => None,
        (ConnectionStatus::Unknown, false) => Some("Connection status unknown"),
        (ConnectionStatus::Connected, false) => Some("Connected"),
        (ConnectionStatus::Disconnected, false) => Some("Disconnected"),
        (ConnectionStatus::Unknown, true) => Some("Association status unknown"),
        (ConnectionStatus::Connected, true) => Some("Associated"),
        (ConnectionStatus::Disconnected, true) => Some("Not associated"),
    });
    words
}

/// Whether each frame of an interface both leaves and arrives on it.
pub(super) fn is_loopback(name: &str) -> bool {
    datalink::interfaces()
        .iter()
        .any(|interface| interface.name == name && interface.is_loopback())
}

/// There is no such interface.
#[must_use]
pub fn missing(name: &str) -> Error {
    Error::Interface {
        interface: name.to_owned(),
        reason: "no such interface; tcptrace -D lists them".to_owned(),
    }
}

/// The interface is there and turned off.
pub(super) fn down(name: &str) -> Error {
    Error::Interface {
        interface: name.to_owned(),
        reason: format!("the interface is down; bring it up with: sudo ip link set {name} up"),
    }
}

/// The process may not capture; or so the system says before it looks for the
/// interface.
pub(super) fn forbidden(name: &str) -> Error {
    let listed = list().unwrap_or_default();
    if !listed.is_empty() && listed.iter().all(|interface| interface.name != name) {
        return missing(name);
    }
    Error::Privilege {
        interface: name.to_owned(),
        program: env::current_exe().unwrap_or_else(|_| PathBuf::from("tcptrace")),
    }
}

/// A capture that had begun broke off.
pub(super) fn lost(name: &str, reason: &str) -> Error {
    Error::Capture {
        interface: name.to_owned(),
        reason: reason.to_owned(),
    }
}
