//! Where a line begins: at the link, or inside the innermost encapsulation that
//! tcpdump does not enter, as if the packet in there had been captured alone.

use crate::layer::{Layer, LayerKind};
use crate::octets::be16;
use crate::segment::Packet;

/// The tag that tcpdump does not know among those of VLANs.
const UNKNOWN_TAG: u16 = 0x9300;

/// The headers that a line shows, and whether tcpdump shows them too.
pub(super) fn layers<'a>(packet: &Packet<'a>) -> (&'a [Layer], bool) {
    let layers = packet.layers;
    let mut start = 0;
    for (place, layer) in layers.iter().enumerate() {
        let before = layers.get(..place).unwrap_or_default();
        if is_closed(layer.kind) {
            start = place + 1;
        } else if !is_entered(packet, before, layer) {
            start = place;
        }
    }
    if start == 0 {
        return (layers, true);
    }
    // What is inside is what counts: IP, and a link if that is next to it. A
    // segment straight in ESP has the IP outside.
    let ip = layers.iter().rposition(|layer| layer.kind.is_ip());
    let ip = ip.unwrap_or(start);
    let inside = layers.get(start.min(ip)..ip).unwrap_or_default();
    let silent = inside
        .iter()
        .rev()
        .take_while(|layer| is_silent(layer.kind));
    let begin = ip - silent.count();
    (layers.get(begin..).unwrap_or_default(), false)
}

/// Whether a header shows with `-e` alone.
const fn is_silent(kind: LayerKind) -> bool {
    matches!(
        kind,
        LayerKind::Ethernet
            | LayerKind::Vlan
            | LayerKind::Macsec
            | LayerKind::Snap
            | LayerKind::Llc
            | LayerKind::Ieee80211
            | LayerKind::Ppp
    )
}

/// Whether tcpdump never looks behind such a header.
const fn is_closed(kind: LayerKind) -> bool {
    matches!(
        kind,
        LayerKind::Pbb
            | LayerKind::VnTag
            | LayerKind::ETag
            | LayerKind::FabricPath
            | LayerKind::Trill
            | LayerKind::Msdu
            | LayerKind::Infiniband
            | LayerKind::PppBridge
            | LayerKind::ControlWord
            | LayerKind::Erspan
            | LayerKind::EtherIp
            | LayerKind::Esp
            | LayerKind::L2tpV3
            | LayerKind::Gtp
            | LayerKind::Teredo
            | LayerKind::Ayiya
            | LayerKind::Tzsp
            | LayerKind::Capwap
            | LayerKind::Lisp
    )
}

/// Whether tcpdump goes on to `layer` from the last header `before` it.
fn is_entered(packet: &Packet<'_>, before: &[Layer], layer: &Layer) -> bool {
    let Some(previous) = before.last() else {
        return true;
    };
    let from = previous.kind;
    if from == LayerKind::Gre {
        return is_entered_by_gre(packet.octets_from(previous.start));
    }
    match layer.kind {
        LayerKind::Vlan => {
            let tag = be16(packet.octets_from(layer.start.saturating_sub(2)), 0);
            may_be_tagged(from) && tag != UNKNOWN_TAG
        }
        LayerKind::Macsec => from == LayerKind::Ethernet,
        // A bridged frame stands behind two octets of padding.
        LayerKind::Ethernet if from == LayerKind::Snap => layer.start == previous.start + 10,
        LayerKind::Ethernet if is_of_ip(from) => is_over_ipv6(before),
        LayerKind::Ethernet => !has_ethertype(from) && from != LayerKind::Mpls,
        LayerKind::Mpls => !is_of_ip(from) && !matches!(from, LayerKind::Nsh | LayerKind::VxlanGpe),
        LayerKind::Nsh => !matches!(from, LayerKind::Nsh | LayerKind::Hdlc),
        LayerKind::Ppp | LayerKind::Pppoe => from != LayerKind::Hdlc,
        LayerKind::Gre => from != LayerKind::Udp,
        LayerKind::Ieee80211 | LayerKind::Prism => !is_cooked(from),
        _ => true,
    }
}

/// Whether tcpdump goes on behind a header of generic routing encapsulation.
fn is_entered_by_gre(header: &[u8]) -> bool {
    let protocol = be16(header, 2);
    match be16(header, 0) & 7 {
        0 => matches!(protocol, 0x0800 | 0x86dd | 0x8847 | 0x6558),
        _ => protocol == 0x880b,
    }
}

const fn is_cooked(kind: LayerKind) -> bool {
    matches!(kind, LayerKind::LinuxSll | LayerKind::LinuxSll2)
}

/// Whether tcpdump looks for a VLAN tag behind it.
const fn may_be_tagged(kind: LayerKind) -> bool {
    is_cooked(kind)
        || matches!(
            kind,
            LayerKind::Ethernet | LayerKind::Vlan | LayerKind::Macsec
        )
}

/// Whether an ethertype led on, by which tcpdump knows no Ethernet.
const fn has_ethertype(kind: LayerKind) -> bool {
    may_be_tagged(kind) || matches!(kind, LayerKind::Ipoib | LayerKind::Hdlc)
}

/// Whether it is an IP header, or one that stands between IP and what it
/// carries.
const fn is_of_ip(kind: LayerKind) -> bool {
    kind.is_ip()
        || matches!(
            kind,
            LayerKind::HopByHop
                | LayerKind::DestinationOptions
                | LayerKind::Routing
                | LayerKind::Fragment
                | LayerKind::Authentication
        )
}

/// Whether the innermost IP header is IPv6's, where alone tcpdump looks for a
/// frame (RFC 8986 §4.9).
fn is_over_ipv6(before: &[Layer]) -> bool {
    let ip = before.iter().rfind(|layer| layer.kind.is_ip());
    ip.is_some_and(|ip| ip.kind == LayerKind::Ipv6)
}
