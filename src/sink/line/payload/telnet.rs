//! Telnet: the commands at the beginning of a segment (RFC 854).

use crate::sink::line::dump::{self, DumpStyle};
use crate::sink::line::line_options::LineOptions;
use crate::sink::line::payload::cut::{Cut, Payload};
use crate::sink::line::payload::telnet_names as names;
use crate::sink::text::Text;

/// Interpret as command: what a command begins with.
const IAC: u8 = 255;
const DONT: u8 = 254;
const WILL: u8 = 251;
/// Subnegotiation, begin and end.
const SB: u8 = 250;
const SE: u8 = 240;
/// The lowest command.
const EOF: u8 = 236;

const AUTHENTICATION: u8 = 37;
const ENCRYPTION: u8 = 38;

/// A command, from its IAC on.
struct TelnetCommand<'a> {
    code: u8,
    /// What a negotiation or a subnegotiation is about.
    option: Option<u8>,
    /// What stands inside a subnegotiation.
    values: &'a [u8],
    /// Octets of the whole command.
    len: usize,
}

/// Writes ` [telnet DO ECHO, WILL NAWS]`; with `-X` and `-vvv` each command in
/// hexadecimal first, in a line of its own.
pub(super) fn write(
    payload: Payload<'_>,
    options: &LineOptions,
    text: &mut Text,
) -> Result<(), Cut> {
    let in_hex = options.dump == Some(DumpStyle::HexAndText) && options.verbose > 2;
    let mut at = 0;
    // A subnegotiation without its end leads behind the segment.
    while at != payload.len && payload.octet(at)? == IAC {
        let Some(command) = command(payload, at)? else {
            break;
        };
        match (in_hex, at) {
            (true, _) => hex(&command, payload, at, text)?,
            (false, 0) => text.str(" [telnet "),
            (false, _) => text.str(", "),
        }
        command.write(text);
        at += command.len;
    }
    if at > 0 {
        text.octet(if in_hex { b'\n' } else { b']' });
    }
    Ok(())
}

/// The command at `from`, where an IAC stands; `None` where it is none, or its
/// end is in another segment.
fn command(payload: Payload<'_>, from: usize) -> Result<Option<TelnetCommand<'_>>, Cut> {
    // An octet behind the segment is looked for, and not missed.
    let octet = |at| match payload.octet(at) {
        _ if at >= payload.len => Ok(None),
        octet => octet.map(Some),
    };
    let simple = |code, option, len| TelnetCommand {
        code,
        option,
        values: &[],
        len,
    };
    let Some(code) = octet(from + 1)?.filter(|&code| code >= EOF) else {
        return Ok(None);
    };
    if !(SB..=DONT).contains(&code) {
        return Ok(Some(simple(code, None, 2)));
    }
    let Some(option) = octet(from + 2)? else {
        return Ok(None);
    };
    if code >= WILL {
        return Ok(Some(simple(code, Some(option), 3)));
    }
    let inside = from + 3;
    let mut end = inside;
    while end + 1 < payload.len && !(payload.octet(end)? == IAC && payload.octet(end + 1)? == SE) {
        end += 1;
    }
    Ok((payload.octet(end)? == IAC).then(|| TelnetCommand {
        code,
        option: Some(option),
        values: &payload.captured[inside..end],
        len: end + 2 - from,
    }))
}

impl TelnetCommand<'_> {
    fn write(&self, text: &mut Text) {
        if self.code == IAC {
            return text.str("IAC IAC");
        }
        text.str(names::COMMANDS[usize::from(self.code - EOF)]);
        let Some(option) = self.option else {
            return;
        };
        name(&names::OPTIONS, option, text);
        if self.code != SB {
            return;
        }
        for (place, &value) in self.values.iter().enumerate() {
            let known: &[&str] = match (option, place) {
                (AUTHENTICATION, 0) => names::AUTHENTICATION_QUALIFIERS,
                (AUTHENTICATION, 1) => names::AUTHENTICATION_TYPES,
                (ENCRYPTION, 0) => names::ENCRYPTION_QUALIFIERS,
                (ENCRYPTION, 1) => names::ENCRYPTION_TYPES,
                (_, 0) => names::QUALIFIERS,
                _ => &[],
            };
            name(known, value, text);
        }
        text.str(" SE");
    }
}

/// Writes a space and the name of a value, or the value.
fn name(known: &[&str], value: u8, text: &mut Text) {
    text.octet(b' ');
    match known.get(usize::from(value)) {
        Some(name) if !name.is_empty() => text.str(name),
        _ => {
            text.str(if value == 0 { "" } else { "0x" });
            text.hex(u32::from(value));
        }
    }
}

/// Writes a command in hexadecimal, and what leads to the column of its words.
fn hex(
    command: &TelnetCommand<'_>,
    payload: Payload<'_>,
    at: usize,
    text: &mut Text,
) -> Result<(), Cut> {
    if at == 0 {
        text.str("\nTelnet:");
    }
    let end = payload.captured.len().min(at + command.len);
    dump::hex("\n", at, &payload.captured[at..end], text);
    if at + command.len > payload.captured.len() {
        return Err(Cut);
    }
    if command.len > 8 {
        text.str("\n\t\t\t\t");
    } else {
        for _ in command.len..8 {
            text.str("   ");
        }
        text.octet(b'\t');
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::line::payload::tests::shown;

    fn commands(sent: &[u8], captured: usize) -> (String, Result<(), Cut>) {
        let options = LineOptions::default();
        shown(sent, captured, |payload, text| {
            write(payload, &options, text)
        })
    }

    #[test]
    fn commands_are_named_until_the_text_begins() {
        let sent = b"\xff\xfd\x01\xff\xfb\x1f\xff\xf6\xff\xfe\x80login: \xff\xf1";
        let (text, outcome) = commands(sent, sent.len());
        assert_eq!(text, " [telnet DO ECHO, WILL NAWS, AYT, DONT 0x80]");
        assert_eq!(outcome, Ok(()));
        assert_eq!(commands(b"login: ", 7), (String::new(), Ok(())));
    }

    #[test]
    fn a_subnegotiation_shows_what_is_inside() {
        let sent = b"\xff\xfa\x18\x00AB\xff\xf0\xff\xfa\x25\x01\x02\x00\xff\xf0";
        let text = " [telnet SB TERMINAL TYPE IS 0x41 0x42 SE, \
                    SB AUTHENTICATION SEND KERBEROS_V5 0 SE]";
        assert_eq!(commands(sent, sent.len()).0, text);
    }

    #[test]
    fn half_a_command_is_left_to_the_next_segment() {
        assert_eq!(commands(b"\xff\xfd\x01\xff", 4).0, " [telnet DO ECHO]");
        assert_eq!(commands(b"\xff\xfd", 2), (String::new(), Ok(())));
        assert_eq!(commands(b"\xff\xfa\x18\x01a", 5), (String::new(), Ok(())));
    }

    #[test]
    fn a_subnegotiation_that_does_not_end_gives_the_packet_up() {
        assert_eq!(
            commands(b"\xff\xfa\x18\x01\xff", 5),
            (" [telnet SB TERMINAL TYPE SEND SE".into(), Err(Cut))
        );
        assert_eq!(commands(b"\xff\xfa\x18", 3), (String::new(), Err(Cut)));
    }

    #[test]
    fn commands_cut_by_the_capture_give_the_packet_up() {
        assert_eq!(
            commands(b"\xff\xfd\x01\xff\xfd\x03", 4),
            (" [telnet DO ECHO".into(), Err(Cut))
        );
    }

    #[test]
    fn three_v_and_x_show_each_command_in_hexadecimal() {
        let options = LineOptions {
            verbose: 3,
            dump: Some(DumpStyle::HexAndText),
            ..LineOptions::default()
        };
        let sent = b"\xff\xfd\x01\xff\xf1";
        let (text, _) = shown(sent, 5, |payload, text| write(payload, &options, text));
        assert_eq!(
            text,
            "\nTelnet:\n0x0000:  fffd 01               \tDO ECHO\n0x0003:  fff1                  \tNOP\n"
        );
    }
}
