//! What both SYNs together put in force.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::attempts::Answered;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::handshake::Handshake;
use crate::track::offer::{FastOpen, Multipath, Offer};

/// The largest segment that every host takes, where its SYN has no MSS, over
/// IPv4 and IPv6 (RFC 9293 §3.7.1).
pub(super) const DEFAULT_MSS: (u16, u16) = (536, 1220);

/// What became of explicit congestion notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ecn {
    /// The server did not take the offer.
    Refused,
    /// In force (RFC 3168 §6.1.1).
    Classic,
    /// More accurate ECN is in force (RFC 9768 §3.1).
    Accurate,
}

/// How the windows of an end are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scaling {
    /// A SYN was not captured.
    Unknown,
    /// As they are sent: not both SYNs had a scale.
    NotInForce,
    /// Shifted so far.
    By(u8),
}

/// What became of Fast Open (RFC 7413).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FastOpenOutcome {
    /// A cookie was asked for and none was given.
    NotGiven,
    /// A cookie was asked for and given.
    Given,
    /// Data came with the SYN and was taken.
    Accepted {
        /// Octets of it.
        octets: u32,
    },
    /// Data came with the SYN, and only the SYN was acknowledged.
    Ignored,
    /// The SYN had a cookie and no data.
    Unused,
}

impl FastOpenOutcome {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotGiven => "not_given",
            Self::Given => "given",
            Self::Accepted { .. } => "accepted",
            Self::Ignored => "ignored",
            Self::Unused => "unused",
        }
    }
}

impl Handshake {
    /// What became of ECN; `None` where the client did not offer it or the
    /// answer was not captured.
    #[must_use]
    pub fn ecn(&self) -> Option<Ecn> {
        let (syn, answer) = (self.asking, self.syn_ack?.flags);
        if self.is_simultaneous || !offers_ecn(syn) {
            return None;
        }
        let bits = [Flags::AE, Flags::CWR, Flags::ECE].map(|bit| answer.has(bit));
        Some(match bits {
            // Every answer but these three says which mark the SYN had on
            // arrival; RFC 9768 table 2.
            [false, false, false] | [true, true, true] => Ecn::Refused,
            [false, false, true] => Ecn::Classic,
            _ if syn.has(Flags::AE) => match bits {
                [true, false, true] => Ecn::Classic,
                _ => Ecn::Accurate,
            },
            _ => Ecn::Refused,
        })
    }

    /// Whether the SYN offers ECN, and whether the accurate kind.
    #[must_use]
    pub fn ecn_offer(&self) -> Option<Ecn> {
        let syn = self.asking;
        offers_ecn(syn).then_some(if syn.has(Flags::AE) {
            Ecn::Accurate
        } else {
            Ecn::Classic
        })
    }

    /// What became of Fast Open; `None` where it was not used or the SYN-ACK
    /// was not captured.
    #[must_use]
    pub fn fast_open(&self) -> Option<FastOpenOutcome> {
        self.syn_ack?;
        self.offered.fast_open?;
        self.fast_open_answered(self.octets_in_syn(), self.answered.fast_open)
    }

    /// What became of Fast Open where the SYN-ACK acknowledges so many octets of
    /// the SYN, which may have asked for nothing, and has this option.
    fn fast_open_answered(
        &self,
        octets: u32,
        answered: Option<FastOpen>,
    ) -> Option<FastOpenOutcome> {
        if octets > 0 {
            return Some(FastOpenOutcome::Accepted { octets });
        }
        Some(match (self.offered.fast_open?, answered) {
            (FastOpen::Request, Some(FastOpen::Cookie)) => FastOpenOutcome::Given,
            (FastOpen::Request, _) => FastOpenOutcome::NotGiven,
            (FastOpen::Cookie, _) if self.syn_octets > 0 => FastOpenOutcome::Ignored,
            (FastOpen::Cookie, _) => FastOpenOutcome::Unused,
        })
    }

    /// What Multipath TCP is used for; `None` where the ends did not agree.
    #[must_use]
    pub fn multipath(&self) -> Option<Multipath> {
        let (offered, answered) = (self.offered.multipath?, self.answered.multipath?);
        (offered == answered).then_some(offered)
    }

    /// Whether the SYN was sent again, and nobody knows which one the SYN-ACK
    /// answers (Karn's rule, RFC 6298 §3).
    #[must_use]
    pub fn is_server_leg_ambiguous(&self) -> bool {
        let is_known = matches!(
            self.asked,
            Some(Answered::Only | Answered::Latest | Answered::Numbered(_))
        );
        self.syn_again > 0 && !is_known && self.server_leg().is_some()
    }
}

fn offers_ecn(syn: Flags) -> bool {
    syn.has(Flags::ECE | Flags::CWR)
}

impl Flow {
    /// How the windows that direction `dir` offers are to be read (RFC 7323 §2.2).
    #[must_use]
    pub fn scaling(&self, dir: Dir) -> Scaling {
        let handshake = &self.handshake;
        match (handshake.scales(), dir) {
            (Some((client, _)), Dir::ToServer) => Scaling::By(client),
            (Some((_, server)), Dir::ToClient) => Scaling::By(server),
            _ if handshake.offered.is_cut || handshake.answered.is_cut => Scaling::Unknown,
            _ if handshake.syn.is_some() && handshake.has_answer() => Scaling::NotInForce,
            // Of one that returned, what its SYNs told is remembered.
            _ => self.window_scale(dir).map_or(Scaling::Unknown, Scaling::By),
        }
    }

    /// What a SYN-ACK of direction `dir` says of Fast Open.
    #[cold]
    pub(super) fn fast_open_in(&self, dir: Dir, syn_ack: &Segment<'_>) -> Option<FastOpenOutcome> {
        let receiver = self.receiver(dir);
        let behind_syn = syn_ack.ack - (receiver.iss + 1);
        let was_sent = receiver.has_syn() && syn_ack.ack - receiver.nxt <= 0;
        let octets = if was_sent {
            behind_syn.max(0).cast_unsigned()
        } else {
            0
        };
        if octets == 0 && (dir == Dir::ToServer || self.handshake.is_simultaneous) {
            return None;
        }
        let answered = Offer::of(syn_ack.options).fast_open;
        self.handshake.fast_open_answered(octets, answered)
    }

    /// Octets of data that the sender of direction `dir` may put into a
    /// segment: what the other end's SYN asked for, or the default where that
    /// has no MSS. `None` where that SYN was not captured.
    #[must_use]
    pub fn max_segment(&self, dir: Dir) -> Option<u16> {
        let handshake = &self.handshake;
        let offer = match dir {
            Dir::ToServer => handshake.has_answer().then_some(&handshake.answered),
            Dir::ToClient => handshake.syn.map(|_| &handshake.offered),
        };
        let default = if self.client_addr().is_ipv4() {
            DEFAULT_MSS.0
        } else {
            DEFAULT_MSS.1
        };
        match offer? {
            Offer {
                mss: None,
                is_cut: true,
                ..
            } => None,
            offer => Some(offer.mss.unwrap_or(default)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use super::*;
    use crate::seq::SeqNum;
    use crate::time::Timestamp;
    use crate::track::mark::Mark;
    use crate::track::state::State;

    fn handshake(syn: Flags, answer: Flags) -> Handshake {
        let mark = |flags| {
            Some(Mark {
                frame: NonZeroU64::MIN,
                time: Timestamp::default(),
                seq: SeqNum(0),
                ack: SeqNum(0),
                flags,
                dir: Dir::ToServer,
                client: State::Unknown,
                server: State::Unknown,
            })
        };
        Handshake {
            asking: syn,
            syn: mark(syn),
            syn_ack: mark(answer),
            ..Handshake::default()
        }
    }

    #[test]
    fn ecn_is_what_rfc_9768_table_2_says() {
        let (ae, cwr, ece) = (Flags::AE, Flags::CWR, Flags::ECE);
        let (accurate, classic) = (ae | cwr | ece, cwr | ece);
        for (syn, answer, outcome) in [
            (accurate, cwr, Some(Ecn::Accurate)),
            (accurate, cwr | ece, Some(Ecn::Accurate)),
            (accurate, ae, Some(Ecn::Accurate)),
            (accurate, ae | cwr, Some(Ecn::Accurate)),
            (accurate, ae | ece, Some(Ecn::Classic)),
            (accurate, ece, Some(Ecn::Classic)),
            (accurate, Flags::ACK, Some(Ecn::Refused)),
            (accurate, accurate, Some(Ecn::Refused)),
            (classic, ece, Some(Ecn::Classic)),
            (classic, cwr | ece, Some(Ecn::Refused)),
            (classic, Flags::ACK, Some(Ecn::Refused)),
            (Flags::SYN, ece, None),
        ] {
            let found = handshake(Flags::SYN | syn, Flags::SYN | Flags::ACK | answer).ecn();
            assert_eq!(found, outcome, "{syn} {answer}");
        }
    }
}
