//! What a segment means, for the comments on its frame in a capture file: its annotation,
//! the verdict that falls with it, and what is diagnosed by it.

use crate::sink::annotation::colour::Colour;
use crate::sink::annotation::meaning::{Annotation, Spacing, WANTS};
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::sink::words::{Lang, Words};
use crate::track::{Observation, Wants};

/// Which segments have their annotation noted. Verdicts and diagnoses always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Noted {
    /// Each.
    #[default]
    Every,
    /// Those that tell of trouble: sent again, lost, out of order, a closed window, a
    /// RST.
    Trouble,
}

/// Writes notes, those of one frame at a time.
#[derive(Debug)]
pub struct Notes {
    words: &'static Words,
    noted: Noted,
    text: Text,
}

impl Notes {
    /// Writes in a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            words: lang.words(),
            noted: Noted::Every,
            text: Text::default(),
        }
    }

    /// The same, with the annotations of these segments.
    #[must_use]
    pub const fn noting(mut self, noted: Noted) -> Self {
        self.noted = noted;
        self
    }

    /// What it needs to know.
    #[must_use]
    pub const fn wants() -> Wants {
        WANTS
    }

    /// The annotation, without the columns; then each of the others.
    pub fn of(&mut self, seen: &Observation<'_>) -> impl Iterator<Item = &str> {
        self.text.clear();
        if self.noted == Noted::Every || Colour::of(seen).is_of_trouble() {
            self.text.octet(b'#');
            Annotation {
                seen,
                words: self.words,
                spacing: Spacing::Gaps,
                text: &mut self.text,
            }
            .say();
            self.text.octet(b'\n');
        }
        if seen.verdict.is_some() {
            self.verdict(seen);
        }
        if let Some(found) = seen.diagnosis() {
            let sentence = sentence::diagnosis_with_evidence(&found, self.words);
            self.say(seen, self.words.diagnosis.title, &sentence);
        }
        let said = str::from_utf8(self.text.octets()).unwrap_or_default();
        said.lines()
    }

    fn verdict(&mut self, seen: &Observation<'_>) {
        let said = &self.words.verdict;
        let title = if seen.ended {
            said.settled
        } else {
            said.settled_so_far
        };
        let sentence = sentence::verdict_with_evidence(seen.flow, self.words);
        self.say(seen, title, &sentence);
    }

    fn say(&mut self, seen: &Observation<'_>, title: &str, sentence: &str) {
        self.text.octet(b'#');
        self.text.decimal(seen.flow.id.0);
        self.text.octet(b' ');
        self.text.str(title);
        self.text.str(sentence);
        self.text.octet(b'\n');
    }
}
