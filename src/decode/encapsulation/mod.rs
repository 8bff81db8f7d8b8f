//! What carries a packet: one small file for each encapsulation, and one table
//! that says which is next.
//!
//! A reader steps over its own header and says by which number the next is
//! known; [`table`] knows who reads that. So any encapsulation may stand in any
//! other, as deep as there are layers to note.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method by its path fits one lifetime, and a reader any"
)]

mod ayiya;
mod capwap;
mod cooked;
mod erspan;
mod esp;
mod etag;
mod etherip;
mod ethernet;
mod fabricpath;
mod firewall;
mod geneve;
mod gre;
mod gtp;
mod hdlc;
mod ieee80211;
mod infiniband;
mod ipnet;
mod ipoib;
mod l2tp;
mod lan;
mod lisp;
mod llc;
mod loopback;
mod macsec;
mod mpls;
mod nflog;
mod nsh;
mod pbb;
mod pktap;
mod plausible;
mod ppi;
mod ppp;
mod pppoe;
mod prism;
mod radiotap;
pub(super) mod table;
mod teredo;
mod trill;
mod tzsp;
mod udp;
mod vlan;
mod vntag;
mod vxlan;

use crate::address_family::AddressFamily;
use crate::decode::datagram::Datagram;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// What steps over a header, and says what is next.
pub(super) type HeaderReader = for<'w, 'a, 'l> fn(&'w mut Walk<'a, 'l>) -> Result<NextHeader, Skip>;

/// What a header says comes next.
#[derive(Clone, Copy)]
pub(super) enum NextHeader {
    /// A header that this reads.
    Read(HeaderReader),
    /// A segment.
    Tcp(Datagram),
}

impl NextHeader {
    pub(super) const IPV4: Self = Self::Read(|walk| walk.ip_of(&[4]));
    pub(super) const IPV6: Self = Self::Read(|walk| walk.ip_of(&[6]));
    /// Version 4 or 6, as the first nibble says.
    pub(super) const IP: Self = Self::Read(|walk| walk.ip_of(&[4, 6]));
    /// A whole Ethernet frame.
    pub(super) const ETHERNET: Self = Self::Read(|walk| walk.ethernet());
    pub(super) const LLC: Self = Self::Read(|walk| walk.llc());
    pub(super) const PPP: Self = Self::Read(|walk| walk.ppp());
    pub(super) const MPLS: Self = Self::Read(|walk| walk.mpls());
    pub(super) const NSH: Self = Self::Read(|walk| walk.nsh());
    pub(super) const IEEE80211: Self = Self::Read(|walk| walk.ieee80211());

    /// IP of one version or the other, or nothing known.
    fn of_family(family: Option<AddressFamily>) -> Result<Self, Skip> {
        match family {
            Some(AddressFamily::Ipv4) => Ok(Self::IPV4),
            Some(AddressFamily::Ipv6) => Ok(Self::IPV6),
            None => Err(Skip::NotIp),
        }
    }
}

impl<'a> Walk<'a, '_> {
    /// Steps over a header of `len` octets.
    fn fixed(&mut self, kind: LayerKind, len: usize) -> Result<&'a [u8], Skip> {
        self.note(kind)?;
        let header = self.rest().get(..len).ok_or(Skip::CutBelowTcp)?;
        self.at += len;
        Ok(header)
    }
}
