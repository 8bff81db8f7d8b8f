//! The figures of classic tcptrace's long report: what each is called, and
//! where it is found. Records, tables and comma-separated rows all go through
//! this list.

mod figure;
mod list;

pub(super) use figure::{Amount, Sight};
pub(super) use list::FIGURES;

use crate::track::classic::{Classic, Complete};

/// Whether a connection was opened and closed, in classic tcptrace's words.
pub(super) const fn complete(counters: &Classic) -> &'static str {
    match counters.complete() {
        Complete::Yes => "yes",
        Complete::Reset => "reset",
        Complete::No => "no",
    }
}
