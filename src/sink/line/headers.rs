//! The headers of a packet on their way into a line: who writes which.

use crate::layer::{Layer, LayerKind};
use crate::segment::Packet;
use crate::sink::line::ip::Ip;
use crate::sink::line::line_options::LineOptions;
use crate::sink::line::names::Naming;
use crate::sink::text::Text;

/// The headers of a packet on their way into a line.
pub(super) struct Headers<'a, 't> {
    pub(super) packet: &'a Packet<'a>,
    pub(super) options: &'a LineOptions,
    pub(super) naming: &'t mut Naming,
    pub(super) text: &'t mut Text,
    /// The innermost IP header so far.
    pub(super) ip: Option<Ip>,
    /// What stands in front of the header in hand.
    pub(super) previous: Option<LayerKind>,
    /// As far as tcpdump looks, from the beginning of the frame: a header that
    /// tells a length narrows it.
    pub(super) captured_end: u32,
    /// Whether the length of the link frame was shown.
    pub(super) shown: bool,
    /// Whether the link is a Linux cooked capture.
    pub(super) is_cooked: bool,
    /// Whether the segment stands straight in ESP.
    pub(super) is_secured: bool,
    /// How many are open at the end of the line.
    pub(super) braces: u32,
}

impl Headers<'_, '_> {
    /// Begins a line that shows `layers`, which may be those of a packet inside
    /// another, as if nothing stood around it.
    #[inline]
    pub(super) fn begin(&mut self, layers: &[Layer]) {
        let last = layers.last();
        self.is_secured = last.is_some_and(|layer| layer.kind == LayerKind::Esp);
        let Some(first) = layers.first().filter(|layer| layer.start > 0) else {
            return;
        };
        self.narrow(first.start.saturating_add(first.len));
        if first.kind.is_ip() && self.options.link_header {
            self.text.str("ip: ");
        }
    }

    /// Writes a header; `false` where the line ends with it.
    #[inline]
    pub(super) fn layer(&mut self, layer: &Layer) -> bool {
        let octets = self.packet.octets_from(layer.start);
        if !is_extension(layer.kind) && !self.leave_extensions() {
            return false;
        }
        let goes_on = match layer.kind {
            LayerKind::Ipv4 => self.ipv4(layer, octets),
            LayerKind::Ipv6 => self.ipv6(layer, octets),
            _ => self.other(layer, octets),
        };
        self.previous = Some(layer.kind);
        goes_on
    }

    /// Whether IP carries the header in hand.
    pub(super) fn is_behind_ip(&self) -> bool {
        self.previous.is_some_and(|kind| {
            kind.is_ip() || is_extension(kind) || kind == LayerKind::Authentication
        })
    }

    /// What tcpdump says of the length where the extension headers of IPv6 end;
    /// `false` where the header claims no payload, and yet something is there.
    pub(super) fn leave_extensions(&mut self) -> bool {
        let Some(ip) = self.ip.as_mut().filter(|ip| ip.src.is_ipv6()) else {
            return true;
        };
        let missing = std::mem::take(&mut ip.jumbo_missing);
        if missing > 0 {
            self.text.str("truncated-ip6 - ");
            self.text.decimal(missing);
            self.text.str(" bytes missing!");
        }
        let is_empty = self.ip.as_ref().is_some_and(|ip| ip.is_empty);
        !(is_empty && self.is_behind_ip()) || self.over(" [|ip6]")
    }

    /// Ends IP where its segment does, so that nothing of ESP shows.
    fn secured(&mut self) {
        if let (Some(ip), Ok(segment)) = (&mut self.ip, &self.packet.segment) {
            let len = u32::from(segment.header_len) + segment.payload_len;
            ip.end = self.packet.end.saturating_add(len);
        }
    }

    fn other(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        match layer.kind {
            LayerKind::HopByHop
            | LayerKind::DestinationOptions
            | LayerKind::Routing
            | LayerKind::Fragment => return self.ipv6_extension(layer, octets),
            LayerKind::Authentication => self.authentication(octets),
            LayerKind::Gre => self.gre(layer, octets),
            LayerKind::Esp => self.secured(),
            LayerKind::Udp if self.is_secured => {}
            LayerKind::Udp => return self.udp(layer, octets),
            LayerKind::Vxlan => self.vxlan(octets),
            LayerKind::VxlanGpe => self.vxlan_gpe(octets),
            LayerKind::Otv => self.otv(octets),
            LayerKind::Geneve => self.geneve(octets),
            LayerKind::L2tp => return self.l2tp(layer, octets),
            LayerKind::Nsh => return self.nsh(layer, octets),
            LayerKind::Mpls => self.mpls(octets),
            LayerKind::Pppoe => self.pppoe(layer, octets),
            LayerKind::Ppp => return self.ppp(layer, octets),
            _ => return self.link(layer, octets),
        }
        true
    }
}

/// Whether it is an extension header of IPv6 that tcpdump looks for by itself.
const fn is_extension(kind: LayerKind) -> bool {
    matches!(
        kind,
        LayerKind::HopByHop
            | LayerKind::DestinationOptions
            | LayerKind::Routing
            | LayerKind::Fragment
    )
}
