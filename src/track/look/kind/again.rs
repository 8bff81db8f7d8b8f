//! What octets were that have passed before: sent again, the copy of one
//! transmission, or one that was overtaken by what was sent for it.

use crate::track::judgement::{Judgement, Kind, Why};
use crate::track::look::kind::{By, Doubt};
use crate::track::timeouts::LEAST_TIMEOUT;
use crate::track::transmission::Transmission;

impl Doubt<'_> {
    /// Of octets that passed before, compared with each time that they did.
    pub(super) fn seen_before(&self) -> Judgement {
        let own = Transmission::of(self.segment, self.stamp.at);
        let has_passed = self.sender.sending.has_passed(self.stamp) == Some(true);
        let (mut alike, mut newer, mut older) = (None, None, None);
        let mut is_remembered = false;
        for sent in self.sender.transmissions.of(self.segment.seq) {
            is_remembered = true;
            let is_counted = self.sender.sending.is_counted();
            let is_same =
                has_passed && sent.is_same(&own) || is_counted && sent.is_same_piece(&own);
            if is_same && self.tells_transmission(sent) {
                return Judgement::of(Kind::Duplicate, Why::PassedIdentification);
            }
            match self.is_after(sent.stamp()) {
                Some((true, by)) => newer = Some(by),
                Some((false, by)) => older = Some(by),
                None if sent.is_like(&own) => alike = alike.or(Some(sent)),
                None => {}
            }
        }
        if self.is_resized() {
            return Judgement::of(Kind::Retransmission, Why::SaidTooLarge);
        }
        match (alike, newer, older) {
            (Some(sent), ..) => self.alike(sent),
            (None, Some(by), _) => Judgement::of(Kind::Retransmission, by.later()),
            (None, None, Some(by)) => Judgement::of(Kind::OutOfOrder, by.before_repeat()),
            (None, None, None) if is_remembered => {
                Judgement::of(Kind::Retransmission, Why::OtherHeader)
            }
            (None, None, None) if has_passed => {
                Judgement::of(Kind::Duplicate, Why::PassedIdentification)
            }
            (None, None, None) => self.long_ago(),
        }
    }

    /// Whether the identification is more than what all segments have: where it was not
    /// seen to be counted, no copy comes as late as what a timeout sends.
    fn tells_transmission(&self, sent: &Transmission) -> bool {
        self.sender.sending.is_counted() || self.since(sent.at) < LEAST_TIMEOUT.0
    }

    /// Of what looks the same as before.
    fn alike(&self, sent: &Transmission) -> Judgement {
        let has_timestamp = self.stamp.timestamp.is_some();
        if has_timestamp && self.ticks_within_round_trip() {
            return Judgement::of(Kind::Duplicate, Why::FirstTimestamp);
        }
        let waited = self.since(sent.at);
        let holes = self.sender.holes.as_ref();
        let hole = holes.and_then(|holes| holes.filled_at(self.segment.seq));
        if let Some(hole) = hole {
            let asked = hole.reported.unwrap_or(hole.stamp.at);
            let is_answer = self.since(asked) >= self.round_trip;
            let was_answer = sent.at.0.saturating_sub(asked.0) >= self.round_trip;
            if is_answer && !was_answer && hole.reported.is_some() {
                return Judgement::of(Kind::Retransmission, Why::Requested);
            }
            if was_answer && hole.reported.is_none() {
                return Judgement::of(Kind::Retransmission, Why::LateFilling);
            }
            // What was asked for has come, and is not asked for again so soon.
            if was_answer && waited < self.round_trip {
                return Judgement::of(Kind::Duplicate, Why::SoonAfter);
            }
        }
        if !self.may_be_asked(waited) {
            return Judgement::of(Kind::Duplicate, Why::Unasked);
        }
        if waited < self.round_trip / 2 {
            return Judgement::of(Kind::Duplicate, Why::SoonAfter);
        }
        Judgement::of(Kind::Retransmission, Why::RoundTripLater)
    }

    /// Whether there may be a reason to send the octets again, so long after the latest
    /// time.
    fn may_be_asked(&self, waited: i64) -> bool {
        let is_missing = self.segment.end() - self.sender.una > 0;
        let is_last = self.segment.end() - self.sender.nxt >= 0;
        let is_heard = self.receiver.segments > 0;
        let holes = self.sender.holes.as_ref();
        let was_missing = holes.is_some_and(|holes| holes.filled_at(self.segment.seq).is_some());
        // A partial acknowledgment asks for what comes next (RFC 6582 §3.2).
        let is_next = self.segment.seq == self.sender.una && waited >= self.round_trip;
        !is_heard
            || was_missing
            || is_missing && is_next
            || is_missing && self.receiver_tells()
            || is_last && waited > self.round_trip.saturating_mul(2)
            || self.may_be_timeout()
    }

    /// Of what passed so long ago that it is not remembered.
    fn long_ago(&self) -> Judgement {
        let oldest = self.sender.transmissions.iter().last();
        match oldest.and_then(|oldest| self.is_after(oldest.stamp())) {
            Some((false, _)) => Judgement::of(Kind::Duplicate, Why::SentLongAgo),
            Some((true, by)) => Judgement::of(Kind::Retransmission, by.later()),
            None if self.may_be_asked(self.silence()) => {
                Judgement::of(Kind::Retransmission, Why::RoundTripLater)
            }
            None => Judgement::of(Kind::Duplicate, Why::Unasked),
        }
    }
}

impl By {
    const fn later(self) -> Why {
        match self {
            Self::Identification => Why::NewIdentification,
            Self::Timestamp => Why::LaterTimestamp,
            Self::Acknowledgment => Why::LaterAcknowledgment,
        }
    }

    const fn before_repeat(self) -> Why {
        match self {
            Self::Identification => Why::OvertakenByRepeat,
            Self::Timestamp => Why::TimestampBeforeRepeat,
            Self::Acknowledgment => Why::AcknowledgmentBeforeRepeat,
        }
    }
}
