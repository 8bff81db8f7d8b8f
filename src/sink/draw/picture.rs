//! What every picture has: what it is drawn of, and into what it is made.

use jiff::tz::TimeZone;

use crate::sink::draw::scene::Scene;
use crate::sink::words::Words;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::trace::Trace;

/// How pictures are drawn.
#[derive(Clone, Copy)]
pub(super) struct View<'v> {
    /// What is said.
    pub(super) words: &'static Words,
    /// The zone of times of day.
    pub(super) zone: &'v TimeZone,
    /// Whether nothing is folded.
    pub(super) is_whole: bool,
    /// Lines that there are to see at a time, where that is known.
    pub(super) height: Option<usize>,
}

/// A connection that is drawn.
#[derive(Clone, Copy)]
pub(super) struct Subject<'c> {
    /// The connection.
    pub(super) connection: &'c Connection,
    /// Its segments.
    pub(super) trace: &'c Trace,
    /// How.
    pub(super) view: View<'c>,
}

/// What there is to show.
pub(super) trait Picture {
    /// Laid out, so many columns wide at most.
    fn scene(&self, columns: usize) -> Scene;

    /// For xplot: what the sender in a direction did.
    fn xplot(&self, _sender: Dir) -> Option<String> {
        None
    }

    /// For Mermaid.
    fn mermaid(&self) -> Option<String> {
        None
    }
}
