//! The pcapng format (draft-ietf-opsawg-pcapng): one section, in the byte order
//! that nearly all machines have.

use crate::capture::Statistics;
use crate::frame::Frame;
use crate::origin::Interface;
use crate::time::Timestamp;

/// Block types.
const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const STATISTICS: u32 = 5;
const PACKET: u32 = 6;
/// Options of several blocks.
const COMMENT: u16 = 1;
/// The longest value of an option, in octets; a longer one is cut.
const MOST: usize = 65_532;
/// A clock of nanoseconds, by its `if_tsresol`.
const NANOSECONDS: u8 = 9;

/// A writer of pcapng.
#[derive(Debug, Default)]
pub(super) struct PcapngWriter {
    interfaces: Vec<Described>,
    /// The interface of the latest frame.
    latest: usize,
}

/// An interface that is in the file, and what came from it.
#[derive(Debug)]
struct Described {
    interface: Interface,
    clock: u8,
    frames: u64,
    first: Timestamp,
    last: Timestamp,
}

impl PcapngWriter {
    /// Writes the section header.
    pub(super) fn section(comment: Option<&str>, room: &mut Vec<u8>) {
        block(SECTION, room, |room| {
            word(0x1a2b_3c4d, room);
            // Version 1.0, and a length that is not known.
            room.extend([1, 0, 0, 0]);
            room.extend([0xff; 8]);
            text(COMMENT, comment, room);
            let program = concat!("tcptrace ", env!("CARGO_PKG_VERSION"));
            text(4, Some(program), room);
            end_of_options(room);
        });
    }

    /// Writes the description of an interface; its index.
    pub(super) fn interface(&mut self, interface: &Interface, room: &mut Vec<u8>) -> usize {
        // A clock that counts in powers of two, or finer, is nanoseconds by
        // now.
        let clock = interface.resolution.min(NANOSECONDS);
        block(INTERFACE, room, |room| {
            room.extend(interface.link_type.0.to_le_bytes());
            room.extend([0; 2]);
            word(interface.snapshot, room);
            text(COMMENT, interface.comment.as_deref(), room);
            text(2, interface.name.as_deref(), room);
            text(3, interface.description.as_deref(), room);
            option(9, &[clock], room);
            if let Some(filter) = &interface.filter {
                // A zero says that it is an expression of libpcap's.
                option(11, &[b"\0", filter.as_bytes()].concat(), room);
            }
            text(12, interface.system.as_deref(), room);
            end_of_options(room);
        });
        self.interfaces.push(Described {
            interface: interface.clone(),
            clock,
            frames: 0,
            first: Timestamp::default(),
            last: Timestamp::default(),
        });
        self.interfaces.len() - 1
    }

    /// Writes a frame, its comment and other ones; before it, its interface
    /// where that is new.
    pub(super) fn packet<'c>(
        &mut self,
        frame: &Frame<'_>,
        comments: impl IntoIterator<Item = &'c str>,
        room: &mut Vec<u8>,
    ) {
        self.latest = self.place_of(frame, room);
        let Some(described) = self.interfaces.get_mut(self.latest) else {
            return;
        };
        if described.frames == 0 {
            described.first = frame.time;
        }
        described.frames += 1;
        described.last = frame.time;
        let clock = described.clock;
        block(PACKET, room, |room| {
            word(u32::try_from(self.latest).unwrap_or(u32::MAX), room);
            time(frame.time, clock, room);
            word(u32::try_from(frame.bytes.len()).unwrap_or(u32::MAX), room);
            word(frame.len, room);
            room.extend_from_slice(frame.bytes);
            pad(frame.bytes.len(), room);
            let before = room.len();
            text(COMMENT, frame.comment, room);
            for comment in comments {
                text(COMMENT, Some(comment), room);
            }
            if room.len() > before {
                end_of_options(room);
            }
        });
    }

    /// The index of a frame's interface, which is written where it is new.
    fn place_of(&mut self, frame: &Frame<'_>, room: &mut Vec<u8>) -> usize {
        let unknown = Interface::new(frame.link_type, 0, NANOSECONDS);
        let interface = frame.captured_on().unwrap_or(&unknown);
        let is_it = |described: &Described| described.interface == *interface;
        if self.interfaces.get(self.latest).is_some_and(is_it) {
            return self.latest;
        }
        let known = self.interfaces.iter().position(is_it);
        known.unwrap_or_else(|| self.interface(interface, room))
    }

    /// Writes the statistics of each interface. The kernel's, where there are any, are
    /// those of all together, and so only said of one.
    pub(super) fn statistics(&self, statistics: Option<Statistics>, room: &mut Vec<u8>) {
        let statistics = statistics.filter(|_| self.interfaces.len() == 1);
        for (place, described) in self.interfaces.iter().enumerate() {
            let clock = described.clock;
            block(STATISTICS, room, |room| {
                word(u32::try_from(place).unwrap_or(u32::MAX), room);
                time(described.last, clock, room);
                if described.frames > 0 {
                    for (code, at) in [(2, described.first), (3, described.last)] {
                        let mut value = Vec::new();
                        time(at, clock, &mut value);
                        option(code, &value, room);
                    }
                }
                if let Some(statistics) = statistics {
                    option(5, &statistics.dropped_by_interface.to_le_bytes(), room);
                    option(6, &statistics.received.to_le_bytes(), room);
                    option(7, &statistics.dropped.to_le_bytes(), room);
                }
                option(8, &described.frames.to_le_bytes(), room);
                end_of_options(room);
            });
        }
    }
}

/// Writes a block: its type, its length, its body, its length again.
fn block(kind: u32, room: &mut Vec<u8>, body: impl FnOnce(&mut Vec<u8>)) {
    let begin = room.len();
    word(kind, room);
    word(0, room);
    body(room);
    let len = u32::try_from(room.len() - begin + 4).unwrap_or(u32::MAX);
    word(len, room);
    if let Some(place) = room.get_mut(begin + 4..begin + 8) {
        place.copy_from_slice(&len.to_le_bytes());
    }
}

fn word(number: u32, room: &mut Vec<u8>) {
    room.extend_from_slice(&number.to_le_bytes());
}

/// Zeros up to a multiple of four octets.
fn pad(len: usize, room: &mut Vec<u8>) {
    let zeros = len.next_multiple_of(4) - len;
    room.extend_from_slice(&[0; 4][..zeros]);
}

fn option(code: u16, value: &[u8], room: &mut Vec<u8>) {
    let value = &value[..value.len().min(MOST)];
    room.extend_from_slice(&code.to_le_bytes());
    let len = u16::try_from(value.len()).unwrap_or(u16::MAX);
    room.extend_from_slice(&len.to_le_bytes());
    room.extend_from_slice(value);
    pad(value.len(), room);
}

fn text(code: u16, text: Option<&str>, room: &mut Vec<u8>) {
    if let Some(text) = text {
        option(code, text.as_bytes(), room);
    }
}

fn end_of_options(room: &mut Vec<u8>) {
    room.extend_from_slice(&[0; 4]);
}

/// Writes a time in units of a clock, 10^-`clock` seconds, upper half first. The
/// format has none before 1970.
fn time(time: Timestamp, clock: u8, room: &mut Vec<u8>) {
    let clock = u32::from(clock);
    let seconds = i128::from(time.seconds()) * 10_i128.pow(clock);
    let fraction = time.nanosecond() / 10_u32.pow(u32::from(NANOSECONDS) - clock);
    let units = u64::try_from(seconds + i128::from(fraction)).unwrap_or_default();
    room.extend_from_slice(&units.rotate_right(32).to_le_bytes());
}
