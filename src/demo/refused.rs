//! Lesson: nobody listens.

use std::io;

use crate::demo::conversation::connect;
use crate::demo::{Lesson, Said, afterword};

const PORT: u16 = 4445;

pub(super) static LESSON: Lesson = Lesson {
    name: "refused",
    title: Said {
        en: "a SYN to a port where nobody listens",
        zh: "发往无人监听的端口的 SYN",
    },
    text: Said {
        en: "\
A client connects to port 4445, where nobody listens.

The answer is a RST that acknowledges the SYN: \"connection refused\", at once. A
firewall that drops the SYN looks different: nothing comes back, and the client
retransmits its SYN, first after about a second, later after longer waits.",
        zh: "\
客户端连接 4445 端口，那里没有程序监听。

应答是一个确认该 SYN 的 RST：立即得到 \"connection refused\"（连接被拒绝）。
丢弃 SYN 的防火墙则不同：什么也不会回来，客户端重传 SYN：
第一次在约 1 秒之后，后来间隔越来越长。",
    },
    filter: "tcp port 4445",
    tells_sockets: false,
    recording: include_bytes!("../../captures/refused.pcap"),
    play: || match connect(PORT) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(afterword(
            "The client was told: {0}",
            "客户端得知：{0}",
            &error,
        )),
        Err(error) => Err(error),
        Ok(_) => Err(io::Error::new(
            io::ErrorKind::AddrInUse,
            format!("port {PORT}: somebody listens there, so nothing was refused"),
        )),
    },
};
