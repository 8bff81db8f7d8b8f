//! How a connection begins for its ledger: where its ends are, and since when it is open.

use crate::segment::Segment;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::time_spent::cause::TimeCause;
use crate::track::time_spent::stretch::{Aspect, Reading};
use crate::track::time_spent::time_ledger::{LONGEST, TimeLedger};
use crate::track::timeouts::FIRST_TIMEOUT;

/// The largest segment where the SYN that tells was not captured, octets: Ethernet's.
const USUAL_MSS: u16 = 1460;
/// Octets that timestamps take of each segment (RFC 7323, appendix A).
const TIMESTAMPS: u32 = 12;
/// The longest distance that is believed, nanoseconds.
const FARTHEST: i64 = 60_000_000_000;
/// An end is where the capture is whose distance is less than this part of the way.
const NEAR: i64 = 16;

/// Half a round trip, in whole microseconds: times that end up in a sum with others of a
/// capture in microseconds must.
pub(super) fn distance(round_trip: i64) -> i64 {
    round_trip.clamp(0, FARTHEST) / 2000 * 1000
}

impl TimeLedger {
    /// Begins with the first segment that has no SYN.
    #[cold]
    pub(super) fn open(&mut self, flow: &Flow, dir: Dir, segment: &Segment<'_>, now: i64) {
        self.begin(segment);
        self.is_open = true;
        self.has_changed = true;
        self.place(flow);
        if self.has_opening {
            self.end_handshake(flow, now);
        }
        let handshake = &flow.handshake;
        for way in [Dir::ToServer, Dir::ToClient] {
            let options = if handshake.timestamps() {
                TIMESTAMPS
            } else {
                0
            };
            let half = flow.sender(way);
            let first = match () {
                () if half.has_syn() => half.iss + 1,
                () if way == dir => segment.seq,
                () => segment.ack,
            };
            let (end, peer) = self.ends(way);
            end.most =
                u32::from(flow.max_segment(way).unwrap_or(USUAL_MSS)).saturating_sub(options);
            (end.sent, end.acked) = (first, first);
            peer.arrived = first;
        }
    }

    /// Places both ends, as far from the capture as half of each leg of the handshake.
    fn place(&mut self, flow: &Flow) {
        let handshake = &flow.handshake;
        let (to_client, to_server) = (handshake.client_leg(), handshake.server_leg());
        let leg = |leg: Option<Span>| leg.map_or(0, |leg| distance(leg.0));
        self.client.distance = leg(to_client);
        self.client.is_rough = to_client.is_none() || handshake.syn_ack_again > 0;
        self.server.distance = leg(to_server);
        self.server.is_rough = to_server.is_none() || handshake.syn_again > 0;
        if let (Some(syns), Some(answer)) = (&handshake.syns, handshake.syn_ack) {
            // Whichever was answered: the latest shows no more than there is.
            let latest = syns.latest().map(|syn| answer.time - syn.time);
            self.server.distance = leg(latest);
        }
        if let (Some(answers), Some(ack)) = (&handshake.syn_acks, handshake.ack) {
            let latest = answers.latest().map(|answer| ack.time - answer.time);
            self.client.distance = leg(latest);
        }
        for end in [&mut self.client, &mut self.server] {
            // After a timeout it is no distance but a wait (Karn's rule, RFC 6298 §3).
            if end.is_rough && 2 * end.distance >= FIRST_TIMEOUT.0 {
                end.distance = 0;
            }
        }
        let way = self.way();
        for end in [&mut self.client, &mut self.server] {
            if end.distance < way / NEAR {
                end.distance = 0;
            }
        }
    }

    /// The client is open when the SYN-ACK arrives there, and the server when the ACK
    /// does that is captured now.
    fn end_handshake(&mut self, flow: &Flow, now: i64) {
        let handshake = &flow.handshake;
        let answered = handshake.answered_syn_ack().map(|(_, time)| time);
        let latest = handshake.syn_acks.as_ref().and_then(|all| all.latest());
        let answered = answered.or(latest.map(|latest| latest.time));
        let answered = answered.or(handshake.syn_ack.map(|mark| mark.time));
        let answered = answered.map(|time| (time - flow.first).0.clamp(-LONGEST, LONGEST));
        let opened = answered.filter(|_| self.client.distance > 0 || !self.client.is_rough);
        let opened = opened.map_or(now, |answered| answered + self.client.distance);
        let until = opened.min(now);
        if until >= self.account.at() {
            self.account.turn(Aspect::of(TimeCause::Handshake));
            let frame = handshake.syn_ack.map(|mark| mark.frame);
            self.account.pass(until, frame);
        }
        self.account.book(&Reading::all(TimeCause::Handshake));
        self.client.has_news = true;
        self.client.arrived_at = opened;
        self.server.has_news = true;
        self.server.arrived_at = now + self.server.distance;
    }
}
