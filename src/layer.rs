//! The headers around a segment, from the outside in.

/// One header that stands before TCP, as a place in the frame.
///
/// Offsets instead of slices, so that the decoder can reuse one list for the
/// whole capture. What the header says is read where it is needed, from
/// [`Packet::octets_from`](crate::segment::Packet::octets_from).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// What it is.
    pub kind: LayerKind,
    /// Where it begins, in octets from the beginning of the frame.
    pub start: u32,
    /// Octets on the wire from there to the end of what carries it; an IP
    /// header may claim another length.
    pub len: u32,
}

/// The kinds of header that are taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayerKind {
    /// Destination, source, ethertype.
    Ethernet,
    /// FDDI: frame control, destination, source.
    Fddi,
    /// IEEE 802.2 with the extension that names an ethertype (SNAP).
    Snap,
    /// IEEE 802.2 whose service access points are IP's own (RFC 948).
    Llc,
    /// An IEEE 802.1Q or 802.1ad tag and the ethertype after it.
    Vlan,
    /// An IEEE 802.1AE tag in front of data that is not encrypted.
    Macsec,
    /// An IEEE 802.1ah service tag in front of a customer's Ethernet frame.
    Pbb,
    /// A VNTAG and the ethertype after it.
    VnTag,
    /// An IEEE 802.1BR tag and the ethertype after it.
    ETag,
    /// Cisco `FabricPath`, in front of an Ethernet frame.
    FabricPath,
    /// TRILL, in front of an Ethernet frame.
    Trill,
    /// ARCNET: source, destination, type.
    Arcnet,
    /// Linux netfilter log: family, then attributes.
    Nflog,
    /// Radiotap: what the receiver of an IEEE 802.11 frame noted.
    Radiotap,
    /// What the receiver noted in the form of Prism's cards.
    Prism,
    /// What the receiver noted in the form that AVS defined.
    Avs,
    /// An IEEE 802.11 data frame.
    Ieee80211,
    /// One of several frames in an IEEE 802.11 data frame: destination, source,
    /// length.
    Msdu,
    /// Per-packet information: fields, and an inner link type.
    Ppi,
    /// Apple's PKTAP: interface, process, and an inner link type.
    Pktap,
    /// Solaris's IPNET: family and zones.
    Ipnet,
    /// IP over InfiniBand: a global routing header and an ethertype.
    Ipoib,
    /// InfiniBand, from its link header to an ethertype.
    Infiniband,
    /// PPP: a protocol number, with or without address and control in front.
    Ppp,
    /// PPP in HDLC-like framing (RFC 1662), or Cisco's HDLC: address, control
    /// and protocol are always there.
    Hdlc,
    /// The header of a network's frame that is bridged over PPP.
    PppBridge,
    /// PPP over Ethernet.
    Pppoe,
    /// An MPLS label stack, all entries.
    Mpls,
    /// The control word of a pseudowire.
    ControlWord,
    /// The network service header, with its metadata.
    Nsh,
    /// Linux cooked capture.
    LinuxSll,
    /// Linux cooked capture, version 2.
    LinuxSll2,
    /// The log of the packet filter (pf) of the BSDs.
    PacketFilter,
    /// The `IPsec` interface of the BSDs: family, security association, flags.
    Ipsec,
    /// BSD loopback: an address family.
    Loopback,
    /// No link header: IP begins at once.
    Raw,
    /// IPv4, options included.
    Ipv4,
    /// The fixed IPv6 header.
    Ipv6,
    /// IPv6 hop-by-hop options.
    HopByHop,
    /// IPv6 destination options.
    DestinationOptions,
    /// IPv6 routing header.
    Routing,
    /// IPv6 fragment header.
    Fragment,
    /// IP authentication header.
    Authentication,
    /// Generic routing encapsulation, either version.
    Gre,
    /// ERSPAN type II or III: a mirrored frame follows.
    Erspan,
    /// `EtherIP`.
    EtherIp,
    /// ESP whose cipher is NULL.
    Esp,
    /// L2TP version 2.
    L2tp,
    /// L2TP version 3, as far as its session.
    L2tpV3,
    /// UDP around a tunnel.
    Udp,
    /// VXLAN.
    Vxlan,
    /// VXLAN with the generic protocol extension.
    VxlanGpe,
    /// Overlay transport virtualization, or VXLAN on Linux's old port: the two
    /// headers are alike, and tcpdump takes that port for the first.
    Otv,
    /// Geneve.
    Geneve,
    /// The user plane of GTP, which mobile networks tunnel in.
    Gtp,
    /// Teredo, with authentication and origin where those are there.
    Teredo,
    /// AYIYA, anything in anything.
    Ayiya,
    /// TZSP, with its tagged fields.
    Tzsp,
    /// CAPWAP data.
    Capwap,
    /// A packet in LISP.
    Lisp,
}

impl LayerKind {
    /// Whether it is an IP header.
    #[must_use]
    pub const fn is_ip(self) -> bool {
        matches!(self, Self::Ipv4 | Self::Ipv6)
    }
}
