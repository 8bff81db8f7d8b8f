//! What the capture did to the traffic.

use crate::sink::words::capture::CaptureTexts;

pub(super) const WORDS: CaptureTexts = CaptureTexts {
    copy: "重复抓到",
    copy_of: "第 {0} 帧的报文段又被抓到一次，相隔 {1}",
    copy_elsewhere: "第 {0} 帧的报文段在另一处又被抓到，相隔 {1}",
    unknown: "未知",
    unknown_answer: "SYN 是否得到应答未知：{0}",
    unknown_ack: "SYN-ACK 是否被确认未知：{0}",
    unknown_window: "{0}是否重新打开窗口未知：{1}",
    never_heard: "{0}是否应答未知：没有抓到它发送的任何报文段",
    data_not_captured: "没有抓到数据；按序号，客户端发送了 {0} 字节，服务器 {1} 字节",
    ended_soon: "抓包在其后 {0} 就结束了",
    only_syns: "客户端方向只抓到 SYN",
    no_servers: "服务器方向什么都没抓到",
    cut_off: "被截掉",
    capture: "抓包：",
    seen_at: "{0} 个报文段在另一处又被抓到（{1}）：每个只计一次，以先抓到的为准；只在其中一处抓包即可",
    seen_at_both_ends: "{0} 个报文段在两端都被抓到，文件是两份抓包合并而成：每个只计一次，以发送端为准；\
                        要看往返时间请只用其中一份",
    seen_twice: "{0} 个报文段被抓到两次，像是镜像端口同时复制进出两个方向：每个只计一次；只镜像一个方向即可",
    interface: "接口 {0}",
    encapsulated: "{0}（带标签或隧道内）",
    without_acks: "没有抓到任何纯确认报文段，像是用了过滤器：握手何时完成、数据是否到达都不知道；请不加过滤器抓包",
    without_data: "没有抓到任何带数据的报文段，像是用了过滤器：传输了什么不知道；请不加过滤器抓包",
    without_both: "没有抓到数据报文段，也没有抓到纯确认报文段，像是用了过滤器：传输了什么、是否到达、\
                   握手何时完成都不知道；请不加过滤器抓包",
    by_filter: "（可能是所给的过滤器造成的）",
    one_way: "{0} 个连接只抓到一个方向：另一端发送了什么不知道；请在两个方向都经过的地方抓包",
    missing: "有 {0} 处报文段没有抓到：其内容已被确认，但不计入任何数字；请在连接建立之前开始抓包，或加大缓冲区（-B）",
    reordered: "{0} 帧排在更晚的帧之后：先后次序以及更短的时间可能不准；reordercap 可按时间给文件排序",
    clock_steps: "抓包主机的时钟被调整了 {0} 次：跨越调整的时间不准，各段之内的时间是准的",
    truncated: "{0} 个报文段被截短：长度已知，内容不全；请用 -s 0 抓包",
    offload: "{0} 个报文段是在网卡分段或补全之前抓到的（offload）：比线路上的大，或校验和尚未完成，这不是错误",
    handshake_without_ack: "握手已完成：SYN 之后 {0} 收到 SYN-ACK；没有抓到纯 ACK，何时确认未知",
    no_acks: "没有抓到任何纯确认报文段",
};
