//! All that is kept of a connection: what is ours, and beside it, each by
//! itself, what a dialect keeps where it is wanted.

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::classic::Classic;
use crate::track::dir::Dir;
use crate::track::flow::{Flow, FlowId, Roles};
use crate::track::trace::Trace;
use crate::track::wants::Wants;
use crate::track::wireshark::Wireshark;
use crate::track::zeek::Zeek;

/// A connection, in our words and in those of its readers' other programs.
#[derive(Debug, Clone)]
pub struct Connection {
    /// What is ours.
    pub flow: Flow,
    /// Zeek's `conn_state` and `history`.
    pub zeek: Option<Box<Zeek>>,
    /// Classic tcptrace's long report.
    pub classic: Option<Box<Classic>>,
    /// Its segments, the latest of them.
    pub trace: Option<Box<Trace>>,
    pub(super) wireshark: Option<Box<Wireshark>>,
    /// When it began, in microseconds since the epoch.
    began: i64,
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
            zeek: wants.zeek.then(|| Box::new(Zeek::new(is_turned))),
            classic: wants.classic.then(Box::default),
            trace: (wants.points > 0).then(|| Box::new(Trace::new(wants.points))),
            wireshark: wants.wireshark.then(Box::default),
            began: microseconds(flow.first),
            flow,
        }
    }

    /// How long after the connection began a segment came, in microseconds, as
    /// the peers know it.
    #[inline]
    pub(super) fn micros_at(&self, segment: &Segment<'_>) -> i64 {
        between(self.began, microseconds(segment.time))
    }

    /// Whether it is to be shown when it leaves. One that had left and returned
    /// was shown before; it is again where it brought data.
    pub(super) const fn is_worth_showing(&self) -> bool {
        let flow = &self.flow;
        !flow.has_returned || flow.client.octets + flow.server.octets > 0
    }

    /// Takes the end of the capture.
    pub(super) fn end(&mut self, at: Timestamp) {
        if let Some(classic) = &mut self.classic {
            classic.end(between(self.began, microseconds(at)));
        }
        self.flow.end_stalls(at.max(self.flow.last));
    }
}

/// The longest time that is told apart, in microseconds: four years and a half.
/// A damaged clock must not bring sums of times to overflow.
const LONGEST: i64 = (1 << 47) - 1;

#[inline]
fn between(from: i64, to: i64) -> i64 {
    to.saturating_sub(from).clamp(-LONGEST, LONGEST)
}

/// Since the epoch, rounded down to microseconds as the peers know them.
#[inline]
fn microseconds(time: Timestamp) -> i64 {
    let (seconds, nanoseconds) = time.recorded();
    seconds
        .saturating_mul(1_000_000)
        .saturating_add((nanoseconds / 1_000).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rounded_down_and_bounded() {
        let at = |seconds, nanoseconds| microseconds(Timestamp::new(seconds, nanoseconds));
        assert_eq!(between(at(1, 999), at(1, 1_000)), 1);
        assert_eq!(between(at(1, 1_999), at(2, 500)), 999_999);
        assert_eq!(between(at(i64::MIN, 0), at(i64::MAX, 0)), LONGEST);
        assert_eq!(between(at(i64::MAX, 0), at(i64::MIN, 0)), -LONGEST);
    }
}
