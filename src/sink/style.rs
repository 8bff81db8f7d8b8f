//! What an output style is: words for packets and connections, and nothing else.

use crate::segment::Packet;
use crate::sink::choice::Choice;
use crate::sink::standing::RunStanding;
use crate::sink::text::Text;
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flaws::Flaws;
use crate::track::flow::Flow;
use crate::track::icmp_errors::Notice;
use crate::track::{Observation, Wants};

/// An output style.
///
/// It writes into the text that it is given. Where that goes, and when, is
/// [`Printed`](crate::sink::printed::Printed)'s, and so is what may fail. A style
/// has a method of its own for each thing that it shows;
/// [`Pipeline`](crate::pipeline::Pipeline) has a small one.
pub trait Style: Send {
    /// What it needs to know.
    fn wants(&self) -> Wants;

    /// Shows a packet. `seen` is there for every segment where segments are
    /// [followed](Wants::tracks), and for no other frame.
    #[inline]
    fn packet(&mut self, _packet: &Packet<'_>, _seen: Option<&Observation<'_>>, _text: &mut Text) {}

    /// Shows a connection: when it ends, or else when it
    /// [leaves](crate::track::Tracker::left) or the capture ends, as was
    /// [chosen](crate::sink::choice::When).
    fn connection(&mut self, _connection: &Connection, _text: &mut Text) {}

    /// Shows that an ICMP error answered the SYN of a connection: its
    /// [`unreachable`](Flow::unreachable).
    fn unreachable(&mut self, _flow: &Flow, _text: &mut Text) {}

    /// Shows that an ICMP error came about another segment of a connection.
    fn icmp_error(&mut self, _flow: &Flow, _notice: &Notice, _text: &mut Text) {}

    /// Shows what the kernel says of the socket of the end that sends in direction `dir`,
    /// where that is news.
    fn socket(&mut self, _connection: &Connection, _dir: Dir, _text: &mut Text) {}

    /// Shows how the run stands, between two frames, part by part: of styles that show
    /// connections, or all of them together, those that can.
    fn standing(&mut self, _now: &RunStanding<'_>, _text: &mut Text) {}

    /// Takes what the capture did to the traffic, before the connections that the end
    /// of the capture shows.
    fn capture(&mut self, _flaws: &Flaws, _text: &mut Text) {}

    /// Shows that none of `connections` is one of those that were asked for;
    /// records and rows say it by being none.
    fn none(&mut self, _asked: &Choice, _connections: u64, _text: &mut Text) {}

    /// Writes what was kept back, since nothing may come for a while.
    fn pause(&mut self, _text: &mut Text) {}

    /// Shows the counts of the run, last of all.
    fn end(&mut self, _totals: &Totals, _text: &mut Text) {}
}
