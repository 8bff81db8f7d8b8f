//! A run as it stands.

use crate::sink::words::standing::StandingTexts;

pub(super) const WORDS: StandingTexts = StandingTexts {
    frames: "{0} 帧",
    dropped: "内核丢弃 {0}",
    open: "{0} 个打开",
    half_open: "{0} 个半开",
    asked_for: "{0} 个尚无应答",
    more_open: "… 另有 {0} 个连接打开：只列出有问题的和最新的",
    more_servers: "… 另有 {0} 个服务器，连接较少",
    more_lines: "… 另有 {0} 行",
};
