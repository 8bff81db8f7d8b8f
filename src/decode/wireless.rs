//! IEEE 802.11 data frames, with or without radiotap in front.

use crate::decode::link::Protocol;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

/// Bits of the frame control field, least significant octet first.
const TO_AND_FROM_DISTRIBUTION: u16 = 0x0300;
const PROTECTED: u16 = 0x4000;
const ORDER: u16 = 0x8000;
/// Octets without a fourth address, of that address, and of the fields that
/// quality of service and high throughput add.
const HEADER_LEN: usize = 24;
const ADDRESS_LEN: usize = 6;
const QOS_LEN: usize = 2;
const HT_LEN: usize = 4;
/// The radiotap field with flags, and the flag that says that data begins at a
/// multiple of four octets.
const FLAGS_PRESENT: u32 = 1 << 1;
const TIMER_PRESENT: u32 = 1;
const DATA_PADDING: u8 = 0x20;
/// The flag that says that the frame ends with its check sequence.
const CHECK_SEQUENCE: u8 = 0x10;
const CHECK_SEQUENCE_LEN: usize = 4;

impl Walk<'_, '_> {
    /// Radiotap: a length in its own header, little endian.
    pub(super) fn radiotap(&mut self) -> Result<Protocol, Skip> {
        self.note(LayerKind::Radiotap)?;
        let head = self.rest().first_chunk::<8>().ok_or(Skip::CutBelowTcp)?;
        let [_, _, low, high, a, b, c, d] = *head;
        let len = usize::from(u16::from_le_bytes([low, high]));
        let present = u32::from_le_bytes([a, b, c, d]);
        if len < 8 {
            return Err(Skip::BadHeader);
        }
        let header = self.rest().get(..len).ok_or(Skip::CutBelowTcp)?;
        let flags = flags(header, present);
        self.at += len;
        if flags & CHECK_SEQUENCE != 0 {
            let frame_len = self.wire_len().checked_sub(CHECK_SEQUENCE_LEN);
            self.narrow(frame_len.ok_or(Skip::CutBelowTcp)?);
        }
        self.data_frame(flags & DATA_PADDING != 0)
    }

    /// An IEEE 802.11 frame.
    pub(super) fn ieee80211(&mut self) -> Result<Protocol, Skip> {
        self.data_frame(false)
    }

    /// Steps over the header of a data frame that is not encrypted.
    fn data_frame(&mut self, is_padded: bool) -> Result<Protocol, Skip> {
        self.note(LayerKind::Ieee80211)?;
        let control = be16(self.rest(), 0).swap_bytes();
        let (kind, subtype) = (control >> 2 & 3, control >> 4 & 0xf);
        let carries_data = kind == 2 && subtype & 4 == 0;
        if !carries_data || control & PROTECTED != 0 {
            return Err(Skip::NotIp);
        }
        let has_qos = subtype & 8 != 0;
        let mut len = HEADER_LEN;
        if control & TO_AND_FROM_DISTRIBUTION == TO_AND_FROM_DISTRIBUTION {
            len += ADDRESS_LEN;
        }
        if has_qos {
            len += QOS_LEN;
        }
        if has_qos && control & ORDER != 0 {
            len += HT_LEN;
        }
        if is_padded {
            len = len.next_multiple_of(4);
        }
        self.at += len;
        self.llc()
    }
}

/// Radiotap's flags, which stand behind the presence words and the timer.
fn flags(header: &[u8], present: u32) -> u8 {
    if present & FLAGS_PRESENT == 0 {
        return 0;
    }
    let more = |word: &[u8; 4]| u32::from_le_bytes(*word) & 1 << 31 != 0;
    let words = header.get(4..).unwrap_or_default().as_chunks::<4>().0;
    let presence_words = words.iter().take_while(|word| more(word)).count() + 1;
    let mut at = 4 + 4 * presence_words;
    if present & TIMER_PRESENT != 0 {
        at = at.next_multiple_of(8) + 8;
    }
    header.get(at).copied().unwrap_or(0)
}
