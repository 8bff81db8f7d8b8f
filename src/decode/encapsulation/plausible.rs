//! What octets look like where nothing says what they are: behind a label
//! stack, a cookie whose length only the two ends know, or a cipher that may be
//! none.
//!
//! Each asks of the captured octets, and of how many were on the wire.

use crate::checksum::Sum;
use crate::decode::encapsulation::ethernet::MAX_802_3_LENGTH;
use crate::decode::encapsulation::{NextHeader, table};
use crate::octets::be16;

const IPV4_LEN: usize = 20;
const IPV6_LEN: usize = 40;
const ETHERNET_LEN: usize = 14;
const VLAN_LEN: usize = 4;
const VLAN_TAGS: [u16; 4] = [0x8100, 0x88a8, 0x9100, 0x9200];
const TCP_LEN: usize = 20;

/// An IPv4 header whose length fits and whose checksum is right, or left out.
pub(super) fn is_ipv4(octets: &[u8], left: usize) -> bool {
    let Some(header) = octets.first_chunk::<IPV4_LEN>() else {
        return false;
    };
    let (header_len, total_len) = (usize::from(header[0] & 0x0f) * 4, be16(header, 2));
    let is_sound = header[0] >> 4 == 4 && header_len >= IPV4_LEN;
    let fits = (header_len..=left).contains(&usize::from(total_len)) || total_len == 0;
    let sum = octets.get(..header_len).map(|octets| {
        let sum = Sum::default().with(octets);
        sum.checksum() == 0
    });
    is_sound && fits && (be16(header, 10) == 0 || sum == Some(true))
}

/// An IPv6 header whose length fits, in front of something known.
pub(super) fn is_ipv6(octets: &[u8], left: usize) -> bool {
    const TCP: u8 = 6;
    const ICMP: u8 = 58;
    let Some(header) = octets.first_chunk::<IPV6_LEN>() else {
        return false;
    };
    let is_known = matches!(header[6], TCP | ICMP | 0 | 43 | 44 | 51 | 60)
        || table::of_ip_protocol(header[6]).is_ok();
    header[0] >> 4 == 6 && is_known && IPV6_LEN + usize::from(be16(header, 4)) <= left
}

/// IP of either version.
pub(super) fn is_ip(octets: &[u8], left: usize) -> bool {
    is_ipv4(octets, left) || is_ipv6(octets, left)
}

/// An Ethernet frame, by its sender's address, which is no group's, and by what
/// it says that it carries.
pub(super) fn is_ethernet(octets: &[u8], left: usize) -> bool {
    let Some((header, mut behind)) = octets.split_first_chunk::<ETHERNET_LEN>() else {
        return false;
    };
    let (mut number, mut left) = (be16(header, 12), left.saturating_sub(ETHERNET_LEN));
    while VLAN_TAGS.contains(&number) {
        number = be16(behind, 2);
        behind = behind.get(VLAN_LEN..).unwrap_or_default();
        left = left.saturating_sub(VLAN_LEN);
    }
    let is_sound = match number {
        0..=MAX_802_3_LENGTH => {
            let is_llc = matches!(behind, [0xaa, 0xaa, 3, ..] | [6, 6, 3, ..]);
            is_llc && usize::from(number) <= left
        }
        0x0800 => is_ipv4(behind, left),
        0x86dd => is_ipv6(behind, left),
        other => table::of_ethertype(other).is_ok(),
    };
    is_sound && header[6] & 1 == 0
}

/// PPP with IP inside, address and control in front or not.
pub(super) fn is_ppp(octets: &[u8], left: usize) -> bool {
    let packet = octets.strip_prefix(&[0xff, 3]).unwrap_or(octets);
    let ([0x21 | 0x57, datagram @ ..] | [0, 0x21 | 0x57, datagram @ ..]) = packet else {
        return false;
    };
    is_ip(datagram, left.saturating_sub(octets.len() - datagram.len()))
}

/// What a packet is, by any of these.
pub(super) fn packet(octets: &[u8], left: usize) -> Option<NextHeader> {
    if is_ip(octets, left) {
        Some(NextHeader::IP)
    } else if is_ethernet(octets, left) {
        Some(NextHeader::ETHERNET)
    } else {
        is_ppp(octets, left).then_some(NextHeader::PPP)
    }
}

/// A segment in whose header nothing is out of the ordinary: its length and
/// flags, no reserved bits, options that end where they should, and an urgent
/// pointer only where it means something.
pub(super) fn is_tcp(octets: &[u8]) -> bool {
    const FIN: u8 = 1;
    const SYN: u8 = 2;
    const RST: u8 = 4;
    const ACK: u8 = 0x10;
    const URG: u8 = 0x20;
    let Some(header) = octets.first_chunk::<TCP_LEN>() else {
        return false;
    };
    let header_len = usize::from(header[12] >> 4) * 4;
    let options = octets.get(TCP_LEN..header_len);
    let flags = header[13];
    let opens_or_closes = flags & (FIN | SYN | RST);
    let is_usual = flags & (SYN | RST | ACK) != 0 && opens_or_closes.count_ones() <= 1;
    let is_urgent = flags & URG != 0 || be16(header, 18) == 0;
    let is_sound = header[12] & 0x0e == 0 && is_usual && is_urgent;
    is_sound && options.is_some_and(are_options)
}

/// Whether a list of options ends where the header does.
fn are_options(mut options: &[u8]) -> bool {
    loop {
        options = match *options {
            [] | [0, ..] => return true,
            [1, ref rest @ ..] => rest,
            [_, len, ..] if len >= 2 && usize::from(len) <= options.len() => {
                &options[usize::from(len)..]
            }
            _ => return false,
        };
    }
}
