//! What the pipeline says, and who listens.

use std::io;

use crate::segment::Packet;
use crate::sink::standing::RunStanding;
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flaws::Flaws;
use crate::track::flow::Flow;
use crate::track::icmp_errors::Notice;
use crate::track::{Observation, Wants};

/// Something to be shown, or a moment at which something may be.
#[derive(Clone, Copy)]
pub enum Event<'a> {
    /// A packet, and what its segment means where it has one and segments are
    /// [followed](Wants::tracks).
    Packet(&'a Packet<'a>, Option<&'a Observation<'a>>),
    /// A connection: at the end of the capture, or when it has left before.
    Connection(&'a Connection),
    /// An ICMP error answered the SYN of a connection: its
    /// [`unreachable`](Flow::unreachable).
    Unreachable(&'a Flow),
    /// An ICMP error came about another segment of a connection: one of its
    /// [`icmp_errors`](Flow::icmp_errors).
    IcmpError(&'a Flow, &'a Notice),
    /// The kernel says something new of the socket of the end of a connection that sends
    /// in this direction: see [`Connection::socket_of`].
    Socket(&'a Connection, Dir),
    /// The run stands so, and is to be shown, between two frames.
    Standing(&'a RunStanding<'a>),
    /// Nothing will come for a while.
    Quiet,
    /// The capture has ended; this is what it did to the traffic.
    Capture(&'a Flaws),
    /// The run is over; these are its counts.
    End(&'a Totals),
}

/// Where a run ends up.
pub trait Sink {
    /// What it needs to know, asked once.
    fn wants(&self) -> Wants;

    /// Takes what comes.
    ///
    /// # Errors
    ///
    /// What writing brings.
    fn take(&mut self, event: Event<'_>) -> io::Result<()>;
}

/// For who has something to ask of it afterwards.
impl<K: Sink> Sink for &mut K {
    fn wants(&self) -> Wants {
        (**self).wants()
    }

    #[inline]
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        (**self).take(event)
    }
}
