//! Segments larger than the other end asked for.

use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::position::Position;

pub(super) const ABOUT: Description = Description {
    code: Code::AboveMss,
    name: "above_mss",
    severity: Severity::Harmless,
    means: "An end sends segments with more octets of data than the MSS that the other end asked for \
        in its SYN: it does not heed it, or somebody changed it behind the capture, to whom smaller \
        segments may matter. `bytes` is the largest such segment, `mss` what was asked for. It is \
        recognised where one that is larger is known to be a single segment, as the IPv4 identification \
        goes on by one behind it, where neither the sender captured it nor any is larger than Ethernet \
        takes.",
    unlike: "Segments that are larger than any packet were cut by the network card behind the capture, \
        or put together before it (offload): that is told as the capture's doing. Over IPv6, and where \
        the identification does not count, nobody can tell the two apart, and nothing is said.",
    reference: "RFC 9293 §3.7.1, RFC 6691",
};

/// Octets of a datagram on Ethernet, without those of its smallest headers.
const ETHERNET: u32 = 1_460;

/// The first segment of an end above the MSS.
#[derive(Debug, Clone, Copy)]
pub(super) struct Above {
    frame: NonZeroU64,
}

impl Flow {
    /// Whether a segment of direction `dir` has more octets of data than the other end's
    /// MSS option asks for.
    #[inline]
    pub(in crate::track) fn is_above_mss(&self, dir: Dir, segment: &Segment<'_>) -> bool {
        let asked = match dir {
            Dir::ToServer => &self.handshake.answered,
            Dir::ToClient => &self.handshake.offered,
        };
        asked
            .mss
            .is_some_and(|mss| segment.payload_len > u32::from(mss))
    }
}

impl Above {
    pub(super) fn of(moment: &Moment<'_>) -> Option<Self> {
        let is_above = moment.flow.is_above_mss(moment.dir, moment.segment);
        (is_above && moment.brings_new()).then_some(Self {
            frame: moment.segment.frame,
        })
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(self, flow: &Flow, end: Dir) -> Option<Diagnosis> {
        let sender = flow.sender(end);
        let mss = u32::from(flow.max_segment(end)?);
        let bytes = sender.sending.single_len();
        let is_elsewhere = match Position::of(&flow.handshake)? {
            Position::Client => end == Dir::ToClient,
            Position::Server => end == Dir::ToServer,
            Position::Middle => true,
            Position::Everywhere => false,
        };
        let is_cut = sender.largest.len > ETHERNET;
        let measures = [Measure::Bytes(bytes), Measure::Mss(mss)];
        let is_found = bytes > mss && is_elsewhere && !is_cut;
        is_found.then(|| ABOUT.found(end, (self.frame, &[]), &measures))
    }
}
