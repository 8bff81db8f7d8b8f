//! The pcapng format (draft-ietf-opsawg-pcapng): sections of either byte
//! order, interfaces with their own link type, snapshot length and clock.
//!
//! Frames are counted as in Wireshark, which has more of them: what custom blocks
//! hold, entries of a journal and system calls have a number too, and are no
//! frames here. A block is believed where its two lengths agree; what it cannot
//! mean ends the run, as in Wireshark, unless it is only about the time or a name.

mod clock;
mod description;
mod options;
mod packet;

use self::clock::InterfaceClock;
use self::packet::PacketBlock;
use crate::capture::bpf::Program;
use crate::capture::filter::Filter;
use crate::capture::numbers::FrameNumbers;
use crate::capture::order::Order;
use crate::capture::window::{Fill, Upcoming, Window};
use crate::capture::{Next, Source};
use crate::error::Error;
use crate::frame::{Frame, MAX_LEN};
use crate::link_type::LinkType;
use crate::origin::Origin;
use crate::time::Timestamp;

/// The type of a section header block, the same in both byte orders.
pub(super) const MAGIC: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];

/// Block types.
const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const NAMES: u32 = 4;
const JOURNAL_ENTRY: u32 = 9;
const CUSTOM: [u32; 2] = [0x0000_0bad, 0x4000_0bad];
const SYSTEM_CALL: [u32; 2] = [0x204, 0x208];

/// Octets of type and length before a block's body, and of the length after.
const BLOCK_HEAD: usize = 8;
const BLOCK_TAIL: usize = 4;
/// The largest block that is believed, as in libpcap.
const MAX_BLOCK: usize = 16 * 1024 * 1024;
/// The most interfaces a section may describe, and the octets of text that are
/// kept of them: bounds what a hostile file can make the reader keep.
const MAX_INTERFACES: usize = 65_536;
const MAX_TEXT: usize = 4 * 1024 * 1024;

/// A reader of a pcapng file.
pub struct Pcapng {
    window: Window,
    filter: Filter,
    order: Order,
    numbers: FrameNumbers,
    interfaces: Vec<Essentials>,
    origin: Origin,
    text_room: usize,
}

/// What is needed of an interface for each frame.
#[derive(Debug, Clone, Copy)]
struct Essentials {
    link_type: LinkType,
    snapshot: u32,
    clock: InterfaceClock,
}

impl Pcapng {
    /// Reads up to the first interface, so that it can be asked for.
    pub(super) fn new(window: Window, filter: Filter) -> Result<Self, Error> {
        let mut pcapng = Self {
            window,
            filter,
            order: Order::Little,
            numbers: FrameNumbers::default(),
            interfaces: Vec::new(),
            origin: Origin::default(),
            text_room: MAX_TEXT,
        };
        while pcapng.interfaces.is_empty() {
            match pcapng.next_block()? {
                Upcoming::Here((kind, total)) if !is_packet(kind) => pcapng.learn(kind, total)?,
                Upcoming::Here(_) | Upcoming::End => break,
                // Waits.
                Upcoming::NotYet => {}
            }
        }
        Ok(pcapng)
    }

    /// Makes the next block visible as a whole; its type and total length.
    fn next_block(&mut self) -> Result<Upcoming<(u32, usize)>, Error> {
        match self.window.fill(BLOCK_HEAD + BLOCK_TAIL)? {
            Fill::Enough => {}
            Fill::NotYet => return Ok(Upcoming::NotYet),
            Fill::Ended if self.window.octets().is_empty() => return Ok(Upcoming::End),
            Fill::Ended => return Err(self.window.damaged("the file ends inside a block header")),
        }
        if self.window.octets().starts_with(&MAGIC) {
            self.begin_section()?;
        }
        let octets = self.window.octets();
        let (kind, total) = (self.order.u32(octets, 0), self.order.u32(octets, 4));
        let total = total as usize;
        if total < BLOCK_HEAD + BLOCK_TAIL || !total.is_multiple_of(4) {
            return Err(self.window.damaged("an impossible block length"));
        }
        if total > MAX_BLOCK {
            return Err(self.window.damaged("a block of over 16 MiB"));
        }
        match self.window.fill(total)? {
            Fill::Enough => {}
            Fill::NotYet => return Ok(Upcoming::NotYet),
            Fill::Ended => return Err(self.window.damaged("the file ends inside a block")),
        }
        if self.order.u32(self.window.octets(), total - BLOCK_TAIL) as usize != total {
            return Err(self.window.damaged("the two lengths of a block differ"));
        }
        Ok(Upcoming::Here((kind, total)))
    }

    /// Learns the byte order of a section before its first length is read.
    fn begin_section(&mut self) -> Result<(), Error> {
        let order = self.window.octets().get(8..12).unwrap_or_default();
        self.order = match order {
            [0x1a, 0x2b, 0x3c, 0x4d] => Order::Big,
            [0x4d, 0x3c, 0x2b, 0x1a] => Order::Little,
            _ => {
                let reason = "a section header without byte order";
                return Err(self.window.damaged(reason));
            }
        };
        self.filter.set_order(self.order);
        self.interfaces.clear();
        self.origin.interfaces.clear();
        self.origin.comment = None;
        self.text_room = MAX_TEXT;
        Ok(())
    }

    /// Takes what a block without a frame says, and passes it: statistics,
    /// secrets, custom blocks and whatever comes say nothing here.
    #[cold]
    fn learn(&mut self, kind: u32, total: usize) -> Result<(), Error> {
        let block = self.window.octets().get(..total).unwrap_or_default();
        let body = block.get(BLOCK_HEAD..total - BLOCK_TAIL);
        let body = body.unwrap_or_default();
        match kind {
            SECTION if total < 28 => {
                let reason = "a section header that is too short";
                return Err(self.window.damaged(reason));
            }
            SECTION => self.origin.comment = description::comment(self.order, body),
            INTERFACE => self.learn_interface(total)?,
            NAMES => description::names(self.order, body, &mut self.origin.names),
            _ if is_numbered(kind) => self.numbers.pass_over(),
            _ => {}
        }
        self.window.advance(total);
        Ok(())
    }

    fn learn_interface(&mut self, total: usize) -> Result<(), Error> {
        let block = self.window.octets().get(..total).unwrap_or_default();
        let body = block.get(BLOCK_HEAD..total - BLOCK_TAIL);
        let body = body.unwrap_or_default();
        if body.len() < description::INTERFACE_HEADER {
            let reason = "an interface description that is too short";
            return Err(self.window.damaged(reason));
        }
        if self.interfaces.len() == MAX_INTERFACES {
            let reason = "over 65536 interfaces in a section";
            return Err(self.window.damaged(reason));
        }
        let described = description::interface(self.order, body, &mut self.text_room);
        let Ok((interface, offset)) = described else {
            let reason = "an interface option that is longer than its block";
            return Err(self.window.damaged(reason));
        };
        self.filter.offer(interface.link_type);
        self.interfaces.push(Essentials {
            link_type: interface.link_type,
            snapshot: match interface.snapshot {
                0 => u32::MAX,
                snapshot => snapshot,
            },
            clock: InterfaceClock::new(interface.resolution, offset),
        });
        self.origin.interfaces.push(interface);
        Ok(())
    }

    /// Checks what a packet block says; its frame is inside the block then.
    #[inline]
    fn packet(&self, kind: u32, total: usize) -> Result<(PacketBlock, Essentials), Error> {
        let block = self.window.octets().get(..total).unwrap_or_default();
        let Some(mut packet) = PacketBlock::read(self.order, kind, block) else {
            let reason = "a packet block that is too short";
            return Err(self.window.damaged(reason));
        };
        let Some(&interface) = self.interfaces.get(packet.interface as usize) else {
            let reason = "a packet of an interface that was not described";
            return Err(self.window.damaged(reason));
        };
        if packet.units.is_none() {
            packet.captured = packet.captured.min(interface.snapshot as usize);
        }
        if packet.captured > MAX_LEN as usize {
            let reason = "a record claims over 262144 captured octets";
            return Err(self.window.damaged(reason));
        }
        if packet.frame(block).is_none() {
            let reason = "a packet that is longer than its block";
            return Err(self.window.damaged(reason));
        }
        Ok((packet, interface))
    }
}

impl Source for Pcapng {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        let (packet, interface, total) = loop {
            let (kind, total) = match self.next_block()? {
                Upcoming::Here(block) => block,
                Upcoming::NotYet => return Ok(Next::Quiet),
                Upcoming::End => {
                    self.filter.program()?;
                    return Ok(Next::End);
                }
            };
            if !is_packet(kind) {
                self.learn(kind, total)?;
                continue;
            }
            let (packet, interface) = self.packet(kind, total)?;
            let frame = packet.frame(self.window.octets());
            let bytes = frame.unwrap_or_default();
            let link_type = interface.link_type;
            let passes =
                self.filter.accepts_all() || self.filter.accepts(link_type, bytes, packet.len)?;
            self.window.advance(total);
            if passes {
                break (packet, interface, total);
            }
            self.numbers.pass_over();
        };
        let block = self.window.passed(total);
        let time = packet.units.map(|units| interface.clock.time(units));
        Ok(Next::Frame(Frame {
            number: self.numbers.take(),
            time: time.unwrap_or(Timestamp::default()),
            resolution: interface.clock.resolution(),
            link_type: interface.link_type,
            len: packet.len,
            bytes: packet.frame(block).unwrap_or_default(),
            interface: packet.interface,
            comment: packet.comment(self.order, block),
            origin: Some(&self.origin),
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

/// Whether a block is no packet and has a frame's number in Wireshark.
fn is_numbered(kind: u32) -> bool {
    kind == JOURNAL_ENTRY || CUSTOM.contains(&kind) || SYSTEM_CALL.contains(&kind)
}

const fn is_packet(kind: u32) -> bool {
    matches!(kind, packet::ENHANCED | packet::SIMPLE | packet::OBSOLETE)
}
