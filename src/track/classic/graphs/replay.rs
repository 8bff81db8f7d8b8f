//! The segments of a connection, read once more as classic tcptrace reads them.

use crate::flags::Flags;
use crate::time::Timestamp;
use crate::track::classic::copies::Recent;
use crate::track::classic::graphs::reading::{Acknowledged, ClassicReading};
use crate::track::classic::pieces::{Brought, Pieces};
use crate::track::classic::rtt::Rtt;
use crate::track::dir::Dir;
use crate::track::point::Point;

/// A scale that classic tcptrace takes for none.
const NO_SCALE: u8 = 255;

/// Reads points, one after the other.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    client: Side,
    server: Side,
    start: Option<i64>,
}

/// An end, by what it sent.
#[derive(Debug, Clone, Default)]
struct Side {
    has_sent: bool,
    /// The scale that it offered.
    scale: Option<u8>,
    /// What it acknowledged last; 0 where nothing.
    ack: u32,
    /// When; 0 where nothing.
    acked_at: i64,
    /// The edge of the window that it offered last, whatever segment had it.
    edge: u32,
    /// The window of its latest segment that was no RST.
    window: u32,
    pieces: Pieces,
    rtt: Rtt,
    recent: Recent,
    /// Whether it had anything outstanding.
    had_any: bool,
}

/// Microseconds since the epoch, rounded down.
pub(super) fn micros(time: Timestamp) -> i64 {
    let within = i64::from(time.nanosecond() / 1_000);
    time.seconds()
        .saturating_mul(1_000_000)
        .saturating_add(within)
}

impl Replay {
    /// Takes the next segment.
    pub fn take(&mut self, point: &Point) -> ClassicReading {
        let now = micros(point.time);
        // The first time that is not 0, which stands for none.
        let start = *self
            .start
            .insert(self.start.filter(|&start| start != 0).unwrap_or(now));
        // Relative, so that they leave room for counts.
        let since = now.saturating_sub(start);
        let (own, peer) = self.ends_mut(point.dir);
        let has = |bit| point.flags.has(bit);
        let window = own.offered(peer, point);
        let mut reading = ClassicReading {
            now,
            start,
            again: 0,
            is_out_of_order: false,
            is_copy: false,
            is_probe: false,
            window,
            last_ack: own.ack,
            peer_ack: peer.ack,
            peer_window: peer.window,
            acknowledged: None,
            round_trip: None,
        };
        if has(Flags::SYN) {
            peer.ack = point.seq.0;
            reading.peer_ack = peer.ack;
        }
        let (old_edge, edge) = own.move_edge(point, window);
        own.take_scale(peer, point);
        reading.is_copy = own.recent.is_copy(point.identification, point.seq);
        if point.seq_len() > 0 {
            reading.is_probe = !has(Flags::SYN) && peer.has_sent && peer.window == 0;
            let brought = own.send(point, since, reading.is_probe);
            (reading.again, reading.is_out_of_order) = (brought.again, brought.is_out_of_order);
        }
        own.has_sent = true;
        let mut is_third = false;
        if has(Flags::ACK) {
            let repeats = point.ack.0 == own.ack && point.payload_len == 0 && window == own.window;
            (reading.round_trip, is_third) = peer.acknowledge(point.ack.0, since, repeats);
        }
        if has(Flags::RST) {
            return reading;
        }
        own.window = window;
        if has(Flags::ACK) {
            reading.acknowledged = Some(Acknowledged {
                since: (own.acked_at != 0).then_some(own.acked_at),
                old_edge,
                edge,
                is_third,
            });
            (own.ack, own.acked_at) = (point.ack.0, now);
        }
        own.had_any |= reading.outstanding(point).is_some_and(|octets| octets > 0);
        reading
    }

    const fn ends_mut(&mut self, dir: Dir) -> (&mut Side, &mut Side) {
        match dir {
            Dir::ToServer => (&mut self.client, &mut self.server),
            Dir::ToClient => (&mut self.server, &mut self.client),
        }
    }
}

impl Side {
    /// The window of one of its segments, in octets.
    fn offered(&self, peer: &Self, point: &Point) -> u32 {
        if !point.flags.any(Flags::SYN | Flags::ACK) {
            return 0;
        }
        let window = u32::from(point.offered);
        match (self.scale, peer.scale) {
            (Some(scale), Some(_)) if !point.flags.has(Flags::SYN) => {
                window.checked_shl(scale.into()).unwrap_or(0)
            }
            _ => window,
        }
    }

    /// Its window's edge, before and after.
    fn move_edge(&mut self, point: &Point, window: u32) -> (u32, u64) {
        let old = self.edge;
        let edge = u64::from(point.ack.0) + u64::from(window);
        if point.flags.has(Flags::ACK) {
            self.edge = point.ack.0.wrapping_add(window);
        }
        (old, edge)
    }

    /// Scaling is off from the first segment on that is no SYN, unless both ends offered it.
    fn take_scale(&mut self, peer: &mut Self, point: &Point) {
        let both_scale = self.scale.is_some() && peer.scale.is_some();
        if !(both_scale || point.flags.has(Flags::SYN)) {
            self.scale = self.scale.map(|_| 0);
            peer.scale = peer.scale.map(|_| 0);
        }
        let offered = point.window_scale.filter(|&scale| scale != NO_SCALE);
        self.scale = offered.or(self.scale);
    }

    fn send(&mut self, point: &Point, since: i64, is_probe: bool) -> Brought {
        if is_probe {
            return Brought::default();
        }
        self.pieces
            .send(point.seq.0, point.seq_len(), since, &mut self.rtt)
    }

    /// Takes the other end's acknowledgment: the round trip that it measures, and whether
    /// it is the third that repeats one.
    fn acknowledge(&mut self, ack: u32, since: i64, repeats: bool) -> (Option<u32>, bool) {
        let (samples, thirds) = (self.rtt.samples.count, self.rtt.triple);
        let may_repeat = repeats && self.had_any;
        self.pieces
            .acknowledge(ack, since, may_repeat, &mut self.rtt);
        let is_sample = self.rtt.samples.count > samples;
        (
            is_sample.then_some(self.rtt.latest),
            self.rtt.triple > thirds,
        )
    }
}
