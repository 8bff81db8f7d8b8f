//! What shows what a segment really was.

use crate::sink::words::whys::WhyTexts;

pub(super) const WORDS: WhyTexts = WhyTexts {
    one_missing: "少了一次发送，却不缺数据：丢失的被重发",
    older_identification: "其 IP 标识早于越过它的报文段",
    newer_identification: "其 IP 标识晚于空缺之后的报文段",
    newer_timestamp: "其时间戳晚于空缺之后的报文段",
    older_timestamp: "其时间戳早于越过它的报文段",
    same_timestamp: "其时间戳与越过它的报文段相同",
    too_soon: "来得太早，一个往返还不够请求它",
    round_trip_behind: "在其后的报文段之后一个往返才到",
    passed_identification: "其 IP 标识此前出现过",
    overtaken_by_repeat: "其 IP 标识早于为它重发的报文段",
    new_identification: "其数据此前出现过，其 IP 标识没有",
    first_timestamp: "其时间戳与第一次相同",
    later_timestamp: "其时间戳晚于第一次",
    soon_after: "不到一个往返就到了",
    round_trip_later: "一个往返之后才到",
    timestamp_before_repeat: "其时间戳早于为它重发的报文段",
    late_filling: "填补空缺的来得晚，因此是重发",
};
