//! The sequence diagram: a lane for each end, time runs down, and each segment is an arrow
//! with its control bits, numbers and length.
//!
//! Beside the lanes stand the states of both ends where they change (RFC 9293 §3.3.2), and
//! the calls that brought the segments about. What is much alike is folded into a row.

mod arrows;
mod asides;
mod columns;
mod fold;
mod label;
mod layout;
mod mermaid;
mod rows;
#[cfg(test)]
mod tests;
mod told;

use crate::sink::draw::ladder::rows::Rung;
use crate::sink::draw::ladder::told::Ladder;
use crate::sink::draw::picture::{Picture, Subject};
use crate::sink::draw::scene::Scene;
use crate::sink::sentence;
use crate::sink::words::fill::said;

/// What there is to show.
pub(super) fn picture(subject: &Subject<'_>) -> Box<dyn Picture> {
    let flow = &subject.connection.flow;
    let words = subject.view.words;
    let spent = subject.connection.time_spent();
    let rungs = rows::rungs(subject, spent.as_ref());
    let folded = rungs.iter().map(|rung| match rung {
        Rung::Folded(run) => run.count,
        _ => 0,
    });
    let diagnoses = subject.connection.diagnoses_in(spent.as_ref());
    let news = diagnoses.filter(|found| !sentence::is_in_verdict(found, flow));
    let mut remarks: Vec<_> = news
        .map(|found| words.diagnosis.heading.to_owned() + &sentence::diagnosis(&found, words))
        .collect();
    if subject.trace.left_out() > 0 {
        remarks.push(said!(words.ladder.left_out, subject.trace.left_out()));
    }
    let folded: u64 = folded.sum();
    if folded > 0 {
        remarks.push(said!(words.ladder.opens, folded));
    }
    Box::new(Ladder {
        words,
        name: format!("#{}", flow.id.0),
        verdict: sentence::verdict_with_evidence(flow, words),
        addresses: [flow.client_addr(), flow.server_addr()].map(|addr| addr.to_string()),
        remarks,
        rungs,
    })
}

impl Picture for Ladder {
    fn scene(&self, columns: usize) -> Scene {
        layout::scene(self, columns)
    }

    fn mermaid(&self) -> Option<String> {
        Some(mermaid::written(self))
    }
}
