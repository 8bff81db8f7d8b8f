//! What a segment means: what the tracker passes on.

use crate::segment::Segment;
use crate::time::Span;
use crate::track::acceptance::{NotTaken, Reply};
use crate::track::agreement::FastOpenOutcome;
use crate::track::conflict::Conflict;
use crate::track::connection::Connection;
use crate::track::diagnosis::{Code, Diagnosis};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::icmp_errors::Notice;
use crate::track::judgement::{Cause, Judgement};
use crate::track::mark::Mark;
use crate::track::moves::Moves;
use crate::track::part::{Part, Role};
use crate::track::sighting::{SeenAgain, Sighting};
use crate::track::time_spent::Waited;
use crate::track::turns::Turn;
use crate::track::verdict::Verdict;
use crate::track::wireshark::acked::Acked;
use crate::track::wireshark::analysis::Analysis;
use crate::track::wireshark::finding::Findings;

/// What a segment means.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Observation<'t> {
    /// The segment.
    pub segment: &'t Segment<'t>,
    /// Its connection, as it is after the segment.
    pub connection: &'t Connection,
    /// What is ours of that.
    pub flow: &'t Flow,
    /// Which way it went.
    pub dir: Dir,
    /// What it is.
    pub role: Role,
    /// The states it moved.
    pub moves: Moves,
    /// What it really was, of a segment with data or FIN.
    pub kind: Option<Judgement>,
    /// What it is to those that were seen before.
    pub(super) sight: Sighting,
    /// Whether what it brings had been acknowledged before it stood in the capture.
    pub(super) is_late: bool,
    /// The other text that its octets had before.
    pub conflict: Option<Conflict>,
    /// The RST that seemed to have closed its sender, and has not.
    pub outlived: Option<Mark>,
    /// Whether the connection ended with it.
    pub ended: bool,
    /// What became of the connection, where this segment settles it.
    pub verdict: Option<Verdict>,
    /// What is wrong with the connection, where that is known since this segment.
    pub diagnosed: Option<Code>,
    /// Wireshark's analysis, where it is wanted.
    pub wireshark: Option<Analysis<'t>>,
}

impl Observation<'_> {
    /// What Wireshark's rules found, where they are asked.
    #[must_use]
    #[inline]
    pub fn findings(&self) -> Findings {
        self.wireshark
            .map_or_else(Findings::default, |found| found.findings)
    }

    /// The segment that it acknowledges exactly, as Wireshark has it, where that
    /// is asked.
    #[must_use]
    pub fn acked(&self) -> Option<Acked> {
        self.wireshark?.acked
    }

    /// Where it is another sight of a segment that the capture has shown before.
    #[must_use]
    pub const fn copy(&self) -> Option<SeenAgain> {
        match self.sight {
            Sighting::Again(copy) => Some(copy),
            Sighting::First | Sighting::Twin => None,
        }
    }

    /// What its receiver has to answer, where it does not take the segment.
    #[must_use]
    pub fn due(&self) -> Option<Reply> {
        self.role.unacceptable?;
        Some(self.flow.sender(self.dir).latest_not_taken()?.due)
    }

    /// What was not taken that the segment answers as it has to be answered.
    #[must_use]
    pub fn answers(&self) -> Option<&NotTaken> {
        let other = self.flow.receiver(self.dir).not_taken()?;
        let is_answer = match self.role.part {
            Part::ChallengeAck => true,
            Part::Reset => self.role.unacceptable.is_none(),
            _ => false,
        };
        let latest = other.latest().filter(|_| is_answer && other.is_answered)?;
        let is_due = latest.due != Reply::Reset || self.segment.seq == latest.ack;
        is_due.then_some(latest)
    }

    /// What is wrong with the connection, where that is known since this segment.
    #[must_use]
    pub fn diagnosis(&self) -> Option<Diagnosis> {
        let code = self.diagnosed?;
        let is_found = |found: &Diagnosis| found.code == code;
        self.connection.diagnoses().find(is_found).or_else(|| {
            let spent = self.connection.telling_time();
            self.connection.diagnoses_in(spent.as_ref()).find(is_found)
        })
    }

    /// The turn whose answer begins with it, where [turns](crate::track::Wants::turns) are
    /// wanted.
    #[must_use]
    #[inline]
    pub fn answers_turn(&self) -> Option<Turn> {
        if self.segment.payload_len == 0 {
            return None;
        }
        let timing = &self.connection.timing;
        timing.answered_with(self.flow, self.segment.frame)
    }

    /// The wait that it ends, where that is worth naming and [waits](crate::track::Wants::waits)
    /// are wanted.
    #[must_use]
    #[inline]
    pub fn ends_wait(&self) -> Option<Waited> {
        self.connection.times.ended_by(self.segment.frame)
    }

    /// Whether all of the segment was sent before.
    #[must_use]
    pub const fn is_again(&self) -> bool {
        self.role.again > 0 && self.role.again >= self.segment.payload_len
    }

    /// The ICMP error for which it sends again, in a smaller segment, what was too large.
    #[must_use]
    pub fn cut_smaller(&self) -> Option<&Notice> {
        let cause = self.kind.and_then(|judged| judged.cause);
        let is_cut = cause == Some(Cause::PathMtu);
        let errors = self.flow.icmp.as_deref().filter(|_| is_cut)?;
        errors.because_of(self.segment.frame)
    }

    /// What it says of Fast Open, where it is a SYN-ACK.
    #[must_use]
    pub fn fast_open(&self) -> Option<FastOpenOutcome> {
        match self.role.part {
            Part::SynAck => self.flow.fast_open_in(self.dir, self.segment),
            _ => None,
        }
    }

    /// How long the window was closed that the segment opened again.
    #[must_use]
    pub fn window_closed_for(&self) -> Option<Span> {
        let sender = self.flow.sender(self.dir);
        sender.troubles()?.stalls.ended_by(self.segment.frame)
    }
}
