//! How a connection was opened: a record, not a state.

use serde::{Deserialize, Serialize};

use crate::options::{TcpOption, TcpOptions};
use crate::time::Span;
use crate::track::agreement::Multipath;
use crate::track::flow::{Dir, Mark};
use crate::track::repeated::{Answered, Repeated};
use crate::track::role::Step;

/// The segments that opened a connection, and what they offered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Handshake {
    /// The first SYN.
    pub syn: Option<Mark>,
    /// The server's own SYN, where both opened at once.
    pub second_syn: Option<Mark>,
    /// The first SYN-ACK.
    pub syn_ack: Option<Mark>,
    /// The first acknowledgment of the SYN-ACK; the second SYN-ACK where both
    /// opened at once.
    pub ack: Option<Mark>,
    /// Octets of data in the first SYN.
    pub syn_octets: u16,
    /// SYNs sent again, 255 at most.
    pub syn_again: u8,
    /// SYN-ACKs sent again, 255 at most.
    pub syn_ack_again: u8,
    /// How long the client waited before it sent the SYN again.
    pub syn_waits: Waits,
    /// How long the server waited before it sent the SYN-ACK again.
    pub syn_ack_waits: Waits,
    /// The latest SYN-ACK sent again before it was acknowledged.
    pub repeated: Option<Repeated>,
    /// Which SYN-ACK the first acknowledgment answers.
    pub acknowledged: Option<Answered>,
    /// Whether both ends sent a SYN without ACK.
    pub is_simultaneous: bool,
    /// What the client's SYN offered.
    pub offered: Offer,
    /// What the server's SYN-ACK answered.
    pub answered: Offer,
}

/// The options of a SYN or SYN-ACK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Offer {
    /// Maximum segment size, octets.
    pub mss: Option<u16>,
    /// Window scale, the shift count as sent.
    pub window_scale: Option<u8>,
    /// SACK permitted.
    pub sack_permitted: bool,
    /// Timestamps: the value.
    pub timestamps: Option<u32>,
    /// Fast Open: a cookie, or the request for one.
    pub fast_open: Option<FastOpen>,
    /// Multipath TCP.
    pub multipath: Option<Multipath>,
    /// A signature by MD5 (RFC 2385).
    pub md5: bool,
    /// The authentication option (RFC 5925).
    pub authentication: bool,
}

/// What a Fast Open option holds (RFC 7413 §4.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FastOpen {
    /// No cookie: asks for one.
    Request,
    /// A cookie.
    Cookie,
}

/// How long an end waited each time before it sent something again: the first
/// six waits, to a millisecond, 65.535 s at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Waits {
    milliseconds: [u16; 6],
    len: u8,
}

/// Nanoseconds in a millisecond.
const MILLISECOND: i64 = 1_000_000;

impl Waits {
    /// Adds the wait that ended `since_first` after the first transmission.
    pub(super) fn end_at(&mut self, since_first: Span) {
        let before: i64 = self.iter().map(|wait| wait.0).sum();
        let wait = since_first
            .0
            .saturating_sub(before)
            .saturating_add(MILLISECOND / 2);
        let milliseconds = (wait / MILLISECOND).clamp(0, i64::from(u16::MAX));
        if let Some(place) = self.milliseconds.get_mut(usize::from(self.len)) {
            *place = u16::try_from(milliseconds).unwrap_or(u16::MAX);
            self.len += 1;
        }
    }

    /// The waits, in order.
    pub fn iter(&self) -> impl Iterator<Item = Span> {
        let waits = &self.milliseconds[..usize::from(self.len)];
        waits
            .iter()
            .map(|&wait| Span(i64::from(wait) * MILLISECOND))
    }
}

/// The largest shift count in force (RFC 7323 §2.3).
pub const MAX_SCALE: u8 = 14;

impl Offer {
    /// Reads the options of a SYN.
    #[must_use]
    pub fn of(options: TcpOptions<'_>) -> Self {
        options.iter().fold(Self::default(), Self::with)
    }

    fn with(mut self, option: TcpOption<'_>) -> Self {
        use crate::options::kind;
        self.mss = option.mss().or(self.mss);
        self.window_scale = option.window_scale().or(self.window_scale);
        self.sack_permitted |= option.kind == kind::SACK_PERMITTED;
        self.timestamps = option
            .timestamps()
            .map(|(value, _)| value)
            .or(self.timestamps);
        self.md5 |= option.kind == kind::MD5;
        self.authentication |= option.kind == kind::AUTHENTICATION;
        if option.kind == kind::MPTCP {
            self.multipath = match option.value.first().map(|octet| octet >> 4) {
                Some(0) => Some(Multipath::Capable),
                Some(1) => Some(Multipath::Join),
                _ => self.multipath,
            };
        }
        if let Some(cookie) = option.fast_open_cookie() {
            let content = if cookie.is_empty() {
                FastOpen::Request
            } else {
                FastOpen::Cookie
            };
            self.fast_open = Some(content);
        }
        self
    }
}

impl Handshake {
    /// The segments and their places.
    pub fn steps(&self) -> impl Iterator<Item = (Step, Mark)> {
        let rows = if self.is_simultaneous {
            let marks = [self.syn, self.second_syn, self.syn_ack, self.ack];
            marks.map(Some)
        } else {
            [Some(self.syn), Some(self.syn_ack), Some(self.ack), None]
        };
        let of = if self.is_simultaneous { 4 } else { 3 };
        let numbered = rows.into_iter().flatten().zip(1..);
        numbered.filter_map(move |(mark, place)| Some((Step::new(place, of), mark?)))
    }

    /// From the first SYN to the SYN-ACK: seen at the client, a round trip.
    #[must_use]
    pub fn server_leg(&self) -> Option<Span> {
        Some(self.syn_ack?.time - self.syn?.time)
    }

    /// From the SYN-ACK to its ACK: seen at the server, a round trip. From the
    /// first SYN-ACK where the one that was answered is not known.
    #[must_use]
    pub fn client_leg(&self) -> Option<Span> {
        let first = self.syn_ack?.time;
        let answered = self.answered_syn_ack().map_or(first, |(_, time)| time);
        Some(self.ack?.time - answered)
    }

    /// From the first SYN to the ACK that ends the handshake.
    #[must_use]
    pub fn duration(&self) -> Option<Span> {
        Some(self.ack?.time - self.syn?.time)
    }

    /// Shift counts in force, client's and server's windows: only if both
    /// offered (RFC 7323 §2.2), 14 at most (§2.3).
    #[must_use]
    pub fn scales(&self) -> Option<(u8, u8)> {
        self.syn?;
        self.syn_ack?;
        let client = self.offered.window_scale?.min(MAX_SCALE);
        let server = self.answered.window_scale?.min(MAX_SCALE);
        Some((client, server))
    }

    /// Whether `answered` is known: the server's SYN was captured.
    #[must_use]
    pub fn has_answer(&self) -> bool {
        self.syn_ack.is_some() || self.second_syn.is_some()
    }

    /// Octets of data in the SYN that the SYN-ACK accepted: Fast Open worked.
    #[must_use]
    pub fn octets_in_syn(&self) -> u32 {
        match (self.syn, self.syn_ack) {
            (Some(syn), Some(answer)) if !self.is_simultaneous => {
                (answer.ack - (syn.seq + 1)).max(0).cast_unsigned()
            }
            _ => 0,
        }
    }

    /// The shift count of the windows that an end announces in direction `dir`:
    /// what its SYN offered, unless the other end's SYN is known to offer none.
    /// As in Wireshark, a SYN that was not captured is taken to offer it.
    #[must_use]
    pub fn scale(&self, dir: Dir) -> u8 {
        let client = self.syn.map(|_| self.offered.window_scale);
        let server = self.has_answer().then_some(self.answered.window_scale);
        let (own, other) = match dir {
            Dir::ToServer => (client, server),
            Dir::ToClient => (server, client),
        };
        match (own, other) {
            (Some(Some(shift)), None | Some(Some(_))) => shift.min(MAX_SCALE),
            _ => 0,
        }
    }

    /// Whether SACK is in force: permitted by both (RFC 2018 §2).
    #[must_use]
    pub fn sack(&self) -> bool {
        self.offered.sack_permitted && self.answered.sack_permitted
    }

    /// Whether timestamps are in force: sent by both (RFC 7323 §3.2).
    #[must_use]
    pub fn timestamps(&self) -> bool {
        self.offered.timestamps.is_some() && self.answered.timestamps.is_some()
    }
}
