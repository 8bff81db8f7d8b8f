//! What octets were that fill a hole: sent before what left it, or after.

use crate::track::holes::Hole;
use crate::track::judgement::{Judgement, Kind, Why};
use crate::track::look::kind::{By, Doubt};
use crate::track::transmission::Transmission;

impl Doubt<'_> {
    /// Of octets that were left out: they are sent again where anything that lies
    /// behind them was sent before.
    pub(super) fn filling(&self, hole: &Hole) -> Judgement {
        let behind = self.sender.transmissions.iter();
        let behind = behind.filter(|sent| sent.seq - self.segment.seq > 0);
        let behind = behind.map(Transmission::stamp).chain([hole.stamp]);
        let (mut older, mut is_tied) = (None, false);
        for stamp in behind {
            match self.is_after(stamp) {
                Some((true, by)) => return Judgement::of(Kind::Retransmission, by.newer()),
                Some((false, by)) => older = Some(by),
                None => is_tied = true,
            }
        }
        if let Some(by) = older.filter(|_| !is_tied) {
            return Judgement::of(Kind::OutOfOrder, by.older());
        }
        let is_same = self.stamp.timestamp.is_some() && hole.stamp.timestamp.is_some();
        if is_same && self.ticks_within_round_trip() {
            return Judgement::of(Kind::OutOfOrder, Why::SameTimestamp);
        }
        self.by_time(hole)
    }

    fn by_time(&self, hole: &Hole) -> Judgement {
        let asked = hole.reported.unwrap_or(hole.stamp.at);
        if self.since(asked) < self.round_trip {
            return Judgement::of(Kind::OutOfOrder, Why::TooSoon);
        }
        let is_unasked = hole.reported.is_none() && self.receiver_tells();
        let is_soon = self.since(asked) < self.round_trip.saturating_mul(2);
        if is_unasked && is_soon && !self.may_be_timeout() {
            return Judgement::of(Kind::OutOfOrder, Why::Unasked);
        }
        // What was sent behind it came too soon to be sent for the request.
        if self
            .sent_before()
            .is_some_and(|at| at.0.saturating_sub(asked.0) < self.round_trip)
        {
            return Judgement::of(Kind::OutOfOrder, Why::BeforeRequest);
        }
        if self.since(hole.stamp.at) <= self.known_lateness() {
            return Judgement::of(Kind::OutOfOrder, Why::LateAsOthers);
        }
        let why = match hole.reported {
            Some(_) => Why::Requested,
            None => Why::RoundTripBehind,
        };
        Judgement::of(Kind::Retransmission, why)
    }

    /// How late what is overtaken may come, in nanoseconds, as the network has shown: by
    /// a quarter more than what came latest, since that was not the worst.
    fn known_lateness(&self) -> i64 {
        let holes = self.sender.holes.as_ref();
        let late_by = holes.and_then(|holes| holes.late_by);
        late_by.map_or(0, |late_by| late_by.0.saturating_add(late_by.0 / 4))
    }
}

impl By {
    const fn newer(self) -> Why {
        match self {
            Self::Identification => Why::NewerIdentification,
            Self::Timestamp => Why::NewerTimestamp,
            Self::Acknowledgment => Why::NewerAcknowledgment,
        }
    }

    const fn older(self) -> Why {
        match self {
            Self::Identification => Why::OlderIdentification,
            Self::Timestamp => Why::OlderTimestamp,
            Self::Acknowledgment => Why::OlderAcknowledgment,
        }
    }
}
