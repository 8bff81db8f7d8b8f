//! What has been found out about a segment that its ledger follows.

use crate::track::judgement::{Cause, Judgement, Kind};
use crate::track::part::Role;

/// What a segment is, beside what stands in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nature {
    /// Whether it asks the other end, and brings nothing.
    pub(super) is_probe: bool,
    /// Whether it is sent again, and for nothing.
    pub(super) is_again: bool,
    pub(super) is_needless: bool,
}

impl Nature {
    /// Sent for the first time.
    pub(super) const USUAL: Self = Self {
        is_probe: false,
        is_again: false,
        is_needless: false,
    };

    pub(super) fn of(role: Role, kind: Option<Judgement>) -> Self {
        let is_probe = role.part.asks();
        let is_again = kind.is_some_and(|kind| kind.kind == Kind::Retransmission);
        Self {
            is_probe,
            is_again: is_again && !is_probe,
            is_needless: kind.and_then(|kind| kind.cause) == Some(Cause::Spurious),
        }
    }
}
