//! What was found about a segment.

use crate::sink::words::findings::FindingTexts;

pub(super) const WORDS: FindingTexts = FindingTexts {
    ack_lost_segment: "确认了未抓到的数据",
    duplicate_ack: "对帧 {1} 的第 {0} 个重复确认",
    window_full: "填满窗口",
    zero_window: "窗口关闭",
    zero_window_probe: "探测关闭的窗口",
    zero_window_probe_ack: "应答探测",
    reused_ports: "端口曾被使用",
    tfo_ignored: "Fast Open 未被接受",
    out_of_order: "乱序：先于越过它的报文段发出",
    duplicate: "网络复制的副本",
    retransmission: "重发",
    timeout: "超时后重发",
    fast: "应对端请求重发",
    tail_probe: "重发以探测最后一段",
    spurious: "多余的重发，此前已被确认",
};
