//! What the library's own style says of the connection, as lines.

use std::io;

use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::style::Style;
use tcptrace::sink::text::Text;
use tcptrace::sink::{Event, Sink};
use tcptrace::track::Wants;
use tcptrace::track::connection::Connection;

use crate::watch::opened::roll::Roll;

/// The most points of a trace: pictures show so many segments, the first and the latest.
const MOST_POINTS: u32 = 20_000;

/// Lines, as the style writes them.
pub struct ToldLines {
    style: Annotated,
    text: Text,
    /// The lines so far.
    pub roll: Roll,
    /// The connection as it left, if it did.
    pub left: Option<Box<Connection>>,
}

impl ToldLines {
    /// Nothing yet.
    pub fn new(style: Annotated) -> Self {
        Self {
            style,
            text: Text::default(),
            roll: Roll::default(),
            left: None,
        }
    }
}

impl Sink for ToldLines {
    /// What the lines tell, and the pictures and figures beside them.
    fn wants(&self) -> Wants {
        let drawn = Wants {
            points: MOST_POINTS,
            waits: true,
            ..Wants::TIME_SPENT
        };
        self.style.wants() | Wants::TIMED | drawn
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        let (style, text) = (&mut self.style, &mut self.text);
        match event {
            Event::Packet(packet, seen) => style.packet(packet, seen, text),
            Event::Connection(connection) => {
                style.connection(connection, text);
                self.left = Some(Box::new(connection.clone()));
            }
            Event::Unreachable(flow) => style.unreachable(flow, text),
            Event::IcmpError(flow, notice) => style.icmp_error(flow, notice, text),
            Event::Socket(connection, dir) => style.socket(connection, dir, text),
            Event::Standing(_) | Event::Quiet | Event::Capture(_) | Event::End(_) => {}
        }
        if !text.is_empty() {
            self.roll.add(&String::from_utf8_lossy(text.octets()));
            text.clear();
        }
        Ok(())
    }
}
