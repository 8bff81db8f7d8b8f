//! A look at all connections for what the capture did to them, some at a time: while a
//! capture goes on it does not wait for that.

use crate::track::flaws::Flaws;

/// How far the look has come.
#[derive(Debug, Default)]
pub struct FlawScan {
    /// What was found so far, once it has begun.
    pub(super) found: Option<Flaws>,
    /// The number of the next connection.
    pub(super) next: u32,
}
