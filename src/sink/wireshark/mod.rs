//! Wireshark's summary of a segment, as `tshark -n` prints it when it dissects
//! no higher than TCP: number, time since the first frame, addresses, protocol,
//! length, and what its Info column says.

mod colour;
mod info;

use std::net::IpAddr;

use crate::options::kind;
use crate::segment::Packet;
use crate::sink::seconds::write_span;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::wireshark::colour::colour;
use crate::time::{Span, Timestamp};
use crate::track::{Observation, Wants};

/// The narrowest that number, time and addresses are.
const NUMBER_WIDTH: usize = 5;
const TIME_WIDTH: usize = 10;
const ADDRESS_WIDTH: usize = 12;

/// One line for each segment.
#[derive(Debug)]
pub struct PacketList {
    is_coloured: bool,
    first: Option<Timestamp>,
    /// Room for a column that is moved to the right.
    column: Text,
}

impl PacketList {
    /// In the colours of Wireshark's default rules where `is_coloured` is set.
    #[must_use]
    pub fn new(is_coloured: bool) -> Self {
        Self {
            is_coloured,
            first: None,
            column: Text::default(),
        }
    }
}

impl Style for PacketList {
    fn wants(&self) -> Wants {
        Wants::WIRESHARK
    }

    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>, text: &mut Text) {
        let first = *self.first.get_or_insert(packet.frame.time);
        let Some(seen) = seen else {
            return;
        };
        if self.is_coloured {
            text.str(colour(seen));
        }
        let mut line = SummaryLine {
            seen,
            text,
            column: &mut self.column,
        };
        line.frame(packet, seen.segment.time - first);
        line.info();
        text.str(if self.is_coloured { "\x1b[0m\n" } else { "\n" });
    }
}

/// A line under construction.
struct SummaryLine<'a, 't> {
    seen: &'a Observation<'a>,
    text: &'t mut Text,
    column: &'t mut Text,
}

impl SummaryLine<'_, '_> {
    fn frame(&mut self, packet: &Packet<'_>, since_first: Span) {
        self.right(NUMBER_WIDTH, |text| text.decimal(packet.frame.number));
        self.text.octet(b' ');
        let digits = packet.frame.resolution;
        self.right(TIME_WIDTH, |text| write_span(since_first, digits, text));
        self.text.octet(b' ');
        let (src, dst) = (self.seen.segment.src.ip(), self.seen.segment.dst.ip());
        self.right(ADDRESS_WIDTH, |text| text.address(src));
        self.text.str(" → ");
        self.left(ADDRESS_WIDTH, dst);
        let mut options = self.seen.segment.options.iter();
        let is_mptcp = options.any(|option| option.kind == kind::MPTCP);
        self.text.str(if is_mptcp { " MPTCP " } else { " TCP " });
        self.text.decimal(packet.frame.len);
        self.text.octet(b' ');
    }

    /// What `write` writes, with spaces before it up to `width` columns.
    fn right(&mut self, width: usize, write: impl FnOnce(&mut Text)) {
        self.column.clear();
        write(self.column);
        for _ in self.column.len()..width {
            self.text.octet(b' ');
        }
        self.text.raw(self.column.octets());
    }

    fn left(&mut self, width: usize, address: IpAddr) {
        let start = self.text.len();
        self.text.address(address);
        for _ in self.text.len() - start..width {
            self.text.octet(b' ');
        }
    }
}
