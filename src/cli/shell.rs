//! Words as a shell takes them: whatever is in a file's name, a command that is shown can
//! be copied.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// A word that stands for itself, or in quotes.
pub fn quoted(word: &OsStr) -> String {
    let octets = word.as_bytes();
    match word.to_str() {
        Some(text) if !text.is_empty() && octets.iter().copied().all(stands_for_itself) => {
            text.to_owned()
        }
        Some(text) if !text.contains(|c: char| c.is_control()) => {
            format!("'{}'", text.replace('\'', r"'\''"))
        }
        // What a terminal must not get, and what is no UTF-8, by its number (POSIX.1-2024,
        // XCU §2.2.4).
        _ => {
            let mut quoted = "$'".to_owned();
            for &octet in octets {
                match octet {
                    b'\'' | b'\\' => quoted.extend(['\\', octet.into()]),
                    b' '..=b'~' => quoted.push(octet.into()),
                    _ => quoted.extend(['\\', octal(octet >> 6), octal(octet >> 3), octal(octet)]),
                }
            }
            quoted + "'"
        }
    }
}

/// A command as it was given, with the program's name instead of its place.
pub fn command(words: impl Iterator<Item = OsString>) -> String {
    let rest = words.skip(1).map(|word| quoted(&word));
    let words: Vec<_> = std::iter::once("tcptrace".to_owned()).chain(rest).collect();
    words.join(" ")
}

/// No pattern, no expansion, nothing that parts words.
fn stands_for_itself(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"_-./:=@%+,".contains(&octet)
}

/// The digit of the lowest three bits.
fn octal(bits: u8) -> char {
    char::from(b'0' + bits % 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_where_it_has_to_be() {
        for (word, shown) in [
            (&b"captures/a-1.pcap"[..], "captures/a-1.pcap"),
            (b"a b.pcap", "'a b.pcap'"),
            (b"it's.pcap", r"'it'\''s.pcap'"),
            (b"", "''"),
            (b"$HOME/*", "'$HOME/*'"),
            ("抓包.pcap".as_bytes(), "'抓包.pcap'"),
            (b"a\nb'", r"$'a\012b\''"),
            (b"\xffa", r"$'\377a'"),
        ] {
            assert_eq!(quoted(OsStr::from_bytes(word)), shown);
        }
    }
}
