//! The two parts of a round trip, as the capture saw them.

use crate::time::Span;
use crate::track::figures::stream::DataStream;
use crate::track::flow::Flow;

/// The parts of the round trip: from the capture to each end and back, that end's own
/// delay included. The whole round trip is their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Legs {
    /// To the server and back.
    pub to_server: Option<Leg>,
    /// To the client and back.
    pub to_client: Option<Leg>,
}

/// A part of the round trip, of the handshake and of data: from a segment that was sent
/// once, or that a timestamp tells, to its acknowledgment. One that its sender delays is
/// counted with its delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// The shortest; where nothing was acknowledged, from a timestamp to its echo.
    pub min: Span,
    /// Half took no longer.
    pub median: Span,
    /// 95 of 100 took no longer.
    pub p95: Span,
    /// The longest; of a sum nobody knows it.
    pub max: Option<Span>,
    /// How many there were.
    pub count: u64,
}

impl Legs {
    /// Of a connection, with what is known of the data to either end.
    #[must_use]
    pub(in crate::track) fn of(
        flow: &Flow,
        to_server: Option<&DataStream>,
        to_client: Option<&DataStream>,
    ) -> Self {
        let handshake = &flow.handshake;
        let is_known = !handshake.is_simultaneous;
        let is_server_known = is_known && !handshake.is_server_leg_ambiguous();
        let is_client_known = is_known && !handshake.is_client_leg_ambiguous();
        let server = handshake.server_leg().filter(|_| is_server_known);
        let client = handshake.client_leg().filter(|_| is_client_known);
        Self {
            to_server: Leg::of(server, to_server, to_client),
            to_client: Leg::of(client, to_client, to_server),
        }
    }

    /// The whole round trip: the sums of both parts, where both are known. What share of
    /// the round trips took no longer than a sum of medians or of 95 % is not known
    /// exactly, where both parts vary.
    #[must_use]
    pub fn whole(&self) -> Option<Leg> {
        let (one, other) = (self.to_server?, self.to_client?);
        let sum = |one: Span, other: Span| Span(one.0.saturating_add(other.0));
        Some(Leg {
            min: sum(one.min, other.min),
            median: sum(one.median, other.median),
            p95: sum(one.p95, other.p95),
            max: None,
            count: one.count.min(other.count),
        })
    }
}

impl Leg {
    /// From the time that the handshake took, the data to the end, and the data from it,
    /// which echoes timestamps.
    fn of(
        opening: Option<Span>,
        to: Option<&DataStream>,
        from: Option<&DataStream>,
    ) -> Option<Self> {
        let echo = from.and_then(|stream| stream.least_echo);
        let mut all = to
            .map(|stream| stream.round_trips.clone())
            .unwrap_or_default();
        if let Some(opening) = opening {
            all.take(opening);
        }
        let least = all.min().into_iter().chain(echo).min()?;
        let times = all.times();
        let (median, p95) = times.map_or((least, least), |times| (times.median, times.p95));
        Some(Self {
            min: least,
            median,
            p95,
            max: times.map(|times| times.max),
            count: all.count(),
        })
    }
}
