//! A SYN-ACK that came another way than all else of its end.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::ttls::MOST_HOPS_APART;

pub(super) const ABOUT: Description = Description {
    code: Code::AnsweredByAnother,
    name: "answered_by_another",
    severity: Severity::Harmless,
    means: "The SYN-ACK came from another than all else of the server, as its TTL differs by more than two hops \
        (`ttl` against `usual_ttl`): a firewall or a protection against floods that answers SYNs itself (a SYN \
        proxy), a load balancer, or a forger. What the SYN-ACK says of options and windows is then that one's, \
        and that the server is there was not known before it sent something itself. Behind it there may be one more \
        segment without data of that TTL, as a SYN proxy opens its window when the server has answered too. It \
        takes three segments of the server that have one TTL.",
    unlike: "A route that changes moves the TTL by a hop or two, and every later one. An application \
        may choose the TTL of its own segments (BGP does): two such TTLs as hosts begin with, in a capture at the \
        host, are its own. A capture in two places shows \
        each segment with two.",
    reference: "RFC 4987 §3.7, RFC 791 §3.2 (time to live)",
};

/// What hosts begin with: two of these in the same place may be one host's.
const INITIAL: [u8; 5] = [1, 32, 64, 128, 255];
/// How many segments who answers a SYN in another's name may send, at most: the SYN-ACK, and
/// one that opens the window once the other answers too.
pub(in crate::track) const FIRST: u64 = 2;
/// How many segments behind the SYN-ACK it takes.
const ENOUGH: u16 = 3;

/// The TTL of the SYN-ACK, and that of the first segment behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct OtherWay {
    syn_ack: u8,
    other: u8,
    /// How many segments had the first of them before the second.
    times: u16,
    frame: NonZeroU64,
}

impl OtherWay {
    pub(super) fn of(moment: &Moment<'_>) -> Option<Self> {
        let (segment, sender, handshake) =
            (moment.segment, moment.sender(), &moment.flow.handshake);
        let is_first = moment.dir == Dir::ToClient
            && handshake.syn_ack.is_some()
            && !handshake.is_simultaneous
            && sender.segments <= FIRST + u64::from(handshake.syn_ack_again)
            && sender.data_segments == 0
            && !segment.flags.any(Flags::SYN | Flags::RST);
        if !is_first || sender.ttls.hops_to(segment.ttl) <= MOST_HOPS_APART {
            return None;
        }
        let syn_ack = sender.ttls.usual()?;
        let are_own = [syn_ack, segment.ttl]
            .iter()
            .all(|ttl| INITIAL.contains(ttl));
        (!are_own).then_some(Self {
            syn_ack,
            other: segment.ttl,
            times: sender.ttls.times(syn_ack),
            frame: segment.frame,
        })
    }

    /// What is found of a connection.
    pub(super) fn diagnose(self, flow: &Flow, end: Dir) -> Option<Diagnosis> {
        let ttls = &flow.sender(end).ttls;
        let is_alone = ttls.times(self.syn_ack) == self.times;
        let is_found = end == Dir::ToClient && is_alone && ttls.times(self.other) >= ENOUGH;
        let syn_ack = flow.handshake.syn_ack?.frame;
        let measures = [
            Measure::Ttl(u32::from(self.syn_ack)),
            Measure::UsualTtl(u32::from(self.other)),
        ];
        is_found.then(|| ABOUT.found(end, (self.frame, &[syn_ack]), &measures))
    }
}
