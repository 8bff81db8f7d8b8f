//! A full accept queue: the server has answered a SYN and does not take what the client
//! sends then, since the application does not accept what is there already.

use std::num::NonZeroU64;

use crate::time::{Span, Timestamp};
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::part::Part;
use crate::track::position::Position;
use crate::track::troubles::Troubles;

pub(super) const ABOUT: Description = Description {
    code: Code::FullAcceptQueue,
    name: "full_accept_queue",
    severity: Severity::Fails,
    means: "The server answered the SYN and took nothing of what the client sent then: its queue of \
        connections that the application has not accepted is full. It repeats its SYN-ACK whatever \
        acknowledges it, or is silent, as Linux is where it had answered with a cookie. `opened`: there \
        was room in the end; `never`: not as far as was captured. `times` is how many segments of the \
        client it did not take, `wait` the time from the first of them. It is certain where these \
        are known to have reached the server: they were captured there, or the repeated SYN-ACK \
        echoes a timestamp of theirs; and where the server is silent, only if data was sent three times.",
    unlike: "An application may ask to be woken by data alone (TCP_DEFER_ACCEPT): where the client sent \
        none in vain nothing is said. Where the client's segments are lost on the way, or dropped by a firewall that has not \
        seen the SYN-ACK, the server repeats that as well. Captured at the client the two look alike, \
        but for the echo: it is told, and that it is doubtful, where the SYN-ACK came twice more in \
        spite of data, or where data of at most 536 octets was sent four times before the server \
        went on. An ACK with a wrong number is refused, and is told as such.",
    reference: "RFC 9293 §3.9.1 (a passive OPEN); listen(2), tcp(7)",
};

/// How long a SYN-ACK is underway at most that the ACK has crossed on its way to the
/// server.
const CROSSING: Span = Span(200_000_000);
/// How often the client sends the same in vain before a loss is no explanation.
const IN_VAIN: u32 = 2;
/// So many octets of data pass everywhere (RFC 9293 §3.7.1).
const SMALL: u32 = 536;

/// What the server is known to have received and not taken.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Untaken {
    /// Whether a SYN-ACK that was sent again echoes what the client sent after the SYN.
    is_echoed: bool,
    /// What was not taken for some time, and then was.
    opened: Option<(Ignored, NonZeroU64)>,
}

/// What the server does not take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ignored {
    /// The ACK.
    first: NonZeroU64,
    /// The latest of the client.
    latest: NonZeroU64,
    times: u32,
    wait: Span,
    /// Whether it is not known that the server has received them.
    is_doubtful: bool,
}

/// What a segment of the server tells.
#[derive(Debug, Clone, Copy)]
pub(super) enum QueueSign {
    Echoed,
    Opened(Ignored, NonZeroU64),
}

impl QueueSign {
    pub(super) fn of(moment: &Moment<'_>, known: Option<&Untaken>) -> Option<Self> {
        let handshake = &moment.flow.handshake;
        let has_spoken = moment.flow.server.segments > 1 + u64::from(handshake.syn_ack_again);
        if moment.dir != Dir::ToClient || has_spoken || handshake.ack.is_none() {
            return None;
        }
        match moment.role.part {
            Part::Reset | Part::Refusal | Part::Syn => None,
            Part::SynAck => {
                let (_, echo) = moment.segment.options.timestamps()?;
                let asked = handshake.offered.timestamps?;
                let is_later = echo.wrapping_sub(asked).cast_signed() > 0;
                (is_later && handshake.syn_again == 0).then_some(Self::Echoed)
            }
            _ => {
                let is_echoed = known.is_some_and(|known| known.is_echoed);
                let time = moment.segment.time;
                let ignored = Ignored::until(time, moment.flow, is_echoed, true)?;
                Some(Self::Opened(ignored, moment.segment.frame))
            }
        }
    }
}

impl Untaken {
    pub(super) fn take(&mut self, sign: QueueSign) {
        match sign {
            QueueSign::Echoed => self.is_echoed = true,
            QueueSign::Opened(ignored, frame) => {
                self.opened.get_or_insert((ignored, frame));
            }
        }
    }
}

/// What is found of a connection.
pub(super) fn diagnose(flow: &Flow, known: Option<&Untaken>, end: Dir) -> Option<Diagnosis> {
    if end != Dir::ToClient {
        return None;
    }
    let is_echoed = known.is_some_and(|known| known.is_echoed);
    let found = |ignored: Ignored, shown_by| {
        let measures = [Measure::Times(ignored.times), Measure::Wait(ignored.wait)];
        let frames = (shown_by, &[ignored.first, ignored.latest][..]);
        let found = ABOUT.found(end, frames, &measures);
        found.doubtful_if(ignored.is_doubtful)
    };
    if let Some((ignored, frame)) = known.and_then(|known| known.opened) {
        return Some(found(ignored, frame).with_outcome(Outcome::Opened, Severity::Slows));
    }
    let ignored = Ignored::until(flow.last, flow, is_echoed, false)?;
    Some(found(ignored, ignored.latest).with_outcome(Outcome::Never, Severity::Fails))
}

impl Ignored {
    /// What the server has not taken until a time; `is_echoed` where it is known to have
    /// received it, `goes_on` where it takes it then.
    fn until(time: Timestamp, flow: &Flow, is_echoed: bool, goes_on: bool) -> Option<Self> {
        let (client, handshake) = (&flow.client, &flow.handshake);
        let ack = handshake.ack.filter(|ack| ack.dir == Dir::ToServer)?;
        let wait = time - ack.time;
        if !is_ordinary(flow) || wait < CROSSING {
            return None;
        }
        let position = Position::of(handshake);
        let is_at_server = matches!(position, Some(Position::Server | Position::Everywhere));
        let repeats = handshake.answers_after_ack();
        let in_vain = client.troubles().map_or(0, Troubles::retransmissions);
        let is_certain =
            (is_at_server || is_echoed) && repeats > 0 || is_at_server && in_vain >= IN_VAIN;
        let is_small = client.largest.len <= SMALL;
        let is_silent = goes_on && is_small && repeats == 0 && in_vain > IN_VAIN;
        let is_likely = repeats > 1 || is_silent;
        let is_told = is_certain || is_likely;
        let latest = client
            .last_frame
            .filter(|_| is_told && ignores_data(flow))?;
        let asked = 1 + u64::from(handshake.syn_again) + resets(flow, Dir::ToServer);
        let times = client.segments.saturating_sub(asked);
        Some(Self {
            first: ack.frame,
            latest,
            times: u32::try_from(times).unwrap_or(u32::MAX),
            wait,
            is_doubtful: !is_certain,
        })
    }
}

/// Whether the server has sent nothing but SYN-ACKs to what acknowledges them rightly.
fn is_ordinary(flow: &Flow) -> bool {
    let handshake = &flow.handshake;
    let answers = 1 + u64::from(handshake.syn_ack_again) + resets(flow, Dir::ToClient);
    handshake.syn_ack.is_some()
        && flow.server.segments == answers
        && !handshake.is_simultaneous
        && handshake.octets_in_syn() == 0
        && flow.client.not_taken().is_none()
        && flow.server.fin.is_none()
}

/// Whether data of the client was sent before a SYN-ACK, or again.
fn ignores_data(flow: &Flow) -> bool {
    let (client, server) = (&flow.client, &flow.server);
    let first = client.transmissions.iter().last();
    let is_before = first.is_some_and(|first| server.last_frame > Some(first.frame));
    is_before || client.octets_again > 0
}

/// How many RSTs an end is known to have sent: one at most.
fn resets(flow: &Flow, dir: Dir) -> u64 {
    let reset = flow.teardown.reset;
    u64::from(reset.is_some_and(|reset| reset.dir == dir))
}
