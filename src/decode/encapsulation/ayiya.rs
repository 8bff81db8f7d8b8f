//! AYIYA, anything in anything (draft-massar-v6ops-ayiya): who speaks, a
//! signature, and a packet by its IP protocol.

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// Octets in front of the identity: lengths, methods, next header, time.
const HEADER_LEN: usize = 8;
const FORWARD: u8 = 1;

impl Walk<'_, '_> {
    pub(super) fn ayiya(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Ayiya, HEADER_LEN)?;
        if header[2] & 0x0f != FORWARD {
            return Err(Skip::NotTcp);
        }
        // A power of two, and a number of words.
        let identity_len = 1 << (header[0] >> 4);
        let signature_len = usize::from(header[1] >> 4) * 4;
        self.at += identity_len + signature_len;
        table::of_ip_protocol(header[3])
    }
}
