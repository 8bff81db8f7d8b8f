//! The latest frames, as many as there is memory for.

use std::collections::VecDeque;
use std::iter;

use tcptrace::frame::Frame;
use tcptrace::track::flow_id::FlowId;

use crate::watch::news::KeptFrame;
use crate::watch::store::chunk::{CHUNK, Chunk, FrameRecord};

/// Where a frame is: the number of its chunk since the first, and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameSpot {
    chunk: u32,
    at: u32,
}

/// Frames in order, of which the oldest go first, many at once.
#[derive(Debug)]
pub struct FrameRing {
    chunks: VecDeque<Chunk>,
    /// The number of the first of them.
    first: u32,
    most_chunks: usize,
}

impl FrameRing {
    /// A ring that takes so many octets; two chunks at least.
    pub fn new(octets: usize) -> Self {
        Self {
            chunks: VecDeque::from([Chunk::default()]),
            first: 0,
            most_chunks: (octets / CHUNK).max(2),
        }
    }

    #[inline]
    pub fn has_room_for(&self, frame: &Frame<'_>) -> bool {
        let latest = self.chunks.back();
        latest.is_some_and(|latest| latest.has_room_for(frame.bytes.len()))
    }

    /// Begins a chunk, in the memory of the oldest where there is no other, and says of
    /// which connections that had frames.
    #[cold]
    pub fn make_room(&mut self, mut gone: impl FnMut(FlowId)) {
        let mut next = Chunk::default();
        if self.chunks.len() >= self.most_chunks
            && let Some(oldest) = self.chunks.pop_front()
        {
            self.first = self.first.wrapping_add(1);
            next = oldest;
            next.records().iter().for_each(|record| gone(record.id));
            next.clear();
        }
        self.chunks.push_back(next);
    }

    /// Keeps a frame for which there is room.
    #[inline]
    pub fn add(&mut self, record: FrameRecord, bytes: &[u8]) -> FrameSpot {
        let behind = self.chunks.len() - 1;
        let latest = &mut self.chunks[behind];
        let position = FrameSpot {
            chunk: self.first.wrapping_add(as_u32(behind)),
            at: as_u32(latest.len()),
        };
        latest.add(record, bytes);
        position
    }

    /// A frame, and which of its connection it is, while it is kept.
    pub fn get(&self, position: FrameSpot) -> Option<(u64, KeptFrame)> {
        self.chunk(position)?.get(position.at as usize)
    }

    /// Where a frame is that is kept, and those before it of its connection, backwards.
    pub fn before(&self, position: Option<FrameSpot>) -> impl Iterator<Item = FrameSpot> {
        let kept = position.filter(|position| self.record(*position).is_some());
        iter::successors(kept, |position| {
            let before = self.record(*position)?.before?;
            self.record(before).map(|_| before)
        })
    }

    fn record(&self, position: FrameSpot) -> Option<&FrameRecord> {
        self.chunk(position)?.records().get(position.at as usize)
    }

    fn chunk(&self, position: FrameSpot) -> Option<&Chunk> {
        let behind = position.chunk.wrapping_sub(self.first);
        self.chunks.get(behind as usize)
    }
}

#[cfg(test)]
impl FrameRing {
    /// What it takes.
    pub fn octets(&self) -> usize {
        self.chunks.iter().map(Chunk::octets).sum()
    }

    /// How many frames there are.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(Chunk::len).sum()
    }
}

fn as_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
