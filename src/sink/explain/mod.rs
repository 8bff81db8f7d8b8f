//! How the numbers of an annotation follow from earlier ones: lines under it.
//!
//! Each text is a kind of fact and is told once in a run, so that a reader who
//! goes from top to bottom meets each thing where it first happens. The facts
//! are the tracker's; what is done here is to show the sum.

mod calls;
mod closing;
mod exchange;
mod extensions;
mod opening;
mod states;
mod waits;

use std::collections::HashSet;

use crate::segment::Packet;
use crate::seq::SeqNum;
use crate::sink::annotation::colour::Colour;
use crate::sink::text::Text;
use crate::sink::words::fill::{self, Value};
use crate::sink::words::{ExplainTexts, Words};
use crate::sink::wrap;
use crate::track::Observation;
use crate::verification::Verification;

/// How often a kind of fact is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowOften {
    /// Once in a run.
    Once,
    /// Wherever it applies.
    Always,
}

/// What a line of explanation begins with, behind the mark of an annotation,
/// and what its later lines do.
const BULLET: &str = "    · ";
const BEHIND_BULLET: &str = "      ";

/// Columns before the words of a line.
const INDENT: usize = 9;

/// Explains segment after segment.
#[derive(Debug)]
pub(super) struct Explainer {
    words: &'static Words,
    /// Texts already told; nothing is kept where all are told always.
    told: Option<HashSet<&'static str>>,
    colour: Colour,
    /// Columns of the terminal.
    width: Option<usize>,
    /// The line under construction.
    line: Text,
}

impl Explainer {
    pub(super) fn new(
        how_often: HowOften,
        words: &'static Words,
        colour: Colour,
        width: Option<usize>,
    ) -> Self {
        Self {
            words,
            told: (how_often == HowOften::Once).then(HashSet::new),
            colour,
            width,
            line: Text::default(),
        }
    }

    /// Writes what there is to tell of a segment.
    pub(super) fn write(&mut self, packet: &Packet<'_>, seen: &Observation<'_>, text: &mut Text) {
        let verification = Verification::of(packet, seen.segment);
        let mut scene = Situation {
            verification,
            seen,
            words: &self.words.explain,
            names: self.words,
            explainer: self,
            text,
        };
        scene.opening();
        scene.extensions();
        scene.exchange();
        scene.checksum();
        scene.closing();
        scene.states();
        scene.calls();
    }

    /// Whether a fact is to be told; it will have been.
    fn is_due(&mut self, words: &'static str) -> bool {
        self.told.as_mut().is_none_or(|told| told.insert(words))
    }

    /// Writes a line, broken where the terminal ends.
    fn finish(&mut self, text: &mut Text) {
        let words = String::from_utf8_lossy(self.line.octets());
        let room = self.width.map(|width| width.saturating_sub(INDENT));
        for (nth, line) in wrap::lines(&words, room).into_iter().enumerate() {
            text.str("  #");
            self.colour.begin(text);
            text.str([BULLET, BEHIND_BULLET][nth.min(1)]);
            text.str(line);
            self.colour.end(text);
            text.octet(b'\n');
        }
        self.line.clear();
    }
}

/// A segment to be explained.
struct Situation<'a, 't> {
    verification: Verification,
    seen: &'a Observation<'a>,
    words: &'static ExplainTexts,
    names: &'static Words,
    explainer: &'t mut Explainer,
    text: &'t mut Text,
}

impl Situation<'_, '_> {
    /// Tells a fact, where it is due.
    fn tell(&mut self, words: &'static str, values: &[Value<'_>]) {
        self.tell_about(words, words, values);
    }

    /// Tells `words` of a fact, where that is due.
    fn tell_about(&mut self, fact: &'static str, words: &'static str, values: &[Value<'_>]) {
        if self.explainer.is_due(fact) {
            fill::write(words, values, &mut self.explainer.line);
            self.explainer.finish(self.text);
        }
    }

    /// The end that sent the segment, and the other one, as they are called.
    fn sender(&self) -> &'static str {
        self.names.sender(self.seen.dir)
    }

    fn receiver(&self) -> &'static str {
        self.names.receiver(self.seen.dir)
    }

    /// `seq` of the sender counted from its ISN.
    fn seq(&self, seq: SeqNum) -> u32 {
        self.seen.flow.relative_seq(self.seen.dir, seq)
    }

    /// `ack` of the receiver's numbers counted from its ISN.
    fn ack(&self, ack: SeqNum) -> u32 {
        self.seen.flow.relative_ack(self.seen.dir, ack)
    }
}

/// Tells a fact: `tell!(scene, a_text, values...)`.
macro_rules! tell {
    ($scene:expr, $words:ident $(, $value:expr)* $(,)?) => {{
        let words = $scene.words.$words;
        let values = [$($crate::sink::words::fill::Value::from($value)),*];
        $scene.tell(words, &values);
    }};
}

use tell;
