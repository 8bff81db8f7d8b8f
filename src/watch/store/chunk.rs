//! Frames that were kept one after the other, and go together.

use std::num::NonZeroU64;

use tcptrace::frame::Frame;
use tcptrace::link_type::LinkType;
use tcptrace::time::{Resolution, Timestamp};
use tcptrace::track::flow_id::FlowId;

use crate::watch::news::KeptFrame;
use crate::watch::store::ring::FrameSpot;

/// How many octets a chunk takes: several of the largest frame.
pub const CHUNK: usize = 1 << 20;
/// What a frame takes beside its octets: its record, and its share of the index.
const BESIDE: usize = size_of::<FrameRecord>() + 48;

/// What is known of a frame that is kept.
#[derive(Debug, Clone, Copy)]
pub struct FrameRecord {
    number: NonZeroU64,
    time: Timestamp,
    /// Which it is of its connection.
    nth: u64,
    /// The one before it of the same connection, in the same ring.
    pub before: Option<FrameSpot>,
    /// Its connection.
    pub id: FlowId,
    len: u32,
    interface: u32,
    /// Up to where its octets are in the chunk.
    end: u32,
    link_type: LinkType,
    resolution: Resolution,
}

/// Frames in order.
#[derive(Debug, Default)]
pub struct Chunk {
    records: Vec<FrameRecord>,
    bytes: Vec<u8>,
}

impl FrameRecord {
    pub fn of(id: FlowId, nth: u64, before: Option<FrameSpot>, frame: &Frame<'_>) -> Self {
        Self {
            number: frame.number,
            time: frame.time,
            nth,
            before,
            id,
            len: frame.len,
            interface: frame.interface,
            end: 0,
            link_type: frame.link_type,
            resolution: frame.resolution,
        }
    }
}

impl Chunk {
    /// What it takes.
    pub const fn octets(&self) -> usize {
        self.bytes.len() + self.records.len() * BESIDE
    }

    /// How many frames there are in it.
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is room for a frame with so many octets.
    #[inline]
    pub const fn has_room_for(&self, octets: usize) -> bool {
        self.octets() + octets + BESIDE <= CHUNK
    }

    #[inline]
    pub fn add(&mut self, record: FrameRecord, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        let end = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.records.push(FrameRecord { end, ..record });
    }

    /// Forgets all, and keeps the memory.
    pub fn clear(&mut self) {
        self.records.clear();
        self.bytes.clear();
    }

    pub fn records(&self) -> &[FrameRecord] {
        &self.records
    }

    /// A frame, and which of its connection it is.
    pub fn get(&self, at: usize) -> Option<(u64, KeptFrame)> {
        let record = self.records.get(at)?;
        let before = at.checked_sub(1).and_then(|at| self.records.get(at));
        let start = before.map_or(0, |before| before.end);
        let bytes = self.bytes.get(start as usize..record.end as usize)?;
        let frame = KeptFrame {
            number: record.number,
            time: record.time,
            resolution: record.resolution,
            link_type: record.link_type,
            len: record.len,
            interface: record.interface,
            bytes: bytes.into(),
        };
        Some((record.nth, frame))
    }
}
