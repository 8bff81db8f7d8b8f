//! The picture in code: the only place where the stages meet.

use crate::capture::numbers::{FrameNumbers, Numbered};
use crate::capture::{Next, Source};
use crate::decode::{Decoder, icmp};
use crate::error::Error;
use crate::frame::Frame;
use crate::origin::Origin;
use crate::segment::Segment;
use crate::sink::standing::Survey;
use crate::sink::{Event, Sink};
use crate::socket::SocketWord;
use crate::time::Timestamp;
use crate::totals::Totals;
use crate::track::flaw_scan::FlawScan;
use crate::track::flaws::Flaws;
use crate::track::flow::{FlowId, StreamId};
use crate::track::sighting::SeenAgain;
use crate::track::{CaptureEnd, MOST_MEMORY, Tracker, Wants};
use crate::vantage::Vantage;

/// A run: any number of sources, one after the other, into one sink.
///
/// A style of one's own needs no more than this:
///
/// ```
/// use tcptrace::capture::filter::Filter;
/// use tcptrace::capture::savefile;
/// use tcptrace::error::Error;
/// use tcptrace::pipeline::Pipeline;
/// use tcptrace::sink::printed::Printed;
/// use tcptrace::sink::style::Style;
/// use tcptrace::sink::text::Text;
/// use tcptrace::track::Wants;
/// use tcptrace::track::connection::Connection;
/// use tcptrace::track::dir::Dir;
///
/// /// How many octets of data the server had sent when.
/// struct Growth;
///
/// impl Style for Growth {
///     fn wants(&self) -> Wants {
///         Wants { points: 100, ..Wants::OURS }
///     }
///
///     fn connection(&mut self, connection: &Connection, text: &mut Text) {
///         let (flow, mut octets) = (&connection.flow, 0);
///         for point in connection.trace.iter().flat_map(|trace| trace.points()) {
///             if point.dir == Dir::ToClient && point.payload_len > 0 {
///                 octets += point.payload_len;
///                 let after = (point.time - flow.first).0;
///                 text.str(&format!("{after} ns: {octets}\n"));
///             }
///         }
///     }
/// }
///
/// let mut written = Vec::new();
/// let mut run = Pipeline::new(Printed::new(Growth, &mut written), None);
/// let mut source = savefile::open("captures/hello.pcap", Filter::default())?;
/// run.read(source.as_mut(), || false)?;
/// run.end()?;
/// drop(run);
/// assert_eq!(written, b"98205 ns: 5\n");
/// # Ok::<(), Error>(())
/// ```
pub struct Pipeline<K> {
    decoder: Decoder,
    tracker: Tracker,
    totals: Totals,
    /// What the capture did to the traffic.
    flaws: Flaws,
    /// What the next source goes on with.
    numbers: FrameNumbers,
    sink: K,
    /// What the sink needs to know, and the run itself.
    wants: Wants,
    /// When the latest frame was captured, where connections are followed.
    latest: Timestamp,
    /// How many octets connections may take.
    most_memory: usize,
    most_frames: Option<u64>,
    until_closed: bool,
    /// Whether its frames go on behind where it was left.
    is_cut_off: bool,
    /// Whether a connection has ended.
    has_closed: bool,
}

/// Why a source was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It ended.
    AtEnd,
    /// As many frames were seen as were asked for, or a connection has ended.
    Enough,
    /// It was stopped.
    Stopped,
}

impl<K: Sink> Pipeline<K> {
    /// A run that ends after `most_frames` frames, where that is given.
    pub fn new(sink: K, most_frames: Option<u64>) -> Self {
        let wants = sink.wants();
        Self {
            decoder: Decoder::default(),
            tracker: Tracker::new(wants),
            totals: Totals::default(),
            flaws: Flaws::default(),
            numbers: FrameNumbers::default(),
            sink,
            wants,
            latest: Timestamp::default(),
            most_memory: MOST_MEMORY,
            most_frames,
            until_closed: false,
            is_cut_off: false,
            has_closed: false,
        }
    }

    /// The same run, but that connections take up to `most` octets, not a gibibyte:
    /// see [`Tracker::bounded`].
    #[must_use]
    pub fn with_memory(mut self, most: usize) -> Self {
        self.most_memory = most;
        self.tracker = Tracker::bounded(self.wants, most);
        self
    }

    /// The same run, but that it ends with the first connection that ends.
    #[must_use]
    pub fn until_closed(mut self) -> Self {
        self.until_closed = true;
        self.wants = self.wants | Wants::OURS;
        self.tracker = Tracker::bounded(self.wants, self.most_memory);
        self
    }

    /// The same run, with numbers for these frames.
    #[must_use]
    pub fn numbering(mut self, numbered: Numbered) -> Self {
        self.numbers = FrameNumbers::of(numbered);
        self
    }

    /// The same run, but that its first connection has these numbers: for who shows a
    /// part of a capture again.
    #[must_use]
    pub fn numbering_connections(mut self, first: FlowId, stream: StreamId) -> Self {
        let tracker = Tracker::bounded(self.wants, self.most_memory);
        self.tracker = tracker.numbering(first, stream);
        self
    }

    /// The same run, of frames of which a filter chose: the counts of the run say
    /// so.
    #[must_use]
    pub const fn filtered(mut self) -> Self {
        self.totals.is_filtered = true;
        self
    }

    /// Takes a source to its end, or to the frame or the end of a connection
    /// that was asked for, or until `is_stopped` says so. Connections and the
    /// numbers of frames go on from one source to the next.
    ///
    /// # Errors
    ///
    /// What the source brings, and [`Error::Write`]. What was read before is
    /// not lost: [`end`](Self::end) shows it.
    pub fn read(
        &mut self,
        source: &mut dyn Source,
        is_stopped: impl Fn() -> bool,
    ) -> Result<Left, Error> {
        *source.numbers() = self.numbers;
        let left = self.read_on(source, is_stopped);
        self.numbers = *source.numbers();
        left
    }

    fn read_on(
        &mut self,
        source: &mut dyn Source,
        is_stopped: impl Fn() -> bool,
    ) -> Result<Left, Error> {
        while !self.has_enough() {
            if is_stopped() {
                return Ok(Left::Stopped);
            }
            // Matched in place: a frame that is moved out is copied, and the
            // copy waits for what was just written.
            match source.next_frame() {
                Ok(Next::Frame(ref frame)) => {
                    self.totals.frames += 1;
                    self.show(frame)?;
                }
                Ok(Next::Quiet) => self.sink.take(Event::Quiet)?,
                Ok(Next::End) => return Ok(Left::AtEnd),
                Err(Error::Stopped) => return Ok(Left::Stopped),
                Err(error) => return Err(error),
            }
        }
        Ok(Left::Enough)
    }

    /// Takes one frame through the stages.
    #[inline]
    fn show(&mut self, frame: &Frame<'_>) -> Result<(), Error> {
        let packet = self.decoder.decode(frame);
        match packet.received() {
            Ok(segment) if self.wants.tracks => {
                self.latest = segment.time;
                let seen = self.tracker.observe(segment);
                self.totals.segment(seen.role.phase());
                self.has_closed |= seen.ended;
                self.flaws.trailing += u64::from(packet.octets_behind() > 0);
                if let Some(again) = seen.copy().filter(|again| again.is_elsewhere) {
                    note_places(&mut self.flaws, frame, &again, segment);
                }
                self.sink.take(Event::Packet(&packet, Some(&seen)))?;
                for connection in self.tracker.left() {
                    self.sink.take(Event::Connection(&connection))?;
                }
            }
            Ok(_) => self.sink.take(Event::Packet(&packet, None))?,
            Err(skip) => {
                self.totals.skip(skip);
                self.latest = frame.time;
                self.sink.take(Event::Packet(&packet, None))?;
                if self.wants.tracks
                    && let Some(error) = icmp::error(&packet)
                    && let Some((flow, notice)) = self.tracker.icmp(&error)
                {
                    self.sink.take(if notice.is_of_syn {
                        Event::Unreachable(flow)
                    } else {
                        Event::IcmpError(flow, notice)
                    })?;
                }
            }
        }
        Ok(())
    }

    /// Frames seen so far, all of which passed the filter.
    #[must_use]
    pub const fn frames(&self) -> u64 {
        self.totals.frames
    }

    fn has_enough(&self) -> bool {
        let most = self.most_frames;
        most.is_some_and(|most| self.totals.frames >= most) || self.has_closed && self.until_closed
    }

    /// Says that the frames would go on: a file was stopped before its end.
    pub const fn cut_off(&mut self) {
        self.is_cut_off = true;
    }

    /// Frames read so far, whether or not they passed the filter.
    #[must_use]
    pub const fn frames_read(&self) -> u64 {
        self.numbers.frames()
    }

    /// What takes its events, to be looked at between two frames.
    #[must_use]
    pub const fn sink(&self) -> &K {
        &self.sink
    }

    /// Its connections, to be looked at between two frames.
    #[must_use]
    pub const fn tracker(&self) -> &Tracker {
        &self.tracker
    }

    /// Its counts so far.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let mut totals = self.totals.clone();
        totals.connections = self.tracker.connections();
        totals.given_up = self.tracker.given_up();
        totals
    }

    /// What the capture did to the traffic, so far; looks at all connections.
    #[must_use]
    pub fn flaws(&self) -> Flaws {
        self.with_frames(self.tracker.flaws())
    }

    /// The same by and by: looks at `most` connections more, and says what was found once
    /// it has looked at all.
    pub fn look_for_flaws(&self, scan: &mut FlawScan, most: u32) -> Option<Flaws> {
        let found = self.tracker.look_for_flaws(scan, most)?;
        Some(self.with_frames(found))
    }

    /// What the capture did to connections, and what its frames show of it.
    fn with_frames(&self, mut flaws: Flaws) -> Flaws {
        flaws.points.clone_from(&self.flaws.points);
        flaws.trailing = self.flaws.trailing;
        flaws.has_filter = self.totals.is_filtered;
        flaws
    }

    /// Tells what the kernel says of a socket, and shows it where it is news.
    ///
    /// # Errors
    ///
    /// [`Error::Write`].
    pub fn tell(&mut self, word: &SocketWord) -> Result<(), Error> {
        if let Some((connection, dir)) = self.tracker.socket(word) {
            self.sink.take(Event::Socket(connection, dir))?;
        }
        Ok(())
    }

    /// Tells how many sockets the kernel was not asked about, since there were too many.
    pub const fn miss_sockets(&mut self, count: u64) {
        self.totals.unasked_sockets = count;
    }

    /// Shows the run as it stands, which goes on, with the next `most` of its connections.
    ///
    /// # Errors
    ///
    /// [`Error::Write`].
    pub fn stand(&mut self, survey: &mut Survey, most: u32) -> Result<(), Error> {
        let totals = self.totals();
        let mut now = survey.part(most, self.latest, &totals, &self.tracker);
        if now.is_last {
            now.flaws = self.flaws();
        }
        Ok(self.sink.take(Event::Standing(&now))?)
    }

    /// Shows the connections and the counts of the run, which is over then.
    ///
    /// # Errors
    ///
    /// [`Error::Write`].
    pub fn end(&mut self) -> Result<Totals, Error> {
        self.totals = self.totals();
        let end = CaptureEnd {
            at: Some(self.latest),
            is_cut_off: self.is_cut_off || self.has_enough(),
        };
        if self.wants.tracks {
            self.sink.take(Event::Capture(&self.flaws()))?;
        }
        let sink = &mut self.sink;
        self.tracker
            .show_all(end, |connection| sink.take(Event::Connection(connection)))?;
        self.sink.take(Event::End(&self.totals))?;
        Ok(std::mem::take(&mut self.totals))
    }
}

/// Notes where a segment was seen before, and where now.
#[cold]
fn note_places(flaws: &mut Flaws, frame: &Frame<'_>, again: &SeenAgain, segment: &Segment<'_>) {
    for at in [again.first_at, segment.vantage] {
        let name = frame.origin.and_then(|origin| interface_name(origin, at));
        flaws.see_at(at, name);
    }
}

fn interface_name(origin: &Origin, at: Vantage) -> Option<&str> {
    if at.interface & Vantage::OF_HOST == 0 {
        return origin
            .interfaces
            .get(at.interface as usize)?
            .name
            .as_deref();
    }
    let number = at.interface & !Vantage::OF_HOST;
    let mut known = origin.host_interfaces.iter();
    known
        .find(|(index, _)| *index == number)
        .map(|(_, name)| name.as_str())
}
