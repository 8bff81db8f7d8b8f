//! What the kernel says of sockets.

use crate::sink::words::sockets::SocketTexts;

pub(super) const WORDS: SocketTexts = SocketTexts {
    title: "内核：",
    owned: "{0}，{1}",
    owner_unknown: "{0}，属主未知",
    not_accepted: "{0}，尚未被 {1} 接受",
    not_accepted_yet: "{0}，尚未被接受",
    no_owner: "{0}，已无属主",
    no_owner_was: "{0}，已无属主；原属 {1}",
    gone: "套接字已不存在",
    gone_was: "套接字已不存在；原属 {0}",
    shared: "{0} 及另外 {1} 个进程",
    the_wire: "（线上：{0}）",
    sockets: "套接字",
    state: "状态",
    process: "进程",
    receive_queue: "未读",
    send_queue: "未确认",
    cwnd: "拥塞窗口",
    ssthresh: "慢启动阈值",
    rtt: "往返时间",
    rto: "重传超时",
    retransmitted: "重传",
    asked: "询问于",
    none: "无",
    was: "原属 {0}",
    listens: "尚未接受；{0} 在监听",
    both_ends: "{0} → {1}",
    busy: "{0}：有数据待发 {1}，其中受对端窗口限制 {2}，受发送缓冲区限制 {3}",
    by_the_wire: "{0}（线上：{1}）",
};
