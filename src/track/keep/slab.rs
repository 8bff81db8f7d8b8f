//! Things in places that stay theirs until they are taken.

/// Things in places, each found by its number.
#[derive(Debug)]
pub(super) struct Slab<T> {
    slots: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
        }
    }
}

impl<T> Slab<T> {
    /// The number of a free place, which [`slot`](Self::slot) is to fill.
    pub(super) fn reserve(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// Puts a thing into a free place.
    pub(super) fn add(&mut self, thing: T) -> u32 {
        let at = self.reserve();
        *self.slot(at) = Some(thing);
        at
    }

    /// A place that was reserved.
    #[inline]
    pub(super) fn slot(&mut self, at: u32) -> &mut Option<T> {
        &mut self.slots[at as usize]
    }

    /// What is in a place.
    #[inline]
    pub(super) fn get(&self, at: u32) -> Option<&T> {
        self.slots.get(at as usize)?.as_ref()
    }

    /// What is in a place, to be changed.
    #[inline]
    pub(super) fn get_mut(&mut self, at: u32) -> Option<&mut T> {
        self.slots.get_mut(at as usize)?.as_mut()
    }

    /// All that is there.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().flatten()
    }

    /// Takes what is in a place, which is free then.
    pub(super) fn take(&mut self, at: u32) -> Option<T> {
        let thing = self.slots.get_mut(at as usize)?.take()?;
        self.free.push(at);
        Some(thing)
    }
}
