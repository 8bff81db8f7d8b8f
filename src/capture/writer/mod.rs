//! The savefile writer: frames into pcap or pcapng files.
//!
//! By hand and not through libpcap, whose writer loses what a full disk refuses
//! without a word (measured).

mod output;
mod pcap;
mod pcapng;
pub mod rotation;

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use self::output::Output;
use self::pcap::PcapWriter;
use self::pcapng::PcapngWriter;
use self::rotation::{Rotation, Turns};
use crate::capture::Statistics;
use crate::error::Error;
use crate::frame::Frame;
use crate::origin::{Interface, Origin};
use crate::time::{Resolution, Timestamp};

/// Octets collected before they are written.
const FULL: usize = 64 * 1024;

/// What is written, and where.
#[derive(Debug, Clone)]
pub struct WriterOptions {
    /// The file, or the pattern of its names; `-` is standard output.
    pub path: PathBuf,
    /// The format.
    pub format: Format,
    /// When another file begins.
    pub rotation: Rotation,
    /// The zone of the times in names.
    pub zone: TimeZone,
    /// Each frame at once.
    pub by_frame: bool,
}

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// pcap, byte for byte as tcpdump writes it: one link type, no comments.
    Pcap(Resolution),
    /// pcapng (draft-ietf-opsawg-pcapng): any number of interfaces, comments.
    Pcapng,
}

impl Format {
    /// pcapng where the name says so, else pcap.
    #[must_use]
    pub fn of(path: &Path, resolution: Resolution) -> Self {
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension {
            Some(extension) if extension.eq_ignore_ascii_case("pcapng") => Self::Pcapng,
            _ => Self::Pcap(resolution),
        }
    }
}

/// Writes frames into a file, or into one after the other.
#[derive(Debug)]
pub struct Writer {
    options: WriterOptions,
    turns: Turns,
    /// What is known before the first frame, for a file that has none.
    first: Interface,
    comment: Option<Box<str>>,
    open: Option<(Output, Encoder)>,
}

#[derive(Debug)]
enum Encoder {
    Pcap(PcapWriter),
    Pcapng(PcapngWriter),
}

/// What became of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It is in the file.
    Here,
    /// It is in another file; this one is complete.
    After(PathBuf),
    /// It is in no file: this one is complete, and as many were asked for.
    Over(PathBuf),
}

impl Writer {
    /// Opens the file, or the first of them. What a file begins with is taken
    /// from `origin`, as far as that was read. A file with a time in its name
    /// is opened at the time the capture `began`, or else with the first frame.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where it cannot be opened.
    pub fn create(
        options: WriterOptions,
        origin: Option<&Origin>,
        began: Option<Timestamp>,
    ) -> Result<Self, Error> {
        let interface = origin.and_then(|origin| origin.interfaces.first());
        let turns = Turns::new(&options.path, options.rotation, options.zone.clone());
        let mut writer = Self {
            turns,
            first: interface.cloned().unwrap_or_default(),
            comment: origin.and_then(|origin| origin.comment.clone()),
            open: None,
            options,
        };
        if let Some(name) = writer.turns.first(began)? {
            writer.open(name)?;
        }
        Ok(writer)
    }

    fn open(&mut self, path: PathBuf) -> Result<(), Error> {
        let mut output = Output::create(path)?;
        let encoder = match self.options.format {
            Format::Pcap(resolution) => {
                let pcap = PcapWriter::new(resolution, &self.first);
                pcap.header(output.room());
                Encoder::Pcap(pcap)
            }
            Format::Pcapng => {
                let mut pcapng = PcapngWriter::default();
                PcapngWriter::section(self.comment.as_deref(), output.room());
                pcapng.interface(&self.first, output.room());
                Encoder::Pcapng(pcapng)
            }
        };
        // So that a reader of a pipe knows at once what it will get.
        output.flush()?;
        self.open = Some((output, encoder));
        Ok(())
    }

    /// Writes a frame, in a file of its turn. pcapng keeps the frame's comment,
    /// and other ones.
    ///
    /// # Errors
    ///
    /// [`Error::Save`], and [`Error::Unsavable`] where the format cannot hold
    /// the frame.
    pub fn write<'c>(
        &mut self,
        frame: &Frame<'_>,
        comments: impl IntoIterator<Item = &'c str>,
    ) -> Result<Written, Error> {
        let written = self.turn(frame)?;
        if matches!(written, Written::Over(_)) {
            return Ok(written);
        }
        let Some((output, encoder)) = &mut self.open else {
            return Ok(written);
        };
        match encoder {
            Encoder::Pcap(pcap) => pcap.record(frame, output)?,
            Encoder::Pcapng(pcapng) => pcapng.packet(frame, comments, output.room()),
        }
        if self.options.by_frame || output.room().len() >= FULL {
            output.flush()?;
        }
        Ok(written)
    }

    /// Begins another file where it is time to.
    fn turn(&mut self, frame: &Frame<'_>) -> Result<Written, Error> {
        let Some((output, _)) = &self.open else {
            if let Some(name) = self.turns.first(Some(frame.time))? {
                self.open(name)?;
            }
            return Ok(Written::Here);
        };
        let Some(turn) = self.turns.next(frame.time, output.octets()) else {
            return Ok(Written::Here);
        };
        let complete = output.path().to_owned();
        self.close(None)?;
        match turn? {
            Some(name) => {
                self.open(name)?;
                Ok(Written::After(complete))
            }
            None => Ok(Written::Over(complete)),
        }
    }

    /// Writes what was collected.
    ///
    /// # Errors
    ///
    /// [`Error::Save`].
    pub fn flush(&mut self) -> Result<(), Error> {
        match &mut self.open {
            Some((output, _)) => output.flush(),
            None => Ok(()),
        }
    }

    /// Completes the file, which pcapng ends with statistics; its name, where
    /// one is open.
    ///
    /// # Errors
    ///
    /// [`Error::Save`].
    pub fn finish(mut self, statistics: Option<Statistics>) -> Result<Option<PathBuf>, Error> {
        let path = self
            .open
            .as_ref()
            .map(|(output, _)| output.path().to_owned());
        self.close(statistics)?;
        Ok(path)
    }

    fn close(&mut self, statistics: Option<Statistics>) -> Result<(), Error> {
        let Some((mut output, encoder)) = self.open.take() else {
            return Ok(());
        };
        if let Encoder::Pcapng(pcapng) = encoder {
            pcapng.statistics(statistics, output.room());
        }
        output.flush()
    }
}
