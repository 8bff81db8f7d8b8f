//! The colours of a terminal, where there are any: what went wrong stands out,
//! what is as it should be does not.

use crate::phase::Phase;
use crate::sink::text::Text;
use crate::sink::tone::Tone;
use crate::track::Observation;
use crate::track::diagnosis::{Diagnosis, Severity};
use crate::track::judgement::Kind;
use crate::track::part::Part;
use crate::track::verdict::Verdict;
use crate::track::wireshark::finding::Finding;

/// How a text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sink) struct Colour(&'static str);

impl Colour {
    /// Not at all.
    pub(in crate::sink) const NONE: Self = Self("");
    /// What explains, and what only keeps things going.
    pub(in crate::sink) const DIM: Self = Self("\x1b[2m");
    /// A title.
    pub(in crate::sink) const BOLD: Self = Self("\x1b[1m");
    /// What went as it should.
    pub(in crate::sink) const GREEN: Self = Self("\x1b[32m");
    /// What did not, and fails nothing.
    pub(in crate::sink) const YELLOW: Self = Self("\x1b[33m");
    /// What failed, or ended something.
    pub(in crate::sink) const RED: Self = Self("\x1b[1;31m");

    /// In pictures: data and the client's side.
    pub(in crate::sink) const BLUE: Self = Self("\x1b[34m");
    /// In pictures: what is marked.
    pub(in crate::sink) const MAGENTA: Self = Self("\x1b[35m");
    /// What closes.
    pub(in crate::sink) const CYAN: Self = Self("\x1b[36m");

    const BOLD_YELLOW: Self = Self("\x1b[1;33m");

    /// The colour of a segment: opening green, closing cyan, new data plain, its
    /// acknowledgment dim; trouble yellow, a retransmission bold, a RST red.
    pub(in crate::sink) fn of(seen: &Observation<'_>) -> Self {
        match seen.role.phase() {
            Phase::Copy => Self::DIM,
            Phase::Reset | Phase::Nonsense => Self::RED,
            _ if is_sent_again(seen) => Self::BOLD_YELLOW,
            Phase::WindowProbe => Self::YELLOW,
            _ if is_trouble(seen) => Self::YELLOW,
            Phase::Handshake => Self::GREEN,
            Phase::Teardown => Self::CYAN,
            Phase::Data => Self::NONE,
            Phase::Ack | Phase::KeepAlive => Self::DIM,
        }
    }

    /// The colour of what became of a connection.
    pub(in crate::sink) const fn of_verdict(verdict: Verdict) -> Self {
        match Tone::of(verdict) {
            Tone::Plain => Self::NONE,
            Tone::Fine => Self::GREEN,
            Tone::Odd => Self::YELLOW,
            Tone::Bad => Self::RED,
        }
    }

    /// The colour of a diagnosis.
    pub(in crate::sink) const fn of_diagnosis(found: &Diagnosis) -> Self {
        match found.severity {
            Severity::Fails => Self::RED,
            Severity::Slows => Self::YELLOW,
            Severity::Harmless => Self::NONE,
        }
    }

    /// Whether it is that of trouble, or of what failed.
    pub(in crate::sink) fn is_of_trouble(self) -> bool {
        [Self::YELLOW, Self::BOLD_YELLOW, Self::RED].contains(&self)
    }

    /// Itself where there are colours.
    pub(in crate::sink) const fn only_if(self, is_coloured: bool) -> Self {
        if is_coloured { self } else { Self::NONE }
    }

    /// Writes what turns it on.
    pub(in crate::sink) fn begin(self, text: &mut Text) {
        text.str(self.0);
    }

    /// Writes what turns it off.
    pub(in crate::sink) fn end(self, text: &mut Text) {
        if self != Self::NONE {
            text.str("\x1b[0m");
        }
    }
}

/// Whether an end sent the segment again.
fn is_sent_again(seen: &Observation<'_>) -> bool {
    match seen.kind {
        Some(judged) => judged.kind == Kind::Retransmission,
        None => seen.is_again(),
    }
}

/// Whether a segment that was not sent again tells of a loss, a disorder or a
/// closed window.
fn is_trouble(seen: &Observation<'_>) -> bool {
    let is_bad = |finding| {
        matches!(
            finding,
            Finding::ZeroWindow
                | Finding::ZeroWindowProbe
                | Finding::ZeroWindowProbeAck
                | Finding::WindowFull
                | Finding::AckLostSegment
        )
    };
    seen.kind.is_some_and(|judged| judged.kind != Kind::New)
        || seen.role.unacceptable.is_some()
        || seen.role.missing > 0
        || is_duplicate_ack(seen)
        || seen.findings().rules().any(|rule| is_bad(rule.finding))
}

/// Whether an acknowledgment of nothing new tells that something is missing:
/// there is data behind it (RFC 5681 §2), or Wireshark counts it.
pub(super) fn is_duplicate_ack(seen: &Observation<'_>) -> bool {
    let is_counted = || {
        let mut rules = seen.findings().rules();
        rules.any(|rule| rule.finding == Finding::DuplicateAck)
    };
    let is_behind = || seen.flow.receiver(seen.dir).nxt - seen.segment.ack > 0;
    seen.role.part == Part::AckAgain && (is_behind() || is_counted())
}
