//! SSH: the line with which each end names its version (RFC 4253 §4.2). What
//! follows is binary.

use crate::sink::line::payload::cut::{Cut, Payload, is_printable};
use crate::sink::text::Text;

/// Writes the line, if the segment is one.
pub(super) fn write(payload: Payload<'_>, text: &mut Text) -> Result<(), Cut> {
    for (at, &letter) in b"SSH-".iter().enumerate() {
        if payload.octet(at)? != letter {
            return Ok(());
        }
    }
    let end = payload
        .captured
        .iter()
        .position(|&octet| !is_printable(octet));
    let Some(end) = end else {
        return if payload.captured.len() < payload.len {
            Err(Cut)
        } else {
            Ok(())
        };
    };
    let is_line = match payload.octet(end)? {
        b'\n' => true,
        b'\r' => end + 1 < payload.len && payload.octet(end + 1)? == b'\n',
        _ => false,
    };
    if is_line {
        text.str(": SSH: ");
        text.raw(&payload.captured[..end]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::line::payload::tests::shown;

    fn banner(sent: &[u8], captured: usize) -> (String, Result<(), Cut>) {
        shown(sent, captured, write)
    }

    #[test]
    fn only_a_whole_line_of_text_is_shown() {
        for (sent, text) in [
            (
                &b"SSH-2.0-OpenSSH_9.2 x\r\n"[..],
                ": SSH: SSH-2.0-OpenSSH_9.2 x",
            ),
            (b"SSH-1.5-a\nrest", ": SSH: SSH-1.5-a"),
            (b"SSH-2.0-a", ""),
            (b"SSH-2.0-a\r", ""),
            (b"SSH-2.0\x1b[2J\r\n", ""),
            (b"\0\0\x05\xdc", ""),
        ] {
            assert_eq!(banner(sent, sent.len()), (text.into(), Ok(())));
        }
    }

    #[test]
    fn a_segment_too_short_to_tell_is_given_up() {
        assert_eq!(banner(b"SS", 2).1, Err(Cut));
        assert_eq!(banner(b"SSH-2.0-a\r\n", 9).1, Err(Cut));
        assert_eq!(banner(b"\0\0\x05\xdc", 0).1, Err(Cut));
    }
}
