//! One JSON object a line: a record for each segment, a record for each
//! connection. `docs/schema.json` says what stands in them.

mod agreement;
mod connection;
mod counters;
mod object;
mod segment;
pub mod server;

use std::io::{self, Write};

use crate::segment::Packet;
use crate::sink::Sink;
use crate::sink::page::Page;
use crate::time::Resolution;
use crate::totals::Totals;
use crate::track::Observation;
use crate::track::connection::Connection;

/// The segments as they come, then the connections.
#[derive(Debug)]
pub struct Segments<W> {
    connections: Connections<W>,
}

/// The connections only.
#[derive(Debug)]
pub struct Connections<W> {
    page: Page<W>,
    /// The finest of the capture so far.
    digits: Resolution,
}

impl<W: Write> Segments<W> {
    /// Writes to `page`; the connections follow when the capture ends.
    pub fn new(page: Page<W>) -> Self {
        Self {
            connections: Connections::new(page),
        }
    }
}

impl<W: Write> Connections<W> {
    /// Writes to `page`.
    pub fn new(page: Page<W>) -> Self {
        Self {
            page,
            digits: Resolution::default(),
        }
    }

    #[inline]
    fn learn_digits(&mut self, digits: Resolution) {
        if digits == Resolution::Nano {
            self.digits = digits;
        }
    }
}

impl<W: Write> Sink for Segments<W> {
    fn reads_ledgers(&self) -> bool {
        true
    }

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>) -> io::Result<()> {
        let Some(seen) = seen else {
            return Ok(());
        };
        let digits = packet.frame.resolution;
        self.connections.learn_digits(digits);
        let comment = packet.frame.comment;
        let text = &mut self.connections.page.text;
        segment::write(seen, comment, digits, text);
        self.connections.page.packet_done()
    }

    fn connection(&mut self, connection: &Connection) -> io::Result<()> {
        self.connections.connection(connection)
    }

    fn quiet(&mut self) -> io::Result<()> {
        self.connections.quiet()
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        self.connections.end(totals)
    }
}

impl<W: Write> Sink for Connections<W> {
    fn reads_ledgers(&self) -> bool {
        true
    }

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>, _: Option<&Observation<'_>>) -> io::Result<()> {
        self.learn_digits(packet.frame.resolution);
        Ok(())
    }

    fn connection(&mut self, connection: &Connection) -> io::Result<()> {
        connection::write(connection, self.digits, &mut self.page.text);
        self.page.packet_done()
    }

    fn quiet(&mut self) -> io::Result<()> {
        self.page.flush()
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        self.page.flush()
    }
}
