//! ICMP and `ICMPv6` errors that say why a segment did not arrive.

use std::net::{IpAddr, SocketAddr};
use std::num::{NonZeroU32, NonZeroU64};

use crate::seq::SeqNum;
use crate::time::Timestamp;

/// An error message with the segment that it is about (RFC 792, RFC 4443 §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IcmpError {
    /// The number of its frame.
    pub frame: NonZeroU64,
    /// When it was captured.
    pub time: Timestamp,
    /// Who says so: a router, or the host that was addressed.
    pub from: IpAddr,
    /// What it says.
    pub reason: Reason,
    /// Octets of the largest datagram that the next link takes, where it says (RFC
    /// 1191 §4, RFC 4443 §3.2).
    pub mtu: Option<NonZeroU32>,
    /// Octets of the datagram that did not arrive, as its IP header claims.
    pub len: u32,
    /// The sender of the segment.
    pub src: SocketAddr,
    /// Where it was to go.
    pub dst: SocketAddr,
    /// Its sequence number: an error quotes eight octets at least.
    pub seq: SeqNum,
}

/// Why a segment did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No route, or the network is unknown.
    NetUnreachable,
    /// The host does not answer.
    HostUnreachable,
    /// The host does not speak TCP.
    ProtocolUnreachable,
    /// Nobody listens: hosts say that with a RST, so this was a filter.
    PortUnreachable,
    /// Forbidden by a filter or a policy.
    Prohibited,
    /// Larger than a link on the way takes: the path MTU is smaller.
    TooBig,
    /// Sent round in circles: the TTL or hop limit came to 0.
    TimeExceeded,
    /// Any other destination unreachable.
    Other,
}

impl Reason {
    /// Of an ICMP message (RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1).
    #[must_use]
    pub const fn of_icmp(kind: u8, code: u8) -> Option<Self> {
        Some(match (kind, code) {
            (3, 0 | 6 | 8 | 11) => Self::NetUnreachable,
            (3, 1 | 7 | 12) => Self::HostUnreachable,
            (3, 2) => Self::ProtocolUnreachable,
            (3, 3) => Self::PortUnreachable,
            (3, 4) => Self::TooBig,
            (3, 9 | 10 | 13) => Self::Prohibited,
            (3, _) => Self::Other,
            (11, _) => Self::TimeExceeded,
            _ => return None,
        })
    }

    /// Of an `ICMPv6` message (RFC 4443 §3).
    #[must_use]
    pub const fn of_icmpv6(kind: u8, code: u8) -> Option<Self> {
        Some(match (kind, code) {
            (1, 0) => Self::NetUnreachable,
            (1, 1 | 5 | 6) => Self::Prohibited,
            (1, 3) => Self::HostUnreachable,
            (1, 4) => Self::PortUnreachable,
            (1, _) => Self::Other,
            (2, _) => Self::TooBig,
            (3, _) => Self::TimeExceeded,
            _ => return None,
        })
    }

    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NetUnreachable => "net_unreachable",
            Self::HostUnreachable => "host_unreachable",
            Self::ProtocolUnreachable => "protocol_unreachable",
            Self::PortUnreachable => "port_unreachable",
            Self::Prohibited => "prohibited",
            Self::TooBig => "too_big",
            Self::TimeExceeded => "time_exceeded",
            Self::Other => "unreachable",
        }
    }
}
