//! What a live capture reads beside one interface: several of them, a TCP connection,
//! another host; and who else has one taken: Wireshark.
//!
//! What needs root, `ip` or `tcpdump` says so where it is missing, and passes. Ports and
//! network namespaces are each test's own.

#![cfg(feature = "cli")]

mod extcap;
mod over_tcp;
mod program;
mod remote;
mod several;

#[path = "../support/mod.rs"]
mod support;
