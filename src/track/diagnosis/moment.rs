//! What a diagnosis may look at: a segment, and the connection as it was before.

use crate::segment::Segment;
use crate::time::Span;
use crate::track::agreement::DEFAULT_MSS;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::judgement::{Cause, Judgement, Kind};
use crate::track::part::{Part, Role};

/// A segment, what it is, and the connection as it was before it.
#[derive(Debug, Clone, Copy)]
pub(in crate::track) struct Moment<'a> {
    pub(in crate::track) flow: &'a Flow,
    pub(in crate::track) dir: Dir,
    pub(in crate::track) segment: &'a Segment<'a>,
    pub(in crate::track) role: Role,
    pub(in crate::track) kind: Option<Judgement>,
}

impl Moment<'_> {
    /// The end that sent the segment.
    pub(super) fn sender(&self) -> &Half {
        self.flow.sender(self.dir)
    }

    /// The end that it goes to.
    pub(super) fn receiver(&self) -> &Half {
        self.flow.receiver(self.dir)
    }

    /// When it came, counted from the beginning of the connection.
    pub(super) fn now(&self) -> Span {
        self.segment.time - self.flow.first
    }

    /// Whether it brings data that was not sent before.
    pub(super) fn brings_new(&self) -> bool {
        self.segment.payload_len > 0
            && self.role.unacceptable.is_none()
            && !self.role.part.asks()
            && self.kind.is_some_and(|judged| judged.kind == Kind::New)
    }

    /// How long its sender had sent no data before it; `None` where it never had.
    pub(super) fn pause(&self) -> Option<Span> {
        let before = self.sender().transmissions.latest()?;
        Some(Span(self.now().0.saturating_sub(before.at.0)))
    }

    /// The most octets of data and options that its sender may put into a segment.
    pub(super) fn most(&self) -> u16 {
        let is_ipv4 = self.flow.client_addr().is_ipv4();
        let default = if is_ipv4 {
            DEFAULT_MSS.0
        } else {
            DEFAULT_MSS.1
        };
        self.flow.max_segment(self.dir).unwrap_or(default)
    }

    /// How long the way from the capture to an end and back takes, its delay included, as
    /// the handshake showed; `None` where it did not.
    pub(super) fn leg(&self, end: Dir) -> Option<Span> {
        let handshake = &self.flow.handshake;
        match end {
            Dir::ToServer if handshake.is_client_leg_ambiguous() => None,
            Dir::ToServer => handshake.client_leg(),
            Dir::ToClient if handshake.is_server_leg_ambiguous() => None,
            Dir::ToClient => handshake.server_leg(),
        }
    }

    /// Whether a diagnosis may come of it, or of what it shows: it is no segment of an
    /// exchange in which nothing happens.
    pub(in crate::track) fn is_telling(&self) -> bool {
        let is_repeated = self.role.again > 0
            || self.kind.is_some_and(|judged| {
                judged.kind == Kind::Retransmission || judged.cause == Some(Cause::Spurious)
            });
        is_repeated
            || self.role.unacceptable.is_some()
            || self.role.part.asks()
            || matches!(self.role.part, Part::Reset | Part::Refusal)
    }
}
