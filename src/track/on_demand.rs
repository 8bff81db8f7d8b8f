//! A record that takes memory from when something is written in it.

use std::ops::{Deref, DerefMut};

/// A record in which nothing stands, as it is read where none was kept.
pub trait Blank: Default + 'static {
    /// That record.
    const BLANK: &'static Self;
}

/// A record that takes memory from when something is written in it: what few
/// connections have makes the others no larger. Whoever borrows it to write has it
/// made, so ask first whether there is something to write.
#[derive(Debug, Clone)]
pub struct OnDemand<T>(Option<Box<T>>);

impl<T> Default for OnDemand<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> OnDemand<T> {
    /// The record to be changed, where it has been written in.
    pub(super) fn written(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }
}

impl<T: Blank> Deref for OnDemand<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::BLANK)
    }
}

impl<T: Blank> DerefMut for OnDemand<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}
