//! A transmission of octets or a FIN, in few octets: what tells it from others of
//! the same, and what their text adds up to.

use std::net::SocketAddr;
use std::num::NonZeroU64;

use crate::checksum::Sum;
use crate::flags::Flags;
use crate::options::Usual;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::stamp::Stamp;
use crate::verification::is_begun_between;

/// TCP's number as an IP protocol.
const TCP: u8 = 6;
/// Ones' complement sums of 16-bit words are sums modulo this.
pub(super) const ONES: u64 = 0xffff;
/// How many octets of the data are kept: enough that two answers in the same protocol
/// differ in them.
const MOST_BEGINNING: u8 = 16;
const BEGINNING: usize = MOST_BEGINNING as usize;
/// The first two words of the usual timestamps: all of them but the values.
const TIMESTAMPS: u64 = 0x0101_080a;

/// A transmission of octets or a FIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct Transmission {
    /// Its frame.
    pub frame: NonZeroU64,
    /// When it came, counted from the beginning of the connection.
    pub at: Span,
    /// SEG.SEQ.
    pub seq: SeqNum,
    /// Octets of data.
    pub payload_len: u32,
    timestamp: u32,
    ack: SeqNum,
    /// 0 where there is none.
    pub(super) identification: u16,
    /// The checksum as sent.
    pub(super) checksum: u16,
    /// What that says the data adds up to, but for the pseudo header and the ports,
    /// which are the connection's.
    sum: u16,
    /// Of the TCP header.
    pub(super) header_len: u8,
    /// TTL or hop limit.
    pub ttl: u8,
    pub(super) has_timestamp: bool,
    has_ack: bool,
    /// Whether it has a number for a SYN or FIN beside its octets.
    pub(super) has_control: bool,
    /// Whether all that `sum` is over was captured.
    is_whole: bool,
    /// The first octets of its data, as many as were captured.
    beginning: [u8; BEGINNING],
    beginning_len: u8,
}

impl Transmission {
    #[inline]
    pub(super) fn of(segment: &Segment<'_>, at: Span) -> Self {
        let (timestamp, options) = match segment.options.usual() {
            Some(Usual::Nothing) => (None, 0),
            Some(Usual::Timestamps { value, echo }) => {
                let words = TIMESTAMPS + u64::from(value) + u64::from(echo);
                (Some(value), words)
            }
            None => {
                let octets = Sum::default().with(segment.options.bytes);
                let value = segment.options.timestamps().map(|(value, _)| value);
                (value, u64::from(!octets.checksum()))
            }
        };
        let offset = u64::from(segment.header_len / 4) << 12;
        let header = u64::from(segment.seq.0)
            + u64::from(segment.ack.0)
            + (offset | u64::from(segment.flags.bits()))
            + u64::from(segment.window)
            + u64::from(segment.urgent)
            + options;
        let (beginning, beginning_len) = beginning(segment.payload);
        Self {
            frame: segment.frame,
            at,
            seq: segment.seq,
            payload_len: segment.payload_len,
            timestamp: timestamp.unwrap_or(0),
            ack: segment.ack,
            identification: segment.identification.unwrap_or(0),
            checksum: segment.checksum,
            sum: without(!segment.checksum, header),
            header_len: segment.header_len,
            ttl: segment.ttl,
            has_timestamp: timestamp.is_some(),
            has_ack: segment.is_ack(),
            has_control: segment.flags.any(Flags::SYN | Flags::FIN),
            is_whole: segment.options.missing == 0 && !segment.is_fragment,
            beginning,
            beginning_len,
        }
    }

    /// The first octets of its data, as far as they are kept.
    pub(super) fn beginning(&self) -> &[u8] {
        &self.beginning[..usize::from(self.beginning_len)]
    }

    /// The number after it.
    #[must_use]
    pub fn end(&self) -> SeqNum {
        self.seq + self.payload_len + u32::from(self.has_control)
    }

    /// Whether a number is among its own.
    #[must_use]
    pub fn has(&self, at: SeqNum) -> bool {
        at - self.seq >= 0 && at - self.end() < 0
    }

    /// What tells it from others of the same octets.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp {
            identification: Some(self.identification).filter(|&number| number != 0),
            timestamp: self.has_timestamp.then_some(self.timestamp),
            ack: self.has_ack.then_some(self.ack),
            at: self.at,
        }
    }

    /// What its data adds up to between two ends, as its checksum says: the ones'
    /// complement sum, 0 for the one that is written in two ways. Whatever the data
    /// was sent with, and whether it was captured. `None` where the checksum was left
    /// to the hardware, or is over what was not captured.
    #[must_use]
    pub fn payload_sum(&self, src: SocketAddr, dst: SocketAddr) -> Option<u16> {
        let len = u32::from(self.header_len) + self.payload_len;
        if !self.is_whole || is_begun_between(self.checksum, src.ip(), dst.ip(), len) {
            return None;
        }
        let pseudo_header = Sum::default().with_pseudo_header(src.ip(), dst.ip(), TCP, len);
        let ports = u64::from(src.port()) + u64::from(dst.port());
        Some(without(
            self.sum,
            u64::from(!pseudo_header.checksum()) + ports,
        ))
    }
}

/// The first octets of some data, and how many there are.
#[inline]
fn beginning(payload: &[u8]) -> ([u8; BEGINNING], u8) {
    if let Some(first) = payload.first_chunk() {
        return (*first, MOST_BEGINNING);
    }
    let mut few = [0; BEGINNING];
    few[..payload.len()].copy_from_slice(payload);
    (few, u8::try_from(payload.len()).unwrap_or(0))
}

/// A ones' complement sum without some of what it is over.
const fn without(sum: u16, part: u64) -> u16 {
    ((sum as u64 + ONES - part % ONES) % ONES) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::TcpOptions;

    const TEXT: &[u8] = b"GET / HTTP/1.1\r\n\r";

    fn v4(host: u8, port: u16) -> SocketAddr {
        ([10, 0, 0, host], port).into()
    }

    fn v6(host: u16, port: u16) -> SocketAddr {
        ([0x2001, 0xdb8, 0, 0, 0, 0, 0, host], port).into()
    }

    fn segment(ends: [SocketAddr; 2]) -> Segment<'static> {
        let [src, dst] = ends;
        Segment {
            src,
            dst,
            ttl: 64,
            ecn: 0,
            identification: None,
            seq: SeqNum(0xfedc_ba98),
            ack: SeqNum(0x7654_3210),
            flags: Flags::ACK | Flags::PSH,
            window: 502,
            payload_len: 17,
            payload: TEXT,
            ..Segment::NOBODYS
        }
    }

    /// With a right checksum, taken over the octets of the header.
    fn sent(segment: Segment<'static>) -> Segment<'static> {
        let control = u16::from(segment.header_len) << 10 | segment.flags.bits();
        let header = [
            &segment.src.port().to_be_bytes()[..],
            &segment.dst.port().to_be_bytes(),
            &segment.seq.0.to_be_bytes(),
            &segment.ack.0.to_be_bytes(),
            &control.to_be_bytes(),
            &segment.window.to_be_bytes(),
            &segment.urgent.to_be_bytes(),
            segment.options.bytes,
            segment.payload,
        ];
        let len = u32::from(segment.header_len) + segment.payload_len;
        let (src, dst) = (segment.src.ip(), segment.dst.ip());
        let sum = Sum::default().with_pseudo_header(src, dst, TCP, len);
        let checksum = sum.with(&header.concat()).checksum();
        Segment {
            checksum,
            ..segment
        }
    }

    fn sum(segment: &Segment<'_>) -> Option<u16> {
        Transmission::of(segment, Span(0)).payload_sum(segment.src, segment.dst)
    }

    fn sum_of(text: &[u8]) -> u16 {
        without(!Sum::default().with(text).checksum(), 0)
    }

    const fn options(bytes: &'static [u8]) -> TcpOptions<'static> {
        TcpOptions { bytes, missing: 0 }
    }

    #[test]
    fn the_checksum_tells_the_text_whatever_it_was_sent_with() {
        for ends in [[v4(1, 40_000), v4(2, 80)], [v6(2, 443), v6(1, 65_535)]] {
            let plain = segment(ends);
            let others = [
                plain,
                Segment {
                    seq: SeqNum(7),
                    ack: SeqNum(u32::MAX),
                    window: 0xffff,
                    ..plain
                },
                Segment {
                    flags: Flags::ACK | Flags::FIN | Flags::URG | Flags::AE,
                    urgent: 0xfffe,
                    ..plain
                },
                Segment {
                    header_len: 32,
                    options: options(&[1, 1, 8, 10, 0xff, 0xff, 0xff, 0xff, 0x12, 0x34, 0x56, 0]),
                    ..plain
                },
                Segment {
                    header_len: 32,
                    options: options(&[1, 1, 5, 10, 0xff, 0xff, 0xff, 0, 0xff, 0xff, 0xff, 0xff]),
                    ..plain
                },
            ];
            for segment in others.map(sent) {
                assert_eq!(sum(&segment), Some(sum_of(TEXT)), "{segment:?}");
            }
        }
    }

    #[test]
    fn another_text_has_another_sum() {
        let plain = segment([v4(1, 40_000), v4(2, 80)]);
        let other = Segment {
            payload: b"GET / HTTP/1.0\r\n\r",
            ..plain
        };
        assert_eq!(sum(&sent(other)), Some(sum_of(other.payload)));
        assert_ne!(sum(&sent(other)), sum(&sent(plain)));
    }

    #[test]
    fn zeros_and_ones_add_up_to_the_same() {
        for payload in [&[0; 4], &[0xff; 4]] {
            let plain = segment([v4(1, 40_000), v4(2, 80)]);
            let segment = Segment {
                payload,
                payload_len: 4,
                ..plain
            };
            assert_eq!(sum(&sent(segment)), Some(0));
        }
    }

    #[test]
    fn a_checksum_tells_nothing_that_is_not_finished_or_over_what_was_not_captured() {
        let whole = sent(segment([v4(1, 40_000), v4(2, 80)]));
        let begun = Sum::default().with_pseudo_header(whole.src.ip(), whole.dst.ip(), TCP, 37);
        for checksum in [0, !begun.checksum()] {
            assert_eq!(sum(&Segment { checksum, ..whole }), None);
        }
        let fragment = Segment {
            is_fragment: true,
            ..whole
        };
        assert_eq!(sum(&fragment), None);
        let cut = TcpOptions {
            bytes: &[1],
            missing: 11,
        };
        let cut = Segment {
            header_len: 32,
            options: cut,
            ..whole
        };
        assert_eq!(sum(&cut), None);
    }
}
