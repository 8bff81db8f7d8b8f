//! What the tracker says about connections, as scripts: see
//! `support/script/mod.rs` for the notation. What stands behind the `;` follows
//! from RFC 9293 and from the rule of `track::advance`, when a change of state
//! is shown.

mod black_hole;
mod capture;
mod closing;
mod data;
mod evidence;
mod fast_open;
mod icmp;
mod kinds;
mod midstream;
mod nonsense;
mod opening;
mod reset;
mod reset_number;
mod reuse;
mod rules;
mod verdict;
mod windows;

#[path = "../support/mod.rs"]
mod support;

use support::script::{check, check_findings, check_kinds, check_kinds_over_ipv4};
