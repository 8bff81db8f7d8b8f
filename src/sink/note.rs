//! The annotation of a segment by itself, for the comment on its frame in a
//! capture file.

use crate::sink::annotation::meaning::{Annotation, Spacing};
use crate::sink::text::Text;
use crate::sink::words::{Lang, Words};
use crate::track::{Observation, Wants};

/// Writes annotations, one at a time.
#[derive(Debug)]
pub struct Notes {
    words: &'static Words,
    text: Text,
}

impl Notes {
    /// Writes in a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            words: lang.words(),
            text: Text::default(),
        }
    }

    /// What it needs to know.
    #[must_use]
    pub const fn wants() -> Wants {
        Wants::WIRESHARK
    }

    /// The annotation, without the columns.
    pub fn of(&mut self, seen: &Observation<'_>) -> Option<&str> {
        self.text.clear();
        self.text.octet(b'#');
        Annotation {
            seen,
            words: self.words,
            spacing: Spacing::Gaps,
            text: &mut self.text,
        }
        .say();
        str::from_utf8(self.text.octets()).ok()
    }
}
