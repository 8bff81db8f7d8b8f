//! IEEE 802.11 data frames, alone and aggregated.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

/// Bits of the frame control field, least significant octet first.
const TO_AND_FROM_DISTRIBUTION: u16 = 0x0300;
const PROTECTED: u16 = 0x4000;
const ORDER: u16 = 0x8000;
/// The first octet of that field, of which these bits say that it is a data
/// frame of version 0.
const KIND: u16 = 0x0f;
const DATA: u16 = 0x08;
/// Octets without a fourth address, of that address, and of the fields that
/// quality of service and high throughput add.
const HEADER_LEN: usize = 24;
const ADDRESS_LEN: usize = 6;
const QOS_LEN: usize = 2;
const HT_LEN: usize = 4;
/// What IEEE 802.2 begins with in front of IP.
const LLC: [u8; 3] = [0xaa, 0xaa, 3];
/// In the first octet of quality of service: several frames are in this one,
/// each behind two addresses and a length (IEEE 802.11-2020 §9.3.2.2).
const AGGREGATED: u8 = 0x80;
const SUBFRAME_LEN: usize = 14;

impl Walk<'_, '_> {
    pub(super) fn ieee80211(&mut self) -> Result<NextHeader, Skip> {
        let control = be16(self.rest(), 0).swap_bytes();
        self.data_frame(control, false)
    }

    /// The same with data at a multiple of four octets.
    pub(super) fn ieee80211_padded(&mut self) -> Result<NextHeader, Skip> {
        let control = be16(self.rest(), 0).swap_bytes();
        self.data_frame(control, true)
    }

    /// The same with frame control in either order: some access points swap its
    /// octets.
    pub(super) fn ieee80211_either_way(&mut self) -> Result<NextHeader, Skip> {
        let control = be16(self.rest(), 0);
        let is_swapped = control & KIND == DATA && control >> 8 & KIND != DATA;
        let control = if is_swapped {
            control
        } else {
            control.swap_bytes()
        };
        self.data_frame(control, false)
    }

    /// Steps over the header of a data frame that is not encrypted.
    fn data_frame(&mut self, control: u16, is_padded: bool) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Ieee80211)?;
        let subtype = control >> 4 & 0xf;
        let carries_data = control >> 2 & 3 == 2 && subtype & 4 == 0;
        if !carries_data || control & PROTECTED != 0 {
            return Err(Skip::NotIp);
        }
        let has_qos = subtype & 8 != 0;
        let mut len = HEADER_LEN;
        if control & TO_AND_FROM_DISTRIBUTION == TO_AND_FROM_DISTRIBUTION {
            len += ADDRESS_LEN;
        }
        let qos = self.rest().get(len).copied().unwrap_or_default();
        if has_qos {
            len += QOS_LEN;
        }
        // Where IEEE 802.2 begins at once, a bit that says that something stands
        // in front of it is not to be believed.
        let is_llc = |at: usize| self.rest().get(at..at + LLC.len()) == Some(&LLC);
        if has_qos && control & ORDER != 0 && !is_llc(len) {
            len += HT_LEN;
        }
        if is_padded {
            len = len.next_multiple_of(4);
        }
        let is_aggregated = has_qos && qos & AGGREGATED != 0 && !is_llc(len);
        self.at += len;
        if is_aggregated {
            return self.aggregated();
        }
        Ok(NextHeader::LLC)
    }

    /// Steps over the header of a frame among several, each at a multiple of
    /// four octets behind the one before. A frame of a capture brings one
    /// segment, so it is the first with IP in it that counts.
    fn aggregated(&mut self) -> Result<NextHeader, Skip> {
        loop {
            let subframe = self.rest();
            let header = subframe.get(..SUBFRAME_LEN).ok_or(Skip::CutBelowTcp)?;
            let len = usize::from(be16(header, 12));
            let whole = (SUBFRAME_LEN + len).next_multiple_of(4);
            let is_last = whole + SUBFRAME_LEN > self.wire_len();
            let llc = subframe.get(SUBFRAME_LEN..).unwrap_or_default();
            let carries_ip = matches!(
                llc,
                [0xaa, 0xaa, 3, _, _, _, 8, 0, ..] | [0xaa, 0xaa, 3, _, _, _, 0x86, 0xdd, ..]
            );
            if carries_ip || is_last {
                self.fixed(LayerKind::Msdu, SUBFRAME_LEN)?;
                self.narrow(len);
                return Ok(NextHeader::LLC);
            }
            self.at += whole;
        }
    }
}
