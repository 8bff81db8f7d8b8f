//! What went wrong with the data of a connection, or stood still.

use crate::sink::annotation::colour::Colour;
use crate::sink::report::block::Block;
use crate::sink::report::steps::INDENT;
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::track::agreement::Scaling;
use crate::track::dir::Dir;
use crate::track::stalls::Stalls;
use crate::track::troubles::Troubles;
use crate::track::verdict::{Due, Verdict};

impl Block<'_> {
    pub(super) fn troubles(&self, text: &mut Text) {
        self.scale(text);
        for dir in [Dir::ToServer, Dir::ToClient] {
            if let Some(troubles) = self.flow.sender(dir).troubles() {
                self.counted(dir, troubles, text);
                self.stalls(self.words.sender(dir), &troubles.stalls, text);
            }
        }
        self.path(text);
    }

    /// That the scale of windows is not known, where it is not.
    fn scale(&self, text: &mut Text) {
        if !self.is_scale_unknown() {
            return;
        }
        let handshake = &self.flow.handshake;
        let said = if handshake.offered.is_cut || handshake.answered.is_cut {
            self.words.capture.scale_cut
        } else {
            self.words.report.scale_unknown
        };
        self.warn(said, text);
    }

    /// What happened how often to what an end sent.
    fn counted(&self, dir: Dir, troubles: &Troubles, text: &mut Text) {
        let (sender, other) = (self.words.sender(dir), self.words.receiver(dir));
        for (sentence, colour, count) in counts(troubles, self.words) {
            if count > 0 {
                self.say(colour, INDENT, &said!(sentence, count, sender, other), text);
            }
        }
    }

    /// What ICMP errors said of it, where the verdict does not say it already.
    fn path(&self, text: &mut Text) {
        let (flow, words) = (self.flow, self.words);
        for notice in flow.icmp_errors().filter(|notice| !notice.is_of_syn) {
            self.warn(&sentence::icmp_and_aftermath(flow, notice, words), text);
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

/// What happened, in what colour it is told, and how often.
fn counts(of: &Troubles, words: &Words) -> [(&'static str, Colour, u64); 16] {
    const WRONG: Colour = Colour::YELLOW;
    const USUAL: Colour = Colour::NONE;
    let said = &words.report;
    [
        (said.timeouts, WRONG, of.timeouts.into()),
        (said.fast, WRONG, of.fast.into()),
        (said.tail_probes, WRONG, of.tail_probes.into()),
        (said.spurious, WRONG, of.spurious.into()),
        (words.path.cut_smaller, WRONG, of.path_mtu.into()),
        (said.repeated, WRONG, of.repeated.into()),
        (said.overtaken, WRONG, of.overtaken.into()),
        (said.copied, WRONG, of.copied.into()),
        (said.conflicting, Colour::RED, of.conflicting.into()),
        (said.gaps, WRONG, of.gaps.into()),
        (said.closed_windows, WRONG, of.closed_windows.into()),
        (said.filled_windows, WRONG, of.filled_windows.into()),
        (said.keep_alives, USUAL, of.keep_alives.into()),
        (said.window_probes, WRONG, of.window_probes.into()),
        (said.urgent, USUAL, of.urgent.into()),
        (said.after_fin, WRONG, of.after_fin),
    ]
}
