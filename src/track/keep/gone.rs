//! What is remembered of a connection that has left: its number and those of its
//! ends, so that a segment that comes late is still told as one of it.

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::track::flow::{Another, Flow, FlowId, StreamId};
use crate::track::half::{Half, Known};
use crate::track::roles::Cast;
use crate::track::state::State;

/// A connection that has left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gone {
    pub(super) key: FlowKey,
    pub(super) id: FlowId,
    pub(super) stream: StreamId,
    cast: Cast,
    client: Numbers,
    server: Numbers,
}

/// What is remembered of an end.
#[derive(Debug, Clone, Copy)]
struct Numbers {
    knows: Known,
    state: State,
    iss: SeqNum,
    nxt: SeqNum,
    shift: Option<u8>,
    has_fin: bool,
    fin_acked: bool,
}

impl Numbers {
    const fn of(half: &Half) -> Self {
        Self {
            knows: half.knows,
            state: half.state,
            iss: half.iss,
            nxt: half.nxt,
            shift: half.shift,
            has_fin: half.fin.is_some(),
            fin_acked: half.fin_acked,
        }
    }

    fn restore(self, half: &mut Half) {
        half.knows = self.knows;
        half.state = self.state;
        half.iss = self.iss;
        half.una = self.nxt;
        half.nxt = self.nxt;
        half.shift = self.shift;
        half.syn_acked = true;
        half.fin = self.has_fin.then(|| self.nxt.previous());
        half.fin_acked = self.fin_acked;
    }
}

impl Gone {
    /// What is to be remembered of a connection, if it is over.
    pub(super) fn of_over(flow: &Flow) -> Option<Self> {
        flow.is_over_at_both_ends().then(|| Self {
            key: flow.key,
            id: flow.id,
            stream: flow.stream,
            cast: flow.cast(),
            client: Numbers::of(&flow.client),
            server: Numbers::of(&flow.server),
        })
    }

    /// Whether a segment of an end is a SYN that begins another connection. With the
    /// number of the earlier one it does so for us alone: that one has been over for
    /// so long that nothing of it is underway (RFC 9293 §3.4.2).
    pub(super) fn is_followed_by(&self, sender: End, segment: &Segment<'_>) -> Option<Another> {
        if !segment.flags.has(Flags::SYN) || segment.is_ack() {
            return None;
        }
        let numbers = if sender == self.cast.client {
            &self.client
        } else {
            &self.server
        };
        let is_known = numbers.knows != Known::Nothing;
        Some(if is_known && numbers.iss != segment.seq {
            Another::Everybodys
        } else {
            Another::Ours
        })
    }

    /// The connection again, with nothing but its numbers, from a segment on.
    pub(super) fn return_with(&self, segment: &Segment<'_>) -> Flow {
        let mut flow = Flow::new(self.id, self.key, self.cast, segment.time);
        flow.stream = self.stream;
        flow.has_returned = true;
        flow.is_reported = true;
        self.client.restore(&mut flow.client);
        self.server.restore(&mut flow.server);
        flow
    }
}
