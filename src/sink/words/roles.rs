//! What a guess at client and server goes by, in words.

use crate::sink::words::texts::CountTexts;
use crate::track::roles::GuessedBy;

impl CountTexts {
    /// Behind "a guess by".
    pub(in crate::sink) const fn guessed_by(&self, by: GuessedBy) -> &'static str {
        match by {
            GuessedBy::KnownServer => self.known_server,
            GuessedBy::SeveralPeers => self.several_peers,
            GuessedBy::Port => self.ports,
            GuessedBy::FirstSegment => self.first_segment,
        }
    }
}
