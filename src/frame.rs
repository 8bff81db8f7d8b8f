//! A frame as it was captured.

use std::num::NonZeroU64;

use crate::link_type::LinkType;
use crate::origin::{Interface, Origin};
use crate::time::{Resolution, Timestamp};

/// The longest frame that is believed, on the wire or in a file: libpcap's
/// `MAXIMUM_SNAPLEN`.
pub const MAX_LEN: u32 = 262_144;

/// One captured frame, borrowed from its source.
///
/// There is no default frame, as there is no number that could be left out:
/// [`numbered`](Self::numbered) is an empty one to build on.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Its number in its file, as Wireshark has it: from 1, over all files of a
    /// run, and whether or not those before it passed the filter. Of a live
    /// capture, and where a run [asks for that](crate::capture::numbers::Numbered),
    /// only those count that did. The source counts.
    pub number: NonZeroU64,
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
    /// The interface it was captured on, by its index in [`Origin::interfaces`].
    pub interface: u32,
    /// What somebody wrote about it; of several comments the first. It may hold
    /// control characters, as any text of a file.
    pub comment: Option<&'a str>,
    /// What the source says beside its frames, as far as it has been read.
    pub origin: Option<&'a Origin>,
}

impl<'a> Frame<'a> {
    /// A frame with this number, and nothing in it yet.
    #[must_use]
    #[inline]
    pub fn numbered(number: NonZeroU64) -> Self {
        Self {
            number,
            time: Timestamp::default(),
            resolution: Resolution::default(),
            link_type: LinkType::default(),
            len: 0,
            bytes: &[],
            interface: 0,
            comment: None,
            origin: None,
        }
    }

    /// The interface it was captured on, where the source describes it.
    #[must_use]
    pub fn captured_on(&self) -> Option<&'a Interface> {
        self.origin?.interfaces.get(self.interface as usize)
    }
}
