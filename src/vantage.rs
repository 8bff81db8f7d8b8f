//! Where a segment was captured, as far as its frame tells.

use crate::frame::Frame;
use crate::layer::{Layer, LayerKind};
use crate::octets::be16;

/// Where a segment was captured: on which interface, and behind which headers.
///
/// The same segment may be seen at several such places: on each interface that it
/// passes, with a VLAN tag and without, inside a tunnel and outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Vantage {
    /// The interface: by [`Frame::interface`], or, of a cooked frame that says it,
    /// by its number on the capturing host, with [`Self::OF_HOST`] added.
    pub interface: u32,
    /// The headers around the innermost datagram, and what they say of its way, in
    /// short; 0 where there is nothing but Ethernet.
    pub path: u32,
    /// What a cooked frame says of its way: in, out, for another; 0 elsewhere.
    pub way: u8,
}

/// Multiplies well: the golden ratio.
const MIX: u32 = 0x9e37_79b1;

impl Vantage {
    /// Of a segment that nobody asks.
    pub const UNKNOWN: Self = Self {
        interface: 0,
        path: 0,
        way: 0,
    };
    /// Marks an interface that is known by its number on the capturing host.
    pub const OF_HOST: u32 = 1 << 31;

    /// Of a frame that is Ethernet with one datagram in it.
    #[must_use]
    #[inline]
    pub const fn plain(frame: &Frame<'_>) -> Self {
        Self {
            interface: frame.interface,
            path: 0,
            way: 0,
        }
    }

    /// Of a frame with these headers before TCP.
    #[must_use]
    pub fn of(frame: &Frame<'_>, layers: &[Layer]) -> Self {
        let mut at = Self::plain(frame);
        let mut datagrams = 0;
        for layer in layers {
            let octets = frame.bytes.get(layer.start as usize..).unwrap_or_default();
            match layer.kind {
                LayerKind::Ethernet | LayerKind::Loopback | LayerKind::Raw => continue,
                LayerKind::Ipv4 | LayerKind::Ipv6 => {
                    datagrams += 1;
                    if datagrams == 1 {
                        continue;
                    }
                }
                // The tag's number, not its priority.
                LayerKind::Vlan => at.pass(u32::from(be16(octets, 0) & 0x0fff)),
                LayerKind::LinuxSll => {
                    at.way = octets.get(1).copied().unwrap_or(0);
                    continue;
                }
                LayerKind::LinuxSll2 => {
                    let number = u32::from(be16(octets, 4)) << 16 | u32::from(be16(octets, 6));
                    at.interface = number | Self::OF_HOST;
                    at.way = octets.get(10).copied().unwrap_or(0);
                    continue;
                }
                _ => {}
            }
            at.pass(layer.kind as u32);
        }
        at
    }

    /// Whether it is the same interface and the same headers, whatever the way.
    #[must_use]
    pub const fn is_at(self, other: Self) -> bool {
        self.interface == other.interface && self.path == other.path
    }

    const fn pass(&mut self, what: u32) {
        self.path = (self.path.rotate_left(5) ^ (what + 1)).wrapping_mul(MIX);
    }
}
