//! The pcapng format (draft-ietf-opsawg-pcapng): sections of either byte
//! order, interfaces with their own link type, snapshot length and clock.

use std::io::Read;
use std::path::PathBuf;

use crate::capture::filter::Filter;
use crate::capture::window::Window;
use crate::capture::{Next, Source};
use crate::error::Error;
use crate::frame::{Frame, MAX_LEN};
use crate::link_type::LinkType;
use crate::time::{Resolution, Timestamp};

/// The type of a section header block, the same in both byte orders.
pub(super) const MAGIC: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];

/// Block types.
const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const OBSOLETE_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const ENHANCED_PACKET: u32 = 6;

/// Octets of type and length before a block's body, and of the length after.
const BLOCK_HEAD: usize = 8;
const BLOCK_TAIL: usize = 4;
/// The largest block that is believed, as in libpcap.
const MAX_BLOCK: usize = 16 * 1024 * 1024;
/// The most interfaces a section may describe: bounds what a hostile file can
/// make the reader keep.
const MAX_INTERFACES: usize = 65_536;

/// A reader of a pcapng file.
pub struct Pcapng<R> {
    path: PathBuf,
    window: Window<R>,
    filter: Filter,
    big_endian: bool,
    interfaces: Vec<Interface>,
}

/// What an interface description block says.
#[derive(Debug, Clone, Copy)]
struct Interface {
    link_type: LinkType,
    snapshot: u32,
    clock: Clock,
}

/// How an interface counts time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    units_per_second: u64,
    /// Seconds to be added (`if_tsoffset`).
    offset: i64,
}

/// Where a packet block keeps its frame, as offsets from the block's start.
struct Record {
    interface: Interface,
    time: Timestamp,
    len: u32,
    data: usize,
    captured: usize,
}

impl<R: Read> Pcapng<R> {
    pub(super) fn new(path: PathBuf, window: Window<R>, filter: Filter) -> Self {
        Self {
            path,
            window,
            filter,
            big_endian: false,
            interfaces: Vec::new(),
        }
    }

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

    /// Makes the next block visible as a whole; its type and total length.
    fn next_block(&mut self) -> Result<Option<(u32, usize)>, Error> {
        if !self.read(BLOCK_HEAD + BLOCK_TAIL)? {
            return match self.window.octets() {
                [] => Ok(None),
                _ => Err(self.damaged("the file ends inside a block header")),
            };
        }
        if self.window.octets().starts_with(&MAGIC) {
            self.begin_section()?;
        }
        let octets = self.window.octets();
        let (kind, total) = (self.u32_at(octets, 0), self.u32_at(octets, 4) as usize);
        if total < BLOCK_HEAD + BLOCK_TAIL || !total.is_multiple_of(4) {
            return Err(self.damaged("an impossible block length"));
        }
        if total > MAX_BLOCK {
            return Err(self.damaged("a block of over 16 MiB"));
        }
        if !self.read(total)? {
            return Err(self.damaged("the file ends inside a block"));
        }
        let octets = self.window.octets();
        if self.u32_at(octets, total - BLOCK_TAIL) as usize != total {
            return Err(self.damaged("the two lengths of a block differ"));
        }
        Ok(Some((kind, total)))
    }

    /// Learns the byte order of a section before its first length is read.
    fn begin_section(&mut self) -> Result<(), Error> {
        let order = self.window.octets().get(8..12).unwrap_or_default();
        self.big_endian = match order {
            [0x1a, 0x2b, 0x3c, 0x4d] => true,
            [0x4d, 0x3c, 0x2b, 0x1a] => false,
            _ => return Err(self.damaged("a section header without byte order")),
        };
        self.interfaces.clear();
        Ok(())
    }

    /// What an interface description block says: link type, reserved,
    /// snapshot length, options.
    fn interface(&self, block: &[u8]) -> Result<Interface, Error> {
        let body = block
            .get(BLOCK_HEAD..block.len() - BLOCK_TAIL)
            .unwrap_or_default();
        if body.len() < 8 {
            return Err(self.damaged("an interface description that is too short"));
        }
        let mut units_per_second = 1_000_000;
        let mut offset = 0;
        let mut options = &body[8..];
        while options.len() >= 4 {
            let (code, len) = (
                self.u16_at(options, 0),
                usize::from(self.u16_at(options, 2)),
            );
            let Some(value) = options.get(4..4 + len) else {
                return Err(self.damaged("an interface option that is longer than its block"));
            };
            match (code, value) {
                (0, _) => break,
                (9, &[resolution]) => {
                    units_per_second = units(resolution)
                        .ok_or_else(|| self.damaged("a timestamp resolution finer than 2^-63 s"))?;
                }
                (14, &[_, _, _, _, _, _, _, _]) => offset = self.i64_at(value),
                _ => {}
            }
            options = options
                .get(4 + len.next_multiple_of(4)..)
                .unwrap_or_default();
        }
        Ok(Interface {
            link_type: LinkType(self.u16_at(body, 0)),
            snapshot: match self.u32_at(body, 4) {
                0 => u32::MAX,
                snapshot => snapshot,
            },
            clock: Clock {
                units_per_second,
                offset,
            },
        })
    }

    /// The frame in an enhanced or (obsolete) packet block. Both hold
    /// interface, timestamp and lengths; the old one has a drop count in the
    /// upper half of the first word.
    fn packet(&self, block: &[u8], kind: u32) -> Result<Record, Error> {
        let number = if kind == OBSOLETE_PACKET {
            u32::from(self.u16_at(block, 8))
        } else {
            self.u32_at(block, 8)
        };
        let interface = self.described(number)?;
        let units = u64::from(self.u32_at(block, 12)) << 32 | u64::from(self.u32_at(block, 16));
        let captured = self.u32_at(block, 20);
        let len = self.u32_at(block, 24);
        let time = interface.clock.time(units);
        self.record(
            block,
            Record {
                interface,
                time,
                len,
                data: 28,
                captured: captured as usize,
            },
        )
    }

    /// The frame in a simple packet block: no timestamp, the first interface,
    /// and what is captured follows from the snapshot length.
    fn simple_packet(&self, block: &[u8]) -> Result<Record, Error> {
        let interface = self.described(0)?;
        let len = self.u32_at(block, 8);
        let captured = len.min(interface.snapshot) as usize;
        let time = Timestamp::default();
        self.record(
            block,
            Record {
                interface,
                time,
                len,
                data: 12,
                captured,
            },
        )
    }

    fn record(&self, block: &[u8], record: Record) -> Result<Record, Error> {
        if record.captured > MAX_LEN as usize {
            return Err(self.damaged("a record claims over 262144 captured octets"));
        }
        if record.data + record.captured + BLOCK_TAIL > block.len() {
            return Err(self.damaged("a packet that is longer than its block"));
        }
        Ok(record)
    }

    fn described(&self, interface: u32) -> Result<Interface, Error> {
        self.interfaces
            .get(interface as usize)
            .copied()
            .ok_or_else(|| self.damaged("a packet of an interface that was not described"))
    }

    /// Reads blocks until one holds a frame; the frame's block stays visible.
    fn next_record(&mut self) -> Result<Option<(Record, usize)>, Error> {
        while let Some((kind, total)) = self.next_block()? {
            let block = self.window.octets().get(..total).unwrap_or_default();
            let record = match kind {
                ENHANCED_PACKET | OBSOLETE_PACKET if total >= 32 => Some(self.packet(block, kind)?),
                SIMPLE_PACKET if total >= 16 => Some(self.simple_packet(block)?),
                ENHANCED_PACKET | OBSOLETE_PACKET | SIMPLE_PACKET => {
                    return Err(self.damaged("a packet block that is too short"));
                }
                INTERFACE => {
                    let interface = self.interface(block)?;
                    if self.interfaces.len() == MAX_INTERFACES {
                        return Err(self.damaged("over 65536 interfaces in a section"));
                    }
                    if self.interfaces.is_empty() {
                        self.filter.compile(interface.link_type)?;
                    }
                    self.interfaces.push(interface);
                    None
                }
                SECTION if total < 28 => {
                    return Err(self.damaged("a section header that is too short"));
                }
                // Statistics, names, secrets, comments and whatever comes.
                _ => None,
            };
            if let Some(record) = record {
                return Ok(Some((record, total)));
            }
            self.window.advance(total);
        }
        Ok(None)
    }

    fn u16_at(&self, octets: &[u8], at: usize) -> u16 {
        let two = octets
            .get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied();
        let two = two.unwrap_or_default();
        if self.big_endian {
            u16::from_be_bytes(two)
        } else {
            u16::from_le_bytes(two)
        }
    }

    fn u32_at(&self, octets: &[u8], at: usize) -> u32 {
        let four = octets
            .get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied();
        let four = four.unwrap_or_default();
        if self.big_endian {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        }
    }

    fn i64_at(&self, octets: &[u8]) -> i64 {
        let eight = octets.first_chunk().copied().unwrap_or_default();
        if self.big_endian {
            i64::from_be_bytes(eight)
        } else {
            i64::from_le_bytes(eight)
        }
    }
}

impl<R: Read> Source for Pcapng<R> {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        let (record, total) = loop {
            let Some((record, total)) = self.next_record()? else {
                return Ok(Next::End);
            };
            let bytes = self
                .window
                .octets()
                .get(record.data..record.data + record.captured);
            let bytes = bytes.unwrap_or_default();
            let passes = self
                .filter
                .accepts(record.interface.link_type, bytes, record.len)?;
            self.window.advance(total);
            if passes {
                break (record, total);
            }
        };
        let block = self.window.passed(total);
        Ok(Next::Frame(Frame {
            number: 0,
            time: record.time,
            resolution: record.interface.clock.resolution(),
            link_type: record.interface.link_type,
            len: record.len,
            bytes: block
                .get(record.data..record.data + record.captured)
                .unwrap_or_default(),
        }))
    }
}

/// Units in a second of an `if_tsresol`: a negative power of ten, or of two
/// where the top bit is set. `None` where they do not fit.
fn units(resolution: u8) -> Option<u64> {
    let (base, exponent) = if resolution & 0x80 == 0 {
        (10, resolution)
    } else {
        (2, resolution & 0x7f)
    };
    u64::checked_pow(base, u32::from(exponent))
}

impl Clock {
    /// The time after `units`; finer digits than nanoseconds are cut off.
    fn time(self, units: u64) -> Timestamp {
        let seconds = (units / self.units_per_second).cast_signed();
        let rest = u128::from(units % self.units_per_second);
        let nanoseconds = rest * 1_000_000_000 / u128::from(self.units_per_second);
        #[expect(clippy::cast_possible_truncation, reason = "under 10^9")]
        Timestamp::new(seconds.saturating_add(self.offset), nanoseconds as u64)
    }

    const fn resolution(self) -> Resolution {
        if self.units_per_second > 1_000_000 {
            Resolution::Nano
        } else {
            Resolution::Micro
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_resolution_comes_to_nanoseconds() {
        let time = |resolution, units_seen| {
            let clock = Clock {
                units_per_second: units(resolution).unwrap(),
                offset: 0,
            };
            clock.time(units_seen)
        };
        assert_eq!(time(6, 1_500_000), Timestamp::new(1, 500_000_000));
        assert_eq!(time(9, 1_000_000_007), Timestamp::new(1, 7));
        assert_eq!(time(12, 1_000_000_007_999), Timestamp::new(1, 7));
        assert_eq!(time(0, 3), Timestamp::new(3, 0));
        assert_eq!(time(0x80 | 32, 3 << 31), Timestamp::new(1, 500_000_000));
        assert_eq!(units(20), None);
        assert_eq!(units(0x80 | 64), None);
    }

    #[test]
    fn an_offset_moves_whole_seconds() {
        let clock = Clock {
            units_per_second: 1_000,
            offset: -2,
        };
        assert_eq!(clock.time(3_250), Timestamp::new(1, 250_000_000));
    }
}
