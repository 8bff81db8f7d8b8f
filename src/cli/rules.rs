//! The rules, each with what it finds and where that comes from.

use std::io::{self, Write};

use tcptrace::error::Error;
use tcptrace::track::wireshark::rules::RULES;

/// Prints the rules.
pub fn list() -> Result<(), Error> {
    let mut out = io::stdout().lock();
    for rule in &RULES {
        writeln!(out, "{}\n    {}", rule.name, rule.help)?;
        writeln!(out, "    {}", rule.reference)?;
    }
    Ok(())
}
