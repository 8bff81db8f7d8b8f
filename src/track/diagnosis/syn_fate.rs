//! What the connections between an address and a server tell together of a SYN.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::track::diagnosis::found::{Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::dir::Dir;
use crate::track::flow::Flow;

/// What became of a SYN, held against others of its address to the same server.
#[derive(Debug, Clone, Copy)]
pub(in crate::track) enum SynFate {
    /// None that asked for ECN was answered.
    Ecn(InVain),
    /// None that asked for Fast Open was.
    FastOpen(InVain),
    /// It is sent again and again while the server answers another.
    Ignored {
        /// The frame of that answer.
        answered: NonZeroU64,
    },
}

/// SYNs that were sent in vain before one was answered.
#[derive(Debug, Clone, Copy)]
pub(in crate::track) struct InVain {
    /// How many, of all connections so far.
    pub(in crate::track) syns: u32,
    /// How long this connection had sent such before.
    pub(in crate::track) wait: Span,
    /// The SYN that was answered.
    pub(in crate::track) answered: NonZeroU64,
}

impl InVain {
    /// What is found of it at the end that sends in direction `end`.
    pub(super) fn diagnose(self, about: &Description, flow: &Flow, end: Dir) -> Option<Diagnosis> {
        let syn = flow.handshake.syn.filter(|syn| syn.dir == end)?;
        let measures = [Measure::Times(self.syns), Measure::Wait(self.wait)];
        let found = about.found(end, (self.answered, &[syn.frame]), &measures);
        Some(found.with_outcome(Outcome::Opened, Severity::Slows))
    }
}
