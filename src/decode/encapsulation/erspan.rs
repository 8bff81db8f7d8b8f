//! ERSPAN types II and III (draft-foschiano-erspan): mirrored frames behind GRE
//! with a sequence number.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const TYPE_2_LEN: usize = 8;
const TYPE_3_LEN: usize = 12;
const SUBHEADER_LEN: usize = 8;
/// In the last two octets of type III: what kind of frame it is, and whether
/// the subheader of a platform follows.
const FRAME_TYPE: u16 = 0x7c00;
const IP: u16 = 0x0800;
const HAS_SUBHEADER: u16 = 1;

impl Walk<'_, '_> {
    pub(super) fn erspan(&mut self) -> Result<NextHeader, Skip> {
        match self.rest().first().ok_or(Skip::CutBelowTcp)? >> 4 {
            1 => {
                self.fixed(LayerKind::Erspan, TYPE_2_LEN)?;
                Ok(NextHeader::ETHERNET)
            }
            2 => {
                let last = be16(self.fixed(LayerKind::Erspan, TYPE_3_LEN)?, 10);
                if last & HAS_SUBHEADER != 0 {
                    self.at += SUBHEADER_LEN;
                }
                if last & FRAME_TYPE == IP {
                    Ok(NextHeader::IP)
                } else {
                    Ok(NextHeader::ETHERNET)
                }
            }
            _ => Err(Skip::NotIp),
        }
    }
}
