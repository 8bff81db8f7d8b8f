//! A connection that is kept as it is.

use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::track::connection::Connection;
use crate::track::flow::Another;
use crate::track::keep::clocks::Clocks;
use crate::track::keep::header::Header;
use crate::track::keep::syn_fates::SynFates;

/// A connection as it is, and its bed in the nursery.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) connection: Connection,
    pub(super) bed: Option<u32>,
    /// A SYN on it while it was open: if it is answered, another one begins with it.
    pub(super) stray_syn: Option<Box<Header>>,
    /// Whether the time has been noted since when it is over.
    pub(super) is_over: bool,
}

impl Whole {
    /// A connection that begins, and has no bed yet.
    pub(super) const fn of(connection: Connection) -> Self {
        Self {
            connection,
            bed: None,
            stray_syn: None,
            is_over: false,
        }
    }

    #[inline]
    pub(super) fn has_key(&self, key: &FlowKey) -> bool {
        self.connection.flow.key == *key
    }

    /// Whether a segment of an end, with SYN, begins another connection, and for whom.
    pub(super) fn is_followed_by(&self, sender: End, segment: &Segment<'_>) -> Option<Another> {
        match &self.stray_syn {
            _ if self.syn_before(sender, segment).is_some() => Some(Another::Ours),
            Some(syn) if syn.is_repeated_by(sender, segment) => None,
            _ => self.connection.flow.is_followed_by(sender, segment),
        }
    }

    /// The SYN on it while it was open, where a segment of an end answers that, or is
    /// the same again and nobody is there any more to refuse it (RFC 9293 §3.5.1).
    pub(super) fn syn_before(&self, sender: End, segment: &Segment<'_>) -> Option<&Header> {
        let syn = self.stray_syn.as_ref()?;
        let is_done = self.connection.flow.is_over_at_both_ends();
        let is_asked_again = is_done && syn.is_repeated_by(sender, segment);
        (is_asked_again || syn.is_answered_by(sender, segment)).then_some(syn)
    }

    /// Takes note of what other connections show of a SYN on it: that no header of its own
    /// tells.
    pub(super) fn learn_from_others(
        &mut self,
        sender: End,
        segment: &Segment<'_>,
        clocks: &mut Clocks,
        syn_fates: &mut SynFates,
    ) {
        let connection = &mut self.connection;
        let dir = connection.flow.dir_from(sender);
        if let Some(backwards) = clocks.take(&connection.flow, dir, segment) {
            connection.note_backwards(backwards);
            self.bed = None;
        }
        if let Some(fate) = syn_fates.take(&connection.flow, dir, segment)
            && connection.note_fate(fate)
        {
            self.bed = None;
        }
    }

    /// Whether all that is known of it comes from the segments that were noted.
    pub(super) fn is_made_of_segments(&self) -> bool {
        let flow = &self.connection.flow;
        flow.icmp.is_none() && flow.answered_from.is_none() && !flow.has_returned
    }
}
