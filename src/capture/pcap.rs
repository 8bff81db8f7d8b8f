//! The pcap format, as libpcap reads it: both byte orders, micro- and
//! nanoseconds, the modified record header of Kuznetzov's patch, the swapped
//! lengths of versions before 2.4; and two more that Wireshark knows, those of
//! Ixia and of AIX.
//!
//! Nokia's format and the older ones of Kuznetzov's patch have the usual magic
//! number. They can only be guessed from records that look wrong, as records of
//! a damaged file do, so they are left alone.

use crate::capture::bpf::Program;
use crate::capture::filter::Filter;
use crate::capture::numbers::FrameNumbers;
use crate::capture::order::Order;
use crate::capture::window::{Fill, Upcoming, Window};
use crate::capture::{Next, Source};
use crate::error::Error;
use crate::frame::{Frame, MAX_LEN};
use crate::link_type::LinkType;
use crate::origin::{Interface, Origin};
use crate::time::{Resolution, Timestamp};

/// Octets of the file header.
const FILE_HEADER: usize = 24;
/// Octets of Ixia's file header: the length of all records follows.
const IXIA_FILE_HEADER: usize = 28;
/// Octets of a record header.
const RECORD_HEADER: usize = 16;
/// Octets of a record header with Kuznetzov's patch: interface index,
/// protocol, packet type and padding follow.
const MODIFIED_RECORD_HEADER: usize = 24;

/// A reader of a pcap file.
pub struct Pcap {
    window: Window,
    filter: Filter,
    format: FileLayout,
    numbers: FrameNumbers,
    origin: Origin,
}

/// What the file header says about the records.
#[derive(Debug, Clone, Copy)]
struct FileLayout {
    order: Order,
    resolution: Resolution,
    file_header: usize,
    record_header: usize,
    lengths: Lengths,
    snapshot: u32,
    link_type: LinkType,
    check_sequence: u8,
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
struct RecordHeader {
    time: Timestamp,
    captured: u32,
    len: u32,
}

impl Pcap {
    pub(super) fn new(mut window: Window, mut filter: Filter) -> Result<Self, Error> {
        window.fill_waiting(FILE_HEADER)?;
        let octets = window.octets();
        let magic = octets.first_chunk().copied().unwrap_or_default();
        let Some(format) = FileLayout::of(magic) else {
            let reason = "neither pcap nor pcapng by its first four octets";
            return Err(window.foreign(reason));
        };
        if !window.fill_waiting(format.file_header)? {
            return Err(window.foreign("the file header is cut short"));
        }
        let header = window.octets().first_chunk();
        let format = format.with_header(header.unwrap_or(&[0; FILE_HEADER]));
        let format = format.map_err(|reason| window.foreign(reason))?;
        filter.set_order(format.order);
        filter.compile(format.link_type)?;
        window.advance(format.file_header);
        let resolution = match format.resolution {
            Resolution::Micro => 6,
            Resolution::Nano => 9,
        };
        let interface = Interface {
            check_sequence: format.check_sequence,
            ..Interface::new(format.link_type, format.snapshot, resolution)
        };
        Ok(Self {
            window,
            filter,
            format,
            numbers: FrameNumbers::default(),
            origin: Origin {
                interfaces: vec![interface],
                ..Origin::default()
            },
        })
    }

    /// The next record header, with the whole record made visible.
    #[inline]
    fn next_record(&mut self) -> Result<Upcoming<RecordHeader>, Error> {
        let header_len = self.format.record_header;
        match self.window.fill(header_len)? {
            Fill::Enough => {}
            Fill::NotYet => return Ok(Upcoming::NotYet),
            Fill::Ended if self.window.octets().is_empty() => return Ok(Upcoming::End),
            Fill::Ended => return Err(self.window.damaged("the file ends inside a record header")),
        }
        let record = self.format.record(self.window.octets());
        if record.captured > MAX_LEN {
            return Err(self
                .window
                .damaged("a record claims over 262144 captured octets"));
        }
        match self.window.fill(header_len + record.captured as usize)? {
            Fill::Enough => Ok(Upcoming::Here(record)),
            Fill::NotYet => Ok(Upcoming::NotYet),
            Fill::Ended => Err(self.window.damaged("the file ends inside a record")),
        }
    }
}

impl Source for Pcap {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        let link_type = self.format.link_type;
        let (record, whole, visible) = loop {
            let record = match self.next_record()? {
                Upcoming::Here(record) => record,
                Upcoming::NotYet => return Ok(Next::Quiet),
                Upcoming::End => return Ok(Next::End),
            };
            let header_len = self.format.record_header;
            let captured = record.captured as usize;
            let visible = record.captured.min(self.format.snapshot) as usize;
            let bytes = self.window.octets().get(header_len..header_len + visible);
            let bytes = bytes.unwrap_or_default();
            let passes =
                self.filter.accepts_all() || self.filter.accepts(link_type, bytes, record.len)?;
            self.window.advance(header_len + captured);
            if passes {
                break (record, captured, visible);
            }
            self.numbers.pass_over();
        };
        let bytes = self.window.passed(whole).get(..visible).unwrap_or_default();
        Ok(Next::Frame(Frame {
            time: record.time,
            resolution: self.format.resolution,
            link_type,
            len: record.len,
            bytes,
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

    fn program(&self) -> Result<Option<&Program>, Error> {
        self.filter.program()
    }
}

impl FileLayout {
    /// What the magic number says; `None` for a foreign file.
    fn of(magic: [u8; 4]) -> Option<Self> {
        let usual = |order, resolution| Self {
            order,
            resolution,
            file_header: FILE_HEADER,
            record_header: RECORD_HEADER,
            lengths: Lengths::CapturedFirst,
            snapshot: 0,
            link_type: LinkType(0),
            check_sequence: 0,
        };
        let known = |order: Order| match order.u32(&magic, 0) {
            0xa1b2_c3d4 => Some(usual(order, Resolution::Micro)),
            0xa1b2_3c4d => Some(usual(order, Resolution::Nano)),
            0xa1b2_cd34 => Some(Self {
                record_header: MODIFIED_RECORD_HEADER,
                ..usual(order, Resolution::Micro)
            }),
            0x1c00_01ab => Some(Self {
                file_header: IXIA_FILE_HEADER,
                ..usual(order, Resolution::Micro)
            }),
            0x1c00_01ac => Some(Self {
                file_header: IXIA_FILE_HEADER,
                ..usual(order, Resolution::Nano)
            }),
            _ => None,
        };
        known(Order::Little).or_else(|| known(Order::Big))
    }

    fn with_header(mut self, header: &[u8; FILE_HEADER]) -> Result<Self, &'static str> {
        let (major, minor) = (self.order.u16(header, 4), self.order.u16(header, 6));
        self.lengths = match (major, minor) {
            (2, 0..=2) | (543, _) => Lengths::WireFirst,
            (2, 3) => Lengths::SmallerIsCaptured,
            (2, _) => Lengths::CapturedFirst,
            _ => return Err("a pcap version that was never published"),
        };
        self.snapshot = match self.order.u32(header, 16) {
            0 | 0x8000_0000.. => MAX_LEN,
            snapshot => snapshot,
        };
        // The upper bits say how long the frame check sequence is.
        let [check_sequence, ..] = self.order.u32(header, 20).to_be_bytes();
        self.check_sequence = check_sequence & 0xfc;
        let link_type = self.order.u32(header, 20) & 0x03ff_ffff;
        self.link_type = LinkType(u16::try_from(link_type).unwrap_or(u16::MAX));
        if self.record_header == MODIFIED_RECORD_HEADER && self.link_type == LinkType::ETHERNET {
            // The patch wrote an Ethernet header that it did not count.
            self.snapshot = self.snapshot.saturating_add(14);
        }
        if (major, minor) == (2, 2)
            && self.is_usual()
            && let Some(link_type) = aix(link_type)
        {
            self.link_type = link_type;
            self.resolution = Resolution::Nano;
        }
        Ok(self)
    }

    /// Of libpcap's first magic number.
    const fn is_usual(&self) -> bool {
        self.file_header == FILE_HEADER
            && self.record_header == RECORD_HEADER
            && matches!(self.resolution, Resolution::Micro)
    }

    #[inline]
    fn record(&self, octets: &[u8]) -> RecordHeader {
        let words = self.order.words(octets).unwrap_or_default();
        let [seconds, fraction, mut captured, mut len] = words;
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
        RecordHeader {
            time,
            captured,
            len,
        }
    }
}

/// The link type of a file from AIX, which writes version 2.2, nanoseconds, and
/// interface types of SNMP for link types. No other file of that version has
/// one of these numbers, but for those of PPP from before 1994.
const fn aix(interface_type: u32) -> Option<LinkType> {
    match interface_type {
        6 => Some(LinkType::ETHERNET),
        // Token Ring.
        9 => Some(LinkType(6)),
        15 => Some(LinkType::FDDI),
        24 => Some(LinkType::NULL),
        _ => None,
    }
}
