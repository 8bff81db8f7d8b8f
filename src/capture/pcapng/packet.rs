//! The packet blocks of pcapng: enhanced, simple, and the obsolete one.

use super::description::COMMENT;
use super::options::Options;
use crate::capture::order::Order;

/// Block types.
pub(super) const OBSOLETE: u32 = 2;
pub(super) const SIMPLE: u32 = 3;
pub(super) const ENHANCED: u32 = 6;

/// Octets of a packet block before the frame: type, length, interface, time,
/// captured and wire length.
const HEADER: usize = 28;
/// The same of a simple packet block: type, length, wire length.
const SIMPLE_HEADER: usize = 12;
/// Octets of a block behind its body: its length again.
const TAIL: usize = 4;

/// Where a block keeps its frame, and what it says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PacketBlock {
    pub(super) interface: u32,
    /// In units of the interface's clock; a simple packet has no time.
    pub(super) units: Option<u64>,
    /// Octets on the wire.
    pub(super) len: u32,
    /// Octets of the block before the frame.
    pub(super) header: usize,
    /// Octets captured; of a simple packet, before the snapshot length.
    pub(super) captured: usize,
}

impl PacketBlock {
    /// What a packet block of type `kind` says; `None` where it is too short.
    /// The enhanced and the obsolete one differ only in the first word, the
    /// second half of which is a drop count in the old one.
    #[inline]
    pub(super) fn read(order: Order, kind: u32, block: &[u8]) -> Option<Self> {
        if kind == SIMPLE {
            return Self::read_simple(order, block);
        }
        let [_, _, first, high, low, captured, len] = order.words(block)?;
        (block.len() >= HEADER + TAIL).then_some(Self {
            interface: match (kind, order) {
                (OBSOLETE, Order::Little) => first & 0xffff,
                (OBSOLETE, Order::Big) => first >> 16,
                _ => first,
            },
            units: Some(u64::from(high) << 32 | u64::from(low)),
            len,
            header: HEADER,
            captured: captured as usize,
        })
    }

    #[cold]
    fn read_simple(order: Order, block: &[u8]) -> Option<Self> {
        let [_, _, len] = order.words(block)?;
        (block.len() >= SIMPLE_HEADER + TAIL).then_some(Self {
            interface: 0,
            units: None,
            len,
            header: SIMPLE_HEADER,
            captured: len as usize,
        })
    }

    /// The frame's octets in its block.
    #[inline]
    pub(super) fn frame(self, block: &[u8]) -> Option<&[u8]> {
        let end = self.header.checked_add(self.captured)?;
        (end + TAIL <= block.len()).then(|| &block[self.header..end])
    }

    /// The first comment on the frame. Costs one comparison where there are no
    /// options.
    #[inline]
    pub(super) fn comment(self, order: Order, block: &[u8]) -> Option<&str> {
        let begin = self.header + self.captured.next_multiple_of(4);
        if self.header == SIMPLE_HEADER || begin + TAIL >= block.len() {
            return None;
        }
        let options = block.get(begin..block.len() - TAIL)?;
        Options::new(order, options).text(COMMENT)
    }
}
