//! IPv4 and IPv6 down to TCP.

use std::net::IpAddr;

use etherparse::{IpAuthHeaderSlice, IpNumber, Ipv4HeaderSlice, Ipv6FragmentHeaderSlice};
use etherparse::{Ipv6HeaderSlice, Ipv6RawExtHeaderSlice};

use crate::decode::datagram::{Datagram, Fragment};
use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// Octets of the smallest IPv4 header and of the IPv6 header.
const IPV4_LEN: usize = 20;
const IPV6_LEN: usize = 40;

impl Walk<'_, '_> {
    /// Steps over the IP header and its extensions, where its version is one of
    /// `versions`.
    #[inline]
    pub(super) fn ip_of(&mut self, versions: &[u8]) -> Result<NextHeader, Skip> {
        let version = self.rest().first().ok_or(Skip::CutBelowTcp)? >> 4;
        match version {
            _ if !versions.contains(&version) => Err(Skip::BadHeader),
            4 => self.ipv4(),
            _ => self.ipv6(),
        }
    }

    #[inline]
    fn ipv4(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Ipv4)?;
        let rest = self.rest();
        let first = rest.first_chunk::<IPV4_LEN>().ok_or(Skip::CutBelowTcp)?;
        let header_len = usize::from(first[0] & 0x0f) * 4;
        if header_len < IPV4_LEN || self.wire_len() < IPV4_LEN {
            return Err(Skip::BadHeader);
        }
        // What is left is a header cut by the snapshot length.
        let header = Ipv4HeaderSlice::from_slice(rest).map_err(|_| Skip::CutBelowTcp)?;
        let total_len = match usize::from(header.total_len()) {
            // Captured before segmentation offload filled the field in.
            0 => self.wire_len(),
            claimed if claimed < header_len => return Err(Skip::BadHeader),
            claimed => claimed,
        };
        self.hold(total_len);
        self.at += header_len;
        let datagram = Datagram {
            src: IpAddr::V4(header.source_addr()),
            dst: IpAddr::V4(header.destination_addr()),
            ttl: header.ttl(),
            ecn: header.ecn().value(),
            identification: Some(header.identification()),
            len: total_len - header_len,
            is_fragment: header.more_fragments(),
        };
        let offset = header.fragments_offset().value();
        if datagram.is_fragment || offset != 0 {
            let id = u32::from(header.identification());
            self.note_fragment(datagram, id, header.protocol(), offset);
        }
        if offset != 0 {
            return Err(match header.protocol() {
                IpNumber::TCP => Skip::LaterFragment,
                _ => Skip::NotTcp,
            });
        }
        self.inside(datagram, header.protocol())
    }

    /// What a datagram carries behind its header, its extensions and
    /// authentication headers stepped over.
    #[inline]
    pub(super) fn inside(
        &mut self,
        mut datagram: Datagram,
        mut next: IpNumber,
    ) -> Result<NextHeader, Skip> {
        if datagram.src.is_ipv6() {
            self.ipv6_extensions(&mut next, &mut datagram)?;
        }
        while next == IpNumber::AUTHENTICATION_HEADER {
            next = self.authentication(&mut datagram.len)?;
        }
        if next == IpNumber::TCP {
            return Ok(NextHeader::Tcp(datagram));
        }
        self.datagram = Some(datagram);
        table::of_ip_protocol(next.0)
    }

    /// Remembers that the datagram is a fragment, whose octets begin here, if
    /// all of them were captured.
    #[cold]
    fn note_fragment(&mut self, datagram: Datagram, id: u32, next: IpNumber, offset: u16) {
        self.fragment = (self.rest().len() >= datagram.len).then_some(Fragment {
            datagram,
            id,
            next,
            offset: usize::from(offset) * 8,
            is_last: !datagram.is_fragment,
            at: self.at,
        });
    }

    fn ipv6(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Ipv6)?;
        let header = Ipv6HeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        if self.wire_len() < IPV6_LEN {
            return Err(Skip::BadHeader);
        }
        let len = match usize::from(header.payload_length()) {
            // A jumbogram, or captured before segmentation offload.
            0 => self.jumbo_len(header.next_header()),
            claimed => claimed,
        };
        self.hold(IPV6_LEN + len);
        self.at += IPV6_LEN;
        let datagram = Datagram {
            src: IpAddr::V6(header.source_addr()),
            dst: IpAddr::V6(header.destination_addr()),
            ttl: header.hop_limit(),
            ecn: header.traffic_class() & 0b11,
            identification: None,
            len,
            is_fragment: false,
        };
        self.inside(datagram, header.next_header())
    }

    /// The payload of an IPv6 header that claims none: what a jumbo option
    /// says (RFC 2675), or else what is there.
    #[cold]
    fn jumbo_len(&self, next: IpNumber) -> usize {
        const JUMBO: u8 = 0xc2;
        let there = self.wire_len() - IPV6_LEN;
        if next != IpNumber::IPV6_HEADER_HOP_BY_HOP {
            return there;
        }
        let header = self.rest().get(IPV6_LEN..).unwrap_or_default();
        let Ok(header) = Ipv6RawExtHeaderSlice::from_slice(header) else {
            return there;
        };
        let mut options = header.payload();
        loop {
            options = match *options {
                [JUMBO, 4, a, b, c, d, ..] => {
                    let len = u32::from_be_bytes([a, b, c, d]);
                    return if len > 0xffff { len as usize } else { there };
                }
                [0, ref rest @ ..] => rest,
                [_, len, ref rest @ ..] => rest.get(usize::from(len)..).unwrap_or_default(),
                _ => return there,
            };
        }
    }

    /// Steps over extension headers, taking their octets from the datagram's
    /// length.
    fn ipv6_extensions(
        &mut self,
        next: &mut IpNumber,
        datagram: &mut Datagram,
    ) -> Result<(), Skip> {
        loop {
            let kind = match *next {
                IpNumber::IPV6_HEADER_HOP_BY_HOP => LayerKind::HopByHop,
                IpNumber::IPV6_DESTINATION_OPTIONS => LayerKind::DestinationOptions,
                IpNumber::IPV6_ROUTE_HEADER => LayerKind::Routing,
                IpNumber::AUTHENTICATION_HEADER => {
                    *next = self.authentication(&mut datagram.len)?;
                    continue;
                }
                IpNumber::IPV6_FRAGMENTATION_HEADER => {
                    self.fragment(next, datagram)?;
                    continue;
                }
                _ => return Ok(()),
            };
            self.note(kind)?;
            let header =
                Ipv6RawExtHeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
            *next = header.next_header();
            self.step(header.slice().len(), &mut datagram.len)?;
        }
    }

    /// Steps over a fragment header.
    fn fragment(&mut self, next: &mut IpNumber, datagram: &mut Datagram) -> Result<(), Skip> {
        self.note(LayerKind::Fragment)?;
        let header =
            Ipv6FragmentHeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        *next = header.next_header();
        datagram.is_fragment |= header.more_fragments();
        let offset = header.fragment_offset().value();
        let behind = datagram.len.checked_sub(header.slice().len());
        self.at += header.slice().len();
        datagram.len = behind.unwrap_or(0);
        if header.more_fragments() || offset != 0 {
            self.note_fragment(*datagram, header.identification(), *next, offset);
        }
        match (offset, behind, *next) {
            (0, Some(_), _) => Ok(()),
            (0, None, _) => Err(Skip::BadHeader),
            (_, _, IpNumber::TCP) => Err(Skip::LaterFragment),
            _ => Err(Skip::NotTcp),
        }
    }

    /// Steps over an authentication header; what comes next.
    fn authentication(&mut self, len: &mut usize) -> Result<IpNumber, Skip> {
        self.note(LayerKind::Authentication)?;
        let header = IpAuthHeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        self.step(header.slice().len(), len)?;
        Ok(header.next_header())
    }

    /// Steps over `header_len` octets of the `len` that the datagram has left.
    fn step(&mut self, header_len: usize, len: &mut usize) -> Result<(), Skip> {
        *len = len.checked_sub(header_len).ok_or(Skip::BadHeader)?;
        self.at += header_len;
        Ok(())
    }
}
