//! What a connection shows of how it was captured.

use crate::flow_key::End;
use crate::segment::Segment;
use crate::track::capture_clock::LONG;
use crate::track::flow::Flow;

/// The most octets of data that a packet of any network carries: a jumbo frame's.
const LARGEST: u32 = 9_216;

impl Flow {
    /// The most octets of data that a packet between the ends carries, as far as is
    /// known.
    pub(in crate::track) fn most_octets(&self) -> u32 {
        let offers = [self.handshake.offered.mss, self.handshake.answered.mss];
        let most = offers.into_iter().flatten().max();
        most.map_or(LARGEST, u32::from)
    }

    /// Whether a segment of an end that comes after a long silence shows that the
    /// clock was set forward: by the timestamps less time has passed, or it
    /// acknowledges what would have been sent again long ago.
    pub(in crate::track) fn shows_clock_step(&self, sender: End, segment: &Segment<'_>) -> bool {
        let dir = self.dir_from(sender);
        let (own, other) = (self.sender(dir), self.receiver(dir));
        let silence = segment.time - self.last;
        if silence.0 < LONG || own.segments == 0 {
            return false;
        }
        if let Some((value, _)) = segment.options.timestamps()
            && let Some(ticks) = own.sending.ticks_since(value)
        {
            // A tick is a second at most (RFC 7323 §5.4).
            return i64::from(ticks) < silence.0 / 2_000_000_000;
        }
        let acknowledges = segment.is_ack() && segment.ack - other.una > 0;
        acknowledges && other.nxt - other.una > 0 && other.unanswered() == 0
    }

    /// How often something was acknowledged that the capture lacks: stretches of
    /// numbers, and the beginning of the connection.
    #[must_use]
    pub fn missing(&self) -> u32 {
        if self.only_direction().is_some() || self.client.segments + self.server.segments < 2 {
            return 0;
        }
        let handshake = &self.handshake;
        let are_known = self.client.is_known() && self.server.is_known();
        let has_begun_before =
            handshake.syn.is_none() && self.answers.is_none() && !self.has_returned && are_known;
        let lacks_answer =
            handshake.syn.is_some() && !handshake.has_answer() && self.client.syn_acked;
        let gaps = self.client.missing() + self.server.missing();
        gaps + u32::from(has_begun_before || lacks_answer)
    }

    /// Whether a FIN has a number behind octets of which none was captured.
    pub(in crate::track) fn has_unseen_data(&self) -> bool {
        let octets = self.client.data_segments + self.server.data_segments;
        let leaves_hole =
            self.client.leaves_hole_before_fin() || self.server.leaves_hole_before_fin();
        octets == 0 && leaves_hole
    }
}
