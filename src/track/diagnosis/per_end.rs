//! A thing that each end has.

use crate::track::dir::Dir;

/// What each end has, by the direction in which it sends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PerEnd<T> {
    client: T,
    server: T,
}

impl<T> PerEnd<T> {
    /// What one has.
    pub(super) const fn of(&self, dir: Dir) -> &T {
        match dir {
            Dir::ToServer => &self.client,
            Dir::ToClient => &self.server,
        }
    }

    /// The same, to be changed.
    pub(super) const fn of_mut(&mut self, dir: Dir) -> &mut T {
        match dir {
            Dir::ToServer => &mut self.client,
            Dir::ToClient => &mut self.server,
        }
    }
}
