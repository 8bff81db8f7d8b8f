//! What the view of a connection says, in both languages. States, verdicts and causes are
//! said with the library's words.

use tcptrace::sink::text::Text;
use tcptrace::sink::words::Lang;
use tcptrace::sink::words::fill::{self, Value};

macro_rules! opened_words {
    ($($(#[$doc:meta])* $name:ident: $en:literal, $zh:literal;)*) => {
        /// What is said; in braces stand values.
        #[derive(Debug)]
        pub struct OpenedWords {
            $($(#[$doc])* pub $name: &'static str,)*
        }

        const EN: OpenedWords = OpenedWords { $($name: $en,)* };
        const ZH: OpenedWords = OpenedWords { $($name: $zh,)* };

        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $zh)),*];
    };
}

opened_words! {
    /// The tabs.
    lines: "lines", "报文";
    ladder: "ladder", "时序图";
    sequence: "sequence", "序号图";
    graphs: "graphs", "曲线";
    time: "time", "时间";
    report: "report", "报告";
    kernel: "kernel", "内核";
    /// The graphs.
    rtt: "RTT", "往返时间";
    flight: "in flight", "在途数据";
    throughput: "throughput", "吞吐量";
    window: "window", "窗口";
    segments: "segments", "报文段";
    /// The head: it waits for {0}, since {1}.
    waits: "waits for {0} for {1}", "等待{0}，已 {1}";
    /// {0} frames between the handshake and what follows are no longer kept.
    missing: "{0} {0|frame|frames} of it {0|is|are} no longer kept: what {0|it|they} told is missing here",
             "有 {0} 帧已不再保留：此处缺少其内容";
    /// {0} of {1} frames are read so far.
    reading: "reading: {0} of {1} frames", "读取中：{0} / {1} 帧";
    nothing_yet: "no frame of it has come yet", "尚无报文";
    not_drawn: "There is nothing to draw of it yet.", "尚无可绘制的内容。";
    /// Which lines are seen, and whether the end is followed.
    lines_seen: "{0}–{1} of {2}", "{0}–{1} / {2}";
    following: "following", "跟随中";
    /// The kernel's figures beside the wire's: headings, rows, and what stands behind values.
    by_kernel: "kernel", "内核";
    by_wire: "wire", "线路";
    no_process: "process not known", "进程未知";
    asked: "asked {0} ago", "{0} 前询问";
    no_socket_now: "the kernel has no socket there any more; this is what it said last",
                   "内核中已没有该套接字；以下是最后一次的回答";
    not_asked: "the kernel has not said anything of this end: it is not on this machine, or the connection was over before it was asked",
               "内核没有关于这一端的信息：它不在本机，或连接在询问之前已结束";
    of_recording: "A recording does not hold what the kernel says: it is asked while a capture runs, of the ends that are on this machine.",
                  "录制的文件中没有内核的信息：只有在抓包进行时，才会就本机上的一端询问内核。";
    none_asked: "The kernel has said nothing of this connection: neither end is on this machine or in its network namespace, the connection was over before it was asked, or --no-sockets was given.",
                "内核没有关于此连接的信息：两端都不在本机或其网络命名空间中，或连接在询问之前已结束，或使用了 --no-sockets。";
    state: "state", "状态";
    round_trip: "round trip", "往返时间";
    timeout: "retransmission timeout", "重传超时";
    slow_start: "slow start ends at", "慢启动阈值";
    segments_and_octets: "{0} × {1} = {2}", "{0} × {1} = {2}";
    segments_only: "{0} {0|segment|segments}", "{0} 段";
    octets: "{0} {0|byte|bytes}", "{0} 字节";
    congestion_window: "congestion window", "拥塞窗口";
    unacked: "sent, not acknowledged", "已发送未确认";
    retransmitted: "sent again", "重传";
    send_queue: "send queue, not acknowledged", "发送队列、未确认";
    receive_queue: "receive queue", "接收队列";
    busy: "busy sending", "发送中";
    window_limited: "window of the other end", "受对端窗口限制";
    buffer_limited: "own send buffer", "受发送缓冲区限制";
    varies: "{0} ± {1}", "{0} ± {1}";
    /// What keys do, in the last line.
    keys_of_lines: "h header  e explain  / search  w save  y filter  ? help", "h 首部  e 解释  / 查找  w 保存  y 过滤器  ? 帮助";
    keys: "/ search  w save  y filter  ? help", "/ 查找  w 保存  y 过滤器  ? 帮助";
    /// Searching: {0} is in no line.
    not_found: "no line has “{0}”", "没有一行含有“{0}”";
    /// Saving: {0} frames are in the file {1}.
    saved: "saved {0} {0|frame|frames} in {1}", "已将 {0} 帧保存到 {1}";
    saved_without: "; {0} earlier {0|frame|frames} {0|is|are} no longer kept and not in it",
                   "；另有 {0} 帧已不再保留，不在其中";
    not_saved: "not saved: {0}", "未保存：{0}";
    /// Copying: the filter {0}.
    copied: "copied: {0}", "已复制：{0}";
    not_copied: "could not be copied: {0}", "无法复制：{0}";
    /// The keys on the page of help.
    help_tabs: "tcpdump's lines explained, the sequence diagram, the time-sequence graph",
               "逐行解释的报文、时序图、序号图";
    help_graphs: "graphs: RTT, in flight, throughput, window, segments; again for the next",
                 "曲线：往返时间、在途数据、吞吐量、窗口、报文段；再按换下一幅";
    help_more: "where the time went, the whole report, the kernel's figures beside the wire's",
               "时间去向、完整报告、内核与线路的对照";
    help_beside: "the next tab, the one before", "下一页、上一页";
    help_form: "the TCP header drawn, the derivation explained", "绘出 TCP 首部、解释推导";
    help_scroll: "scroll; Home begin, End end, and following", "滚动；Home 开头，End 末尾并跟随";
    help_search: "search; the next, the one before", "查找；下一处、上一处";
    help_save: "save this connection (pcapng, with comments)", "保存此连接（pcapng，含注释）";
    help_copy: "copy its filter", "复制其过滤器";
}

impl OpenedWords {
    /// The words of a language.
    pub const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Zh => &ZH,
        }
    }
}

/// A text with its values.
pub fn filled(words: &str, values: &[Value<'_>]) -> String {
    let mut text = Text::default();
    fill::write(words, values, &mut text);
    String::from_utf8_lossy(text.octets()).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_say_the_same_values() {
        let values = |text: &str| -> BTreeSet<String> {
            let inside = text.split('{').skip(1);
            let number = |rest: &str| rest.split(['|', '}']).next().unwrap().to_owned();
            inside.map(number).collect()
        };
        for (name, english, chinese) in ALL {
            assert_eq!(values(english), values(chinese), "{name}");
        }
    }
}
