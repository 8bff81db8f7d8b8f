//! What a ladder tells, before it has a place.

use crate::sink::draw::ladder::rows::Rung;
use crate::sink::words::Words;

/// A sequence diagram.
pub(super) struct Ladder {
    pub(super) words: &'static Words,
    /// The connection's number.
    pub(super) name: String,
    pub(super) verdict: String,
    /// The client's address and port, and the server's.
    pub(super) addresses: [String; 2],
    /// What is said of the whole.
    pub(super) remarks: Vec<String>,
    pub(super) rungs: Vec<Rung>,
}
