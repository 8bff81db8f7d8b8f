//! The row of a server.

use crate::sink::words::texts::ServerTexts;

pub(super) const WORDS: ServerTexts = ServerTexts {
    tried: "尝试",
    opened: "建立",
    shortest: "最短",
    median: "中位",
    longest: "最长",
    most_syns: "SYN/s",
    most_waiting: "等待",
    syns_over_time: "SYN 数随时间变化",
    waiting_over_time: "等待数随时间变化",
    flooded: "{0} 遭到 SYN 泛洪：来自 {2} 个地址的 {1} 次握手未完成，一秒内最多 {3} 个 SYN，建立 {4} 个",
    left_out: "另有 {0} 个连接属于未列出的服务器",
};
