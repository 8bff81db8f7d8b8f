//! The frames of the connection that is open: its beginning and the latest, within bounds.

use std::collections::VecDeque;

use crate::watch::news::KeptFrame;

/// The most octets that frames take.
const MOST: usize = 64 << 20;
/// So many of the first are kept whatever comes: the handshake.
const BEGINNING: usize = 4;
/// What a frame takes besides its octets.
const BESIDES: usize = size_of::<KeptFrame>();

/// Frames in order, each with its place: how many came before it.
#[derive(Debug)]
pub struct KeptFrames {
    beginning: Vec<KeptFrame>,
    latest: VecDeque<KeptFrame>,
    octets: usize,
    most: usize,
    given_up: u64,
}

impl Default for KeptFrames {
    fn default() -> Self {
        Self::bounded(MOST)
    }
}

impl KeptFrames {
    /// Frames that take up to so many octets.
    pub const fn bounded(most: usize) -> Self {
        Self {
            beginning: Vec::new(),
            latest: VecDeque::new(),
            octets: 0,
            most,
            given_up: 0,
        }
    }

    /// Takes the next frame.
    pub fn take(&mut self, frame: KeptFrame) {
        if self.beginning.len() < BEGINNING {
            self.beginning.push(frame);
        } else {
            self.octets += frame.bytes.len() + BESIDES;
            self.latest.push_back(frame);
        }
    }

    /// Whether there are too many.
    pub fn is_full(&self) -> bool {
        self.octets > self.most && self.latest.len() > 1
    }

    /// Gives up the first behind the beginning.
    pub fn give_up(&mut self) {
        if let Some(frame) = self.latest.pop_front() {
            self.octets -= frame.bytes.len() + BESIDES;
            self.given_up += 1;
        }
    }

    /// The place of the frame that is given up next.
    pub fn next_to_go(&self) -> u64 {
        self.beginning.len() as u64 + self.given_up
    }

    /// How many were given up.
    pub const fn given_up(&self) -> u64 {
        self.given_up
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.beginning.len() + self.latest.len()
    }

    /// The place behind the last.
    pub fn end(&self) -> u64 {
        self.len() as u64 + self.given_up
    }

    /// The place of the first frame that is kept and has this place or a later one.
    pub fn from(&self, place: u64) -> u64 {
        if place < self.beginning.len() as u64 {
            place
        } else {
            place.max(self.next_to_go())
        }
    }

    /// The frame in a place.
    pub fn at(&self, place: u64) -> Option<&KeptFrame> {
        let at = usize::try_from(place).ok()?;
        if let Some(frame) = self.beginning.get(at) {
            return Some(frame);
        }
        let behind = place.checked_sub(self.next_to_go())?;
        self.latest.get(usize::try_from(behind).ok()?)
    }

    /// All, in order.
    pub fn all(&self) -> impl Iterator<Item = &KeptFrame> {
        self.beginning.iter().chain(&self.latest)
    }
}
