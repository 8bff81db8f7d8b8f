//! What the tests share: frames, capture files in memory, scripts, the program,
//! and the programs of others.

#![allow(dead_code, reason = "each test uses its part of it")]

pub mod blocks;
pub mod capture;
#[cfg(feature = "cli")]
pub mod capturing;
pub mod classic;
pub mod frame;
pub mod page;
#[cfg(feature = "cli")]
pub mod peers;
#[cfg(feature = "cli")]
pub mod program;
#[cfg(feature = "cli")]
pub mod reference;
pub mod script;
#[cfg(feature = "cli")]
pub mod shown;
pub mod stories;
#[cfg(feature = "cli")]
pub mod tshark;
