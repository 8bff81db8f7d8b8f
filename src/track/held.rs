//! What kinds of segment a capture has held so far: what it never held it may have
//! been taken without, and then their absence says nothing.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::dir::Dir;

/// The kinds of segment that a run has shown, each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    to_server: u8,
    to_client: u8,
}

/// A kind of segment, by what a filter tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// With SYN.
    Syn = 1,
    /// With FIN.
    Fin = 2,
    /// With RST.
    Reset = 4,
    /// With data, and none of these.
    Data = 8,
    /// An acknowledgment and nothing else.
    BareAck = 16,
}

impl Sort {
    /// What a segment is.
    #[must_use]
    #[inline]
    pub fn of(segment: &Segment<'_>) -> Self {
        let flags = segment.flags;
        match () {
            () if !flags.any(Flags::SYN | Flags::FIN | Flags::RST) => {
                if segment.payload_len > 0 {
                    Self::Data
                } else {
                    Self::BareAck
                }
            }
            () if flags.has(Flags::SYN) => Self::Syn,
            () if flags.has(Flags::RST) => Self::Reset,
            () => Self::Fin,
        }
    }
}

impl Held {
    /// Whether it has held no bare acknowledgment either way.
    pub(super) const fn lacks_bare_acks(self) -> bool {
        (self.to_server | self.to_client) & Sort::BareAck as u8 == 0
    }

    /// Takes a segment.
    #[inline]
    pub(super) fn take(&mut self, dir: Dir, segment: &Segment<'_>) {
        let sort = Sort::of(segment) as u8;
        match dir {
            Dir::ToServer => self.to_server |= sort,
            Dir::ToClient => self.to_client |= sort,
        }
    }

    const fn of(self, dir: Dir) -> u8 {
        match dir {
            Dir::ToServer => self.to_server,
            Dir::ToClient => self.to_client,
        }
    }

    /// Whether it has held one of a kind in a direction.
    #[must_use]
    pub const fn has(self, dir: Dir, sort: Sort) -> bool {
        self.of(dir) & sort as u8 != 0
    }

    /// The same in any direction.
    #[must_use]
    pub const fn has_any(self, sort: Sort) -> bool {
        (self.to_server | self.to_client) & sort as u8 != 0
    }

    /// Whether it has held anything in a direction.
    #[must_use]
    pub const fn has_direction(self, dir: Dir) -> bool {
        self.of(dir) != 0
    }

    /// Whether it has held SYNs of both directions and nothing else.
    #[must_use]
    pub const fn has_only_syns(self) -> bool {
        self.to_server == Sort::Syn as u8 && self.to_client == Sort::Syn as u8
    }

    /// Whether it has held anything but SYNs in a direction.
    #[must_use]
    pub const fn has_more_than_syns(self, dir: Dir) -> bool {
        self.of(dir) & !(Sort::Syn as u8) != 0
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    fn segment(flags: Flags, payload_len: u32) -> Segment<'static> {
        Segment {
            src: ([10, 0, 0, 1], 40_000).into(),
            dst: ([10, 0, 0, 2], 80).into(),
            ttl: 64,
            flags,
            payload_len,
            ..Segment::NOBODYS
        }
    }

    #[test]
    fn a_segment_is_of_the_kind_by_which_a_filter_takes_it() {
        for (flags, len, sort) in [
            (Flags::SYN, 0, Sort::Syn),
            (Flags::SYN | Flags::ACK, 0, Sort::Syn),
            (Flags::SYN, 10, Sort::Syn),
            (Flags::FIN | Flags::ACK, 10, Sort::Fin),
            (Flags::RST | Flags::ACK, 0, Sort::Reset),
            (Flags::FIN | Flags::RST, 0, Sort::Reset),
            (Flags::ACK, 1, Sort::Data),
            (Flags::ACK, 0, Sort::BareAck),
        ] {
            assert_eq!(Sort::of(&segment(flags, len)), sort, "{flags:?} {len}");
        }
    }

    #[test]
    fn what_was_held_is_known_of_each_direction() {
        let mut held = Held::default();
        held.take(Dir::ToServer, &segment(Flags::SYN, 0));
        assert!(held.has(Dir::ToServer, Sort::Syn) && !held.has(Dir::ToClient, Sort::Syn));
        assert!(held.has_direction(Dir::ToServer) && !held.has_direction(Dir::ToClient));
        assert!(!held.has_more_than_syns(Dir::ToServer));
        held.take(Dir::ToClient, &segment(Flags::ACK, 1));
        assert!(held.has_any(Sort::Data) && !held.has_any(Sort::BareAck));
        assert!(held.has_more_than_syns(Dir::ToClient));
        assert!(!held.has_more_than_syns(Dir::ToServer));
    }
}
