//! Lesson: a question, an answer, and the acknowledgments in between.

use crate::demo::conversation::{between, connect, lines, pause, say};
use crate::demo::{Lesson, Said, afterword};

const PORT: u16 = 8080;
const MESSAGES: [&str; 3] = ["hello", "how are you", "good bye"];

pub(super) static LESSON: Lesson = Lesson {
    name: "greeting",
    title: Said {
        en: "a server that answers every line; acknowledgments that travel with data",
        zh: "服务器回答每一行；随数据同行的确认",
    },
    text: Said {
        en: "\
A server on port 8080 answers every line with \"your message is\" and the line. The
client says three lines, and closes on q.

An answer that comes at once can carry the acknowledgment of the line with it: the
ack number of a data segment is as good as a segment of its own. Linux sends the
first acknowledgments of a connection alone and at once; the later ones wait.",
        zh: "\
8080 端口上的服务器用 \"your message is\" 加上原话回答每一行。
客户端说三行，说 q 时关闭。

立即发出的回答可以顺带确认刚收到的一行：数据报文段里的 ack 与单独的
ACK 一样有效。Linux 在连接之初单独而且立即发送确认，之后的确认会等一等。",
    },
    filter: "tcp port 8080",
    tells_sockets: false,
    recording: include_bytes!("../../captures/greeting.pcapng"),
    play: || {
        between(
            PORT,
            |client| {
                for line in lines(&client)? {
                    say(&client, &format!("your message is {}\n", line?))?;
                }
                Ok(())
            },
            || {
                let server = connect(PORT)?;
                let mut answers = lines(&server)?;
                let mut heard = Vec::new();
                for message in MESSAGES {
                    pause();
                    say(&server, &format!("{message}\n"))?;
                    heard.extend(answers.next().transpose()?);
                }
                pause();
                Ok(afterword(
                    "The server's last words: {0}",
                    "服务器最后的话：{0}",
                    &heard.join("; "),
                ))
            },
        )
    },
};
