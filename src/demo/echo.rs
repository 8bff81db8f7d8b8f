//! Lesson: what is sent comes back.

use std::io;

use crate::demo::conversation::{between, connect, hear, pause, say};
use crate::demo::{Lesson, Played};

const PORT: u16 = 8888;
const WORDS: &str = "Hello!";

pub(super) static LESSON: Lesson = Lesson {
    name: "echo",
    title: "six bytes there, the same six back; the client closes first",
    text: "\
A server on port 8888 returns whatever it is sent. The client sends \"Hello!\" and
checks that the same six bytes come back.

Each direction has sequence numbers of its own: the client's six bytes move the
client's numbers from 1 to 7, and the echo moves the server's.",
    filter: "tcp port 8888",
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
                let same = if back == WORDS {
                    "The same"
                } else {
                    "Other than the"
                };
                let afterword = format!("{same} {} bytes came back: {back}", WORDS.len());
                Ok(Played {
                    afterword: Some(afterword),
                })
            },
        )
    },
};
