//! What the run tells the screen, and what the screen asks of the run.

use std::num::NonZeroU64;

use tcptrace::capture::Statistics;
use tcptrace::frame::Frame;
use tcptrace::link_type::LinkType;
use tcptrace::origin::Origin;
use tcptrace::time::{Resolution, Timestamp};
use tcptrace::totals::Totals;
use tcptrace::track::connection::Connection;
use tcptrace::track::flaws::Flaws;
use tcptrace::track::flow_id::FlowId;

use crate::watch::row::WatchRow;

/// What the run tells the screen.
#[derive(Debug)]
pub enum News {
    /// Connections that have begun or changed; each row replaces the one of its number.
    Rows(Vec<WatchRow>),
    /// Connections that are no longer kept by the run; their last rows stay.
    Gone(Vec<FlowId>),
    /// How the capture goes.
    Capture(Box<CaptureNews>),
    /// Frames of the connection that is open on the screen, in order.
    Frames(FlowId, Vec<KeptFrame>),
    /// So many frames of it, before the next that is told, are no longer kept; those that
    /// were missing further back are counted too.
    Missing(FlowId, u64),
    /// The same connection as it stands.
    Connection(Box<Connection>),
    /// The run is over, and why, where it failed: only frames that are asked for still come.
    Ended(Option<String>),
}

/// How the capture goes.
#[derive(Debug, Clone)]
pub struct CaptureNews {
    /// The time of the latest frame.
    pub latest: Timestamp,
    /// What was counted.
    pub totals: Totals,
    /// The kernel's counters of a live capture.
    pub statistics: Option<Statistics>,
    /// What the capture did to the traffic.
    pub flaws: Flaws,
    /// What the source says beside its frames, once it does.
    pub origin: Option<Origin>,
}

/// What the screen asks of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// Tell the frames of this connection that are kept, and go on telling them.
    Open(FlowId),
    /// No longer.
    Close,
}

/// A frame that is kept for who wants to see it again.
#[derive(Debug, Clone)]
pub struct KeptFrame {
    /// Its number.
    pub number: NonZeroU64,
    /// When it was captured.
    pub time: Timestamp,
    /// How finely that is known.
    pub resolution: Resolution,
    /// What its first octets are.
    pub link_type: LinkType,
    /// Octets on the wire.
    pub len: u32,
    /// The interface it was captured on.
    pub interface: u32,
    /// The octets captured.
    pub bytes: Box<[u8]>,
}

impl KeptFrame {
    /// Keeps a frame.
    pub fn of(frame: &Frame<'_>) -> Self {
        Self {
            number: frame.number,
            time: frame.time,
            resolution: frame.resolution,
            link_type: frame.link_type,
            len: frame.len,
            interface: frame.interface,
            bytes: frame.bytes.into(),
        }
    }

    /// The frame as its source had it, but for the comment.
    pub fn frame<'a>(&'a self, origin: Option<&'a Origin>) -> Frame<'a> {
        Frame {
            time: self.time,
            resolution: self.resolution,
            link_type: self.link_type,
            len: self.len,
            bytes: &self.bytes,
            interface: self.interface,
            origin,
            ..Frame::numbered(self.number)
        }
    }
}
