//! What went wrong or stood still on the way, counted: why a connection that
//! closed in order was slow all the same.

use serde::{Deserialize, Serialize};

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::flow::{Dir, Flow, Half};
use crate::track::kind::{Cause, Judgement, Kind};
use crate::track::role::Part;
use crate::track::rules::{Finding, Findings};
use crate::track::stall::Stalls;

/// What happened to the segments of one end, and to its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Troubles {
    /// Segments sent again after a timeout.
    pub timeouts: u32,
    /// Segments sent again because the other end asked for them.
    pub fast: u32,
    /// Last segments sent again to hear whether they arrived.
    pub tail_probes: u32,
    /// Segments sent again that had arrived.
    pub spurious: u32,
    /// Segments sent again, nothing shows why.
    pub repeated: u32,
    /// Segments overtaken on the way.
    pub overtaken: u32,
    /// Segments copied by the network.
    pub copied: u32,
    /// Times that something was missing before a segment: lost, late or not
    /// captured.
    pub gaps: u32,
    /// Segments that offered a window of 0.
    pub closed_windows: u32,
    /// How often and how long its window was closed.
    pub stalls: Stalls,
    /// Segments that filled the other end's window.
    pub filled_windows: u32,
    /// Keep-alives.
    pub keep_alives: u32,
    /// Probes of the other end's closed window, with an octet more or without.
    pub window_probes: u32,
    /// Segments with urgent data.
    pub urgent: u32,
    /// Octets of data sent after the other end's FIN.
    pub after_fin: u64,
}

impl Flow {
    /// Counts what is worth counting about a segment, of which most are not.
    pub(super) fn note_troubles(
        &mut self,
        dir: Dir,
        segment: &Segment<'_>,
        part: Part,
        findings: Findings,
        judgement: Option<Judgement>,
    ) {
        let is_new = judgement.is_none_or(|judgement| judgement.kind == Kind::New);
        let is_late = segment.payload_len > 0 && self.receiver(dir).fin.is_some();
        let asks = matches!(part, Part::KeepAlive | Part::WindowProbe);
        let is_plain = !is_late && !asks && !segment.flags.has(Flags::URG);
        if is_new && findings.is_empty() && is_plain {
            return;
        }
        self.count_troubles(dir, segment, part, findings, judgement);
    }

    #[cold]
    fn count_troubles(
        &mut self,
        dir: Dir,
        segment: &Segment<'_>,
        part: Part,
        findings: Findings,
        judgement: Option<Judgement>,
    ) {
        let mut troubles = self.sender(dir).troubles().copied().unwrap_or_default();
        let before = troubles;
        let has_fin = self.receiver(dir).fin.is_some();
        troubles.note(segment, findings, judgement, has_fin);
        troubles.note_question(part, findings);
        if troubles != before {
            **self.ends_mut(dir).0.troubles.get_or_insert_default() = troubles;
        }
    }

    /// Segments of either end that were sent again: SYNs, and what
    /// [`Troubles`] counts.
    #[must_use]
    pub fn segments_again(&self) -> u64 {
        let handshake = &self.handshake;
        let syns = u64::from(handshake.syn_again) + u64::from(handshake.syn_ack_again);
        let troubles = [&self.client, &self.server].map(Half::troubles);
        let others = troubles.into_iter().flatten();
        let others = others.map(|found| u64::from(found.retransmissions()));
        syns + others.sum::<u64>()
    }
}

impl Troubles {
    fn note(
        &mut self,
        segment: &Segment<'_>,
        findings: Findings,
        judgement: Option<Judgement>,
        after_fin: bool,
    ) {
        let kind = judgement.map(|judgement| (judgement.kind, judgement.cause));
        match kind {
            Some((Kind::Retransmission, cause)) => *self.of_cause(cause) += 1,
            Some((Kind::OutOfOrder, _)) => self.overtaken += 1,
            Some((Kind::Duplicate, _)) => self.copied += 1,
            Some((Kind::New, _)) if after_fin => self.after_fin += u64::from(segment.payload_len),
            Some((Kind::New, _)) | None => {}
        }
        let count = |finding| u32::from(findings.has(finding));
        self.gaps += count(Finding::LostSegment);
        self.closed_windows += count(Finding::ZeroWindow);
        self.filled_windows += count(Finding::WindowFull);
        self.urgent += u32::from(segment.flags.has(Flags::URG));
    }

    fn note_question(&mut self, part: Part, findings: Findings) {
        let probes = part == Part::WindowProbe || findings.has(Finding::ZeroWindowProbe);
        self.window_probes += u32::from(probes);
        self.keep_alives += u32::from(part == Part::KeepAlive);
    }

    const fn of_cause(&mut self, cause: Option<Cause>) -> &mut u32 {
        match cause {
            Some(Cause::Timeout) => &mut self.timeouts,
            Some(Cause::Fast) => &mut self.fast,
            Some(Cause::TailProbe) => &mut self.tail_probes,
            Some(Cause::Spurious) => &mut self.spurious,
            None => &mut self.repeated,
        }
    }

    /// Segments sent again, for whatever reason.
    #[must_use]
    pub const fn retransmissions(&self) -> u32 {
        self.timeouts + self.fast + self.tail_probes + self.spurious + self.repeated
    }
}
