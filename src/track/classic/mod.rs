//! The numbers of classic tcptrace's long report (`tcptrace -l -r -W`), by its
//! rules: what it calls retransmitted, out of order, a round trip, a duplicate
//! acknowledgment. They are not always what the rest of the program says;
//! `docs/peers.md` names what differs from the old program and why.

mod asked;
mod copies;
pub mod graphs;
mod owin;
mod pieces;
pub mod rtt;

pub mod samples;
pub mod tally;
mod usual;
mod windows;

pub use owin::Owin;
pub use windows::Windows;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::classic::tally::{Measured, Tally};
use crate::track::dir::Dir;
use crate::track::offer::MAX_SCALE;

/// The counters of a connection.
#[derive(Debug, Clone, Default)]
pub struct Classic {
    to_server: Tally,
    to_client: Tally,
    /// From the first segment to the latest, microseconds.
    duration: i64,
}

/// Whether both ends said that they open and close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complete {
    /// Both sent SYN and FIN.
    Yes,
    /// One sent a RST.
    Reset,
    /// Something is missing.
    No,
}

impl Classic {
    /// What was sent in a direction.
    #[must_use]
    pub const fn of(&self, dir: Dir) -> &Tally {
        match dir {
            Dir::ToServer => &self.to_server,
            Dir::ToClient => &self.to_client,
        }
    }

    /// From the first segment to the latest, in whole microseconds.
    #[must_use]
    pub const fn duration(&self) -> Span {
        Span(self.duration.saturating_mul(1_000))
    }

    /// Whether the connection was opened and closed.
    #[must_use]
    pub const fn complete(&self) -> Complete {
        let (ours, theirs) = (&self.to_server, &self.to_client);
        if ours.resets > 0 || theirs.resets > 0 {
            Complete::Reset
        } else if ours.syns > 0 && theirs.syns > 0 && ours.fins > 0 && theirs.fins > 0 {
            Complete::Yes
        } else {
            Complete::No
        }
    }

    /// The mean of the windows that the sender of a direction offered. Windows
    /// before scaling began are left out where both ends came to scale.
    #[must_use]
    pub fn average_window(&self, dir: Dir) -> u32 {
        let tally = self.of(dir);
        let is_scaled = self.to_server.windows.is_scaled && self.to_client.windows.is_scaled;
        tally.windows.average(tally.packets, is_scaled)
    }

    /// Octets a second, repeated ones left out; `None` for a connection without
    /// duration.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a rate is not exact")]
    pub fn throughput(&self, dir: Dir) -> Option<f64> {
        let seconds = self.duration as f64 / 1e6;
        (self.duration > 0).then(|| self.of(dir).unique_octets as f64 / seconds)
    }

    /// Takes the end of the capture, `end` microseconds after the connection
    /// began, for the end of silence where the connection is still open.
    pub(super) fn end(&mut self, end: i64) {
        let has_fins = self.to_server.fins > 0 && self.to_client.fins > 0;
        if !has_fins && self.complete() != Complete::Reset {
            self.to_server.wait_until(end);
            self.to_client.wait_until(end);
        }
    }

    /// Takes the next segment, `now` microseconds after the first.
    #[inline]
    pub(super) fn observe(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) {
        let (own, peer) = self.ends_mut(dir);
        if own.is_usual(peer, segment) {
            own.go_on(peer, segment, now);
        } else {
            self.take(dir, segment, now);
        }
        self.duration = now.max(0);
    }

    /// As [`observe`](Self::observe), but as if no segment were a usual one.
    #[cfg(test)]
    pub(super) fn observe_closely(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) {
        self.take(dir, segment, now);
        self.duration = now.max(0);
    }

    fn ends_mut(&mut self, dir: Dir) -> (&mut Tally, &mut Tally) {
        match dir {
            Dir::ToServer => (&mut self.to_server, &mut self.to_client),
            Dir::ToClient => (&mut self.to_client, &mut self.to_server),
        }
    }

    /// Takes any segment.
    #[inline(never)]
    fn take(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) {
        let (own, peer) = self.ends_mut(dir);
        let flags = segment.flags;
        let has = |bit| flags.has(bit);
        let is_offer = flags.any(Flags::SYN | Flags::ACK);
        let is_scaled = own.has_scale && peer.has_scale && !has(Flags::SYN);
        let window = offered(
            segment.window,
            is_offer,
            if is_scaled { own.window_scale } else { 0 },
        );
        let asked = own.begin(segment, now);
        if has(Flags::SYN) {
            peer.set_ack(segment.seq.0);
        } else if !(own.has_scale && peer.has_scale) {
            own.window_scale = 0;
            peer.window_scale = 0;
        }
        let sent = Measured {
            segment,
            window,
            now,
            sack: asked.sack,
        };
        own.count(&sent);
        own.windows.count();
        let mut brought = pieces::Brought::default();
        if segment.seq_len() > 0 {
            let is_probe = peer.packets > 0 && peer.windows.latest() == 0 && !has(Flags::SYN);
            brought = own.send(&sent, is_probe);
        }
        if has(Flags::ACK) {
            let is_repeated = own.repeats_ack(&sent);
            peer.acknowledge(&sent, is_repeated);
        }
        if has(Flags::RST) {
            own.acks += u32::from(has(Flags::ACK));
            return;
        }
        let begins_scaling = own.has_scale && peer.has_scale && !has(Flags::SYN);
        own.windows.take(window, is_offer, begins_scaling);
        if has(Flags::ACK) {
            own.windows.zero += u32::from(window == 0);
            own.count_ack(&sent);
            peer.learn_ack(segment.ack.0);
        }
        if brought.again == 0 {
            own.count_initial(segment.payload_len);
        }
        if !has(Flags::SYN) && !brought.is_out_of_order && brought.again == 0 {
            let end = (segment.seq + segment.payload_len).0;
            own.outstanding
                .take(end, segment.payload_len, peer.latest_ack(), now);
        }
    }
}

/// The window in octets; 0 without SYN and ACK.
fn offered(window: u16, is_offer: bool, scale: u8) -> u32 {
    if !is_offer {
        return 0;
    }
    u32::from(window) << scale.min(MAX_SCALE)
}
