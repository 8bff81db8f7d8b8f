//! tcpdump's lines and nothing else.

use crate::segment::Packet;
use crate::sink::line::Line;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::track::{Observation, Wants};

/// Lines without annotations.
#[derive(Debug, Default)]
pub struct Plain {
    line: Line,
}

impl Plain {
    /// Lines as `line` writes them.
    #[must_use]
    pub const fn new(line: Line) -> Self {
        Self { line }
    }
}

impl Style for Plain {
    fn wants(&self) -> Wants {
        Wants::NOTHING
    }

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>, _: Option<&Observation<'_>>, text: &mut Text) {
        self.line.write(packet, text);
    }
}
