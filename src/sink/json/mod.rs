//! One JSON object a line: a record for each segment, a record for each
//! connection. `docs/schema.json` says what stands in them.

mod acceptance;
mod agreement;
mod capture;
mod connection;
mod counters;
mod diagnoses;
mod object;
mod path;
mod segment;
pub mod server;
mod sockets;
pub mod summary;
mod time_spent;
mod timing;

use crate::segment::Packet;
use crate::sink::standing::RunStanding;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::time::Resolution;
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::flaws::Flaws;
use crate::track::{Observation, Wants};
use crate::verification::Verification;

/// The segments as they come, then the connections.
#[derive(Debug, Default)]
pub struct Segments {
    connections: Connections,
    verifies: bool,
}

/// The connections only.
#[derive(Debug, Default)]
pub struct Connections {
    /// The finest of the capture so far.
    digits: Resolution,
    /// What the capture did to the traffic.
    flaws: Flaws,
}

impl Segments {
    /// The same, but that each record says whether the checksum is right, where
    /// `verifies` is set.
    #[must_use]
    pub const fn verifying(mut self, verifies: bool) -> Self {
        self.verifies = verifies;
        self
    }
}

impl Connections {
    #[inline]
    fn learn_digits(&mut self, packet: &Packet<'_>) {
        if packet.frame.resolution == Resolution::Nano {
            self.digits = Resolution::Nano;
        }
    }
}

impl Style for Segments {
    fn wants(&self) -> Wants {
        self.connections.wants() | Wants::WIRESHARK
    }

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>, text: &mut Text) {
        if let Some(seen) = seen {
            self.connections.learn_digits(packet);
            let checksum = self
                .verifies
                .then(|| Verification::of(packet, seen.segment));
            segment::write(seen, packet.frame, checksum, text);
        }
    }

    fn connection(&mut self, connection: &Connection, text: &mut Text) {
        self.connections.connection(connection, text);
    }

    fn capture(&mut self, flaws: &Flaws, text: &mut Text) {
        self.connections.capture(flaws, text);
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        self.connections.end(totals, text);
    }
}

impl Style for Connections {
    fn wants(&self) -> Wants {
        Wants::ZEEK | Wants::CLASSIC | Wants::TIME_SPENT | Wants::TIMED
    }

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>, _: Option<&Observation<'_>>, _: &mut Text) {
        self.learn_digits(packet);
    }

    fn connection(&mut self, connection: &Connection, text: &mut Text) {
        connection::write(connection, None, self.digits, text);
    }

    fn standing(&mut self, now: &RunStanding<'_>, text: &mut Text) {
        for connection in now.open() {
            connection::write(&connection, Some(now.at), self.digits, text);
        }
    }

    fn capture(&mut self, flaws: &Flaws, _: &mut Text) {
        self.flaws = flaws.clone();
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        capture::write(&self.flaws, totals, text);
    }
}
