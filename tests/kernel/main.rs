//! What the tracker says, held against the kernel whose sockets it watched.
//!
//! Each scenario has a network namespace of its own, in which real sockets talk
//! over its loopback while the program captures there. What the ends do is thus
//! known: the kernel tells each end's state (`states`), and each RST has a cause
//! because the scenario made it (`causes`).
//!
//! A segment is kept from an end by a socket filter that drops it on arrival,
//! behind the capture. Where an end does not get what passed, its state is
//! not what the capture shows; so only what nobody answers is dropped, and then
//! the truth is one.
//!
//! This needs root, to capture and for the namespaces, and `ip` of iproute2;
//! without, it says so and passes. A namespace goes with its thread.

#![cfg(all(feature = "cli", target_os = "linux"))]

mod capture;
mod causes;
mod ends;
mod kernel;
mod network;
mod raw;
mod scenario;
mod sockets;
mod stage;
mod states;

#[path = "../support/mod.rs"]
mod support;
