//! Lesson: two people, one line each in turn.

use crate::demo::conversation::{between, connect, lines, pause, say};
use crate::demo::{Lesson, Played};

const PORT: u16 = 8000;
const CLIENT_LINES: [&str; 3] = ["Can you hear me?", "Good. I have to go.", "q"];
const SERVER_LINES: [&str; 2] = ["Yes, I hear you.", "See you."];

pub(super) static LESSON: Lesson = Lesson {
    name: "chat",
    title: "one line each way in turn, until one side says q",
    text: "\
Two ends talk on port 8000, one line each way in turn, until one of them says q
and closes.

After the handshake client and server are equal: either may speak, and either
may close first. Watch both pairs of numbers grow, one at a time.",
    filter: "tcp port 8000",
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
