//! Classic tcptrace, whose numbers our records carry. `docs/peers.md` says what
//! differs and why.

pub mod account;
pub mod numbers;
pub mod report;

/// What it is asked for; a file follows.
pub const LONG_REPORT: [&str; 4] = ["-n", "-l", "-r", "-W"];
