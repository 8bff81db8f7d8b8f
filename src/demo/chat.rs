//! Lesson: two people, one line each in turn.

use crate::demo::conversation::{between, connect, lines, pause, say};
use crate::demo::{Lesson, Played, Said};

const PORT: u16 = 8000;
const CLIENT_LINES: [&str; 3] = ["Can you hear me?", "Good. I have to go.", "q"];
const SERVER_LINES: [&str; 2] = ["Yes, I hear you.", "See you."];

pub(super) static LESSON: Lesson = Lesson {
    name: "chat",
    title: Said {
        en: "one line each way in turn, until one side says q",
        zh: "两端轮流各说一行，直到一方说 q",
    },
    text: Said {
        en: "\
Two ends talk on port 8000, one line each way in turn, until one of them says q
and closes.

After the handshake client and server are equal: either may speak, and either
may close first. Watch both pairs of numbers grow, one at a time.",
        zh: "\
两端在 8000 端口上轮流各说一行，直到一方说 q 并关闭。

握手之后，客户端与服务器地位相等：谁都可以说话，谁都可以先关闭。
请看两对号如何轮流增长。",
    },
    filter: "tcp port 8000",
    tells_sockets: false,
    recording: include_bytes!("../../captures/chat.pcap"),
    play: || {
        between(
            PORT,
            |client| {
                let mut answers = SERVER_LINES.iter();
                // Until the client has closed, so that one end closes first.
                for line in lines(&client)? {
                    let (line, answer) = (line?, answers.next());
                    if let Some(answer) = answer.filter(|_| line != "q") {
                        pause();
                        say(&client, &format!("{answer}\n"))?;
                    }
                }
                pause();
                Ok(())
            },
            || {
                let server = connect(PORT)?;
                let mut heard = lines(&server)?;
                for line in CLIENT_LINES {
                    pause();
                    say(&server, &format!("{line}\n"))?;
                    if line != "q" {
                        heard.next().transpose()?;
                    }
                }
                Ok(Played::default())
            },
        )
    },
};
