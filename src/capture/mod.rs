//! Stage 1: where frames come from.
//!
//! One source per file. A source owns its filter, because only the source
//! knows where it is cheapest: in the kernel, or before a frame is built.

pub mod bpf;
#[cfg(feature = "live")]
mod compile;
#[cfg(not(feature = "live"))]
#[path = "no_compiler.rs"]
mod compile;
mod compressed;
mod damage;
mod dlt;
mod expression;
pub mod filter;
pub mod listing;
#[cfg(feature = "live")]
pub mod live;
pub mod numbers;
mod order;
pub mod pcap;
pub mod pcapng;
pub mod savefile;
mod window;
pub mod writer;

use std::ops::Add;

use crate::capture::bpf::Program;
use crate::capture::numbers::FrameNumbers;
use crate::error::Error;
use crate::frame::Frame;
use crate::origin::Origin;

/// What a source has to say when it is asked for a frame.
#[derive(Debug)]
pub enum Next<'a> {
    /// The next frame that passed the filter.
    Frame(Frame<'a>),
    /// Nothing more for now, in a live capture or a file that comes by and by; the
    /// next call waits. A good moment to flush.
    Quiet,
    /// The end of the file, or a capture that was told to stop.
    End,
}

/// Something that delivers frames in capture order, and numbers them as
/// [`FrameNumbers`] counts: 1, 2, 3 in a file, whether or not its filter lets
/// them pass. Of a live capture nobody sees the others.
pub trait Source: Send {
    /// The next frame.
    ///
    /// The frame is borrowed from the source, so a source can reuse one buffer
    /// for the whole capture.
    ///
    /// # Errors
    ///
    /// [`Error::Read`], [`Error::Damaged`] and [`Error::Capture`] as the source
    /// finds them; [`Error::Filter`] where a file brings a link type for which
    /// the filter cannot be compiled.
    fn next_frame(&mut self) -> Result<Next<'_>, Error>;

    /// The numbers that the next frames get. Those of one source are handed to
    /// the next: the second file of a run goes on where the first one ended.
    fn numbers(&mut self) -> &mut FrameNumbers;

    /// What the source says beside its frames, as far as it has been read. Each
    /// frame refers to it too.
    fn origin(&self) -> Option<&Origin> {
        None
    }

    /// The filter's program for the first link type, once that is known; `None`
    /// where all frames pass.
    ///
    /// # Errors
    ///
    /// [`Error::Filter`] where there is no program.
    fn program(&self) -> Result<Option<&Program>, Error> {
        Ok(None)
    }

    /// The kernel's counters of a live capture; `None` for a file.
    fn statistics(&mut self) -> Option<Statistics> {
        None
    }
}

/// The kernel's counters of a live capture, in frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Statistics {
    /// Passed the filter, whether or not there was room to keep them.
    pub received: u64,
    /// Passed the filter and found no room in the capture buffer.
    pub dropped: u64,
    /// Lost by the interface or its driver.
    pub dropped_by_interface: u64,
}

/// Of several interfaces together.
impl Add for Statistics {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            received: self.received + other.received,
            dropped: self.dropped + other.dropped,
            dropped_by_interface: self.dropped_by_interface + other.dropped_by_interface,
        }
    }
}
