//! What is said beside what is shown, on standard error: at once, or, while a screen has
//! the terminal, behind that.

use std::io::{self, Write, stderr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What was said while a screen has the terminal.
static KEPT: Mutex<Option<Vec<u8>>> = Mutex::new(None);

fn kept() -> MutexGuard<'static, Option<Vec<u8>>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says something, on a line of its own.
pub fn say(words: String) {
    // Where standard error is gone there is nobody to be told.
    let _ = AsideWriter.write_all((words + "\n").as_bytes());
}

/// The writer of what is said.
#[derive(Debug, Clone, Copy)]
pub struct AsideWriter;

impl Write for AsideWriter {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        match &mut *kept() {
            Some(kept) => {
                kept.extend_from_slice(octets);
                Ok(octets.len())
            }
            None => stderr().write(octets),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        stderr().flush()
    }
}

/// Keeps what is said until this goes.
pub struct Quiet(());

impl Quiet {
    pub fn begin() -> Self {
        *kept() = Some(Vec::new());
        Self(())
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let said = kept().take().unwrap_or_default();
        let _ = stderr().write_all(&said);
    }
}
