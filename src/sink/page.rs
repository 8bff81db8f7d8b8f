//! Where text goes, and when.

use std::io::{self, Write};

use crate::sink::text::Text;

/// Octets collected before they are written.
const FULL: usize = 64 * 1024;

/// Text on its way to a writer, in large pieces.
#[derive(Debug)]
pub(super) struct Page<W> {
    /// What is not yet written.
    pub(super) text: Text,
    /// Whether it is written after every packet.
    pub(super) by_line: bool,
    out: W,
}

impl<W: Write> Page<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            text: Text::default(),
            by_line: false,
            out,
        }
    }

    /// To be called when a packet's text is complete.
    #[inline]
    pub(super) fn packet_done(&mut self) -> io::Result<()> {
        if self.by_line && !self.text.is_empty() {
            self.flush()
        } else if self.text.len() >= FULL {
            self.write()
        } else {
            Ok(())
        }
    }

    /// Writes what was collected, all the way.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.write()?;
        self.out.flush()
    }

    fn write(&mut self) -> io::Result<()> {
        let result = self.out.write_all(self.text.octets());
        self.text.clear();
        result
    }
}
