//! Files that are read as fast as they were captured, or so many times as fast.

use std::num::NonZeroU64;
use std::time::{Duration, Instant};

use tcptrace::capture::bpf::Program;
use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::numbers::FrameNumbers;
use tcptrace::capture::{Next, Source, Statistics};
use tcptrace::error::Error;
use tcptrace::frame::Frame;
use tcptrace::link_type::LinkType;
use tcptrace::origin::Origin;
use tcptrace::time::{Resolution, Timestamp};

/// A source of which each frame comes when it is due.
pub struct Paced {
    source: Box<dyn Source>,
    /// How many times as fast as it was captured.
    speed: f64,
    stop: Stop,
    /// The first frame's time, and when it came.
    began: Option<(Timestamp, Instant)>,
    /// The frame that comes next, once it was read.
    next: Option<DueFrame>,
    /// Its octets: the same memory for each.
    bytes: Vec<u8>,
    /// The comment of the frame that came last.
    comment: Option<String>,
}

/// A frame that is not due yet, but for its octets.
struct DueFrame {
    number: NonZeroU64,
    time: Timestamp,
    resolution: Resolution,
    link_type: LinkType,
    len: u32,
    interface: u32,
    comment: Option<String>,
    due: Instant,
}

impl Paced {
    /// The frames of `source`, `speed` times as fast as they were captured; waiting for
    /// one ends with the stop, or an interruption.
    pub fn new(source: Box<dyn Source>, speed: f64, stop: Stop) -> Self {
        Self {
            source,
            speed,
            stop,
            began: None,
            next: None,
            bytes: Vec::new(),
            comment: None,
        }
    }

    /// Reads the next frame; whether there is one.
    fn read(&mut self) -> Result<Option<Next<'static>>, Error> {
        let frame = match self.source.next_frame()? {
            Next::Frame(frame) => frame,
            Next::Quiet => return Ok(Some(Next::Quiet)),
            Next::End => return Ok(Some(Next::End)),
        };
        let (first, began) = *self
            .began
            .get_or_insert_with(|| (frame.time, Instant::now()));
        let passed = (frame.time - first).0.max(0).cast_unsigned();
        let passed = Duration::from_nanos(passed).as_secs_f64() / self.speed;
        // A time that nobody lives to see is never due.
        let due = Duration::try_from_secs_f64(passed).ok();
        let due = due.and_then(|passed| began.checked_add(passed));
        self.bytes.clear();
        self.bytes.extend_from_slice(frame.bytes);
        self.next = Some(DueFrame {
            number: frame.number,
            time: frame.time,
            resolution: frame.resolution,
            link_type: frame.link_type,
            len: frame.len,
            interface: frame.interface,
            comment: frame.comment.map(str::to_owned),
            due: due.unwrap_or(began + Duration::from_secs(u32::MAX.into())),
        });
        Ok(None)
    }

    /// Waits until the next frame is due; whether it is.
    fn wait(&self, due: Instant) -> Result<bool, Error> {
        loop {
            if self.stop.is_requested() || self.stop.is_interrupted() {
                return Ok(false);
            }
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(true);
            }
            self.stop.wait_for(left).map_err(Error::Stop)?;
        }
    }
}

impl Source for Paced {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        if self.next.is_none()
            && let Some(other) = self.read()?
        {
            return Ok(other);
        }
        let due = self.next.as_ref().map(|next| next.due);
        if let Some(due) = due
            && !self.wait(due)?
        {
            return Ok(Next::Quiet);
        }
        let Some(next) = self.next.take() else {
            return Ok(Next::Quiet);
        };
        self.comment = next.comment;
        Ok(Next::Frame(Frame {
            time: next.time,
            resolution: next.resolution,
            link_type: next.link_type,
            len: next.len,
            bytes: &self.bytes,
            interface: next.interface,
            comment: self.comment.as_deref(),
            origin: self.source.origin(),
            ..Frame::numbered(next.number)
        }))
    }

    fn numbers(&mut self) -> &mut FrameNumbers {
        self.source.numbers()
    }

    fn origin(&self) -> Option<&Origin> {
        self.source.origin()
    }

    fn program(&self) -> Result<Option<&Program>, Error> {
        self.source.program()
    }

    fn statistics(&mut self) -> Option<Statistics> {
        self.source.statistics()
    }
}
