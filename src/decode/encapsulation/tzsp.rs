//! TZSP, the `TaZmen` sniffer protocol: frames that a device has captured, behind
//! tagged fields.

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const HEADER_LEN: usize = 4;
/// Kinds of message with a frame in them: received, and to be sent.
const RECEIVED: u8 = 0;
const TO_SEND: u8 = 1;
/// Fields without a length.
const PADDING: u8 = 0;
const END: u8 = 1;

impl Walk<'_, '_> {
    pub(super) fn tzsp(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Tzsp, HEADER_LEN)?;
        let (version, kind) = (header[0], header[1]);
        if version != 1 || !matches!(kind, RECEIVED | TO_SEND) {
            return Err(Skip::NotTcp);
        }
        loop {
            match *self.rest() {
                [END, ..] => break,
                [PADDING, ..] => self.at += 1,
                [_, len, ..] => self.at += 2 + usize::from(len),
                _ => return Err(Skip::CutBelowTcp),
            }
        }
        self.at += 1;
        table::of_tzsp_protocol(be16(header, 2))
    }
}
