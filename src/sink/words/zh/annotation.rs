//! The line under the line.

use crate::sink::words::texts::AnnotationTexts;

pub(super) const WORDS: AnnotationTexts = AnnotationTexts {
    data: "数据 {0} 字节",
    ack_of: "确认 {0} 字节",
    ack: "确认",
    ack_again: "重复确认",
    window_update: "窗口更新",
    keep_alive: "保活探测",
    keep_alive_ack: "保活应答",
    window_probe: "窗口探测",
    window_probe_ack: "窗口探测应答，窗口仍关闭",
    refused: "拒绝 RST",
    reset: "复位 RST",
    nonsense: "无意义 [{0}]",
    plus_data: " + 数据 {0} 字节",
    again: " 重发",
    frame_after: "，对应第 {0} 帧，用时 {1}",
    handshake_took: "握手用时 {0}",
    client_guessed: "抓包开始前连接已建立，哪一端是客户端只是推测",
    missing: "之前有 {0} 字节丢失、迟到或未抓到",
    uncaptured: "之前有 {0} 字节已到达对方但未抓到",
    partly_again: "其中 {0} 字节是重发",
    asks_for_cookie: "请求 Fast Open cookie",
    with_cookie: "Fast Open，带 cookie",
    fast_open_accepted: "Fast Open 被接受",
    arrived_twice: "D-SACK {0}:{1}，到达了两次",
    window_now: "窗口现为 {0} 字节",
    window_open_again: "窗口重新打开：{0} 字节，关闭了 {1}",
    not_followed: "未跟踪：{0}",
    comment: "注释：",
};
