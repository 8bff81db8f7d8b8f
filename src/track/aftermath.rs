//! The ICMP errors of a connection, and what followed each of them.

use std::num::NonZeroU64;

use crate::icmp_error::IcmpError;
use crate::segment::Segment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::icmp_errors::{Notice, Resizing};

/// What followed an ICMP error about a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Aftermath {
    /// The same octets in smaller segments.
    Smaller {
        /// The frame of the first.
        frame: NonZeroU64,
    },
    /// They arrived all the same.
    Arrived,
    /// The sender of the segment ended the connection with a RST.
    Aborted {
        /// Its frame.
        frame: NonZeroU64,
    },
    /// The sender of the segment sent nothing more.
    Silence,
    /// It went on as before.
    Unheeded,
}

impl Aftermath {
    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Smaller { .. } => "smaller",
            Self::Arrived => "arrived",
            Self::Aborted { .. } => "aborted",
            Self::Silence => "silence",
            Self::Unheeded => "unheeded",
        }
    }

    /// The frame that shows it.
    #[must_use]
    pub const fn frame(self) -> Option<NonZeroU64> {
        match self {
            Self::Smaller { frame } | Self::Aborted { frame } => Some(frame),
            Self::Arrived | Self::Silence | Self::Unheeded => None,
        }
    }
}

impl Flow {
    /// The ICMP errors about its segments, the latest eight at most, in their order.
    pub fn icmp_errors(&self) -> impl Iterator<Item = &Notice> {
        self.icmp.iter().flat_map(|errors| errors.iter())
    }

    /// The ICMP error that answered the SYN.
    #[must_use]
    pub fn unreachable(&self) -> Option<&IcmpError> {
        let mut errors = self.icmp_errors();
        errors
            .find(|notice| notice.is_of_syn)
            .map(|notice| &notice.error)
    }

    /// What followed one of its ICMP errors, as far as it has come.
    #[must_use]
    pub fn aftermath(&self, notice: &Notice) -> Aftermath {
        let sender = self.sender(notice.dir);
        let reset = self.teardown.reset.filter(|reset| reset.dir == notice.dir);
        match (notice.smaller, reset) {
            (Some(frame), _) => Aftermath::Smaller { frame },
            _ if sender.una - notice.error.seq > 0 => Aftermath::Arrived,
            (_, Some(reset)) if reset.frame > notice.error.frame => {
                Aftermath::Aborted { frame: reset.frame }
            }
            _ if sender.last_frame.is_none_or(|last| last < notice.latest) => Aftermath::Silence,
            _ => Aftermath::Unheeded,
        }
    }

    /// The latest ICMP error about a segment of direction `dir` that had not arrived
    /// when that end sent its last.
    #[must_use]
    pub fn told_in_vain(&self, dir: Dir) -> Option<&Notice> {
        let is_open = |notice: &&Notice| match self.aftermath(notice) {
            Aftermath::Arrived => false,
            Aftermath::Smaller { .. } => self.sender(dir).una - notice.error.seq <= 0,
            Aftermath::Aborted { .. } | Aftermath::Silence | Aftermath::Unheeded => true,
        };
        let of_dir = self.icmp_errors().filter(|notice| notice.dir == dir);
        of_dir.filter(is_open).last()
    }

    /// Whether an ICMP error made the sender of direction `dir` cut a segment smaller
    /// that it sends again.
    pub(super) fn resizes(&self, dir: Dir, segment: &Segment<'_>) -> Option<Resizing> {
        let errors = self.icmp.as_ref()?;
        errors.resizes(dir, segment, self.max_segment(dir))
    }
}
