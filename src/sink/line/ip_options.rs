//! IPv4 options as tcpdump prints them with `-v`.

use std::net::Ipv4Addr;

use crate::sink::text::Text;

const END: u8 = 0;
const NOP: u8 = 1;
const RECORD_ROUTE: u8 = 7;
const TIMESTAMP: u8 = 68;
const SECURITY: u8 = 130;
const LOOSE_ROUTE: u8 = 131;
const STRICT_ROUTE: u8 = 137;
const ROUTER_ALERT: u8 = 148;
const TRACEROUTE: u8 = 82;

/// Writes options of `len` octets at the beginning of what is there of the
/// datagram behind its fixed header; `false` where that ends before they do.
pub(super) fn write(octets: &[u8], len: usize, text: &mut Text) -> bool {
    let (mut rest, mut left) = (octets, len);
    let mut separator = "";
    while left > 0 {
        text.str(separator);
        separator = ",";
        let Some(&kind) = rest.first() else {
            return false;
        };
        name(kind, text);
        let option_len = match (kind, rest.get(1)) {
            (END | NOP, _) => 1,
            (_, Some(&option_len)) => usize::from(option_len),
            (_, None) => return false,
        };
        if option_len == 0 || option_len < 2 && kind > NOP || option_len > left {
            bad_length(" ", option_len, text);
            return true;
        }
        let Some(option) = rest.get(..option_len) else {
            return false;
        };
        let is_whole = match kind {
            END => return true,
            TIMESTAMP => timestamps(rest, option_len, text),
            RECORD_ROUTE | LOOSE_ROUTE | STRICT_ROUTE => route(rest, option_len, text),
            ROUTER_ALERT => {
                router_alert(option, text);
                true
            }
            _ => true,
        };
        if !is_whole {
            return false;
        }
        rest = &rest[option_len..];
        left -= option_len;
    }
    true
}

fn name(kind: u8, text: &mut Text) {
    text.str(match kind {
        END => "EOL",
        NOP => "NOP",
        RECORD_ROUTE => "RR",
        TIMESTAMP => "timestamp",
        SECURITY => "security",
        LOOSE_ROUTE => "LSRR",
        STRICT_ROUTE => "SSRR",
        ROUTER_ALERT => "RA",
        TRACEROUTE => "traceroute",
        _ => {
            text.str("unknown ");
            text.decimal(kind);
            return;
        }
    });
}

fn bad_length(before: &str, len: usize, text: &mut Text) {
    text.str(before);
    text.str("[bad length ");
    text.decimal(len as u64);
    text.octet(b']');
}

fn bad_pointer(before: &str, pointer: u8, text: &mut Text) {
    text.str(before);
    text.str("[bad ptr ");
    text.decimal(pointer);
    text.octet(b']');
}

/// The addresses of an option of `len` octets. tcpdump reads the last one whole,
/// even where the option ends inside it; `false` where it is not there.
fn route(octets: &[u8], len: usize, text: &mut Text) -> bool {
    let pointer = match octets.get(2) {
        Some(&pointer) if len >= 3 => pointer,
        _ => {
            bad_length(" ", len, text);
            return true;
        }
    };
    if !(len + 1).is_multiple_of(4) {
        bad_length(" ", len, text);
    }
    let at = usize::from(pointer).wrapping_sub(1);
    if at < 3 || at.wrapping_add(1) % 4 != 0 || at > len + 1 {
        bad_pointer(" ", pointer, text);
    }
    for place in (3..len).step_by(4) {
        let Some(hop) = octets.get(place..).and_then(|rest| rest.first_chunk()) else {
            return false;
        };
        text.octet(b' ');
        text.ipv4(Ipv4Addr::from(*hop));
        if at > place {
            text.octet(b',');
        }
    }
    true
}

fn router_alert(option: &[u8], text: &mut Text) {
    match option.get(2..4) {
        None => bad_length(" ", option.len(), text),
        Some(&[0, 0]) => {}
        Some(value) => {
            text.str(" value ");
            text.decimal(
                value
                    .iter()
                    .fold(0, |sum, &octet| sum << 8 | u32::from(octet)),
            );
        }
    }
}

/// The times of an option of `len` octets, the last one whole as in [`route`].
fn timestamps(octets: &[u8], len: usize, text: &mut Text) -> bool {
    let (pointer, flags) = match octets.get(2..4) {
        Some(&[pointer, flags]) if len >= 4 => (pointer, flags),
        _ => {
            bad_length("", len, text);
            return true;
        }
    };
    text.str(" TS{");
    let kind = flags & 0x0f;
    let hop_len = if kind == 0 { 4 } else { 8 };
    if !(len - 4).is_multiple_of(hop_len) {
        bad_length("", len, text);
    }
    let at = usize::from(pointer).wrapping_sub(1);
    if at < 4 || !(at - 4).is_multiple_of(hop_len) || at > len + 1 {
        bad_pointer("", pointer, text);
    }
    let mut place = 0;
    match kind {
        0 => text.str("TSONLY"),
        1 => text.str("TS+ADDR"),
        3 => text.str("PRESPEC"),
        other => {
            text.str("[bad ts type ");
            text.decimal(other);
            text.octet(b']');
        }
    }
    if matches!(kind, 0 | 1 | 3) {
        place = 4;
        while place < len {
            let Some(hop) = octets.get(place..place + hop_len) else {
                return false;
            };
            text.str(if place == at { " ^ " } else { " " });
            let time = hop.last_chunk().map_or(0, |four| u32::from_be_bytes(*four));
            text.decimal(time);
            text.octet(b'@');
            if let ([a, b, c, d, ..], 8) = (hop, hop_len) {
                text.ipv4(Ipv4Addr::new(*a, *b, *c, *d));
            }
            place += hop_len;
        }
    }
    if place == at {
        text.str(" ^ ");
    }
    if flags >> 4 == 0 {
        text.octet(b'}');
    } else {
        text.str(" [");
        text.decimal(flags >> 4);
        text.str(" hops not recorded]} ");
    }
    true
}

/// The last address of a source route, which the TCP checksum is over.
pub(super) fn final_destination(mut area: &[u8]) -> Option<Ipv4Addr> {
    loop {
        match *area {
            [NOP, ref rest @ ..] => area = rest,
            [kind, len, ..] if kind != END && len >= 2 => {
                let option = area.get(..usize::from(len))?;
                if matches!(kind, LOOSE_ROUTE | STRICT_ROUTE) && len >= 7 {
                    return option
                        .last_chunk()
                        .map(|hop: &[u8; 4]| Ipv4Addr::from(*hop));
                }
                area = area.get(usize::from(len)..)?;
            }
            _ => return None,
        }
    }
}
