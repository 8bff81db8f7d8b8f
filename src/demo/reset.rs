//! Lesson: ended without a goodbye.

use std::time::Duration;

use rustix::net::sockopt::set_socket_linger;

use crate::demo::conversation::{between, connect, hear, hear_out, pause, say};
use crate::demo::{Lesson, Said, afterword};

const PORT: u16 = 4446;
const WORDS: &str = "Hello!";

pub(super) static LESSON: Lesson = Lesson {
    name: "reset",
    title: Said {
        en: "a connection that is cut off with a RST",
        zh: "被 RST 切断的连接",
    },
    text: Said {
        en: "\
A client sends six bytes to port 4446. The server has set SO_LINGER to 0 seconds,
and closes.

Instead of a FIN the server sends a RST: both ends are CLOSED at once, nobody
waits in TIME-WAIT, and what was not yet delivered is lost. The client learns of
it as \"connection reset by peer\".",
        zh: "\
客户端向 4446 端口发送六个字节。服务器把 SO_LINGER 设为 0 秒，然后关闭。

服务器发送的不是 FIN 而是 RST：两端立即进入 CLOSED，没有一端在 TIME-WAIT
中等待，尚未交付的数据也丢失了。客户端得到的是
\"connection reset by peer\"（连接被对端复位）。",
    },
    filter: "tcp port 4446",
    tells_sockets: false,
    recording: include_bytes!("../../captures/reset.pcap"),
    play: || {
        between(
            PORT,
            |client| {
                hear(&client, WORDS.len())?;
                pause();
                set_socket_linger(&client, Some(Duration::ZERO))?;
                Ok(())
            },
            || {
                let server = connect(PORT)?;
                pause();
                say(&server, WORDS)?;
                let told = hear_out(&server).err().map(|error| error.to_string());
                let told = told.unwrap_or_else(|| "nothing".to_owned());
                Ok(afterword(
                    "The client was told: {0}",
                    "客户端得知：{0}",
                    &told,
                ))
            },
        )
    },
};
