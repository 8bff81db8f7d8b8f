//! The octets of a frame in hexadecimal and as text, as tcpdump's `-x`, `-X`
//! and `-A` show them.

use crate::sink::text::Text;

/// Which dump follows a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DumpStyle {
    /// `-x`: hexadecimal.
    Hex,
    /// `-X`: hexadecimal and text.
    HexAndText,
    /// `-A`: text.
    Text,
}

/// Octets on a line of a hexadecimal dump.
const PER_LINE: usize = 16;

/// Writes the dump of `octets`, beginning with a newline.
pub(super) fn write(style: DumpStyle, octets: &[u8], text: &mut Text) {
    match style {
        DumpStyle::Text => text_only(octets, text),
        DumpStyle::Hex | DumpStyle::HexAndText => {
            for (number, line) in octets.chunks(PER_LINE).enumerate() {
                text.str("\n\t0x");
                #[expect(clippy::cast_possible_truncation, reason = "frames are under 4 GiB")]
                let offset = (number * PER_LINE) as u32;
                text.hex_digits(offset, if offset > 0xffff { 5 } else { 4 });
                text.str(": ");
                hex_line(style, line, text);
            }
        }
    }
}

fn hex_line(style: DumpStyle, line: &[u8], text: &mut Text) {
    let begin = text.len();
    for pair in line.chunks(2) {
        text.octet(b' ');
        for &octet in pair {
            text.hex_octet(octet);
        }
    }
    if style == DumpStyle::Hex {
        return;
    }
    for _ in text.len() - begin..PER_LINE / 2 * 5 {
        text.octet(b' ');
    }
    text.str("  ");
    for &octet in line {
        text.octet(if octet.is_ascii_graphic() {
            octet
        } else {
            b'.'
        });
    }
}

/// Printable octets, tab, space and newline as they are, the rest as dots; a
/// carriage return in front of a newline, or near the end, is left out.
fn text_only(octets: &[u8], text: &mut Text) {
    text.octet(b'\n');
    for (place, &octet) in octets.iter().enumerate() {
        match octet {
            b'\r' => {
                let more = octets.len() - place - 1;
                if more >= 2 && octets.get(place + 1) != Some(&b'\n') {
                    text.octet(b'.');
                }
            }
            b'\t' | b' ' | b'\n' => text.octet(octet),
            _ if octet.is_ascii_graphic() => text.octet(octet),
            _ => text.octet(b'.'),
        }
    }
}
