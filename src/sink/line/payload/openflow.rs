//! The headers of `OpenFlow` messages, one on a line of its own. What the
//! messages carry is not read, with -v either.

use crate::sink::line::payload::cut::{Cut, Payload};
use crate::sink::text::Text;

/// Octets of a message header.
const HEADER_LEN: usize = 8;

/// How many octets a message type has behind its header.
#[derive(Debug, Clone, Copy)]
enum Body {
    Any,
    Exactly(usize),
    AtLeast(usize),
}

use Body::{Any, AtLeast, Exactly};

/// The message types of version 1.0 by number (`OpenFlow` 1.0.0 §5.1).
const VERSION_1_0: [(&str, Body); 22] = [
    ("HELLO", Any),
    ("ERROR", AtLeast(4)),
    ("ECHO_REQUEST", Any),
    ("ECHO_REPLY", Any),
    ("VENDOR", AtLeast(4)),
    ("FEATURES_REQUEST", Exactly(0)),
    ("FEATURES_REPLY", AtLeast(24)),
    ("GET_CONFIG_REQUEST", Exactly(0)),
    ("GET_CONFIG_REPLY", Exactly(4)),
    ("SET_CONFIG", Exactly(4)),
    ("PACKET_IN", AtLeast(10)),
    ("FLOW_REMOVED", Exactly(80)),
    ("PORT_STATUS", Exactly(56)),
    ("PACKET_OUT", AtLeast(8)),
    ("FLOW_MOD", AtLeast(64)),
    ("PORT_MOD", Exactly(24)),
    ("STATS_REQUEST", AtLeast(4)),
    ("STATS_REPLY", AtLeast(4)),
    ("BARRIER_REQUEST", Exactly(0)),
    ("BARRIER_REPLY", Exactly(0)),
    ("QUEUE_GET_CONFIG_REQUEST", Exactly(4)),
    ("QUEUE_GET_CONFIG_REPLY", AtLeast(8)),
];

/// The message types of version 1.3 by number (`OpenFlow` 1.3.0 §7.1).
const VERSION_1_3: [(&str, Body); 30] = [
    ("HELLO", Any),
    ("ERROR", AtLeast(4)),
    ("ECHO_REQUEST", Any),
    ("ECHO_REPLY", Any),
    ("EXPERIMENTER", AtLeast(8)),
    ("FEATURES_REQUEST", Exactly(0)),
    ("FEATURES_REPLY", Exactly(24)),
    ("GET_CONFIG_REQUEST", Exactly(0)),
    ("GET_CONFIG_REPLY", Exactly(4)),
    ("SET_CONFIG", Exactly(4)),
    ("PACKET_IN", Any),
    ("FLOW_REMOVED", Any),
    ("PORT_STATUS", Exactly(72)),
    ("PACKET_OUT", Any),
    ("FLOW_MOD", Any),
    ("GROUP_MOD", Any),
    ("PORT_MOD", Exactly(32)),
    ("TABLE_MOD", Exactly(8)),
    ("MULTIPART_REQUEST", Any),
    ("MULTIPART_REPLY", Any),
    ("BARRIER_REQUEST", Exactly(0)),
    ("BARRIER_REPLY", Exactly(0)),
    ("QUEUE_GET_CONFIG_REQUEST", Exactly(8)),
    ("QUEUE_GET_CONFIG_REPLY", Any),
    ("ROLE_REQUEST", Exactly(16)),
    ("ROLE_REPLY", Exactly(16)),
    ("GET_ASYNC_REQUEST", Exactly(0)),
    ("GET_ASYNC_REPLY", Exactly(24)),
    ("SET_ASYNC", Exactly(24)),
    ("METER_MOD", Any),
];

/// Writes every message that begins in the data, which is taken to begin with
/// one.
pub(super) fn write(payload: Payload<'_>, text: &mut Text) -> Result<(), Cut> {
    text.str(": OpenFlow");
    let mut at = 0;
    while at < payload.len {
        let Some(len) = message(payload, at, text)? else {
            return payload.check(payload.len);
        };
        if len > payload.len - at {
            break;
        }
        at += len;
    }
    Ok(())
}

/// Writes the message that begins at `at`; its length, or `None` where there is
/// no going on from it.
fn message(payload: Payload<'_>, at: usize, text: &mut Text) -> Result<Option<usize>, Cut> {
    let left = payload.len - at;
    let version = payload.octet(at)?;
    text.str("\n\tversion ");
    match version {
        1..=6 => {
            text.str("1.");
            text.decimal(version - 1);
        }
        other => {
            text.str("unknown (0x");
            text.hex_octet(other);
            text.octet(b')');
        }
    }
    if left < 2 {
        return Ok(partial(text));
    }
    let kind = payload.octet(at + 1)?;
    let named = match version {
        1 => VERSION_1_0.get(usize::from(kind)),
        4 => VERSION_1_3.get(usize::from(kind)),
        _ => None,
    };
    text.str(", type ");
    if let Some((name, _)) = named {
        text.str(name);
    } else {
        text.str("unknown (0x");
        text.hex_octet(kind);
        text.octet(b')');
    }
    if left < 4 {
        return Ok(partial(text));
    }
    payload.check(at + 4)?;
    let len = u16::from_be_bytes([payload.octet(at + 2)?, payload.octet(at + 3)?]);
    text.str(", length ");
    text.decimal(len);
    let len = usize::from(len);
    if len < HEADER_LEN {
        text.str(" (too short!)");
    }
    if left < HEADER_LEN {
        return Ok(partial(text));
    }
    payload.check(at + HEADER_LEN)?;
    text.str(", xid 0x");
    for octet in at + 4..at + HEADER_LEN {
        text.hex_octet(payload.octet(octet)?);
    }
    let Some(body) = len.checked_sub(HEADER_LEN) else {
        text.str(" (invalid)");
        return Ok(None);
    };
    let fits = match named.map_or(Any, |(_, body)| *body) {
        Any => true,
        Exactly(wanted) => body == wanted,
        AtLeast(wanted) => body >= wanted,
    };
    if !fits {
        text.str(" (invalid)");
    }
    payload.check(at + len)?;
    Ok(Some(len))
}

/// Says that the segment ends inside a header, so that there is no going on.
fn partial(text: &mut Text) -> Option<usize> {
    text.str(" (end of TCP payload)");
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::line::payload::tests::shown;

    const HELLO: [u8; 8] = [1, 0, 0, 8, 0, 0, 0, 7];

    #[test]
    fn each_message_has_a_line() {
        let sent = [&HELLO[..], &[4, 14, 0, 9, 0, 0, 0, 8, 0xff]].concat();
        let (text, outcome) = shown(&sent, sent.len(), write);
        assert_eq!(
            text,
            ": OpenFlow\n\tversion 1.0, type HELLO, length 8, xid 0x00000007\
             \n\tversion 1.3, type FLOW_MOD, length 9, xid 0x00000008"
        );
        assert_eq!(outcome, Ok(()));
    }

    #[test]
    fn a_header_that_the_segment_cuts_says_so_and_one_that_the_capture_cuts_gives_up() {
        let (text, outcome) = shown(&HELLO[..3], 3, write);
        assert_eq!(
            text,
            ": OpenFlow\n\tversion 1.0, type HELLO (end of TCP payload)"
        );
        assert_eq!(outcome, Ok(()));
        let (text, outcome) = shown(&HELLO, 6, write);
        assert_eq!(text, ": OpenFlow\n\tversion 1.0, type HELLO, length 8");
        assert_eq!(outcome, Err(Cut));
    }

    #[test]
    fn a_length_that_cannot_be_is_invalid() {
        let (text, _) = shown(&[1, 5, 0, 9, 0, 0, 0, 1, 0], 9, write);
        assert!(text.ends_with("type FEATURES_REQUEST, length 9, xid 0x00000001 (invalid)"));
        let (text, _) = shown(&[9, 0, 0, 7, 0, 0, 0, 1], 8, write);
        assert!(text.ends_with(
            "version unknown (0x09), type unknown (0x00), length 7 (too short!), \
             xid 0x00000001 (invalid)"
        ));
    }
}
