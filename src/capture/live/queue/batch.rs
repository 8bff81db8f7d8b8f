//! Frames in a row, with their octets one behind the other.

use crate::capture::numbers::FrameNumbers;
use crate::frame::Frame;
use crate::link_type::LinkType;
use crate::origin::Origin;
use crate::time::{Resolution, Timestamp};

/// How many octets are in a batch that is full.
const FULL: usize = 256 << 10;

/// Frames that were read and wait.
#[derive(Debug, Default)]
pub(super) struct Batch {
    heads: Vec<FrameHead>,
    octets: Vec<u8>,
}

/// A frame without its octets.
#[derive(Debug, Clone, Copy)]
struct FrameHead {
    time: Timestamp,
    resolution: Resolution,
    link_type: LinkType,
    len: u32,
    interface: u32,
    /// Where its octets end in those of the batch.
    end: usize,
}

impl Batch {
    pub(super) fn push(&mut self, frame: &Frame<'_>) {
        self.octets.extend_from_slice(frame.bytes);
        self.heads.push(FrameHead {
            time: frame.time,
            resolution: frame.resolution,
            link_type: frame.link_type,
            len: frame.len,
            interface: frame.interface,
            end: self.octets.len(),
        });
    }

    /// Frame `nth`, with the next number; `None` behind the last.
    #[inline]
    pub(super) fn frame<'a>(
        &'a self,
        nth: usize,
        numbers: &mut FrameNumbers,
        origin: Option<&'a Origin>,
    ) -> Option<Frame<'a>> {
        let head = self.heads.get(nth)?;
        let before = nth.checked_sub(1).and_then(|before| self.heads.get(before));
        let start = before.map_or(0, |before| before.end);
        Some(Frame {
            time: head.time,
            resolution: head.resolution,
            link_type: head.link_type,
            len: head.len,
            bytes: self.octets.get(start..head.end).unwrap_or_default(),
            interface: head.interface,
            origin,
            ..Frame::numbered(numbers.take())
        })
    }

    /// How many frames are in it.
    pub(super) const fn len(&self) -> usize {
        self.heads.len()
    }

    /// What it takes, octets.
    pub(super) fn size(&self) -> usize {
        self.octets.len() + self.heads.len() * size_of::<FrameHead>()
    }

    pub(super) fn is_full(&self) -> bool {
        self.size() >= FULL
    }

    /// Takes the frames of another behind its own, where there is room.
    pub(super) fn take_behind(&mut self, other: &mut Self) -> bool {
        if self.size() + other.size() > FULL {
            return false;
        }
        let before = self.octets.len();
        self.octets.append(&mut other.octets);
        self.heads
            .extend(other.heads.drain(..).map(|head| FrameHead {
                end: before + head.end,
                ..head
            }));
        true
    }

    /// Leaves its room to others.
    pub(super) fn clear(&mut self) {
        self.heads.clear();
        self.octets.clear();
    }
}
