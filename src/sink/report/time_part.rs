//! Of a connection where its time went and what was waited for longest, for who asks
//! nothing else.

use std::num::NonZeroU64;

use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::report::block::Block;
use crate::sink::report::steps::INDENT;
use crate::sink::text::Text;
use crate::track::time_spent::TimeSpent;
use crate::track::turns::Turn;

/// Columns that a narrow terminal goes without, the first first.
const WAITS_WITHOUT: [&[usize]; 2] = [&[2], &[3]];
const TURNS_WITHOUT: [&[usize]; 2] = [&[4], &[2, 3]];

impl Block<'_> {
    /// What limited it, a bar a cause, the longest waits, the times, and the requests that
    /// were waited for longest.
    pub(super) fn time_part(&self, text: &mut Text) {
        if let Some(spent) = self.time_spent() {
            self.limited_by(spent, text);
            self.bars(spent, text);
            self.longest_waits(spent, text);
        } else {
            let said = self.words.time_spent.not_told;
            self.say(Colour::NONE, "  ", said, text);
        }
        self.times(text);
        let responses = self.connection.responses();
        let longest = responses.map(|all| all.longest).unwrap_or_default();
        self.longest_turns(&longest, text);
    }

    fn longest_waits(&self, spent: &TimeSpent, text: &mut Text) {
        if spent.longest.is_empty() {
            return;
        }
        let words = &self.words.time_spent;
        let headings = [
            Heading::Left(words.longest_waits),
            Heading::Right(words.time),
            Heading::Right(words.began),
            Heading::Left(words.frames),
        ];
        let mut table = Columns::new(headings, INDENT);
        for wait in &spent.longest {
            let (from, to) = wait.frames;
            table.row([
                words.cause(wait.cause).to_owned(),
                shown(wait.length),
                shown(wait.begin),
                format!("{} → {}", number(from), number(to)),
            ]);
        }
        table.narrow(self.width, &WAITS_WITHOUT);
        text.octet(b'\n');
        table.write(text);
    }

    fn longest_turns(&self, turns: &[Turn], text: &mut Text) {
        // Of a single one the sentence above has told all.
        if turns.len() < 2 {
            return;
        }
        let words = &self.words.timing;
        let headings = [
            Heading::Left(words.longest_turns),
            Heading::Right(words.first_byte_column),
            Heading::Right(words.request_octets),
            Heading::Right(words.answer_octets),
            Heading::Right(words.answer_took),
        ];
        let mut table = Columns::new(headings, INDENT);
        for turn in turns {
            table.row([
                format!("{} → {}", turn.request.last_frame, turn.answer.frame),
                shown(turn.first_byte()),
                turn.request.octets.to_string(),
                turn.answer.octets.to_string(),
                shown(turn.answer.took()),
            ]);
        }
        table.narrow(self.width, &TURNS_WITHOUT);
        text.octet(b'\n');
        table.write(text);
    }
}

fn number(frame: Option<NonZeroU64>) -> String {
    frame.map_or_else(|| "…".to_owned(), |frame| frame.to_string())
}
