//! Lesson: what is sent comes back.

use std::io;

use crate::demo::conversation::{between, connect, hear, pause, say};
use crate::demo::{Lesson, Said, afterword};

const PORT: u16 = 8888;
const WORDS: &str = "Hello!";

pub(super) static LESSON: Lesson = Lesson {
    name: "echo",
    title: Said {
        en: "six bytes there, the same six back; the client closes first",
        zh: "六个字节过去，原样回来；客户端先关闭",
    },
    text: Said {
        en: "\
A server on port 8888 returns whatever it is sent. The client sends \"Hello!\" and
checks that the same six bytes come back.

Each direction has sequence numbers of its own: the client's six bytes move the
client's numbers from 1 to 7, and the echo moves the server's.",
        zh: "\
8888 端口上的服务器把收到的内容原样返回。客户端发送 \"Hello!\"，
并检查这六个字节是否原样回来。

两个方向各有自己的序列号：客户端的六个字节让客户端的号从 1 走到 7，
回显则让服务器的号前进。",
    },
    filter: "tcp port 8888",
    tells_sockets: false,
    recording: include_bytes!("../../captures/echo.pcap"),
    play: || {
        between(
            PORT,
            |client| {
                let words = hear(&client, WORDS.len())?;
                pause();
                say(&client, &words)?;
                // The client's close is the end of its words.
                hear(&client, 1)
                    .map(drop)
                    .or_else(|error| match error.kind() {
                        io::ErrorKind::UnexpectedEof => Ok(()),
                        _ => Err(error),
                    })?;
                pause();
                Ok(())
            },
            || {
                let server = connect(PORT)?;
                pause();
                say(&server, WORDS)?;
                let back = hear(&server, WORDS.len())?;
                pause();
                let (en, zh) = if back == WORDS {
                    ("The same six bytes came back: {0}", "原样回来六个字节：{0}")
                } else {
                    ("Other bytes came back: {0}", "回来的字节不同：{0}")
                };
                Ok(afterword(en, zh, &back))
            },
        )
    },
};
