//! Lesson: a whole connection in nine segments.

use std::thread;
use std::time::Duration;

use crate::demo::conversation::{between, connect, hear_out, pause, say};
use crate::demo::{Lesson, Played, Said};

const PORT: u16 = 4444;

pub(super) static LESSON: Lesson = Lesson {
    name: "hello",
    title: Said {
        en: "a whole connection in nine segments; the server closes first",
        zh: "九个报文段构成的完整连接；服务器先关闭",
    },
    text: Said {
        en: "\
A server on port 4444 says \"hello\" to whoever connects, and closes. The client
listens, and goes away a moment later.

Three segments open the connection, one carries five bytes, one acknowledges
them, four close. The server closes first, so it is the server that ends in
TIME-WAIT; the client is CLOSED as soon as its FIN is acknowledged.",
        zh: "\
服务器在 4444 端口上，有人连接就说 \"hello\"，然后关闭。客户端只听，
片刻之后离开。

三个报文段打开连接，一个携带五个字节，一个确认它们，四个关闭连接。
服务器先关闭，所以最后处于 TIME-WAIT 的是服务器；客户端的 FIN
一得到确认，客户端就进入 CLOSED。",
    },
    filter: "tcp port 4444",
    tells_sockets: false,
    recording: include_bytes!("../../captures/hello.pcap"),
    play: || {
        between(
            PORT,
            |client| {
                pause();
                say(&client, "hello")
            },
            || {
                let server = connect(PORT)?;
                hear_out(&server)?;
                thread::sleep(Duration::from_secs(1));
                Ok(Played::default())
            },
        )
    },
};
