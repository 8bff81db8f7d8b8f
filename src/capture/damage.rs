//! Damage that is found below a reader, and has to travel through
//! [`io::Error`] to one who knows the file.

use std::error::Error;
use std::fmt;
use std::io;

/// Where an input is damaged, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damage {
    /// The input's offset.
    pub(super) offset: u64,
    /// What was found there.
    pub(super) reason: &'static str,
}

impl Damage {
    /// The damage that an error stands for.
    pub(super) fn in_error(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "damaged at octet {}: {}", self.offset, self.reason)
    }
}

impl Error for Damage {}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        Self::new(io::ErrorKind::InvalidData, damage)
    }
}
