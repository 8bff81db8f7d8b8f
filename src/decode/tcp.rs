//! The TCP header.

use std::net::SocketAddr;

use etherparse::TcpHeaderSlice;

use crate::decode::datagram::Datagram;
use crate::decode::walk::{Walk, clamped};
use crate::flags::Flags;
use crate::frame::Frame;
use crate::options::TcpOptions;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::skip::Skip;
use crate::vantage::Vantage;

/// Octets of a TCP header without options.
const HEADER_LEN: usize = 20;

impl<'a> Walk<'a, '_> {
    /// The segment that begins here.
    #[inline]
    pub(super) fn tcp(
        &mut self,
        frame: &Frame<'_>,
        datagram: &Datagram,
    ) -> Result<Segment<'a>, Skip> {
        let rest = self.rest();
        let fixed = rest.first_chunk::<HEADER_LEN>().ok_or(Skip::CutTcp)?;
        let header_len = fixed[12] >> 4 << 2;
        let claimed = usize::from(header_len);
        if claimed < HEADER_LEN {
            return Err(Skip::ShortOffset);
        }
        if claimed > datagram.len {
            return Err(Skip::LongOffset);
        }
        // A header whose options were cut off still has its twenty octets:
        // read those with the offset that says so.
        let mut optionless = *fixed;
        let header = TcpHeaderSlice::from_slice(rest).or_else(|_| {
            optionless[12] = optionless[12] & 0x0f | 0x50;
            TcpHeaderSlice::from_slice(&optionless).map_err(|_| Skip::CutTcp)
        })?;
        let options = rest
            .get(HEADER_LEN..claimed.min(rest.len()))
            .unwrap_or_default();
        // No more than was on the wire, whatever IP claims.
        let sent = datagram.len.min(self.sent_end.saturating_sub(self.at));
        let missing = header_len - 20 - u8::try_from(options.len()).unwrap_or(40);
        Ok(Segment {
            frame: frame.number,
            time: frame.time,
            src: SocketAddr::new(datagram.src, header.source_port()),
            dst: SocketAddr::new(datagram.dst, header.destination_port()),
            ttl: datagram.ttl,
            ecn: datagram.ecn,
            identification: datagram.identification,
            seq: SeqNum(header.sequence_number()),
            ack: SeqNum(header.acknowledgment_number()),
            flags: Flags::from_octets(fixed[12], fixed[13]),
            window: header.window_size(),
            urgent: header.urgent_pointer(),
            checksum: header.checksum(),
            header_len,
            options: TcpOptions {
                bytes: options,
                missing,
            },
            payload_len: clamped(sent.saturating_sub(claimed)),
            payload: rest.get(claimed..).unwrap_or_default(),
            is_fragment: datagram.is_fragment,
            vantage: Vantage::plain(frame),
        })
    }
}
