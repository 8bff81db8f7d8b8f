//! Capture files as other programs read them: what is in them, what passes a
//! filter, and what libpcap makes of an expression; and what those programs do
//! not read: compressed files, files with several link types.

#![cfg(feature = "cli")]

mod compressed;
mod described;
mod dialects;
mod link_types;
mod listing;
mod tcpdump;
mod tshark;

#[path = "../support/mod.rs"]
mod support;

use support::blocks;
use support::reference::{
    Kept, drain, files, for_each, frames, one_of_each_link_type, peer, read, read_file, read_from,
};
