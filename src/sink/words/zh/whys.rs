//! What shows what a segment really was.

use crate::sink::words::whys::WhyTexts;

pub(super) const WORDS: WhyTexts = WhyTexts {
    one_missing: "缺了一次发送，但不缺数据：很可能丢失的数据已重传",
    older_identification: "其 IP 标识早于越过它的报文段",
    newer_identification: "其 IP 标识晚于缺口之后的报文段",
    newer_timestamp: "其时间戳晚于缺口之后的报文段",
    older_timestamp: "其时间戳早于越过它的报文段",
    same_timestamp: "其时间戳与越过它的报文段相同",
    too_soon: "到得太早：不足一个往返，来不及请求重传",
    round_trip_behind: "仅凭时间推测：比它后面的数据晚一个往返才到",
    passed_identification: "带有同一 IP 标识的报文段此前出现过",
    overtaken_by_repeat: "其 IP 标识早于它的重传",
    new_identification: "其数据此前出现过，但 IP 标识不同",
    first_timestamp: "其时间戳与第一次发送时相同",
    later_timestamp: "其时间戳晚于第一次发送时",
    soon_after: "仅凭时间推测：距相同的报文段不足一个往返",
    round_trip_later: "仅凭时间推测：距相同的报文段已有一个往返",
    timestamp_before_repeat: "其时间戳早于它的重传",
    late_filling: "仅凭时间推测：填补缺口的报文段在重传请求之后才到",
    newer_acknowledgment: "其确认号大于缺口之后的报文段",
    older_acknowledgment: "其确认号小于越过它的报文段",
    requested: "很可能：接收方在一个往返之前就报告了缺口",
    before_request: "重传请求到达发送方之前它就已发出",
    unasked: "很可能：接收方并未请求重传",
    late_as_others: "仅凭时间推测：其他报文段也曾迟到这么久",
    later_acknowledgment: "其确认号大于第一次发送时",
    acknowledgment_before_repeat: "其确认号小于它的重传",
    other_header: "其首部或长度与此前的发送不同",
    sent_long_ago: "它的发送早于发送方最近的所有报文段",
    said_too_large: "其数据此前出现过，ICMP 差错称当时的报文段过大",
};
