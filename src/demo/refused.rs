//! Lesson: nobody listens.

use std::io;

use crate::demo::conversation::connect;
use crate::demo::{Lesson, Played};

const PORT: u16 = 4445;

pub(super) static LESSON: Lesson = Lesson {
    name: "refused",
    title: "a SYN to a port where nobody listens",
    text: "\
A client connects to port 4445, where nobody listens.

The answer is a RST that acknowledges the SYN: \"connection refused\", at once. A
firewall that drops the SYN looks different: nothing comes back, and the client
sends its SYN again after 1, 2, 4 seconds.",
    filter: "tcp port 4445",
    recording: include_bytes!("../../captures/refused.pcap"),
    play: || match connect(PORT) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(Played {
            afterword: Some(format!("The client was told: {error}")),
        }),
        Err(error) => Err(error),
        Ok(_) => Err(io::Error::new(
            io::ErrorKind::AddrInUse,
            format!("port {PORT}: somebody listens there, so nothing was refused"),
        )),
    },
};
