//! Lesson: one direction closed, the other still speaking.

use std::net::Shutdown;

use crate::demo::conversation::{between, connect, hear_out, pause, say};
use crate::demo::{Lesson, Said, afterword};

const PORT: u16 = 4447;

pub(super) static LESSON: Lesson = Lesson {
    name: "half-close",
    title: Said {
        en: "the client has said all, the server has not",
        zh: "客户端说完了，服务器还没有",
    },
    text: Said {
        en: "\
A client asks on port 4447 and closes its direction with shutdown(). The server
goes on answering for a while, and then closes its own.

A FIN closes one direction only. Between the two FINs the client is in FIN-WAIT-2
and the server in CLOSE-WAIT, and data flows from the server as before.",
        zh: "\
客户端在 4447 端口上提问，并用 shutdown() 关闭自己的方向。
服务器继续回答一会儿，然后关闭自己的方向。

一个 FIN 只关闭一个方向。两个 FIN 之间，客户端处于 FIN-WAIT-2，
服务器处于 CLOSE-WAIT，数据照旧从服务器流出。",
    },
    filter: "tcp port 4447",
    tells_sockets: false,
    recording: include_bytes!("../../captures/half-close.pcapng"),
    play: || {
        between(
            PORT,
            |client| {
                hear_out(&client)?;
                for word in ["one ", "two ", "three"] {
                    pause();
                    say(&client, word)?;
                }
                Ok(())
            },
            || {
                let server = connect(PORT)?;
                pause();
                say(&server, "count to three")?;
                server.shutdown(Shutdown::Write)?;
                Ok(afterword(
                    "After its FIN the client still heard: {0}",
                    "发出 FIN 之后，客户端仍听到：{0}",
                    &hear_out(&server)?,
                ))
            },
        )
    },
};
