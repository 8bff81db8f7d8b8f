//! What shows what a segment really was.

use crate::sink::words::whys::WhyTexts;

pub(super) const WORDS: WhyTexts = WhyTexts {
    one_missing: "a transmission is missing, but no data is: what was lost has been retransmitted",
    older_identification: "its IP ID is older than that of the segment that overtook it",
    newer_identification: "its IP ID is newer than that of the segment behind the gap",
    newer_timestamp: "its timestamp is newer than that of the segment behind the gap",
    older_timestamp: "its timestamp is older than that of the segment that overtook it",
    same_timestamp: "its timestamp is that of the segment that overtook it",
    too_soon: "it came sooner than a request for it could make the round trip",
    round_trip_behind: "it came a round trip after the data behind it",
    passed_identification: "a segment with its IP ID passed before",
    overtaken_by_repeat: "its IP ID is older than that of its retransmission",
    new_identification: "its data passed before, under another IP ID",
    first_timestamp: "its timestamp is that of the first transmission",
    later_timestamp: "its timestamp is newer than that of the first transmission",
    soon_after: "it came less than a round trip after the first transmission",
    round_trip_later: "it came a round trip after the first transmission",
    timestamp_before_repeat: "its timestamp is older than that of its retransmission",
    late_filling: "the segment that filled the gap came so late that its sender had to retransmit",
    said_too_large: "its data passed before, in a segment that an ICMP error called too large",
};
