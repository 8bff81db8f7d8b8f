//! Sequence diagrams.

use crate::sink::words::ladder::LadderTexts;

pub(super) const WORDS: LadderTexts = LadderTexts {
    title: "{0} 的时序图：{1}",
    bytes: "({0} 字节)",
    lost: "丢失",
    unanswered: "无应答",
    copy_of: "第 {0} 帧的副本",
    copied: "途中被复制",
    conflicting: "内容与先前不同",
    again: "重传",
    timeout: "重传：超时",
    fast: "重传：快速",
    tail_probe: "重传：尾部探测",
    spurious: "重传：多余",
    path_mtu: "重传：路径 MTU",
    folded: "{0} 个报文段，{1}",
    folded_data: "{0} 个报文段，{2}，{1}",
    folded_both: "{0} 个报文段，{2} → ← {3}，{1}",
    folded_again: "重传 {0} 个",
    folded_overtaken: "乱序 {0} 个",
    folded_copies: "副本 {0} 个",
    folded_repeated: "重复确认 {0} 个",
    opens: "折叠了 {0} 个报文段；--all 全部展开",
    left_out: "开头之后有 {0} 个报文段没有画出：数量太多",
};
