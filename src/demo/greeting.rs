//! Lesson: a question, an answer, and the acknowledgments in between.

use crate::demo::conversation::{between, connect, lines, pause, say};
use crate::demo::{Lesson, Played};

const PORT: u16 = 8080;
const MESSAGES: [&str; 3] = ["hello", "how are you", "good bye"];

pub(super) static LESSON: Lesson = Lesson {
    name: "greeting",
    title: "a server that answers every line; acknowledgments that travel with data",
    text: "\
A server on port 8080 answers every line with \"your message is\" and the line. The
client says three lines, and closes on q.

An answer that comes at once can carry the acknowledgment of the line with it: the
ack number of a data segment is as good as a segment of its own. Linux sends the
first acknowledgments of a connection alone and at once; the later ones wait.",
    filter: "tcp port 8080",
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
                let afterword = format!("The server's last words: {}", heard.join("; "));
                Ok(Played {
                    afterword: Some(afterword),
                })
            },
        )
    },
};
