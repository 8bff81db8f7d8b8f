//! All that is kept of a connection: what is ours, and beside it, each by
//! itself, what a dialect keeps where it is wanted.

use std::borrow::Cow;

use crate::flow_key::FlowKey;
use crate::time::Timestamp;
use crate::track::flow::{Flow, FlowId, StreamId};
use crate::track::held::Held;
use crate::track::ledger::{Accounts, Ledger};
use crate::track::roles::{Cast, Roles};
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

/// What a connection inherits from the one before it that Wireshark does not tell
/// from it.
pub(super) struct Heritage {
    pub(super) stream: StreamId,
    /// What Wireshark kept.
    kept: Option<Box<Wireshark>>,
}

impl Heritage {
    /// Of a connection of which nothing is kept.
    pub(super) const fn of_stream(stream: StreamId) -> Self {
        Self { stream, kept: None }
    }
}

impl Connection {
    /// A connection of number `id`, before its first segment, which was captured
    /// at a time and tells who is who.
    pub(super) fn begin(
        id: FlowId,
        key: FlowKey,
        cast: Cast,
        first: Timestamp,
        wants: Wants,
    ) -> Self {
        let is_turned = cast.roles == Roles::BySynAck;
        Self::of(Flow::new(id, key, cast, first), is_turned, wants)
    }

    /// What is wanted of a connection that is known; `is_turned` where it begins
    /// with a SYN-ACK.
    pub(super) fn of(flow: Flow, is_turned: bool, wants: Wants) -> Self {
        Self {
            trace: (wants.points > 0).then(|| Box::new(Trace::new(wants.points))),
            wireshark: wants
                .wireshark
                .then(|| Box::new(Wireshark::begin(flow.first))),
            ledger: Ledger::new(wants, flow.first, is_turned, flow.cast().originator()),
            flow,
        }
    }

    /// What the next connection between its ends inherits, where Wireshark takes
    /// that for the same.
    pub(super) fn heritage(&self) -> Heritage {
        Heritage {
            stream: self.flow.stream,
            kept: self.wireshark.clone(),
        }
    }

    /// Takes what Wireshark kept of the connection that it takes this one for.
    pub(super) fn inherit(&mut self, heritage: Heritage) {
        self.flow.stream = heritage.stream;
        if let Some(kept) = heritage.kept {
            self.wireshark = Some(kept);
        }
    }

    /// Goes on as another one for Wireshark, with a number of its own there.
    pub(super) fn part_stream(&mut self, stream: StreamId, at: Timestamp, wants: Wants) {
        self.flow.stream = stream;
        if wants.wireshark {
            self.wireshark = Some(Box::new(Wireshark::begin(at)));
        }
    }

    /// Takes note of what kinds of segment the capture has held.
    #[inline]
    pub(super) const fn witness(&mut self, held: Held) {
        self.flow.held = held;
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

    /// Takes the end of the capture, which had held these kinds of segment.
    pub(super) fn end(&mut self, at: Timestamp, held: Held) {
        if let Some(ledger) = &mut self.ledger {
            ledger.end(at);
        }
        self.flow.end_stalls(at.max(self.flow.last));
        self.flow.end(at, held);
    }
}
