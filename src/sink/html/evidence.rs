//! What became of a connection and why, and the frames that show it.

use maud::{Markup, html};

use crate::sink::html::linked::linked;
use crate::sink::html::segments::ShownSegments;
use crate::sink::sentence;
use crate::sink::words::Words;
use crate::track::diagnosis::{Diagnosis, Severity};
use crate::track::flow::Flow;
use crate::track::time_spent::TimeSpent;
use crate::track::verdict::Verdict;

/// All frames that show something of a connection.
pub(super) fn frames(flow: &Flow, found: &[Diagnosis], spent: Option<&TimeSpent>) -> Vec<u64> {
    let verdict = Verdict::of(flow).evidence(flow);
    let diagnoses = found.iter().flat_map(|found| &found.frames);
    let waits = spent.into_iter().flat_map(|spent| &spent.longest);
    let waits = waits
        .flat_map(|wait| [wait.frames.0, wait.frames.1])
        .flatten();
    let frames = diagnoses
        .copied()
        .chain(waits)
        .map(std::num::NonZeroU64::get);
    verdict.chain(frames).collect()
}

/// The verdict and the diagnoses, a sentence each; each of its frames that is shown leads to
/// where it is.
pub(super) fn part(
    flow: &Flow,
    found: &[Diagnosis],
    shown: Option<&ShownSegments<'_>>,
    words: &Words,
) -> Markup {
    let is_here = |frame| shown.is_some_and(|shown| shown.has(frame));
    let verdict = sentence::verdict_with_evidence(flow, words);
    let told = found
        .iter()
        .filter(|found| !sentence::is_in_verdict(found, flow));
    let is_normal = Verdict::of(flow).is_normal();
    html! {
        ul.evidence {
            li class=[(!is_normal).then_some("failed")] { (linked(&verdict, words, is_here)) }
            @for found in told {
                li class=[class(found.severity)] {
                    (linked(&sentence::diagnosis_with_evidence(found, words), words, is_here))
                }
            }
        }
    }
}

/// The class of a diagnosis.
pub(super) const fn class(severity: Severity) -> Option<&'static str> {
    match severity {
        Severity::Fails => Some("failed"),
        Severity::Slows => Some("slow"),
        Severity::Harmless => None,
    }
}
