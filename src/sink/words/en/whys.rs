//! What shows what a segment really was.

use crate::sink::words::whys::WhyTexts;

pub(super) const WORDS: WhyTexts = WhyTexts {
    one_missing: "a transmission is missing, but no data is: probably what was lost has been retransmitted",
    older_identification: "its IP ID is older than that of the segment that overtook it",
    newer_identification: "its IP ID is newer than that of the segment behind the gap",
    newer_timestamp: "its timestamp is newer than that of the segment behind the gap",
    older_timestamp: "its timestamp is older than that of the segment that overtook it",
    same_timestamp: "its timestamp is that of the segment that overtook it",
    too_soon: "it came sooner than a request for it could make the round trip",
    round_trip_behind: "probably, by the time alone: it came a round trip after the data behind it",
    passed_identification: "a segment with its IP ID passed before",
    overtaken_by_repeat: "its IP ID is older than that of its retransmission",
    new_identification: "its data passed before, under another IP ID",
    first_timestamp: "its timestamp is that of the first transmission",
    later_timestamp: "its timestamp is newer than that of the first transmission",
    soon_after: "probably, by the time alone: it came less than a round trip after the same",
    round_trip_later: "probably, by the time alone: it came a round trip after the same",
    timestamp_before_repeat: "its timestamp is older than that of its retransmission",
    late_filling: "probably, by the time alone: what filled the gap came after a request for it",
    newer_acknowledgment: "it acknowledges more than a segment behind the gap does",
    older_acknowledgment: "it acknowledges less than the segment that overtook it does",
    requested: "probably: the receiver had reported the gap a round trip before",
    before_request: "it was sent before a request for it could reach its sender",
    unasked: "probably: the receiver had not asked for a retransmission",
    late_as_others: "probably, by the time alone: others were overtaken by as much",
    later_acknowledgment: "it acknowledges more than the first transmission",
    acknowledgment_before_repeat: "it acknowledges less than its retransmission",
    other_header: "its header or its length is not that of a transmission before",
    sent_long_ago: "it was sent before all the sender's latest segments",
    said_too_large: "its data passed before, in a segment that an ICMP error called too large",
};
