//! What is said of diagnoses.

use crate::sink::words::diagnosis::DiagnosisTexts;

pub(super) const WORDS: DiagnosisTexts = DiagnosisTexts {
    title: "诊断  ",
    heading: "诊断：",
    tally: "{0} 个连接有 {1}：{2}",
    black_hole_lasts: "MTU 黑洞：{0}的大报文段始终没有到达（{4} 字节，发送了 {3} 次），小的却能到达，见第 {2} 帧",
    black_hole_unheeded: "MTU 黑洞：{0}的大报文段始终没有到达（{4} 字节，发送了 {3} 次），而它没有理会第 {2} 帧的 ICMP 差错",
    black_hole_solved: "MTU 黑洞：{0}的大报文段没有到达（{4} 字节，发送了 {3} 次），同样的数据从第 {2} 帧起以更小的报文段到达",
    nagle_delayed_ack: "Nagle 算法遇上延迟 ACK：{0}有 {3} 次扣住小报文段，等前一段得到确认才发，而{1}又推迟了这个 ACK：\
                        共耗时 {4}，最长 {5}；{0}把一条消息一次写完，或设置 TCP_NODELAY，即可避免",
    accept_queue_opened: "accept 队列已满：{0}在 {4} 里没有接收{1}在握手之后发的 {3} 个报文段；应更快地 accept，\
                          或在 listen 时加大 backlog",
    accept_queue_never: "accept 队列已满：{0}始终没有接收{1}在握手之后发的 {3} 个报文段，共 {4}；应更快地 accept，\
                         或在 listen 时加大 backlog",
    accept_queue_doubtful: "。也可能什么都没有到达{0}：在{0}抓包即可分辨",
    old_connection_opened: "旧连接作答：{0}对{1}的 SYN 回了 {3} 个以前连接的 ACK，随后被 RST 终止；后来的 SYN 打开了本连接，\
                            距第一个 SYN {4}",
    old_connection_never: "旧连接作答：{0}对{1}的 SYN 回了 {3} 个以前连接的 ACK，{4} 内没有 SYN 打开本连接；换一个端口即可",
    old_connection_in_time_wait: "；旧连接此前处于 TIME-WAIT 已 {5}",
    old_connection_discarded: "旧连接作答：{1}已忘记本连接，请求建立新的；{0}在第 {2} 帧以 ACK 作答，{1}因此将其复位",
    idle_reset: "空闲期间被遗忘：连续 {3} 没有任何报文段，随后{0}发出的报文段得到 RST（第 {2} 帧）：途中的防火墙、NAT \
                 或负载均衡，或者{1}自己，已不认识这个连接；缩短 keep-alive 间隔即可避免",
    idle_silence: "空闲期间被遗忘：连续 {3} 没有任何报文段，随后{0}发出的报文段再无回应：途中的防火墙、NAT 或负载均衡，\
                   或者{1}自己，已不认识这个连接；缩短 keep-alive 间隔即可避免",
    idle_reset_ttls: "；该 RST 的 TTL 是 {4}，{1}其余报文段的是 {5}：多半来自途中的设备",
    above_mss: "报文段超过 MSS：{0}一段发送多达 {3} 字节，而{1}要求最多 {4} 字节",
    late_timeouts: "超时太迟：{0}有 {3} 次等了许多个往返才重发丢失的报文段，共 {4}，最长 {5}，而往返时间为 {6}",
    window_never_opens: "窗口一直不打开：{0}关闭窗口已 {5}，{3} 次探测回应了 {4} 次；它的应用程序没有读取",
    window_never_opens_reset: "窗口一直没有打开：{0}关闭窗口 {5}，{3} 次探测回应了 {4} 次，直到 RST 终止连接；它的应用程序没有读取",
    keep_alive: "keep-alive：{0}询问{1}是否还在，共 {3} 次，{4} 次有回应，至少静默 {5} 之后；其间共 {6} 没有其他报文段",
    keep_alive_failed: "keep-alive：{0}询问{1}是否还在，共 {3} 次，{4} 次有回应，至少静默 {5} 之后；最后没有回应；\
                        其间共 {6} 没有其他报文段",
    sack_reneged: "SACK 反悔：{0}有 {3} 次收回已用 SACK 确认的数据，第一次 {4} 字节；它没有内存存放乱序到达的数据",
    window_ignored: "无视窗口：{0}发送的数据超出{1}所给窗口多达 {4} 字节，有 {3} 个确认为证；也可能是途中改了窗口",
    syn_cookies: "SYN cookie：{0}没有保存这个 SYN 的任何信息，其 SYN-ACK 的时间戳旧了 {3} ms：Linux 在半开连接队列已满时，\
                  或在 net.ipv4.tcp_syncookies 为 2 时，就这样应答",
    timestamps_backwards: "时间戳倒退：{0}发了 {3} 个 SYN 都被忽略，其时间戳比同一地址的另一个 SYN 低 {4}，后者在第 {2} 帧得到{1}的应答：\
                           NAT 后面有多台主机，而{1}对每个地址只记一个时钟（tcp_tw_recycle）",
    timestamps_backwards_opened: "时间戳倒退：{0}发了 {3} 个 SYN 之后{1}才应答，其时间戳比同一地址的另一个 SYN 低 {4}，后者在第 {2} 帧\
                                  得到应答：NAT 后面有多台主机，而{1}对每个地址只记一个时钟（tcp_tw_recycle）",
    window_too_small: "窗口太小：{0}最多只给出 {3} 字节的窗口，往返时间为 {7}，{1}因此只能发送 {5}；它等待窗口共 {6}；\
                       {0}的接收缓冲区若能给出 {4} 字节的窗口，可快十倍",
    window_too_small_unscaled: "窗口太小：{0}没有启用窗口扩大选项，因此最多只给出 {3} 字节的窗口，往返时间为 {7}，{1}因此只能发送 {5}；\
                                它等待窗口共 {6}；启用窗口扩大（RFC 7323）并给出 {4} 字节的窗口，可快十倍",
    window_too_small_other_unscaled: "窗口太小：{1}没有提出窗口扩大选项，{0}因此最多只能给出 {3} 字节的窗口，往返时间为 {7}，{1}只能发送 {5}；\
                                      它等待窗口共 {6}；启用窗口扩大（RFC 7323）并给出 {4} 字节的窗口，可快十倍",
    slow_start_after_idle: "空闲后慢启动：{0}有 {3} 次静默 {7} 以上，之后从少数几个报文段重新开始，而此前一个往返里曾发送 {4} 字节；\
                            赶上之前共停顿 {5}，往返时间为 {6}；Linux 上设 net.ipv4.tcp_slow_start_after_idle=0 即可避免",
    sack_shifted: "SACK 号码错位：{0}有 {3} 个报文段的 SACK 块指向{1}从未发送的序号，偏移 {4}（模 2^32）：通往{0}途中的防火墙\
                   改了序号却没有改 SACK 里的，{1}因此无法利用 SACK；应让防火墙不改序号",
    window_scale_lost: "窗口扩大选项丢失：{0}在扩大窗口，而途中有设备改了 SYN 里的说法，{1}因此把第 {2} 帧的窗口当作 {3} 字节，\
                        再左移 {4} 位才与 SYN 中的一样大；{1}一次只发很少",
    timestamps_missing: "时间戳消失：双方的 SYN 都提出了时间戳，而{0}的 {3} 个数据报文段都没有：途中有设备去掉了它们的时间戳，\
                         或去掉了发给{0}的 SYN 里的",
    timestamps_unannounced: "时间戳消失：{0}的 {3} 个数据报文段都有时间戳，而它的 SYN 没有：途中有设备从 SYN 里去掉了",
    syn_changed_scale: "SYN 在途中被改：{0}的 SYN 在第 {2} 帧的窗口扩大选项与抓包的另一处不同，或没有了；两处之间有设备改了它",
    syn_changed_timestamps: "SYN 在途中被改：{0}的 SYN 在抓包的一处有时间戳，在另一处没有（第 {2} 帧）；两处之间有设备去掉了它",
    syn_changed_sack: "SYN 在途中被改：{0}的 SYN 在抓包的一处允许 SACK，在另一处不允许（第 {2} 帧）；两处之间有设备改了它",
    syn_changed_mss: "MSS 在途中被改：{0}的 MSS 原为 {3}，在抓包的两处之间变为 {4}，隧道前的路由器会这样做",
    syn_changed_window: "SYN 在途中被改：{0}的 SYN 在第 {2} 帧的窗口与抓包的另一处不同；两处之间有设备改了它",
    forged_reset: "伪造的 RST：第 {2} 帧的 RST 不是{0}发的，是途中有人以它的名义发的",
    forged_reset_ignored: "伪造的 RST：第 {2} 帧的 RST 不是{0}发的，是途中有人以它的名义发的，{1}没有接受",
    forged_reset_ttls: "：它的 TTL 是 {3}，{0}其余报文段的是 {4}",
    answered_by_another: "由他人应答：SYN-ACK 的 TTL 是 {3}，{0}其余报文段的都是 {4}：是防火墙、SYN 代理或负载均衡应答了 SYN，\
                          或者应答是伪造的",
    ecn_black_hole: "ECN 黑洞：{0}请求 ECN 的 {3} 个 SYN 都没有得到应答，这里耗时 {4}，而第 {2} 帧不请求的得到了，两者之间的每个连接\
                     都是如此：有设备丢弃了它们；{0}在 Linux 上设 net.ipv4.tcp_ecn=0 即可避免",
    fast_open_black_hole: "Fast Open 黑洞：{0}使用 Fast Open 的 {3} 个 SYN 都没有得到应答，这里耗时 {4}，而第 {2} 帧不使用的得到了，\
                           两者之间的每个连接都是如此：有设备丢弃了它们；{0}不用 Fast Open 就不会发生",
    reused_ports_opened: "重用的端口被忽略：上一个连接进入 TIME-WAIT 后 {5}，{0}发了 {3} 个 SYN，有 {4} 被忽略，而{1}应答了另一个（第 {2} 帧）：\
                          可能是防火墙、NAT 或{1}还保留着旧连接",
    reused_ports_never: "重用的端口被忽略：上一个连接进入 TIME-WAIT 后 {5}，{0}发了 {3} 个 SYN，{4} 里都被忽略、始终没有应答，而{1}应答了\
                         另一个（第 {2} 帧）：可能是防火墙、NAT 或{1}还保留着旧连接",
};
