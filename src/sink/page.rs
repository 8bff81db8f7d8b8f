//! Where text goes, and when.

use std::io::{self, Write};

use crate::sink::text::Text;

/// Octets collected before they are written.
const FULL: usize = 64 * 1024;

/// Text on its way to a writer, in large pieces.
#[derive(Debug)]
pub struct Page<W> {
    /// What is not yet written.
    pub text: Text,
    out: W,
    by_line: bool,
}

impl<W: Write> Page<W> {
    /// Writes when enough was collected, or after every packet where `by_line`
    /// is set (`-l`).
    pub fn new(out: W, by_line: bool) -> Self {
        Self {
            text: Text::default(),
            out,
            by_line,
        }
    }

    /// To be called when a packet's text is complete.
    ///
    /// # Errors
    ///
    /// What the writer says.
    #[inline]
    pub fn packet_done(&mut self) -> io::Result<()> {
        if self.text.len() >= FULL {
            return self.write();
        }
        if self.by_line { self.flush() } else { Ok(()) }
    }

    /// Writes what was collected, all the way.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn flush(&mut self) -> io::Result<()> {
        self.write()?;
        self.out.flush()
    }

    fn write(&mut self) -> io::Result<()> {
        let result = self.out.write_all(self.text.octets());
        self.text.clear();
        result
    }
}
