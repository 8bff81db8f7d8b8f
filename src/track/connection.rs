//! All that is kept of a connection: what is ours, and beside it, each by
//! itself, what a dialect keeps where it is wanted.

use std::borrow::Cow;

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::dir::Dir;
use crate::track::flow::{Flow, FlowId, Roles};
use crate::track::ledger::{Accounts, Ledger};
use crate::track::trace::Trace;
use crate::track::wants::Wants;
use crate::track::wireshark::Wireshark;

/// A connection, in our words and in those of its readers' other programs.
#[derive(Debug, Clone)]
pub struct Connection {
    pub(super) wireshark: Option<Box<Wireshark>>,
    pub(super) ledger: Option<Ledger>,
    /// Its segments, the latest of them, where [points](Wants::points) are wanted.
    pub trace: Option<Box<Trace>>,
    /// What is ours.
    pub flow: Flow,
}

impl Connection {
    /// A connection of number `id`, before its first segment, which comes from
    /// an end of its `key`.
    pub(super) fn begin(
        id: FlowId,
        key: FlowKey,
        sender: End,
        segment: &Segment<'_>,
        wants: Wants,
    ) -> Self {
        let is_syn = segment.flags.has(Flags::SYN);
        let (client, roles) = match (is_syn, segment.is_ack()) {
            (true, false) => (sender, Roles::BySyn),
            (true, true) => (sender.other(), Roles::BySynAck),
            (false, _) => (sender, Roles::Guessed),
        };
        let mut flow = Flow::new(id, key, client, segment.time);
        flow.roles = roles;
        Self::of(flow, sender, wants)
    }

    /// What is wanted of a connection that is known, and of which a segment comes
    /// from an end.
    pub(super) fn of(flow: Flow, sender: End, wants: Wants) -> Self {
        let is_turned = flow.roles == Roles::BySynAck && flow.dir_from(sender) == Dir::ToClient;
        Self {
            trace: (wants.points > 0).then(|| Box::new(Trace::new(wants.points))),
            wireshark: wants.wireshark.then(Box::default),
            ledger: Ledger::new(wants, flow.first, is_turned),
            flow,
        }
    }

    /// What Zeek and classic tcptrace say of it, where that is wanted; worked out
    /// when it is asked for, so ask once.
    #[must_use]
    pub fn accounts(&self) -> Option<Cow<'_, Accounts>> {
        Some(self.ledger.as_ref()?.open())
    }

    /// Whether it is to be shown when it leaves. One that had left and returned
    /// was shown before; it is again where it brought data.
    pub(super) const fn is_worth_showing(&self) -> bool {
        let flow = &self.flow;
        !flow.has_returned || flow.client.octets + flow.server.octets > 0
    }

    /// Takes the end of the capture.
    pub(super) fn end(&mut self, at: Timestamp) {
        if let Some(ledger) = &mut self.ledger {
            ledger.end(at);
        }
        self.flow.end_stalls(at.max(self.flow.last));
    }
}
