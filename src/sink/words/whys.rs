//! What shows what a segment really was.

use crate::sink::words::group::texts;
use crate::track::judgement::Why;

texts! {
    /// The evidence of a [`Why`].
    WhyTexts {
        one_missing,
        older_identification,
        newer_identification,
        newer_timestamp,
        older_timestamp,
        same_timestamp,
        too_soon,
        round_trip_behind,
        passed_identification,
        overtaken_by_repeat,
        new_identification,
        first_timestamp,
        later_timestamp,
        soon_after,
        round_trip_later,
        timestamp_before_repeat,
        late_filling,
        newer_acknowledgment,
        older_acknowledgment,
        requested,
        before_request,
        unasked,
        late_as_others,
        later_acknowledgment,
        acknowledgment_before_repeat,
        other_header,
        sent_long_ago,
        said_too_large,
        other_text,
    }
}

impl WhyTexts {
    /// The words for one.
    #[must_use]
    pub const fn of(&self, why: Why) -> &'static str {
        match why {
            Why::OneMissing => self.one_missing,
            Why::OlderIdentification => self.older_identification,
            Why::NewerIdentification => self.newer_identification,
            Why::NewerTimestamp => self.newer_timestamp,
            Why::OlderTimestamp => self.older_timestamp,
            Why::SameTimestamp => self.same_timestamp,
            Why::TooSoon => self.too_soon,
            Why::RoundTripBehind => self.round_trip_behind,
            Why::PassedIdentification => self.passed_identification,
            Why::OvertakenByRepeat => self.overtaken_by_repeat,
            Why::NewIdentification => self.new_identification,
            Why::FirstTimestamp => self.first_timestamp,
            Why::LaterTimestamp => self.later_timestamp,
            Why::SoonAfter => self.soon_after,
            Why::RoundTripLater => self.round_trip_later,
            Why::TimestampBeforeRepeat => self.timestamp_before_repeat,
            Why::LateFilling => self.late_filling,
            Why::NewerAcknowledgment => self.newer_acknowledgment,
            Why::OlderAcknowledgment => self.older_acknowledgment,
            Why::Requested => self.requested,
            Why::Unasked => self.unasked,
            Why::LateAsOthers => self.late_as_others,
            Why::BeforeRequest => self.before_request,
            Why::LaterAcknowledgment => self.later_acknowledgment,
            Why::AcknowledgmentBeforeRepeat => self.acknowledgment_before_repeat,
            Why::OtherHeader => self.other_header,
            Why::SentLongAgo => self.sent_long_ago,
            Why::SaidTooLarge => self.said_too_large,
            Why::OtherText => self.other_text,
        }
    }
}
