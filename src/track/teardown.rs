//! How a connection was closed: a record, not a state.

use crate::track::flow::{Dir, Mark};

/// The segments that closed a connection.
#[derive(Debug, Clone, Default)]
pub struct Teardown {
    /// The first FIN.
    pub first_fin: Option<Mark>,
    /// The first acknowledgment of that FIN; the same segment as the second
    /// FIN where both were combined.
    pub first_ack: Option<Mark>,
    /// The other end's FIN.
    pub second_fin: Option<Mark>,
    /// The first acknowledgment of that one.
    pub second_ack: Option<Mark>,
    /// Whether the second FIN was sent before the first was acknowledged.
    pub is_simultaneous: bool,
    /// FINs sent again, 255 at most.
    pub fin_again: u8,
    /// The first RST.
    pub reset: Option<Mark>,
}

impl Teardown {
    /// The end that closed first, by the direction of its FIN.
    #[must_use]
    pub fn closer(&self) -> Option<Dir> {
        Some(self.first_fin?.dir)
    }

    /// The segments in the order of frames, a combined one once.
    pub fn rows(&self) -> impl Iterator<Item = Mark> {
        let mut rows = [
            self.first_fin,
            self.first_ack,
            self.second_fin,
            self.second_ack,
        ];
        if self.is_combined() {
            rows[1] = None;
        }
        if self.is_simultaneous {
            rows.swap(1, 2);
        }
        rows.into_iter().flatten()
    }

    /// Whether the second FIN acknowledged the first: three segments.
    #[must_use]
    pub fn is_combined(&self) -> bool {
        self.first_ack.is_some() && self.first_ack == self.second_fin
    }
}
