//! What tells a segment from all others: what a second sending would change.

use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;

/// A segment in 64 bits: both ends, identification, numbers, control bits, window,
/// lengths and options. Not its TTL, which routers count down, nor its checksum,
/// which the hardware may complete later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Print(u64);

/// Multiplies well: the golden ratio, and a number of the same kind.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
const STIR: u64 = 0xc2b2_ae3d_27d4_eb4f;

impl Print {
    pub(super) const NONE: Self = Self(0);

    #[inline]
    pub(super) fn of((key, sender): (&FlowKey, End), segment: &Segment<'_>) -> Self {
        let from = if sender == End::Low { 1 } else { 2 };
        let numbers = u64::from(segment.seq.0) << 32 | u64::from(segment.ack.0);
        let fields = u64::from(segment.identification.unwrap_or(0)) << 48
            | u64::from(segment.window) << 32
            | u64::from(segment.flags.bits()) << 20 ^ u64::from(segment.payload_len);
        let mut print = mixed(key.digest() ^ from, numbers);
        print = mixed(print, fields);
        let (words, rest) = segment.options.bytes.as_chunks::<8>();
        for word in words {
            print = mixed(print, u64::from_le_bytes(*word));
        }
        for octet in rest {
            print = print.rotate_left(8) ^ u64::from(*octet);
        }
        Self(print | 1)
    }

    /// Where it is remembered, among `places`, a power of two.
    #[inline]
    pub(super) const fn place(self, places: usize) -> usize {
        (self.0 >> 40) as usize & (places - 1)
    }
}

#[inline]
const fn mixed(print: u64, word: u64) -> u64 {
    let print = (print ^ word).wrapping_mul(MIX);
    (print ^ print >> 29).wrapping_mul(STIR)
}
