//! What a capture is: how much, of what, from when to when.

use crate::frame::Frame;
use crate::link_type::LinkType;
use crate::time::{Resolution, Span, Timestamp};

/// The most link types, and names of interfaces, that are told apart.
const MOST: usize = 8;

/// What a capture is.
#[derive(Debug, Clone, Default)]
pub struct Extent {
    /// Octets of its frames on the wire, as far as the frames say.
    pub octets: u64,
    /// Octets of them that were captured.
    pub captured_octets: u64,
    /// The earliest time of a frame and the latest, wherever they stand.
    pub times: Option<(Timestamp, Timestamp)>,
    /// How finely times are known.
    pub resolution: Resolution,
    /// What frames begin with, in the order of first ones: eight at most.
    pub link_types: Vec<LinkType>,
    /// What the interfaces are called, as far as the capture says: eight at most.
    pub interfaces: Vec<Box<str>>,
    /// The link type and the interface of the latest frame.
    latest: Option<(LinkType, u32)>,
}

impl Extent {
    /// Takes a frame.
    #[inline]
    pub(super) fn take(&mut self, frame: &Frame<'_>) {
        self.octets += u64::from(frame.len);
        self.captured_octets += frame.bytes.len() as u64;
        let time = frame.time;
        self.times = Some(match self.times {
            Some((first, last)) => (first.min(time), last.max(time)),
            None => (time, time),
        });
        if frame.resolution == Resolution::Nano {
            self.resolution = Resolution::Nano;
        }
        let at = (frame.link_type, frame.interface);
        if self.latest != Some(at) {
            self.latest = Some(at);
            self.come_from(frame);
        }
    }

    #[cold]
    fn come_from(&mut self, frame: &Frame<'_>) {
        let link_type = frame.link_type;
        if self.link_types.len() < MOST && !self.link_types.contains(&link_type) {
            self.link_types.push(link_type);
        }
        let name = frame.captured_on().and_then(|on| on.name.as_deref());
        let is_known = |name: &str| self.interfaces.iter().any(|known| **known == *name);
        if let Some(name) = name.filter(|name| !is_known(name))
            && self.interfaces.len() < MOST
        {
            self.interfaces.push(name.into());
        }
    }

    /// From the earliest frame to the latest.
    #[must_use]
    pub fn lasted(&self) -> Span {
        self.times.map_or(Span(0), |(first, last)| last - first)
    }
}
