//! Where a connection is kept, and in which form.

/// A place in one of three rooms, in four octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Location(u32);

/// The form in which a connection is kept, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// As it is.
    Whole(u32),
    /// As the headers of its segments.
    Embryo(u32),
    /// It has left, and its numbers are remembered.
    Gone(u32),
    /// Nowhere any more.
    Nowhere,
}

const KIND: u32 = 30;
const NUMBER: u32 = (1 << KIND) - 1;

impl Location {
    pub(super) const NOWHERE: Self = Self(u32::MAX);

    pub(super) const fn whole(at: u32) -> Self {
        Self(at & NUMBER)
    }

    pub(super) const fn embryo(at: u32) -> Self {
        Self(1 << KIND | at & NUMBER)
    }

    pub(super) const fn gone(at: u32) -> Self {
        Self(2 << KIND | at & NUMBER)
    }

    #[inline]
    pub(super) const fn room(self) -> Room {
        let at = self.0 & NUMBER;
        match self.0 >> KIND {
            0 => Room::Whole(at),
            1 => Room::Embryo(at),
            2 => Room::Gone(at),
            _ => Room::Nowhere,
        }
    }

    /// As [`FlowIndex`](crate::flow_index::FlowIndex) knows it.
    #[inline]
    pub(super) const fn bits(self) -> u32 {
        self.0
    }

    pub(super) const fn of_bits(bits: u32) -> Self {
        Self(bits)
    }
}
