//! What shows what a segment really was.

use crate::sink::words::whys::WhyTexts;

pub(super) const WORDS: WhyTexts = WhyTexts {
    one_missing: "one transmission is missing and no octets: what was lost is sent again",
    older_identification: "its IP identification is older than that of what overtook it",
    newer_identification: "its IP identification is newer than that of what came behind the hole",
    newer_timestamp: "its timestamp is newer than that of what came behind the hole",
    older_timestamp: "its timestamp is older than that of what overtook it",
    same_timestamp: "its timestamp is that of what overtook it",
    too_soon: "it came sooner than a round trip could ask for it",
    round_trip_behind: "it came a round trip after what lies behind it",
    passed_identification: "its IP identification passed before",
    overtaken_by_repeat: "its IP identification is older than that of what was sent for it",
    new_identification: "its octets passed before, its IP identification did not",
    first_timestamp: "its timestamp is that of the first time",
    later_timestamp: "its timestamp is newer than that of the first time",
    soon_after: "it came sooner than a round trip",
    round_trip_later: "it came a round trip later",
    timestamp_before_repeat: "its timestamp is older than that of what was sent for it",
    late_filling: "what filled the hole came late, so that it was sent again",
};
