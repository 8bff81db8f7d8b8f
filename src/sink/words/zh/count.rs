//! Ends, phases, counts.

use crate::sink::words::Count;

pub(super) const WORDS: Count = Count {
    client: "客户端",
    server: "服务器",
    comma: "，",
    colon: "：",
    semicolon: "；",
    handshake: "握手",
    data: "数据",
    ack: "确认",
    keep_alive: "保活",
    teardown: "挥手",
    reset: "复位",
    nonsense: "无意义",
    unknown_link: "链路类型未知",
    not_ip: "不是 IP",
    not_tcp: "不是 TCP",
    cut_below_tcp: "在 TCP 之前被截断",
    bad_header: "TCP 之前的首部损坏",
    first_fragment: "首个分片",
    later_fragment: "后续分片",
    cut_tcp: "在 TCP 首部内被截断",
    bad_offset: "数据偏移有误",
    bad_record: "记录不可能存在",
    segments: "{0} 个报文段",
    connections: "{0} 个连接",
    other_frames: "另有 {0} 帧",
    counted: "{1} {0}",
    yes: "是",
    no: "否",
};
