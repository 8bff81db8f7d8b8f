//! What tells a segment from all others: what a second sending would change.

use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;

/// A segment in 64 bits: both ends, identification, numbers, control bits, window,
/// lengths and options. Not its TTL, which routers count down, nor its checksum,
/// which the hardware may complete later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Print(u64);

/// Numbers that multiply well.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
const STIR: u64 = 0xc2b2_ae3d_27d4_eb4f;

impl Print {
    pub(super) const NONE: Self = Self(0);

    #[inline]
    pub(super) fn of((key, sender): (&FlowKey, End), segment: &Segment<'_>) -> Self {
        let from = if sender == End::Low { MIX } else { STIR };
        let numbers = u64::from(segment.seq.0) << 32 | u64::from(segment.ack.0);
        let fields = u64::from(segment.identification.unwrap_or(0)) << 48
            | u64::from(segment.window) << 32
            | u64::from(segment.flags.bits()) << 20 ^ u64::from(segment.payload_len);
        let print = mixed(key.digest() ^ from, numbers) ^ mixed(fields ^ STIR, of_options(segment));
        Self(print | 1)
    }

    /// Where it is looked for, among `places`, a power of two.
    #[inline]
    pub(super) const fn place(self, places: usize) -> usize {
        (self.0 >> 40) as usize & (places - 1)
    }
}

/// The options in a word: of the usual ones the timestamps.
#[inline]
fn of_options(segment: &Segment<'_>) -> u64 {
    if let [1, 1, 8, 10, timestamps @ ..] = segment.options.bytes
        && let Ok(timestamps) = <[u8; 8]>::try_from(timestamps)
    {
        return u64::from_le_bytes(timestamps);
    }
    of_any_options(segment.options.bytes)
}

#[inline(never)]
fn of_any_options(options: &[u8]) -> u64 {
    let (words, rest) = options.as_chunks::<8>();
    let mut print = MIX ^ options.len() as u64;
    for word in words {
        print = mixed(print, u64::from_le_bytes(*word));
    }
    for octet in rest {
        print = print.rotate_left(8) ^ u64::from(*octet);
    }
    print
}

/// Two words in one, by the halves of their product.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "each half for itself")]
const fn mixed(one: u64, other: u64) -> u64 {
    let product = (one ^ MIX) as u128 * (other ^ STIR) as u128;
    product as u64 ^ (product >> 64) as u64
}
