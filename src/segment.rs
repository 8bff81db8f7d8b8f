//! A frame taken apart, and the TCP segment inside it.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::frame::Frame;
use crate::layer::Layer;
use crate::octets::be16;
use crate::options::{TcpOption, TcpOptions};
use crate::seq::SeqNum;
use crate::skip::Skip;
use crate::time::Timestamp;
use crate::vantage::Vantage;

/// Octets of an IPv6 header, which its length does not count.
const IPV6_HEADER: u32 = 40;

/// Octets that Ethernet sends at least, the check sequence aside.
const LEAST_FRAME: u32 = 60;

/// A frame, the headers found in it, and where they led.
#[derive(Debug, Clone)]
pub struct Packet<'a> {
    /// The frame.
    pub frame: &'a Frame<'a>,
    /// Its headers before TCP, from the outside in.
    pub layers: &'a [Layer],
    /// Where the TCP header begins, or the header that ended the decoding.
    pub end: u32,
    /// The segment in this frame, or why there is none. Of a fragment, what it
    /// holds itself.
    pub segment: Result<Segment<'a>, Skip>,
    /// What the frame is to the datagram of which it is a fragment.
    pub reassembly: Reassembly<'a>,
}

/// What a frame with a fragment is to its datagram.
#[derive(Debug, Clone)]
pub enum Reassembly<'a> {
    /// No fragment, or one that cannot be put together with others: cut by the
    /// snapshot length, or at odds with them.
    None,
    /// The datagram is not all there, or there is no segment in it.
    Waiting,
    /// The last that was missing, and so the whole segment belongs to it.
    Complete(Box<Segment<'a>>),
}

impl<'a> Packet<'a> {
    /// The segment that a receiver has with this frame: that of a whole
    /// datagram, where the frame completes one.
    ///
    /// # Errors
    ///
    /// Why there is none; a first fragment alone is none.
    #[inline]
    pub fn received(&self) -> Result<&Segment<'a>, Skip> {
        match (&self.reassembly, &self.segment) {
            (Reassembly::Complete(segment), _) => Ok(segment),
            (Reassembly::Waiting, Ok(_)) => Err(Skip::FirstFragment),
            (_, Ok(segment)) => Ok(segment),
            (_, Err(skip)) => Err(*skip),
        }
    }

    /// The captured octets from `offset` to the end of the frame; empty where
    /// the frame ends before.
    #[must_use]
    pub fn octets_from(&self, offset: u32) -> &'a [u8] {
        self.frame.bytes.get(offset as usize..).unwrap_or_default()
    }

    /// The captured octets from `end` to the end of the datagram; what stands
    /// behind that is padding of the link.
    #[must_use]
    pub fn datagram_octets(&self) -> &'a [u8] {
        let octets = self.octets_from(self.end);
        let len = self.datagram_end().saturating_sub(self.end) as usize;
        octets.get(..len).unwrap_or(octets)
    }

    /// Octets on the wire behind the innermost datagram, but for what pads a short frame
    /// to the least that Ethernet takes: a check sequence, a trailer.
    #[must_use]
    #[inline]
    pub fn octets_behind(&self) -> u32 {
        if self.frame.len <= LEAST_FRAME {
            return 0;
        }
        self.frame.len.saturating_sub(self.datagram_end())
    }

    /// Where the innermost datagram ends, as its IP header claims.
    fn datagram_end(&self) -> u32 {
        let Some(ip) = self.layers.iter().rfind(|layer| layer.kind.is_ip()) else {
            return u32::MAX;
        };
        let octets = self.octets_from(ip.start);
        let (claimed, fixed) = match octets.first().map(|first| first >> 4) {
            Some(4) => (be16(octets, 2), 0),
            _ => (be16(octets, 4), IPV6_HEADER),
        };
        match claimed {
            // Segmentation offload, or a jumbo payload.
            0 => ip.start + ip.len,
            claimed => ip.start + fixed + u32::from(claimed),
        }
    }
}

const NOWHERE: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0));

/// A TCP segment, decoded but not yet placed in a connection.
///
/// Lengths are octets. What counts is what the IP header claims, not what was
/// captured: a snapshot length must not look like a gap.
#[derive(Debug, Clone, Copy)]
pub struct Segment<'a> {
    /// The number of its frame; of a reassembled one, that of the frame that
    /// completes it.
    pub frame: NonZeroU64,
    /// When it was captured.
    pub time: Timestamp,
    /// The sender.
    pub src: SocketAddr,
    /// The receiver.
    pub dst: SocketAddr,
    /// TTL or hop limit of the IP header.
    pub ttl: u8,
    /// The ECN bits of the IP header (RFC 3168 §5).
    pub ecn: u8,
    /// IPv4's identification; IPv6 has none. Most senders count it up or leave
    /// it 0 where fragmenting is forbidden (RFC 6864).
    pub identification: Option<u16>,
    /// SEG.SEQ: the number of the first octet, or of the SYN.
    pub seq: SeqNum,
    /// SEG.ACK: the next number expected; meaningless without [`Flags::ACK`].
    pub ack: SeqNum,
    /// The control bits.
    pub flags: Flags,
    /// SEG.WND: the window as sent, unscaled.
    pub window: u16,
    /// SEG.UP: the urgent pointer; meaningless without [`Flags::URG`].
    pub urgent: u16,
    /// The checksum as sent.
    pub checksum: u16,
    /// Length of the TCP header, options included, as its data offset claims.
    pub header_len: u8,
    /// The options, as far as they were captured.
    pub options: TcpOptions<'a>,
    /// Octets of data, as the IP header claims.
    pub payload_len: u32,
    /// The octets of data that were captured.
    pub payload: &'a [u8],
    /// Whether this is the first fragment of a datagram, so that
    /// `payload_len` is only what this fragment carries.
    pub is_fragment: bool,
    /// Where it was captured.
    pub vantage: Vantage,
}

/// The sequence space that data and control bits occupy.
///
/// The only place that knows this rule (RFC 9293 §3.4); nobody else adds one for a SYN or a
/// FIN.
#[must_use]
#[inline]
pub(crate) fn seq_len(payload_len: u32, flags: Flags) -> u32 {
    let control = |bit| u32::from(flags.has(bit));
    payload_len
        .wrapping_add(control(Flags::SYN))
        .wrapping_add(control(Flags::FIN))
}

impl Segment<'_> {
    /// One of which nothing is known, without options and data: for what is made of
    /// less than a frame.
    pub(crate) const NOBODYS: Segment<'static> = Segment {
        frame: NonZeroU64::MIN,
        time: Timestamp::new(0, 0),
        src: NOWHERE,
        dst: NOWHERE,
        ttl: 64,
        ecn: 0,
        identification: None,
        seq: SeqNum(0),
        ack: SeqNum(0),
        flags: Flags::from_bits(0),
        window: 0,
        urgent: 0,
        checksum: 0,
        header_len: 20,
        options: TcpOptions {
            bytes: &[],
            missing: 0,
        },
        payload_len: 0,
        payload: &[],
        is_fragment: false,
        vantage: Vantage::UNKNOWN,
    };

    /// SEG.LEN: the sequence space the segment occupies, SYN and FIN included.
    #[must_use]
    #[inline]
    pub fn seq_len(&self) -> u32 {
        seq_len(self.payload_len, self.flags)
    }

    /// SEG.SEQ + SEG.LEN: the sequence number after this segment.
    #[must_use]
    pub fn end(&self) -> SeqNum {
        self.seq + self.seq_len()
    }

    /// Whether the ACK bit is set, so that `ack` means something.
    #[must_use]
    pub fn is_ack(&self) -> bool {
        self.flags.has(Flags::ACK)
    }

    /// Whether it is of the plain kind that nearly all are: an acknowledgment,
    /// with data or without, a window, and no option but timestamps.
    #[must_use]
    #[inline]
    pub fn is_plain(&self) -> bool {
        let others = Flags::SYN | Flags::FIN | Flags::RST | Flags::URG;
        self.is_ack() && !self.flags.any(others) && self.options.are_usual() && self.window != 0
    }

    /// The blocks of its SACK option in order, left edge and right edge
    /// (exclusive); none where it acknowledges nothing.
    #[inline]
    pub fn sack_blocks(&self) -> impl Iterator<Item = (SeqNum, SeqNum)> {
        let may_have = self.is_ack() && !self.options.are_usual();
        let options = may_have.then(|| self.options.iter());
        options
            .into_iter()
            .flatten()
            .flat_map(TcpOption::sack_blocks)
    }

    /// The first SACK block, where it says what arrived twice: it begins before
    /// the acknowledgment, or lies inside the second block (RFC 2883 §4).
    #[must_use]
    #[inline]
    pub fn duplicate_sack(&self) -> Option<(SeqNum, SeqNum)> {
        let mut blocks = self.sack_blocks();
        let (left, right) = blocks.next()?;
        let is_inside = |(first, end): (SeqNum, SeqNum)| left - first >= 0 && end - right >= 0;
        let is_twice = left - self.ack < 0 || blocks.next().is_some_and(is_inside);
        (right - left > 0 && is_twice).then_some((left, right))
    }
}
