//! Lesson: one direction closed, the other still speaking.

use std::net::Shutdown;

use crate::demo::conversation::{between, connect, hear_out, pause, say};
use crate::demo::{Lesson, Played};

const PORT: u16 = 4447;

pub(super) static LESSON: Lesson = Lesson {
    name: "half-close",
    title: "the client has said all, the server has not",
    text: "\
A client asks on port 4447 and closes its direction with shutdown(). The server
goes on answering for a while, and then closes its own.

A FIN closes one direction only. Between the two FINs the client is in FIN-WAIT-2
and the server in CLOSE-WAIT, and data flows from the server as before.",
    filter: "tcp port 4447",
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
                let answer = hear_out(&server)?;
                let afterword = format!("After its FIN the client still heard: {answer}");
                Ok(Played {
                    afterword: Some(afterword),
                })
            },
        )
    },
};
