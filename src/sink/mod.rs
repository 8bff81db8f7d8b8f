//! Stage 4: how it is shown.
//!
//! One output style per file. A sink never computes a finding, and the tracker
//! never formats.

pub mod annotation;
pub mod choice;
mod columns;
pub mod count;
pub mod csv;
mod draft;
pub mod duration;
pub mod explain;
mod figures;
pub mod flows;
mod header;
pub mod json;
pub mod line;
pub mod note;
pub mod page;
pub mod plain;
pub mod report;
mod seconds;
pub mod sentence;
pub mod servers;
pub mod text;
mod verification;
mod width;
pub mod wireshark;
pub mod words;
mod wrap;

use std::io;

use crate::segment::Packet;
use crate::sink::choice::Choice;
use crate::totals::Totals;
use crate::track::Observation;
use crate::track::connection::Connection;
use crate::track::flow::Flow;

/// An output style.
pub trait Sink {
    /// Whether the style needs to know what segments mean.
    const TRACKS: bool = true;

    /// Whether the style shows what is in the
    /// [ledgers](crate::track::ledger::Ledger) of connections, asked once.
    fn reads_ledgers(&self) -> bool {
        false
    }

    /// [`TRACKS`](Self::TRACKS), where that depends on more than the style.
    #[inline]
    fn tracks(&self) -> bool {
        Self::TRACKS
    }

    /// Shows a packet. `seen` is there for every segment where the style
    /// [tracks](Self::TRACKS), and for no other frame.
    ///
    /// # Errors
    ///
    /// What writing brings; so do the others.
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>) -> io::Result<()>;

    /// Shows a connection: at the end of the capture, or when it is given up
    /// because there are too many.
    ///
    /// # Errors
    ///
    /// As [`packet`](Self::packet).
    fn connection(&mut self, _connection: &Connection) -> io::Result<()> {
        Ok(())
    }

    /// Shows that an ICMP error answered the SYN of a connection: its
    /// [`unreachable`](Flow::unreachable).
    ///
    /// # Errors
    ///
    /// As [`packet`](Self::packet).
    fn unreachable(&mut self, _flow: &Flow) -> io::Result<()> {
        Ok(())
    }

    /// Shows that none of `connections` is one of those that were asked for;
    /// records and rows say it by being none.
    ///
    /// # Errors
    ///
    /// As [`packet`](Self::packet).
    fn none(&mut self, _asked: &Choice, _connections: u64) -> io::Result<()> {
        Ok(())
    }

    /// Makes visible what was written, since nothing will come for a while.
    ///
    /// # Errors
    ///
    /// As [`packet`](Self::packet).
    fn quiet(&mut self) -> io::Result<()>;

    /// Shows the counts of the run, last of all.
    ///
    /// # Errors
    ///
    /// As [`packet`](Self::packet).
    fn end(&mut self, totals: &Totals) -> io::Result<()>;
}
