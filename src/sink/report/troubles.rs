//! What went wrong with the data of a connection, or stood still.

use crate::sink::annotation::colour::Colour;
use crate::sink::report::block::Block;
use crate::sink::report::steps::INDENT;
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::track::agreement::Scaling;
use crate::track::black_hole::BlackHole;
use crate::track::dir::Dir;
use crate::track::stalls::Stalls;
use crate::track::verdict::{Due, Verdict};

impl Block<'_> {
    pub(super) fn troubles(&self, text: &mut Text) {
        let words = &self.words.report;
        if self.is_scale_unknown() {
            let handshake = &self.flow.handshake;
            let is_cut = handshake.offered.is_cut || handshake.answered.is_cut;
            let said = if is_cut {
                self.words.capture.scale_cut
            } else {
                words.scale_unknown
            };
            self.warn(said, text);
        }
        for dir in [Dir::ToServer, Dir::ToClient] {
            let Some(troubles) = self.flow.sender(dir).troubles() else {
                continue;
            };
            let (sender, other) = (self.words.sender(dir), self.words.receiver(dir));
            for (sentence, colour, count) in [
                (words.timeouts, Colour::YELLOW, troubles.timeouts.into()),
                (words.fast, Colour::YELLOW, troubles.fast.into()),
                (
                    words.tail_probes,
                    Colour::YELLOW,
                    troubles.tail_probes.into(),
                ),
                (words.spurious, Colour::YELLOW, troubles.spurious.into()),
                (
                    self.words.path.cut_smaller,
                    Colour::YELLOW,
                    troubles.path_mtu.into(),
                ),
                (words.repeated, Colour::YELLOW, troubles.repeated.into()),
                (words.overtaken, Colour::YELLOW, troubles.overtaken.into()),
                (words.copied, Colour::YELLOW, troubles.copied.into()),
                (words.conflicting, Colour::RED, troubles.conflicting.into()),
                (words.gaps, Colour::YELLOW, troubles.gaps.into()),
                (
                    words.closed_windows,
                    Colour::YELLOW,
                    troubles.closed_windows.into(),
                ),
                (
                    words.filled_windows,
                    Colour::YELLOW,
                    troubles.filled_windows.into(),
                ),
                (words.keep_alives, Colour::NONE, troubles.keep_alives.into()),
                (
                    words.window_probes,
                    Colour::YELLOW,
                    troubles.window_probes.into(),
                ),
                (words.urgent, Colour::NONE, troubles.urgent.into()),
                (words.after_fin, Colour::YELLOW, troubles.after_fin),
            ] {
                let count: u64 = count;
                if count > 0 {
                    self.say(colour, INDENT, &said!(sentence, count, sender, other), text);
                }
            }
            self.stalls(sender, &troubles.stalls, text);
        }
        self.path(text);
    }

    /// What ICMP errors said of it, where the verdict does not say it already, and of
    /// which segments the size was why they were lost.
    fn path(&self, text: &mut Text) {
        let (flow, words) = (self.flow, self.words);
        for notice in flow.icmp_errors().filter(|notice| !notice.is_of_syn) {
            self.warn(&sentence::icmp_and_aftermath(flow, notice, words), text);
        }
        for dir in [Dir::ToServer, Dir::ToClient] {
            let hole = flow.black_hole(dir).filter(BlackHole::is_solved);
            let said = hole.and_then(|_| sentence::black_hole(flow, dir, words));
            if let Some(said) = said {
                self.warn(&said, text);
            }
        }
    }

    /// How often and how long the window of an end was closed.
    fn stalls(&self, end: &str, stalls: &Stalls, text: &mut Text) {
        let words = &self.words.report;
        let &Stalls {
            times,
            total,
            longest,
            ..
        } = stalls;
        let said = match times {
            0 => return,
            1 => said!(words.stalled_once, end, total),
            _ => said!(words.stalled_times, end, times, total, longest),
        };
        self.warn(&said, text);
    }

    /// Whether windows were said whose scale no captured SYN tells; an attempt
    /// that did not open has none.
    fn is_scale_unknown(&self) -> bool {
        let is_unknown =
            |dir| self.flow.sender(dir).segments > 0 && self.flow.scaling(dir) == Scaling::Unknown;
        let is_attempt = matches!(
            Verdict::of(self.flow),
            Verdict::NoAnswer
                | Verdict::Refused
                | Verdict::Unreachable(_)
                | Verdict::Unknown(Due::Answer | Due::Ack)
        );
        let has_begun = self.flow.handshake.syn.is_none() || self.flow.handshake.has_answer();
        !is_attempt && has_begun && (is_unknown(Dir::ToServer) || is_unknown(Dir::ToClient))
    }
}
