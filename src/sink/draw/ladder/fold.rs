//! Which segments have an arrow of their own, and what is said of those that have not.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::sink::draw::ladder::asides::Both;
use crate::sink::draw::picture::Subject;
use crate::sink::rate;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::judgement::Kind;
use crate::track::part::Part;
use crate::track::point::Point;

/// So many segments are all shown.
const FEW: usize = 40;
/// So many rows at most, two or three screens, before more is folded.
const MOST_ROWS: usize = 100;
/// So many repetitions and the like, the first of them, where there are too many for that.
const FIRST_EVENTS: usize = 60;
/// A run of so many takes no less room when it is folded.
const SHORTEST: usize = 3;

/// How much a segment tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// What a transfer is made of.
    Usual,
    /// What nothing new comes with.
    Repeats,
    /// Sent again, overtaken, lost; the end of a wait.
    Event,
    /// It opens or closes.
    Milestone,
}

/// Of each segment, whether it has an arrow of its own. `is_event` says which of them end
/// a wait or were lost.
pub(super) fn shown(subject: &Subject<'_>, is_event: &dyn Fn(&Point) -> bool) -> Vec<bool> {
    let points = subject.trace.points();
    if subject.view.is_whole || subject.trace.len() <= FEW {
        return vec![true; subject.trace.len()];
    }
    let weights: Vec<_> = points.map(|point| weight(point, is_event)).collect();
    for least in [Weight::Repeats, Weight::Event] {
        let shown = without_short_runs(weights.iter().map(|weight| *weight >= least).collect());
        if rows(&shown) <= MOST_ROWS {
            return shown;
        }
    }
    let mut events = 0;
    let shown = weights.iter().map(|weight| {
        events += usize::from(*weight == Weight::Event);
        *weight == Weight::Milestone || *weight == Weight::Event && events <= FIRST_EVENTS
    });
    without_short_runs(shown.collect())
}

fn weight(point: &Point, is_event: &dyn Fn(&Point) -> bool) -> Weight {
    let was = point.judged.map_or(Kind::New, |judged| judged.kind);
    match point.part {
        Part::Syn | Part::SynAck | Part::HandshakeAck if point.again > 0 => Weight::Event,
        Part::Copy => Weight::Repeats,
        _ if !point.moves.is_empty() => Weight::Milestone,
        _ if was != Kind::New || is_event(point) => Weight::Event,
        // The window is closed: that holds the other end up.
        _ if point.window == 0 && point.flags.has(Flags::ACK) => Weight::Repeats,
        Part::Data | Part::Ack | Part::WindowUpdate => Weight::Usual,
        Part::AckAgain
        | Part::ChallengeAck
        | Part::KeepAlive
        | Part::KeepAliveAck
        | Part::WindowProbe
        | Part::WindowProbeAck => Weight::Repeats,
        _ => Weight::Milestone,
    }
}

fn without_short_runs(mut shown: Vec<bool>) -> Vec<bool> {
    let mut begin = 0;
    while begin < shown.len() {
        let run = shown[begin..].iter().take_while(|is_shown| !**is_shown);
        let end = begin + run.count();
        if end - begin <= SHORTEST {
            shown[begin..end].fill(true);
        }
        begin = end + 1;
    }
    shown
}

/// How many rows that makes, those of waits aside.
fn rows(shown: &[bool]) -> usize {
    let own = shown.iter().filter(|is_shown| **is_shown).count();
    let runs = shown.windows(2).filter(|pair| pair[0] && !pair[1]).count();
    own + runs
}

/// Segments that stand in one row.
#[derive(Debug, Clone)]
pub(super) struct FoldedRun {
    /// How many they are.
    pub(super) count: u64,
    /// When the first was captured, counted from the connection's first.
    pub(super) begin: Span,
    /// The frames of the first and the last.
    pub(super) frames: (NonZeroU64, NonZeroU64),
    /// Which way their data went, where all went one way.
    pub(super) dir: Option<Dir>,
    /// What they are, in words, and what was odd about them.
    pub(super) text: String,
    /// What stands beside them.
    pub(super) beside: Both,
}

/// The same while more may come.
#[derive(Debug, Clone, Default)]
pub(super) struct Folding {
    count: u64,
    /// When the first was captured and the last, counted from the connection's first.
    begin: Span,
    end: Span,
    /// The frames of the first and the last.
    frames: Option<(NonZeroU64, NonZeroU64)>,
    /// Octets of data that the client sent for the first time, and the server.
    octets: [u64; 2],
    again: u64,
    overtaken: u64,
    copies: u64,
    repeated: u64,
    beside: Both,
}

impl Folding {
    /// One more, and what would stand beside it: what did so first is kept.
    pub(super) fn take(&mut self, point: &Point, at: Span, beside: Both) {
        for (own, other) in self.beside.iter_mut().zip(beside) {
            *own = own.take().or(other);
        }
        if self.count == 0 {
            self.begin = at;
        }
        self.count += 1;
        self.end = at;
        let (first, _) = self.frames.unwrap_or((point.frame, point.frame));
        self.frames = Some((first, point.frame));
        match point.judged.map(|judged| judged.kind) {
            _ if point.part == Part::Copy => self.copies += 1,
            Some(Kind::Retransmission) => self.again += 1,
            Some(Kind::OutOfOrder) => self.overtaken += 1,
            Some(Kind::Duplicate) => self.copies += 1,
            None if point.again > 0 => self.again += 1,
            _ if point.part == Part::AckAgain => self.repeated += 1,
            _ => {}
        }
        if point.part != Part::Copy && !point.part.asks() {
            let octets = &mut self.octets[usize::from(point.dir == Dir::ToClient)];
            *octets += u64::from(point.payload_len.saturating_sub(point.again));
        }
    }

    /// All of them, if there are any; then there are none.
    pub(super) fn run(&mut self, words: &Words) -> Option<FoldedRun> {
        let folded = std::mem::take(self);
        let dir = match folded.octets {
            [0, 0] => None,
            [_, 0] => Some(Dir::ToServer),
            [0, _] => Some(Dir::ToClient),
            _ => None,
        };
        Some(FoldedRun {
            count: folded.count,
            begin: folded.begin,
            frames: folded.frames?,
            dir,
            text: folded.said(words),
            // Of both ends' calls the first alone would mislead.
            beside: dir.map(|_| folded.beside).unwrap_or_default(),
        })
    }

    fn said(&self, words: &Words) -> String {
        let said = &words.ladder;
        let span = Span(self.end.0 - self.begin.0);
        let mut sentence = match self.octets {
            [0, 0] => said!(said.folded, self.count, span),
            [one, 0] | [0, one] => {
                let amount = rate::amount(one);
                said!(said.folded_data, self.count, span, &amount)
            }
            octets => {
                let [one, other] = octets.map(rate::amount);
                said!(said.folded_both, self.count, span, &one, &other)
            }
        };
        let counts = [
            (said.folded_again, self.again),
            (said.folded_overtaken, self.overtaken),
            (said.folded_copies, self.copies),
            (said.folded_repeated, self.repeated),
        ];
        let mut separator = words.count.semicolon;
        for (text, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            sentence.push_str(separator);
            sentence.push_str(&said!(text, count));
            separator = words.count.comma;
        }
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_run_is_not_folded() {
        let runs = |text: &str| {
            let shown = without_short_runs(text.chars().map(|letter| letter == '+').collect());
            let letters = shown.into_iter().map(|shown| if shown { '+' } else { '-' });
            letters.collect::<String>()
        };
        assert_eq!(runs("+--+"), "++++");
        assert_eq!(runs("+----+---"), "+----++++");
        assert_eq!(runs("----+"), "----+");
    }

    #[test]
    fn rows_are_arrows_and_runs() {
        assert_eq!(rows(&[true, false, false, true, false]), 4);
    }
}
