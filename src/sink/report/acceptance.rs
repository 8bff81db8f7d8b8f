//! What a receiver did not take, and which of several SYNs counts.

use crate::sink::annotation::colour::Colour;
use crate::sink::report::block::Block;
use crate::sink::report::steps::INDENT;
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::track::attempts::Change;
use crate::track::dir::Dir;

/// What stands under another line.
const UNDER: &str = "      ";

impl Block<'_> {
    /// What each end sent that the other did not take, the first of it by its frames.
    pub(super) fn not_taken(&self, text: &mut Text) {
        let words = &self.words.acceptance;
        for dir in [Dir::ToServer, Dir::ToClient] {
            let Some(all) = self.flow.sender(dir).not_taken() else {
                continue;
            };
            let (sender, receiver) = (self.words.sender(dir), self.words.receiver(dir));
            let title = said!(words.count_not_taken, all.count, sender, receiver);
            self.say(Colour::YELLOW, INDENT, &title, text);
            for one in all.first() {
                let (why, due) = (words.why(one.why), words.due(one.due));
                let said = said!(words.one_not_taken, one.frame, why, due);
                self.say(Colour::NONE, UNDER, &said, text);
            }
        }
        self.reset_ignored(text);
        self.conflicts(text);
    }

    /// Octets that came with two texts.
    fn conflicts(&self, text: &mut Text) {
        for dir in [Dir::ToServer, Dir::ToClient] {
            for conflict in self.flow.sender(dir).conflicts() {
                let relative = |seq| self.flow.relative_seq(dir, seq);
                let said = said!(
                    self.words.acceptance.two_texts_of,
                    relative(conflict.start),
                    relative(conflict.end),
                    self.words.sender(dir),
                    conflict.before,
                    conflict.frame
                );
                self.warn(&(said + &sentence::odd(conflict.odd, self.words)), text);
            }
        }
    }

    /// A RST that was expected, after which the end went on to which it was sent.
    fn reset_ignored(&self, text: &mut Text) {
        let Some(ignored) = self.flow.teardown.ignored() else {
            return;
        };
        let reset = ignored.first;
        let (sender, receiver) = (self.words.sender(reset.dir), self.words.receiver(reset.dir));
        let all = self.flow.sender(reset.dir).not_taken();
        let is_told = all.is_some_and(|all| all.first().iter().any(|one| one.frame == reset.frame));
        if !is_told {
            let said = said!(
                self.words.acceptance.reset_ignored,
                reset.frame,
                sender,
                receiver
            );
            self.warn(&said, text);
        }
    }

    /// Which SYN was answered, where it is not the first, and how they differ.
    pub(super) fn syns(&self, text: &mut Text) {
        let (handshake, words) = (&self.flow.handshake, &self.words.acceptance);
        if let Some(later) = handshake.later_syn() {
            self.warn(&said!(words.answered_syn, later.frame), text);
        }
        for change in handshake.syn_changes() {
            let said = match change {
                Change::Number | Change::Mss => words.syn_with_other,
                _ => words.syn_without,
            };
            self.warn(&said!(said, words.change(change)), text);
        }
    }
}
