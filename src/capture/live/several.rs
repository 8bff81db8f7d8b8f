//! Several interfaces at once, their frames in the order of their times.
//!
//! All are read without waiting, in turns; where none has anything, all are waited for
//! together. `merge` says which frame goes on.

use std::io;
use std::os::fd::BorrowedFd;

use rustix::event::PollFlags;

use crate::capture::live::interfaces;
use crate::capture::live::kernel_filter;
use crate::capture::live::merge::{HELD_BACK, Merge, Parked};
use crate::capture::live::sleep::sleep;
use crate::capture::live::stop::Stop;
use crate::capture::live::tap::{Tap, TapRead, Tapped};
use crate::capture::live::timer::Timer;
use crate::capture::live::wait::RECHECK;
use crate::capture::numbers::FrameNumbers;
use crate::capture::{Next, Source, Statistics};
use crate::error::Error;
use crate::frame::Frame;
use crate::origin::Origin;
use crate::time::Resolution;

/// How many frames of one interface are read before the next has its turn.
const TURN: usize = 64;
/// What hears that an interface was lost.
type OnLoss = Box<dyn FnMut(&Error) + Send>;

/// A capture on several interfaces.
pub struct Several {
    /// None where the interface was lost.
    taps: Vec<Option<Box<dyn Tap>>>,
    on_loss: OnLoss,
    /// Why the latest was lost.
    lost: Option<Error>,
    /// The counters of those that were lost.
    gone: Statistics,
    merge: Merge,
    /// The frame that is lent.
    current: Parked,
    origin: Origin,
    numbers: FrameNumbers,
    stop: Stop,
    progress: TapsState,
    /// Runs while frames wait and none comes.
    timer: Timer,
    /// Whether it was said that there is nothing for now.
    is_quiet: bool,
    /// Whether an interface reported a fault, so that all are looked at again.
    is_faulty: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TapsState {
    Capturing,
    /// The stop came; the sockets take no new frames.
    Closing,
    /// The sockets are empty.
    Over,
}

impl Several {
    /// Reads these together until the stop with which they were opened. A frame has the
    /// index of its interface among them. Where one is lost, `on_loss` hears it, and
    /// the others go on; the loss of the last one ends the capture.
    ///
    /// # Errors
    ///
    /// [`Error::Capture`] where the system has no timer left.
    pub fn new(
        interfaces: Vec<Tapped>,
        stop: &Stop,
        on_loss: impl FnMut(&Error) + Send + 'static,
    ) -> Result<Self, Error> {
        let timer = Timer::new().map_err(|error| trouble(&error))?;
        let mut origin = Origin::default();
        let mut taps = Vec::new();
        for Tapped { tap, origin: of } in interfaces {
            taps.push(Some(tap));
            origin.interfaces.extend(of.interfaces);
            origin.host_interfaces = of.host_interfaces;
        }
        Ok(Self {
            merge: Merge::of(taps.len()),
            taps,
            on_loss: Box::new(on_loss),
            lost: None,
            gone: Statistics::default(),
            current: Parked::default(),
            origin,
            numbers: FrameNumbers::default(),
            stop: stop.clone(),
            progress: TapsState::Capturing,
            timer,
            is_quiet: false,
            is_faulty: false,
        })
    }

    /// Gives each interface its turn; whether any had something to say.
    fn read(&mut self) -> bool {
        let mut has_read = false;
        for lane in 0..self.taps.len() {
            if self.merge.is_full() {
                return true;
            }
            match self.read_one(lane) {
                Ok(frames) => has_read |= frames > 0,
                Err(error) => {
                    self.lose(lane, error);
                    has_read = true;
                }
            }
        }
        has_read
    }

    fn read_one(&mut self, lane: usize) -> Result<usize, Error> {
        let Some(Some(tap)) = self.taps.get_mut(lane) else {
            return Ok(0);
        };
        for frames in 0..TURN {
            match tap.read()? {
                TapRead::Frame(frame) => {
                    self.merge.push(lane, frame.time, frame.len, frame.bytes);
                }
                read => {
                    self.is_faulty |= matches!(read, TapRead::Down);
                    self.merge.is_dry(lane);
                    return Ok(frames);
                }
            }
        }
        Ok(TURN)
    }

    fn lose(&mut self, lane: usize, error: Error) {
        if let Some(mut tap) = self.taps.get_mut(lane).and_then(Option::take) {
            self.gone = self.gone + tap.statistics();
        }
        self.merge.close(lane);
        if self.taps.iter().any(Option::is_some) {
            (self.on_loss)(&error);
        }
        self.lost = Some(error);
    }

    /// Begins to close where the stop came.
    fn heed_stop(&mut self) {
        if self.progress != TapsState::Capturing || !self.stop.is_requested() {
            return;
        }
        let mut taps = self.taps.iter().flatten();
        let all_closed = taps.all(|tap| kernel_filter::close(&tap.socket()).is_ok());
        self.progress = TapsState::Closing;
        if !all_closed {
            self.finish();
        }
    }

    /// What waits is all there is.
    fn finish(&mut self) {
        self.progress = TapsState::Over;
        self.merge.settle();
    }

    /// Sleeps until one of the interfaces may have something; or until they surely have
    /// nothing earlier than what waits.
    fn wait(&mut self) -> io::Result<()> {
        let is_closing = self.progress == TapsState::Closing;
        if self.merge.has_waiting() && !is_closing {
            self.timer.start(HELD_BACK)?;
        }
        let taps = self.taps.iter().flatten();
        let mut files: Vec<BorrowedFd<'_>> = taps.clone().map(|tap| tap.socket()).collect();
        let patience = if is_closing {
            taps.map(|tap| tap.settling()).max()
        } else {
            files.extend(self.stop.wakers());
            files.push(self.timer.file());
            self.is_faulty.then_some(RECHECK)
        };
        let woken = sleep(&files, patience)?;
        self.is_faulty |= woken.intersects(PollFlags::ERR | PollFlags::HUP);
        if is_closing && woken.is_empty() {
            self.finish();
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        self.progress == TapsState::Over || self.taps.iter().all(Option::is_none)
    }
}

impl Source for Several {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        loop {
            self.heed_stop();
            if self.merge.next(&mut self.current) {
                break;
            }
            if self.is_over() {
                let lost = self
                    .lost
                    .take()
                    .filter(|_| self.progress == TapsState::Capturing);
                return lost.map_or(Ok(Next::End), Err);
            }
            if self.read() {
                self.timer.stop().map_err(|error| trouble(&error))?;
                self.is_quiet = false;
                continue;
            }
            if self.timer.has_expired() {
                self.merge.settle();
                continue;
            }
            if !self.is_quiet {
                self.is_quiet = true;
                return Ok(Next::Quiet);
            }
            self.wait().map_err(|error| trouble(&error))?;
            if self.stop.is_interrupted() {
                return Ok(Next::Quiet);
            }
        }
        let held = &self.current;
        let captured_on = self.origin.interfaces.get(held.lane);
        Ok(Next::Frame(Frame {
            time: held.time,
            resolution: Resolution::Nano,
            link_type: captured_on.map_or_else(Default::default, |on| on.link_type),
            len: held.len,
            bytes: &held.bytes,
            interface: u32::try_from(held.lane).unwrap_or(u32::MAX),
            origin: Some(&self.origin),
            ..Frame::numbered(self.numbers.take())
        }))
    }

    fn numbers(&mut self) -> &mut FrameNumbers {
        &mut self.numbers
    }

    fn origin(&self) -> Option<&Origin> {
        Some(&self.origin)
    }

    fn statistics(&mut self) -> Option<Statistics> {
        let taps = self.taps.iter_mut().flatten();
        Some(taps.fold(self.gone, |sum, tap| sum + tap.statistics()))
    }
}

/// What the system has against waiting.
fn trouble(error: &io::Error) -> Error {
    interfaces::lost("interfaces", &error.to_string())
}
