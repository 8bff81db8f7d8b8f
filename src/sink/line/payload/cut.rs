//! The data of a segment, as far as it was captured.

/// The capture ended where tcpdump read on. It gave the packet up, and forgot
/// how long the link header was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sink::line) struct Cut;

/// The data of a segment.
#[derive(Clone, Copy)]
pub(super) struct Payload<'a> {
    /// What was captured of it.
    pub(super) captured: &'a [u8],
    /// Its length as claimed, never under what was captured.
    pub(super) len: usize,
}

impl Payload<'_> {
    pub(super) fn octet(&self, at: usize) -> Result<u8, Cut> {
        self.captured.get(at).copied().ok_or(Cut)
    }

    /// Whether everything before `end` was captured.
    pub(super) fn check(&self, end: usize) -> Result<(), Cut> {
        if end > self.captured.len() {
            return Err(Cut);
        }
        Ok(())
    }
}

/// Printable ASCII, space included: what reaches a terminal as it is.
pub(super) const fn is_printable(octet: u8) -> bool {
    matches!(octet, b' '..=b'~')
}
