//! What to capture on an interface, for either backend.

use rustix::system::uname;

use crate::capture::filter::Filter;
use crate::capture::live::interfaces;
use crate::frame::MAX_LEN;
use crate::link_type::LinkType;
use crate::origin::{Interface, Origin};

/// What to capture on an interface, and how.
#[derive(Debug, Clone)]
pub struct LiveOptions {
    /// The interface's name; `any` for all of them.
    pub interface: String,
    /// Which frames.
    pub filter: Filter,
    /// Octets kept of each frame, 1 to [`MAX_LEN`].
    pub snapshot: u32,
    /// The kernel's buffer, in KiB.
    pub buffer_kib: u32,
    /// Also frames to other hosts, where the interface sees them.
    pub promiscuous: bool,
    /// Each frame at once, at the price of a buffer that holds fewer.
    pub immediate: bool,
    /// Monitor mode, for IEEE 802.11.
    pub monitor: bool,
    /// Which way the frames go.
    pub direction: Direction,
    /// The link type by libpcap's name for it, where the interface offers
    /// several.
    pub link_type: Option<String>,
}

/// Which way captured frames go, as this host sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// To this host and from it.
    #[default]
    Both,
    /// To this host.
    In,
    /// From this host.
    Out,
}

impl LiveOptions {
    /// Whole frames of an interface that pass `filter`, with a buffer of
    /// 16 MiB: eight times tcpdump's, an eighth of a second at 1 Gbit/s.
    #[must_use]
    pub fn new(interface: &str, filter: Filter) -> Self {
        Self {
            interface: interface.to_owned(),
            filter,
            snapshot: MAX_LEN,
            buffer_kib: 16 * 1024,
            promiscuous: true,
            immediate: false,
            monitor: false,
            direction: Direction::Both,
            link_type: None,
        }
    }

    /// What such a capture says of itself.
    pub(super) fn origin(&self, link_type: LinkType) -> Origin {
        // Nanoseconds, in either backend.
        let interface = Interface::new(link_type, self.snapshot, 9);
        let system = uname();
        let words = [system.sysname(), system.release()].map(|word| word.to_string_lossy());
        let expression = self.filter.expression();
        Origin {
            interfaces: vec![Interface {
                name: Some(self.interface.as_str().into()),
                filter: (!expression.is_empty()).then(|| expression.into()),
                system: Some(words.join(" ").into()),
                ..interface
            }],
            host_interfaces: interfaces::names(),
            ..Origin::default()
        }
    }
}
