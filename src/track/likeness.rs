//! Whether two transmissions may be the same one.

use crate::track::transmission::Transmission;

impl Transmission {
    /// Whether another one is the same by its identification.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.identification == other.identification && self.is_like(other)
    }

    /// Whether another one has the identification of a piece of this, which an interface
    /// has cut or put together.
    pub(super) fn is_same_piece(&self, piece: &Self) -> bool {
        let ahead = piece.seq.relative_to(self.seq);
        let is_part = self.payload_len > piece.payload_len
            && self.identification != 0
            && self.stamp().timestamp == piece.stamp().timestamp;
        let (Some(before), Some(0)) = (
            ahead.checked_div(piece.payload_len),
            ahead.checked_rem(piece.payload_len),
        ) else {
            return false;
        };
        let number = u32::from(piece.identification.wrapping_sub(self.identification));
        is_part && number == before
    }

    /// Whether another one looks the same, but for its identification: a copy by the
    /// network does.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let header = |one: &Self| (one.seq, one.payload_len, one.checksum, one.header_len);
        let stamp = |one: &Self| (one.stamp().timestamp, one.stamp().ack, one.has_control);
        header(self) == header(other) && stamp(self) == stamp(other)
    }
}
