//! The line under the line.

use crate::sink::words::texts::AnnotationTexts;

pub(super) const WORDS: AnnotationTexts = AnnotationTexts {
    data: "数据 {0} 字节",
    ack_of: "确认 {0} 字节",
    ack: "确认",
    ack_again: "再次确认",
    duplicate_ack: "重复确认",
    window_update: "窗口更新",
    keep_alive: "保活探测",
    keep_alive_ack: "保活应答",
    window_probe: "窗口探测",
    window_probe_ack: "窗口探测应答，仍为零窗口",
    refused: "拒绝连接（RST）",
    reset: "复位（RST）",
    nonsense: "无意义的标志位 [{0}]",
    plus_data: " + 数据 {0} 字节",
    frame_after: "，{1} 后确认第 {0} 帧",
    handshake_took: "握手用时 {0}",
    client_guessed: "连接在抓包开始前已建立：哪一端是客户端只是推测，依据是{0}",
    missing: "之前 {0} 字节尚未见到：丢失、迟到或未抓到",
    uncaptured: "之前 {0} 字节已被确认但未抓到",
    partly_again: "其中 {0} 字节以前发送过",
    asks_for_cookie: "请求 Fast Open cookie",
    with_cookie: "带 cookie 的 Fast Open",
    fast_open_accepted: "Fast Open 数据被接受",
    arrived_twice: "D-SACK：{0}:{1} 到达了两次",
    window_now: "窗口现为 {0} 字节",
    window_open_again: "窗口关闭 {1} 后重新打开：{0} 字节",
    not_followed: "未分析：{0}",
    comment: "注释：",
};
