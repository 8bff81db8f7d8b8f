//! What the capture did to the traffic.

use crate::sink::words::capture::CaptureTexts;

pub(super) const WORDS: CaptureTexts = CaptureTexts {
    copy: "重复抓到",
    copy_of: "第 {0} 帧的报文段又被抓到一次，相隔 {1}",
    copy_elsewhere: "第 {0} 帧的报文段在另一处又被抓到，相隔 {1}",
    unknown: "未知",
    unknown_answer: "SYN 是否得到应答未知：{0}",
    unknown_ack: "SYN-ACK 是否被确认未知：{0}",
    unknown_window: "{0}是否重新打开窗口未知：{1}",
    ended_soon: "抓包在其后 {0} 就结束了",
    only_syns: "客户端方向只抓到 SYN",
    no_servers: "服务器方向什么都没抓到",
    handshake_without_ack: "握手已完成：SYN 之后 {0} 收到 SYN-ACK；没有抓到纯 ACK，何时确认未知",
    no_acks: "没有抓到任何纯确认报文段",
};
