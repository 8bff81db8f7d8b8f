//! Lesson: a whole connection in nine segments.

use std::thread;
use std::time::Duration;

use crate::demo::conversation::{between, connect, hear_out, pause, say};
use crate::demo::{Lesson, Played};

const PORT: u16 = 4444;

pub(super) static LESSON: Lesson = Lesson {
    name: "hello",
    title: "a whole connection in nine segments; the server closes first",
    text: "\
A server on port 4444 says \"hello\" to whoever connects, and closes. The client
listens, and goes away a moment later.

Three segments open the connection, one carries five bytes, one acknowledges
them, four close. The server closes first, so it is the server that ends in
TIME-WAIT; the client is CLOSED as soon as its FIN is acknowledged.",
    filter: "tcp port 4444",
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
