//! A frame as it was captured.

use crate::link_type::LinkType;
use crate::time::{Resolution, Timestamp};

/// The longest frame that is believed, on the wire or in a file: libpcap's
/// `MAXIMUM_SNAPLEN`.
pub const MAX_LEN: u32 = 262_144;

/// One captured frame, borrowed from its source.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Its number among the frames that passed the filter, from 1 and over all
    /// files of a run; the pipeline counts, a source leaves 0.
    pub number: u64,
    /// When it was captured.
    pub time: Timestamp,
    /// How finely that is known.
    pub resolution: Resolution,
    /// What its first octets are.
    pub link_type: LinkType,
    /// Octets on the wire.
    pub len: u32,
    /// The octets captured, at most `len` of them unless the record is damaged.
    pub bytes: &'a [u8],
}
