//! The windows that an end is offered, and whether they are wide whenever it has to wait.

/// The windows that an end was offered, as they arrived there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offered {
    /// The largest, octets.
    pub largest: u32,
    /// How often an acknowledgment let it go on that had waited for room, and offered
    /// most of the largest window: who offers it has read all that came.
    pub wide: u32,
    /// How often one did that offered less: what came before was not read yet.
    pub narrow: u32,
}

impl Offered {
    /// Takes a window, which ends a wait for room or not.
    #[inline]
    pub(super) fn take(&mut self, window: u32, ends_wait: bool) {
        self.largest = self.largest.max(window);
        if ends_wait {
            let is_wide = window >= self.largest / 4 * 3;
            let times = if is_wide {
                &mut self.wide
            } else {
                &mut self.narrow
            };
            *times = times.saturating_add(1);
        }
    }
}
