//! The pcap format, byte for byte as libpcap writes it: in the byte order of
//! this machine.

use super::output::Output;
use crate::capture::dlt;
use crate::error::Error;
use crate::frame::{Frame, MAX_LEN};
use crate::link_type::LinkType;
use crate::origin::Interface;
use crate::time::Resolution;

/// Where the header keeps the snapshot length.
const SNAPSHOT_AT: u64 = 16;

/// A writer of pcap.
#[derive(Debug)]
pub(super) struct PcapWriter {
    resolution: Resolution,
    link_type: LinkType,
    check_sequence: u8,
    snapshot: u32,
}

impl PcapWriter {
    pub(super) fn new(resolution: Resolution, interface: &Interface) -> Self {
        Self {
            resolution,
            link_type: dlt::canonical(interface.link_type),
            check_sequence: interface.check_sequence,
            snapshot: match interface.snapshot {
                0 | 0x8000_0000.. => MAX_LEN,
                snapshot => snapshot,
            },
        }
    }

    pub(super) fn header(&self, room: &mut Vec<u8>) {
        let magic: u32 = match self.resolution {
            Resolution::Micro => 0xa1b2_c3d4,
            Resolution::Nano => 0xa1b2_3c4d,
        };
        room.extend(magic.to_ne_bytes());
        // Version 2.4.
        room.extend(2_u16.to_ne_bytes());
        room.extend(4_u16.to_ne_bytes());
        // Two words that nobody uses.
        room.extend([0; 8]);
        room.extend(self.snapshot.to_ne_bytes());
        let link_type = u32::from(self.link_type.0);
        room.extend((link_type | u32::from(self.check_sequence) << 24).to_ne_bytes());
    }

    pub(super) fn record(&mut self, frame: &Frame<'_>, output: &mut Output) -> Result<(), Error> {
        if frame.link_type != self.link_type && dlt::canonical(frame.link_type) != self.link_type {
            return Err(output.refused(
                "a pcap file holds frames of one link type, and here begins another; \
                 give the file a name that ends in .pcapng",
            ));
        }
        let captured = u32::try_from(frame.bytes.len()).unwrap_or(u32::MAX);
        if captured > self.snapshot {
            // From another file or interface. A reader would cut the frame.
            self.snapshot = MAX_LEN;
            output.correct(SNAPSHOT_AT, &self.snapshot.to_ne_bytes())?;
        }
        let (seconds, nanoseconds) = frame.time.recorded();
        let fraction = match (self.resolution, frame.resolution) {
            (Resolution::Nano, _) => low_half(nanoseconds),
            (Resolution::Micro, Resolution::Micro) => low_half(nanoseconds / 1_000),
            // libpcap takes the field for a signed number, which matters where
            // it is damaged.
            (Resolution::Micro, Resolution::Nano) => {
                (low_half(nanoseconds).cast_signed() / 1_000).cast_unsigned()
            }
        };
        let room = output.room();
        for word in [
            low_half(seconds.cast_unsigned()),
            fraction,
            captured,
            frame.len,
        ] {
            room.extend_from_slice(&word.to_ne_bytes());
        }
        room.extend_from_slice(frame.bytes);
        Ok(())
    }
}

/// What a field of 32 bits keeps.
fn low_half(number: u64) -> u32 {
    let [a, b, c, d, ..] = number.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
