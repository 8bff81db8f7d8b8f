//! What shows what a segment really was.

use crate::sink::words::whys::WhyTexts;

pub(super) const WORDS: WhyTexts = WhyTexts {
    one_missing: "缺了一次发送，但不缺数据：丢失的数据已重传",
    older_identification: "其 IP 标识早于越过它的报文段",
    newer_identification: "其 IP 标识晚于缺口之后的报文段",
    newer_timestamp: "其时间戳晚于缺口之后的报文段",
    older_timestamp: "其时间戳早于越过它的报文段",
    same_timestamp: "其时间戳与越过它的报文段相同",
    too_soon: "到得太早：不足一个往返，来不及请求重传",
    round_trip_behind: "比它后面的数据晚一个往返才到",
    passed_identification: "带有同一 IP 标识的报文段此前出现过",
    overtaken_by_repeat: "其 IP 标识早于它的重传",
    new_identification: "其数据此前出现过，但 IP 标识不同",
    first_timestamp: "其时间戳与第一次发送时相同",
    later_timestamp: "其时间戳晚于第一次发送时",
    soon_after: "距第一次发送不足一个往返",
    round_trip_later: "距第一次发送已有一个往返",
    timestamp_before_repeat: "其时间戳早于它的重传",
    late_filling: "填补缺口的报文段来得太晚，发送方只好重传",
    said_too_large: "其数据此前出现过，ICMP 差错称当时的报文段过大",
};
