//! A point where frames are captured, without the wait for them: what a source of one
//! interface and one of several read in the same way.

use std::num::NonZeroU64;
use std::os::fd::BorrowedFd;
use std::time::Duration;

use crate::capture::Statistics;
use crate::error::Error;
use crate::frame::Frame;
use crate::link_type::LinkType;
use crate::origin::Origin;
use crate::time::{Resolution, Timestamp};

/// A socket that captures on one interface. It is read and never waited for.
pub(super) trait Tap: Send {
    /// What is readable when there is something.
    fn socket(&self) -> BorrowedFd<'_>;

    /// What there is now.
    fn read(&mut self) -> Result<TapRead<'_>, Error>;

    /// The kernel's counters.
    fn statistics(&mut self) -> Statistics;

    /// How long the socket may hold back a frame that it has captured, at most.
    fn settling(&self) -> Duration;
}

/// What a tap has at the moment.
pub(super) enum TapRead<'a> {
    /// A frame.
    Frame(Captured<'a>),
    /// Nothing for now.
    Nothing,
    /// Nothing: the interface is down, and may come back or not.
    Down,
}

/// A frame as the kernel hands it over.
pub(super) struct Captured<'a> {
    /// When it was captured, to a nanosecond.
    pub(super) time: Timestamp,
    /// Octets on the wire.
    pub(super) len: u32,
    /// The octets captured.
    pub(super) bytes: &'a [u8],
}

impl<'a> Captured<'a> {
    /// The frame of this number.
    #[inline]
    pub(super) fn frame(
        self,
        number: NonZeroU64,
        link_type: LinkType,
        origin: &'a Origin,
    ) -> Frame<'a> {
        Frame {
            time: self.time,
            resolution: Resolution::Nano,
            link_type,
            len: self.len,
            bytes: self.bytes,
            origin: Some(origin),
            ..Frame::numbered(number)
        }
    }
}

/// A capture on one interface that has begun, to be read with [others].
///
/// [others]: crate::capture::live::several::Several
pub struct Tapped {
    pub(super) tap: Box<dyn Tap>,
    /// What it says of itself: of its one interface.
    pub(super) origin: Origin,
}
