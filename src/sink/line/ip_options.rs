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

/// Writes the options in `area`, of which `len` octets are claimed; `false`
/// where the capture ends before they do.
pub(super) fn write(area: &[u8], len: usize, text: &mut Text) -> bool {
    let (mut rest, mut left) = (area, len);
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
        match kind {
            END => return true,
            TIMESTAMP => timestamps(option, text),
            RECORD_ROUTE | LOOSE_ROUTE | STRICT_ROUTE => route(option, text),
            ROUTER_ALERT => router_alert(option, text),
            _ => {}
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

fn route(option: &[u8], text: &mut Text) {
    let len = option.len();
    let Some(&pointer) = option.get(2) else {
        return bad_length(" ", len, text);
    };
    if !(len + 1).is_multiple_of(4) {
        bad_length(" ", len, text);
    }
    let at = usize::from(pointer).wrapping_sub(1);
    if at < 3 || at.wrapping_add(1) % 4 != 0 || at > len + 1 {
        bad_pointer(" ", pointer, text);
    }
    for (place, hop) in option[3..].as_chunks::<4>().0.iter().enumerate() {
        text.octet(b' ');
        text.ipv4(Ipv4Addr::from(*hop));
        if at > 3 + 4 * place {
            text.octet(b',');
        }
    }
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

fn timestamps(option: &[u8], text: &mut Text) {
    let len = option.len();
    let Some(&[pointer, flags]) = option.get(2..4) else {
        return bad_length("", len, text);
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
        let mut before = " ";
        for hop in option[4..].chunks_exact(hop_len) {
            before = if place == at { " ^ " } else { before };
            text.str(before);
            before = " ";
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
