//! The frames that are kept for who opens a connection: in bounded memory the latest of
//! all, and apart from these the first of each connection, so that one which is opened
//! late still begins with its handshake.

mod chunk;
mod ring;

use hashbrown::HashMap;
use tcptrace::frame::Frame;
use tcptrace::track::flow_id::FlowId;

use crate::watch::news::KeptFrame;
use crate::watch::store::chunk::FrameRecord;
use crate::watch::store::ring::FrameRing;

pub use crate::watch::store::ring::FrameSpot;

/// So many frames are the first of a connection: its handshake, and what came next.
const FIRST: u64 = 4;
/// What share of the memory is for these.
const SHARE_OF_FIRST: usize = 4;

/// Where a frame is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorePlace {
    /// Among the first of its connection.
    First(FrameSpot),
    /// Among the latest of all.
    Latest(FrameSpot),
}

/// Frames, by connection.
pub struct Store {
    first: FrameRing,
    latest: FrameRing,
    /// The connections that have any.
    kept: HashMap<FlowId, FramesOf>,
}

/// Where the frames of a connection are.
#[derive(Debug, Clone, Copy, Default)]
struct FramesOf {
    /// The last that was kept of its first frames, and of its others.
    first: Option<FrameSpot>,
    latest: Option<FrameSpot>,
    /// How many there are.
    count: u32,
}

impl Store {
    /// A store that takes so many octets of memory.
    pub fn new(octets: usize) -> Self {
        let first = octets / SHARE_OF_FIRST;
        Self {
            first: FrameRing::new(first),
            latest: FrameRing::new(octets - first),
            kept: HashMap::new(),
        }
    }

    /// Keeps a frame, the `nth` of its connection.
    #[inline]
    pub fn keep(&mut self, id: FlowId, nth: u64, frame: &Frame<'_>) -> StorePlace {
        let is_first = nth <= FIRST;
        let ring = if is_first {
            &mut self.first
        } else {
            &mut self.latest
        };
        if !ring.has_room_for(frame) {
            let kept = &mut self.kept;
            ring.make_room(|gone| forget(kept, gone));
        }
        let kept = self.kept.entry(id).or_default();
        kept.count += 1;
        let latest = if is_first {
            &mut kept.first
        } else {
            &mut kept.latest
        };
        let position = ring.add(FrameRecord::of(id, nth, *latest, frame), frame.bytes);
        *latest = Some(position);
        if is_first {
            StorePlace::First(position)
        } else {
            StorePlace::Latest(position)
        }
    }

    /// Where the frames of a connection are, in order.
    pub fn places(&self, id: FlowId) -> Vec<StorePlace> {
        let Some(kept) = self.kept.get(&id) else {
            return Vec::new();
        };
        let latest = self.latest.before(kept.latest).map(StorePlace::Latest);
        let first = self.first.before(kept.first).map(StorePlace::First);
        let mut places: Vec<_> = latest.chain(first).collect();
        places.reverse();
        places
    }

    /// A frame and which of its connection it is, while it is kept.
    pub fn get(&self, place: StorePlace) -> Option<(u64, KeptFrame)> {
        match place {
            StorePlace::First(position) => self.first.get(position),
            StorePlace::Latest(position) => self.latest.get(position),
        }
    }
}

/// Takes note that a frame of a connection is no longer there.
fn forget(kept: &mut HashMap<FlowId, FramesOf>, id: FlowId) {
    if let Some(one) = kept.get_mut(&id) {
        one.count -= 1;
        if one.count == 0 {
            kept.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroU64;
    use tcptrace::time::Timestamp;

    const MEBIBYTE: usize = 1 << 20;

    fn frame(number: u64, bytes: &[u8]) -> Frame<'_> {
        let number = NonZeroU64::new(number).unwrap();
        Frame {
            time: Timestamp::new(7, number.get()),
            len: 9000,
            interface: 3,
            bytes,
            ..Frame::numbered(number)
        }
    }

    fn numbers(store: &Store, id: u32) -> Vec<u64> {
        let frames = store.places(FlowId(id)).into_iter();
        let frames = frames.map(|place| store.get(place).unwrap().1);
        frames.map(|frame| frame.number.get()).collect()
    }

    #[test]
    fn the_frames_of_a_connection_are_told_in_order_each_once() {
        let mut store = Store::new(16 * MEBIBYTE);
        for number in 1..=60_u64 {
            let id = FlowId(u32::try_from(number % 3).unwrap());
            store.keep(id, number.div_ceil(3), &frame(number, &[1; 50]));
        }
        for id in 0..3 {
            let own: Vec<_> = (1..=60).filter(|number| number % 3 == id).collect();
            assert_eq!(numbers(&store, u32::try_from(id).unwrap()), own);
        }
        assert!(numbers(&store, 3).is_empty());
    }

    #[test]
    fn a_frame_is_what_it_was() {
        let mut store = Store::new(16 * MEBIBYTE);
        let bytes: Vec<u8> = (0..200).collect();
        let place = store.keep(FlowId(5), 9, &frame(8, &bytes));
        let (nth, kept) = store.get(place).unwrap();
        let again = kept.frame(None);
        assert_eq!(nth, 9);
        assert_eq!(format!("{again:?}"), format!("{:?}", frame(8, &bytes)));
    }

    #[test]
    fn a_connection_begins_with_its_handshake_though_the_rest_is_gone() {
        let mut store = Store::new(16 * MEBIBYTE);
        for nth in 1..=10 {
            store.keep(FlowId(0), nth, &frame(nth, &[1; 60]));
        }
        for nth in 5..=20_000 {
            store.keep(FlowId(1), nth, &frame(nth + 10, &[2; 1500]));
        }
        assert_eq!(numbers(&store, 0), [1, 2, 3, 4]);
        let others = numbers(&store, 1);
        assert_eq!(others.last(), Some(&20_010));
        assert!(
            others.is_sorted() && others.len() > 5000,
            "{}",
            others.len()
        );
    }

    #[test]
    fn memory_is_bounded_whatever_comes() {
        let mut store = Store::new(16 * MEBIBYTE);
        for number in 1..=400_000 {
            let id = FlowId(u32::try_from(number).unwrap());
            store.keep(id, 1 + number % 9, &frame(number, &[3; 54]));
            assert!(store.kept.len() < 400_000);
        }
        let octets = store.first.octets() + store.latest.octets();
        assert!(octets <= 16 * MEBIBYTE, "{octets}");
        assert!(numbers(&store, 1).is_empty());
        assert_eq!(numbers(&store, 400_000), [400_000]);
        let kept: u32 = store.kept.values().map(|one| one.count).sum();
        assert_eq!(kept as usize, store.first.len() + store.latest.len());
    }

    #[test]
    fn the_largest_frame_has_room_in_the_smallest_store() {
        let mut store = Store::new(16 * MEBIBYTE);
        let large = vec![1; 262_144];
        for nth in 1..=200 {
            store.keep(FlowId(0), nth, &frame(nth, &large));
        }
        let numbers = numbers(&store, 0);
        assert_eq!(numbers[..4], [1, 2, 3, 4]);
        assert_eq!(numbers.last(), Some(&200));
    }
}
