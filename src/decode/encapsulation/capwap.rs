//! CAPWAP data (RFC 5415 §4.3, RFC 5416 §5): what wireless stations send, from
//! an access point to its controller.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// Octets without the address of the radio and without what it measured, which
/// the length in the header counts.
const HEADER_LEN: usize = 8;
/// The frame is the radio's own (third octet); it is a fragment, or a message
/// that keeps the connection alive (fourth).
const NATIVE: u8 = 0x01;
const FRAGMENT: u8 = 0x80;
const KEEP_ALIVE: u8 = 0x08;

impl Walk<'_, '_> {
    pub(super) fn capwap(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Capwap, HEADER_LEN)?;
        // The type of the preamble is 1 where DTLS follows.
        if header[0] != 0 || header[3] & (FRAGMENT | KEEP_ALIVE) != 0 {
            return Err(Skip::NotTcp);
        }
        // In words.
        let len = usize::from(header[1] >> 3) * 4;
        self.at += len.checked_sub(HEADER_LEN).ok_or(Skip::BadHeader)?;
        if header[2] & NATIVE == 0 {
            return Ok(NextHeader::ETHERNET);
        }
        Ok(NextHeader::Read(|walk| walk.ieee80211_either_way()))
    }
}
