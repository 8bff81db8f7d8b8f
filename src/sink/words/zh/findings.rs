//! What was found about a segment.

use crate::sink::words::findings::FindingTexts;

pub(super) const WORDS: FindingTexts = FindingTexts {
    ack_lost_segment: "确认的数据未抓到",
    duplicate_ack: "第 {1} 帧的第 {0} 次重复",
    window_full: "窗口已满",
    zero_window: "零窗口",
    zero_window_probe: "零窗口探测",
    zero_window_probe_ack: "零窗口探测应答",
    reused_ports: "端口号重用",
    tfo_ignored: "Fast Open 未被接受",
    out_of_order: "乱序",
    duplicate: "网络产生的副本",
    retransmission: "重传",
    timeout: "超时重传",
    fast: "快速重传",
    tail_probe: "尾部丢失探测（TLP）重传",
    spurious: "伪重传",
};
