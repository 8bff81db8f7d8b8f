//! What stands at the front of a frame.

/// A link type, by its LINKTYPE number in capture files.
///
/// Named are those that this program takes apart; any other number is carried
/// along and skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct LinkType(pub u16);

impl LinkType {
    /// BSD loopback, address family in the byte order of the capturing host.
    pub const NULL: Self = Self(0);
    /// Ethernet II and IEEE 802.3.
    pub const ETHERNET: Self = Self(1);
    /// ARCNET, as BSD captures it.
    pub const ARCNET: Self = Self(7);
    /// PPP.
    pub const PPP: Self = Self(9);
    /// FDDI: frame control, destination, source.
    pub const FDDI: Self = Self(10);
    /// PPP in HDLC-like framing.
    pub const PPP_HDLC: Self = Self(50);
    /// PPP over Ethernet, from the `PPPoE` header on.
    pub const PPP_ETHER: Self = Self(51);
    /// Raw IP, version 4 or 6 (101 in files; 12 and 14 where the number of one
    /// operating system was written).
    pub const RAW: Self = Self(101);
    /// The `IPsec` interface of the BSDs.
    pub const ENC: Self = Self(109);
    /// The log of the packet filter of the BSDs.
    pub const PFLOG: Self = Self(117);
    /// PPP of Linux's daemon, which says the direction instead of the address.
    pub const PPP_PPPD: Self = Self(166);
    /// Cisco's HDLC.
    pub const C_HDLC: Self = Self(104);
    /// IEEE 802.11.
    pub const IEEE802_11: Self = Self(105);
    /// `OpenBSD` loopback, address family in network byte order.
    pub const LOOP: Self = Self(108);
    /// Linux cooked capture.
    pub const LINUX_SLL: Self = Self(113);
    /// IEEE 802.11 with a radiotap header in front.
    pub const RADIOTAP: Self = Self(127);
    /// ARCNET, as Linux captures it.
    pub const ARCNET_LINUX: Self = Self(129);
    /// IEEE 802.11 behind the header of Prism's cards.
    pub const PRISM: Self = Self(119);
    /// Apple's number for [`PKTAP`](Self::PKTAP), which is anybody's.
    pub const USER2: Self = Self(149);
    /// IEEE 802.11 behind the header that AVS defined.
    pub const AVS: Self = Self(163);
    /// Per-packet information, and an inner link type.
    pub const PPI: Self = Self(192);
    /// Solaris's IPNET.
    pub const IPNET: Self = Self(226);
    /// Raw IPv4.
    pub const IPV4: Self = Self(228);
    /// Raw IPv6.
    pub const IPV6: Self = Self(229);
    /// Linux netfilter log.
    pub const NFLOG: Self = Self(239);
    /// IP over InfiniBand, behind a global routing header.
    pub const IPOIB: Self = Self(242);
    /// InfiniBand, from its link header on.
    pub const INFINIBAND: Self = Self(247);
    /// Apple's PKTAP: the process behind a frame, and an inner link type.
    pub const PKTAP: Self = Self(258);
    /// Linux cooked capture, version 2: with the interface index.
    pub const LINUX_SLL2: Self = Self(276);

    /// The link type that a header inside a frame names in four octets.
    #[must_use]
    pub fn of_number(number: u32) -> Self {
        Self(u16::try_from(number).unwrap_or(u16::MAX))
    }
}
