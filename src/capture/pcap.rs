//! The pcap format, as libpcap reads it: both byte orders, micro- and
//! nanoseconds, the modified record header of Kuznetzov's patch, and the
//! swapped lengths of versions before 2.4.

use std::io::Read;
use std::path::PathBuf;

use crate::capture::filter::Filter;
use crate::capture::window::Window;
use crate::capture::{Next, Source};
use crate::error::Error;
use crate::frame::{Frame, MAX_LEN};
use crate::link_type::LinkType;
use crate::time::{Resolution, Timestamp};

/// Octets of the file header.
const FILE_HEADER: usize = 24;
/// Octets of a record header.
const RECORD_HEADER: usize = 16;
/// Octets of a record header with Kuznetzov's patch: interface index,
/// protocol, packet type and padding follow.
const MODIFIED_RECORD_HEADER: usize = 24;

/// A reader of a pcap file.
pub struct Pcap<R> {
    path: PathBuf,
    window: Window<R>,
    filter: Filter,
    format: Format,
}

/// What the file header says about the records.
#[derive(Debug, Clone, Copy)]
struct Format {
    swapped: bool,
    resolution: Resolution,
    record_header: usize,
    lengths: Lengths,
    snapshot: u32,
    link_type: LinkType,
}

/// The order of captured length and wire length in a record header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lengths {
    CapturedFirst,
    WireFirst,
    /// Version 2.3 was written both ways; the smaller one is the captured one.
    SmallerIsCaptured,
}

/// A record header in plain numbers.
struct Record {
    time: Timestamp,
    captured: u32,
    len: u32,
}

impl<R: Read> Pcap<R> {
    pub(super) fn new(
        path: PathBuf,
        mut window: Window<R>,
        mut filter: Filter,
    ) -> Result<Self, Error> {
        let whole = match window.fill(FILE_HEADER) {
            Ok(whole) => whole,
            Err(source) => return Err(Error::Read { path, source }),
        };
        let header = window.octets().first_chunk::<FILE_HEADER>();
        let magic = window
            .octets()
            .first_chunk::<4>()
            .copied()
            .unwrap_or_default();
        let Some(format) = Format::of(magic) else {
            let reason = "neither pcap nor pcapng by its first four octets";
            return Err(Error::Format { path, reason });
        };
        let (Some(header), true) = (header, whole) else {
            return Err(Error::Format {
                path,
                reason: "the file header is cut short",
            });
        };
        let format = match format.with_header(header) {
            Ok(format) => format,
            Err(reason) => return Err(Error::Format { path, reason }),
        };
        filter.compile(format.link_type)?;
        window.advance(FILE_HEADER);
        Ok(Self {
            path,
            window,
            filter,
            format,
        })
    }

    #[inline]
    fn read(&mut self, octets: usize) -> Result<bool, Error> {
        self.window.fill(octets).map_err(|source| Error::Read {
            path: self.path.clone(),
            source,
        })
    }

    fn damaged(&self, reason: &'static str) -> Error {
        Error::Damaged {
            path: self.path.clone(),
            offset: self.window.offset(),
            reason,
        }
    }

    /// The next record header, with the whole record made visible.
    #[inline]
    fn next_record(&mut self) -> Result<Option<Record>, Error> {
        let header_len = self.format.record_header;
        if !self.read(header_len)? {
            return match self.window.octets() {
                [] => Ok(None),
                _ => Err(self.damaged("the file ends inside a record header")),
            };
        }
        let record = self.format.record(self.window.octets());
        if record.captured > MAX_LEN {
            return Err(self.damaged("a record claims over 262144 captured octets"));
        }
        if !self.read(header_len + record.captured as usize)? {
            return Err(self.damaged("the file ends inside a record"));
        }
        Ok(Some(record))
    }
}

impl<R: Read> Source for Pcap<R> {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        let link_type = self.format.link_type;
        let (record, whole, visible) = loop {
            let Some(record) = self.next_record()? else {
                return Ok(Next::End);
            };
            let header_len = self.format.record_header;
            let captured = record.captured as usize;
            let visible = record.captured.min(self.format.snapshot) as usize;
            let bytes = self.window.octets().get(header_len..header_len + visible);
            let passes = self.filter.accepts_all()
                || self
                    .filter
                    .accepts(link_type, bytes.unwrap_or_default(), record.len)?;
            self.window.advance(header_len + captured);
            if passes {
                break (record, captured, visible);
            }
        };
        let bytes = self.window.passed(whole).get(..visible).unwrap_or_default();
        Ok(Next::Frame(Frame {
            number: 0,
            time: record.time,
            resolution: self.format.resolution,
            link_type,
            len: record.len,
            bytes,
        }))
    }
}

impl Format {
    /// What the magic number says; `None` for a foreign file.
    fn of(magic: [u8; 4]) -> Option<Self> {
        let (swapped, number) = match (u32::from_le_bytes(magic), u32::from_be_bytes(magic)) {
            (little @ (0xa1b2_c3d4 | 0xa1b2_3c4d | 0xa1b2_cd34), _) => (false, little),
            (_, big @ (0xa1b2_c3d4 | 0xa1b2_3c4d | 0xa1b2_cd34)) => (true, big),
            _ => return None,
        };
        Some(Self {
            swapped,
            resolution: if number == 0xa1b2_3c4d {
                Resolution::Nano
            } else {
                Resolution::Micro
            },
            record_header: if number == 0xa1b2_cd34 {
                MODIFIED_RECORD_HEADER
            } else {
                RECORD_HEADER
            },
            lengths: Lengths::CapturedFirst,
            snapshot: 0,
            link_type: LinkType(0),
        })
    }

    fn with_header(mut self, header: &[u8; FILE_HEADER]) -> Result<Self, &'static str> {
        let (major, minor) = (
            self.u32_at(header, 4) & 0xffff,
            self.u32_at(header, 4) >> 16,
        );
        let (major, minor) = if self.swapped {
            (minor, major)
        } else {
            (major, minor)
        };
        self.lengths = match (major, minor) {
            (2, 0..=2) | (543, _) => Lengths::WireFirst,
            (2, 3) => Lengths::SmallerIsCaptured,
            (2, _) => Lengths::CapturedFirst,
            _ => return Err("a pcap version that was never published"),
        };
        self.snapshot = match self.u32_at(header, 16) {
            0 | 0x8000_0000.. => MAX_LEN,
            snapshot => snapshot,
        };
        // The upper bits say how long the frame check sequence is.
        let link_type = self.u32_at(header, 20) & 0x03ff_ffff;
        self.link_type = LinkType(u16::try_from(link_type).unwrap_or(u16::MAX));
        if self.record_header == MODIFIED_RECORD_HEADER && self.link_type == LinkType::ETHERNET {
            // The patch wrote an Ethernet header that it did not count.
            self.snapshot = self.snapshot.saturating_add(14);
        }
        Ok(self)
    }

    #[inline]
    fn record(&self, octets: &[u8]) -> Record {
        let words = octets
            .as_chunks::<4>()
            .0
            .first_chunk::<4>()
            .copied()
            .unwrap_or_default();
        let [seconds, fraction, mut captured, mut len] = if self.swapped {
            words.map(u32::from_be_bytes)
        } else {
            words.map(u32::from_le_bytes)
        };
        if self.lengths == Lengths::WireFirst
            || self.lengths == Lengths::SmallerIsCaptured && captured > len
        {
            (captured, len) = (len, captured);
        }
        let unit = match self.resolution {
            Resolution::Micro => 1_000,
            Resolution::Nano => 1,
        };
        let time = Timestamp::new(i64::from(seconds), u64::from(fraction) * unit);
        Record {
            time,
            captured,
            len,
        }
    }

    #[inline]
    fn u32_at(&self, octets: &[u8], at: usize) -> u32 {
        let four = octets
            .get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied();
        let four = four.unwrap_or_default();
        if self.swapped {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        }
    }
}
