//! What is odd about an opening: nothing fails because of it, and somebody
//! wrote it that way.

use crate::seq::SeqNum;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::offer::MAX_SCALE;

/// Something odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Oddity {
    /// The SYN-ACK has a window scale that was not offered (RFC 7323 §2.2).
    ScaleUnasked,
    /// The SYN-ACK permits SACK without having been offered it (RFC 2018 §2).
    SackUnasked,
    /// The SYN-ACK has timestamps without having been offered them (RFC 7323
    /// §3.2).
    TimestampsUnasked,
    /// An MSS outside a SYN (RFC 9293 §3.7.1).
    MssOutsideSyn,
    /// A window scale over 14, which counts as 14 (RFC 7323 §2.3).
    LargeScale {
        /// The end that offers it, by the direction in which it sends.
        by: Dir,
    },
    /// Data in a SYN that does not use Fast Open (RFC 9293 §3.4).
    DataInSyn,
    /// An initial sequence number that does not look random (RFC 9293 §3.4.1,
    /// RFC 6528): under 2^16, or its lower 16 bits zero. One in 32768 does by
    /// chance.
    PlainNumber {
        /// The end that chose it.
        by: Dir,
    },
}

impl Oddity {
    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ScaleUnasked => "window_scale_unasked",
            Self::SackUnasked => "sack_unasked",
            Self::TimestampsUnasked => "timestamps_unasked",
            Self::MssOutsideSyn => "mss_outside_syn",
            Self::LargeScale { by: Dir::ToServer } => "client_scale_over_14",
            Self::LargeScale { by: Dir::ToClient } => "server_scale_over_14",
            Self::DataInSyn => "data_in_syn",
            Self::PlainNumber { by: Dir::ToServer } => "client_isn_not_random",
            Self::PlainNumber { by: Dir::ToClient } => "server_isn_not_random",
        }
    }

    /// What is odd about a connection.
    pub fn of(flow: &Flow) -> impl Iterator<Item = Self> {
        let handshake = &flow.handshake;
        let (offered, answered) = (&handshake.offered, &handshake.answered);
        let is_answer = handshake.syn.is_some() && handshake.has_answer();
        let unasked = is_answer && !handshake.is_simultaneous;
        let is_large = |scale: Option<u8>| scale.is_some_and(|shift| shift > MAX_SCALE);
        let (client, server) = (Dir::ToServer, Dir::ToClient);
        [
            (unasked && answered.window_scale.is_some() && offered.window_scale.is_none())
                .then_some(Self::ScaleUnasked),
            (unasked && answered.sack_permitted && !offered.sack_permitted)
                .then_some(Self::SackUnasked),
            (unasked && answered.timestamps.is_some() && offered.timestamps.is_none())
                .then_some(Self::TimestampsUnasked),
            flow.has_late_mss.then_some(Self::MssOutsideSyn),
            is_large(offered.window_scale).then_some(Self::LargeScale { by: client }),
            is_large(answered.window_scale).then_some(Self::LargeScale { by: server }),
            (handshake.syn_octets > 0 && offered.fast_open.is_none()).then_some(Self::DataInSyn),
            is_plain(&flow.client).then_some(Self::PlainNumber { by: client }),
            is_plain(&flow.server).then_some(Self::PlainNumber { by: server }),
        ]
        .into_iter()
        .flatten()
    }
}

fn is_plain(half: &Half) -> bool {
    let SeqNum(number) = half.iss;
    half.has_syn() && (number < 1 << 16 || number.trailing_zeros() >= 16)
}
