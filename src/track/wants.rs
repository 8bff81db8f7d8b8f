//! What somebody wants to know of a capture.

use std::ops::BitOr;

use crate::track::flow::StreamId;

/// What has to be done and kept so that something can be shown: ours is what
/// is known of a segment and its connection whenever segments are followed at
/// all, and each dialect costs what it keeps besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing that is wanted or not"
)]
pub struct Wants {
    /// Whether segments are followed: without that the [pipeline](crate::pipeline)
    /// brings frames alone, whatever else is wanted. Begin with [`OURS`](Self::OURS).
    pub tracks: bool,
    /// Wireshark's analysis of each segment.
    pub wireshark: bool,
    /// Zeek's words for each connection.
    pub zeek: bool,
    /// Classic tcptrace's figures for each connection.
    pub classic: bool,
    /// Requests and answers of each connection: its
    /// [responses](crate::track::connection::Connection::responses).
    pub turns: bool,
    /// Round trips, throughput and silence of each connection.
    pub figures: bool,
    /// The most points kept of each connection's
    /// [trace](crate::track::trace::Trace).
    pub points: u32,
    /// The connections whose points are kept: those of one stream, or all.
    pub points_of: Option<StreamId>,
    /// Where each connection's time went.
    pub time_spent: bool,
    /// The waits in it as they end.
    pub waits: bool,
}

impl Wants {
    /// Frames as they come.
    pub const NOTHING: Self = Self {
        tracks: false,
        wireshark: false,
        zeek: false,
        classic: false,
        turns: false,
        figures: false,
        points: 0,
        points_of: None,
        time_spent: false,
        waits: false,
    };
    /// What is ours.
    pub const OURS: Self = Self {
        tracks: true,
        ..Self::NOTHING
    };
    /// Ours, and where the time went.
    pub const TIME_SPENT: Self = Self {
        time_spent: true,
        ..Self::OURS
    };
    /// Ours, and what is measured in time: turns and figures.
    pub const TIMED: Self = Self {
        turns: true,
        figures: true,
        ..Self::OURS
    };
    /// Ours and Wireshark's.
    pub const WIRESHARK: Self = Self {
        wireshark: true,
        ..Self::OURS
    };
    /// Ours and Zeek's.
    pub const ZEEK: Self = Self {
        zeek: true,
        ..Self::OURS
    };
    /// Ours and classic tcptrace's.
    pub const CLASSIC: Self = Self {
        classic: true,
        ..Self::OURS
    };
}

/// What either wants.
impl BitOr for Wants {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            tracks: self.tracks | other.tracks,
            wireshark: self.wireshark | other.wireshark,
            zeek: self.zeek | other.zeek,
            classic: self.classic | other.classic,
            turns: self.turns | other.turns,
            figures: self.figures | other.figures,
            points: self.points.max(other.points),
            points_of: match (self.points, other.points) {
                (_, 0) => self.points_of,
                (0, _) => other.points_of,
                _ => self.points_of.filter(|of| other.points_of == Some(*of)),
            },
            time_spent: self.time_spent | other.time_spent,
            waits: self.waits | other.waits,
        }
    }
}
