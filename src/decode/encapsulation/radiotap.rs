//! Radiotap: what the receiver of an IEEE 802.11 frame noted.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

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
    pub(super) fn radiotap(&mut self) -> Result<NextHeader, Skip> {
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
        if flags & DATA_PADDING != 0 {
            return Ok(NextHeader::Read(|walk| walk.ieee80211_padded()));
        }
        Ok(NextHeader::IEEE80211)
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
