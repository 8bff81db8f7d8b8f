//! How much longer a way takes than it would at least.

/// How much longer something takes than it would at least, nanoseconds: the less of two
/// in a row, for one alone may have another reason.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lag {
    latest: i64,
    before: i64,
}

impl Lag {
    /// One more.
    pub(super) const fn take(&mut self, lag: i64) {
        self.before = self.latest;
        self.latest = if lag > 0 { lag } else { 0 };
    }

    /// The less of two in a row.
    pub(super) fn least(self) -> i64 {
        self.latest.min(self.before)
    }

    /// The more.
    pub(super) fn most(self) -> i64 {
        self.latest.max(self.before)
    }
}
