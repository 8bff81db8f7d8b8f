//! What classic tcptrace reads from the options of a segment.

use crate::options::{TcpOptions, Usual, kind};

/// The options that are counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) mss: Option<u16>,
    pub(super) window_scale: Option<u8>,
    pub(super) has_timestamps: bool,
    pub(super) allows_sack: bool,
    pub(super) sack: Option<Sack>,
}

/// A SACK option: how many blocks, and the first two of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sack {
    pub(super) blocks: u8,
    first: (u32, u32),
    second: (u32, u32),
}

impl Asked {
    pub(super) fn of(options: TcpOptions<'_>) -> Self {
        let mut asked = Self::default();
        if let Some(usual) = options.usual() {
            asked.has_timestamps = usual != Usual::Nothing;
            return asked;
        }
        for option in options.iter() {
            asked.mss = option.mss().or(asked.mss);
            asked.window_scale = option.window_scale().or(asked.window_scale);
            asked.has_timestamps |= option.kind == kind::TIMESTAMPS;
            asked.allows_sack |= option.kind == kind::SACK_PERMITTED;
            if option.kind == kind::SACK {
                let mut blocks = option.sack_blocks().map(|(left, right)| (left.0, right.0));
                let mut sack = Sack {
                    first: blocks.next().unwrap_or_default(),
                    second: blocks.next().unwrap_or_default(),
                    blocks: 0,
                };
                sack.blocks = u8::try_from(option.value.len() / 8).unwrap_or(u8::MAX);
                asked.sack = Some(sack).filter(|sack| sack.blocks > 0);
            }
        }
        asked
    }
}

impl Sack {
    /// Whether the first block tells of data that came twice (RFC 2883 §4):
    /// all of it acknowledged, or within the second block, or across its edge.
    pub(super) const fn is_duplicate(&self, ack: u32) -> bool {
        let (first, second) = (self.first, self.second);
        if first.1 <= ack {
            return true;
        }
        if self.blocks < 2 {
            return false;
        }
        let is_inside = first.1 <= second.1 && first.0 >= second.0;
        let is_across =
            first.0 <= second.0 && first.1 > second.0 || first.1 >= second.1 && first.0 < second.1;
        is_inside || is_across
    }
}
