//! What shows what a segment really was.

use crate::sink::words::whys::WhyTexts;

pub(super) const WORDS: WhyTexts = WhyTexts {
    one_missing: "缺了一次发送，但不缺数据：丢失的那段已重发",
    older_identification: "其 IP 标识早于越过它的报文段",
    newer_identification: "其 IP 标识晚于缺口之后的报文段",
    newer_timestamp: "其时间戳晚于缺口之后的报文段",
    older_timestamp: "其时间戳早于越过它的报文段",
    same_timestamp: "其时间戳与越过它的报文段相同",
    too_soon: "到得太早：不足一个往返，对端还来不及请求",
    round_trip_behind: "比它之后的数据晚一个往返才到",
    passed_identification: "其 IP 标识此前出现过",
    overtaken_by_repeat: "其 IP 标识早于替它重发的报文段",
    new_identification: "其数据此前出现过，其 IP 标识则没有",
    first_timestamp: "其时间戳与第一次相同",
    later_timestamp: "其时间戳晚于第一次",
    soon_after: "距第一次不足一个往返",
    round_trip_later: "距第一次已有一个往返",
    timestamp_before_repeat: "其时间戳早于替它重发的报文段",
    late_filling: "填补缺口的报文段来得晚，因此已重发",
};
