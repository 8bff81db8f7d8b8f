//! The header of a segment, kept so that the segment can be observed again.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::options::TcpOptions;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Timestamp;
use crate::track::held::Held;
use crate::track::sighting::{Glimpse, Sighting};
use crate::vantage::Vantage;

/// The most octets of options: fifteen words of header, less five.
const MOST_OPTIONS: usize = 40;
/// A segment of which no data was captured, without its addresses, which the key of its
/// connection has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    frame: NonZeroU64,
    time: Timestamp,
    seq: SeqNum,
    ack: SeqNum,
    payload_len: u32,
    flags: Flags,
    window: u16,
    urgent: u16,
    checksum: u16,
    identification: Option<u16>,
    ttl: u8,
    ecn: u8,
    len: u8,
    missing_options: u8,
    options_len: u8,
    is_fragment: bool,
    /// What it was to those seen before it.
    sight: Glimpse,
    /// What kinds of segment the capture had held before it.
    held: Held,
    sender: End,
    options: [u8; MOST_OPTIONS],
}

impl Header {
    /// The header of a segment that comes from an end; `None` where it could not
    /// be observed again as it was.
    pub(super) fn of(segment: &Segment<'_>, sender: End, sight: Sighting) -> Option<Self> {
        let mut options = [0; MOST_OPTIONS];
        let octets = segment.options.bytes;
        options.get_mut(..octets.len())?.copy_from_slice(octets);
        // How its data begins tells it from another text for the same octets.
        if !segment.payload.is_empty() {
            return None;
        }
        Some(Self {
            frame: segment.frame,
            time: segment.time,
            seq: segment.seq,
            ack: segment.ack,
            payload_len: segment.payload_len,
            flags: segment.flags,
            window: segment.window,
            urgent: segment.urgent,
            checksum: segment.checksum,
            identification: segment.identification,
            ttl: segment.ttl,
            ecn: segment.ecn,
            len: segment.header_len,
            missing_options: segment.options.missing,
            options_len: u8::try_from(octets.len()).ok()?,
            is_fragment: segment.is_fragment,
            sight: sight.into(),
            held: Held::default(),
            sender,
            options,
        })
    }

    /// The same, where the capture had held these kinds of segment before it.
    pub(super) const fn behind(self, held: Held) -> Self {
        Self { held, ..self }
    }

    /// What kinds of segment the capture had held before it.
    pub(super) const fn held(&self) -> Held {
        self.held
    }

    /// The end that sent it.
    pub(super) const fn sender(&self) -> End {
        self.sender
    }

    /// What the segment was to those seen before it.
    pub(super) const fn sight(&self) -> Sighting {
        self.sight.of(self.frame)
    }

    /// Whether a segment of an end is the same SYN again.
    pub(super) fn is_repeated_by(&self, sender: End, segment: &Segment<'_>) -> bool {
        sender == self.sender && !segment.is_ack() && segment.seq == self.seq
    }

    /// Whether a segment of an end is the SYN-ACK that answers this SYN.
    pub(super) fn is_answered_by(&self, sender: End, segment: &Segment<'_>) -> bool {
        sender != self.sender && segment.is_ack() && segment.ack == self.seq + 1
    }

    /// When it was captured.
    pub(super) const fn time(&self) -> Timestamp {
        self.time
    }

    /// The segment again, of a connection with this key; its data is not.
    pub(super) fn segment(&self, key: &FlowKey) -> Segment<'_> {
        Segment {
            frame: self.frame,
            time: self.time,
            src: key.end(self.sender),
            dst: key.end(self.sender.other()),
            ttl: self.ttl,
            ecn: self.ecn,
            identification: self.identification,
            seq: self.seq,
            ack: self.ack,
            flags: self.flags,
            window: self.window,
            urgent: self.urgent,
            checksum: self.checksum,
            header_len: self.len,
            options: TcpOptions {
                bytes: &self.options[..usize::from(self.options_len)],
                missing: self.missing_options,
            },
            payload_len: self.payload_len,
            payload: &[],
            is_fragment: self.is_fragment,
            vantage: Vantage::UNKNOWN,
        }
    }
}
