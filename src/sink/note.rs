//! The annotation of a segment by itself, for the comment on its frame in a
//! capture file.

use crate::sink::annotation::colour::Colour;
use crate::sink::annotation::meaning::Annotation;
use crate::sink::text::Text;
use crate::sink::words::{Lang, Words};
use crate::track::{Observation, Wants};

/// Writes annotations, one at a time.
#[derive(Debug)]
pub struct Notes {
    words: &'static Words,
    text: Text,
    note: String,
}

impl Notes {
    /// Writes in a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            words: lang.words(),
            text: Text::default(),
            note: String::new(),
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
        Annotation {
            seen,
            words: self.words,
            title_width: 0,
            text: &mut self.text,
        }
        .write(Colour::NONE);
        self.note.clear();
        let columns = str::from_utf8(self.text.octets()).ok()?.split("  ");
        for column in columns.map(str::trim).filter(|column| !column.is_empty()) {
            let gap = if self.note.is_empty() { "" } else { "  " };
            self.note.push_str(gap);
            self.note.push_str(column);
        }
        Some(&self.note)
    }
}
