//! Lesson: ended without a goodbye.

use std::time::Duration;

use rustix::net::sockopt::set_socket_linger;

use crate::demo::conversation::{between, connect, hear, hear_out, pause, say};
use crate::demo::{Lesson, Played};

const PORT: u16 = 4446;
const WORDS: &str = "Hello!";

pub(super) static LESSON: Lesson = Lesson {
    name: "reset",
    title: "a connection that is cut off with a RST",
    text: "\
A client sends six bytes to port 4446. The server has set SO_LINGER to 0 seconds,
and closes.

Instead of a FIN the server sends a RST: both ends are CLOSED at once, nobody
waits in TIME-WAIT, and what was not yet delivered is lost. The client learns of
it as \"connection reset by peer\".",
    filter: "tcp port 4446",
    recording: include_bytes!("../../captures/reset.pcap"),
    play: || {
        between(
            PORT,
            |client| {
                hear(&client, WORDS.len())?;
                pause();
                set_socket_linger(&client, Some(Duration::ZERO))?;
                Ok(())
            },
            || {
                let server = connect(PORT)?;
                pause();
                say(&server, WORDS)?;
                let told = hear_out(&server).err().map(|error| error.to_string());
                let told = told.unwrap_or_else(|| "nothing".to_owned());
                Ok(Played {
                    afterword: Some(format!("The client was told: {told}")),
                })
            },
        )
    },
};
