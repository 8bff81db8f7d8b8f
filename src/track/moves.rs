//! The states that a segment moved its ends through.

use crate::track::dir::Dir;
use crate::track::state::State;

/// The states an end passed through on one segment: the one before, then each
/// one reached. Empty where nothing moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chain {
    states: [State; 4],
    len: u8,
}

/// What a segment moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moves {
    /// The client's states.
    pub client: Chain,
    /// The server's states.
    pub server: Chain,
}

impl Chain {
    /// The states, the one before included.
    #[must_use]
    pub fn states(&self) -> &[State] {
        &self.states[..usize::from(self.len)]
    }

    /// Whether nothing moved.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn push(&mut self, state: State) {
        if let Some(place) = self.states.get_mut(usize::from(self.len)) {
            *place = state;
            self.len += 1;
        }
    }
}

impl Moves {
    /// Whether neither end moved.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.client.is_empty() && self.server.is_empty()
    }

    pub(super) const fn ends_mut(&mut self, dir: Dir) -> (&mut Chain, &mut Chain) {
        match dir {
            Dir::ToServer => (&mut self.client, &mut self.server),
            Dir::ToClient => (&mut self.server, &mut self.client),
        }
    }
}
