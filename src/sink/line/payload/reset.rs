//! The data of a RST, which may say why (RFC 9293 §3.5.3).

use crate::sink::line::payload::cut::{Payload, is_printable};
use crate::sink::text::Text;

/// Octets that are shown.
const MOST: usize = 30;

/// Writes ` [RST connection refused]`; with `!` where not all was captured, and
/// with `+` where not all is shown.
pub(super) fn write(payload: Payload<'_>, text: &mut Text) {
    text.str(if payload.captured.len() < payload.len {
        " [!RST"
    } else {
        " [RST"
    });
    if payload.len > MOST {
        text.octet(b'+');
    }
    text.octet(b' ');
    for &octet in payload.captured.iter().take(MOST) {
        visible(octet, text);
    }
    text.octet(b']');
}

/// Writes an octet as `cat -v` does: `^A` for a control character, `M-` in
/// front of what has the high bit.
fn visible(octet: u8, text: &mut Text) {
    if !octet.is_ascii() {
        text.str("M-");
    }
    let ascii = octet & 0x7f;
    if is_printable(ascii) {
        text.octet(ascii);
    } else {
        text.octet(b'^');
        text.octet(ascii ^ 0x40);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::line::payload::tests::shown;

    fn reason(sent: &[u8], captured: usize) -> String {
        shown(sent, captured, |payload, text| {
            write(payload, text);
            Ok(())
        })
        .0
    }

    #[test]
    fn no_control_character_of_a_reset_is_sent_to_the_terminal() {
        assert_eq!(reason(b"a\x1b[2J\x7f\x80\xe9", 8), " [RST a^[[2J^?M-^@M-i]");
    }

    #[test]
    fn a_long_or_cut_reason_is_marked() {
        let long = [b'x'; 31];
        let thirty = "x".repeat(30);
        assert_eq!(reason(&long, 31), format!(" [RST+ {thirty}]"));
        assert_eq!(reason(&long, 0), " [!RST+ ]");
        assert_eq!(reason(b"no", 1), " [!RST n]");
    }
}
