//! What is said of the path.

use crate::sink::words::path::PathTexts;

pub(super) const WORDS: PathTexts = PathTexts {
    icmp: "ICMP  ",
    icmp_says: "{0} 在第 {2} 帧中称：{1}（{3}的 seq {4}）",
    icmp_line: "ICMP：{0} 在第 {2} 帧中称：{1}（{3}的 seq {4}）{5}",
    icmp_times: "，共 {0} 次",
    icmp_explains: "；{0} 称：{1}（ICMP，第 {2} 帧）",
    net_unreachable: "网络不可达",
    host_unreachable: "主机不可达",
    protocol_unreachable: "协议不可达",
    port_unreachable: "端口不可达",
    prohibited: "被管理策略禁止",
    fragmentation_needed: "需要分片",
    packet_too_big: "报文过大",
    time_exceeded: "途中超时（TTL 耗尽）",
    otherwise_unreachable: "目的不可达",
    with_mtu: "{0}，MTU {1}",
    sent_smaller: "；{0}从第 {1} 帧起以更小的报文段重发同样的数据",
    arrived: "；数据仍然到达",
    aborted: "；{0}在第 {1} 帧中止了连接",
    silence: "；{0}此后没有再发送",
    unheeded: "；{0}照旧发送",
    too_large: "重传（超过路径 MTU {0}，见第 {1} 帧）",
    too_large_somehow: "重传（超过路径 MTU，见第 {0} 帧）",
    cut_smaller: "{1}：以更小的报文段重传 {0} 次（原来的超过路径 MTU）",
    black_hole: "MTU 黑洞",
};
