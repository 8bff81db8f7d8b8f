//! How badly a connection fared: which of many are to be looked at first.

use std::cmp::Reverse;

use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::diagnosis::{Diagnosis, Severity};
use crate::track::flow_id::FlowId;
use crate::track::long_wait::LongWait;
use crate::track::summary::time_waited::TimeWaited;
use crate::track::time_spent::TimeSpent;
use crate::track::verdict::Verdict;

/// From how long on a wait is slow: half a second, as [an answer](crate::track::servers) is.
const SLOW: Span = Span(500_000_000);

/// Whether something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// Nothing that shows.
    Nothing,
    /// It waited for something for half a second or longer, or a
    /// [diagnosis](Severity::Slows) says that it was slower than it had to be.
    Slow,
    /// Its verdict is [not normal](Verdict::is_normal), or a
    /// [diagnosis](Severity::Fails) says that it failed.
    Failed,
}

/// How badly a connection fared. The greatest is the worst; of two that fared alike the
/// earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fared {
    /// Whether something went wrong.
    pub trouble: Trouble,
    /// How long it [waited](TimeWaited::total).
    pub waited: Span,
    id: Reverse<FlowId>,
}

impl Fared {
    /// How a connection fared whose time went so, and of which so much was diagnosed.
    #[must_use]
    pub fn of(connection: &Connection, spent: Option<&TimeSpent>, found: &[Diagnosis]) -> Self {
        let flow = &connection.flow;
        let is = |severity| found.iter().any(|found| found.severity == severity);
        let is_slow = || LongWait::over_in(SLOW, connection, spent).next().is_some();
        let trouble = if !Verdict::of(flow).is_normal() || is(Severity::Fails) {
            Trouble::Failed
        } else if is(Severity::Slows) || is_slow() {
            Trouble::Slow
        } else {
            Trouble::Nothing
        };
        let waited = spent.map(|spent| TimeWaited::of(connection, spent).0.total());
        Self {
            trouble,
            waited: waited.unwrap_or(Span(0)),
            id: Reverse(flow.id),
        }
    }
}
