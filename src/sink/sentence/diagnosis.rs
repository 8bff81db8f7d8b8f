//! Diagnoses, in words.

use std::num::NonZeroU64;

use crate::sink::sentence::evidence;
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::{self, Value};
use crate::track::diagnosis::{Code, Diagnosis, Quantity, Severity};
use crate::track::flow::Flow;
use crate::track::verdict::Verdict;

/// A diagnosis in a sentence.
#[must_use]
pub fn diagnosis(found: &Diagnosis, words: &Words) -> String {
    let mut values = vec![
        Value::from(words.sender(found.end)),
        Value::from(words.receiver(found.end)),
        Value::from(found.shown_by),
    ];
    let measures = found.measures.iter().map(|measure| measure.quantity());
    values.extend(measures.map(|quantity| match quantity {
        Quantity::Count(count) => Value::from(count),
        Quantity::Rate(octets) => Value::Rate(octets),
        Quantity::Time(span) => Value::from(span),
    }));
    let mut text = Text::default();
    fill::write(words.diagnosis.of(found), &values, &mut text);
    fill::write(words.diagnosis.behind(found), &values, &mut text);
    String::from_utf8_lossy(text.octets()).into_owned()
}

/// The same, and the frames that show it.
#[must_use]
pub fn diagnosis_with_evidence(found: &Diagnosis, words: &Words) -> String {
    let frames = found.frames.iter().copied().map(NonZeroU64::get);
    diagnosis(found, words) + &evidence::frames(frames, words)
}

/// Whether the verdict on a connection says it already.
#[must_use]
pub fn is_in_verdict(found: &Diagnosis, flow: &Flow) -> bool {
    let is_lost = found.code == Code::MtuBlackHole && found.severity == Severity::Fails;
    is_lost
        && matches!(
            Verdict::of(flow),
            Verdict::BlackHole { .. } | Verdict::Reset { .. }
        )
}
