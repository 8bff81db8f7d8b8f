//! The packet line, exactly as tcpdump 4.99.3 prints it.
//!
//! The parts stand in the order of the line: [`clock`], [`link`], [`net`],
//! [`tcp`] with its [`options`], [`dump`]. A line is written from the headers
//! the decoder found; where tcpdump stops at a damaged one, so does the line.

pub mod clock;
pub mod dump;
mod ip_options;
mod ipv6_extensions;
mod link;
mod mptcp;
mod net;
mod options;
pub mod relative;
mod tcp;

use jiff::tz::TimeZone;

use crate::layer::LayerKind;
use crate::segment::Packet;
use crate::sink::line::clock::{Clock, TimeStyle};
use crate::sink::line::dump::DumpStyle;
use crate::sink::line::net::Ip;
use crate::sink::line::relative::RelativeNumbers;
use crate::sink::text::Text;
use crate::skip::Skip;
use crate::time::Resolution;

/// What tcpdump's options ask of a line.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the command line"
)]
pub struct LineOptions {
    /// `-#`: numbers in front.
    pub numbered: bool,
    /// `-t` to `-ttttt`.
    pub time: TimeStyle,
    /// `--nano`: nine digits.
    pub digits: Resolution,
    /// The zone of times of day.
    pub zone: TimeZone,
    /// `-e`.
    pub link_header: bool,
    /// `-q`.
    pub quiet: bool,
    /// `-qq`: later fragments are not named.
    pub very_quiet: bool,
    /// `-S`.
    pub absolute_numbers: bool,
    /// How many `-v`.
    pub verbose: u8,
    /// Not `-K`.
    pub checks_checksums: bool,
    /// `-x`, `-X` or `-A`.
    pub dump: Option<DumpStyle>,
    /// `-xx`, `-XX` or `-AA`: the dump begins with the link header.
    pub dumps_link_header: bool,
    /// Names of interfaces by index, for cooked captures.
    pub interfaces: Vec<(u32, String)>,
}

impl Default for LineOptions {
    fn default() -> Self {
        Self {
            numbered: false,
            time: TimeStyle::default(),
            digits: Resolution::Micro,
            zone: TimeZone::UTC,
            link_header: false,
            quiet: false,
            very_quiet: false,
            absolute_numbers: false,
            verbose: 0,
            checks_checksums: true,
            dump: None,
            dumps_link_header: false,
            interfaces: Vec::new(),
        }
    }
}

/// Writes lines, and remembers what they need of the ones before.
#[derive(Debug)]
pub struct Line {
    options: LineOptions,
    clock: Clock,
    table: RelativeNumbers,
}

impl Line {
    /// A writer of lines.
    #[must_use]
    pub fn new(options: LineOptions) -> Self {
        let clock = Clock::new(options.time, options.digits, options.zone.clone());
        Self {
            options,
            clock,
            table: RelativeNumbers::default(),
        }
    }

    /// Writes the line of a packet, newline and dump included; whether it has
    /// one. A frame that carries no TCP has none.
    pub fn write(&mut self, packet: &Packet<'_>, text: &mut Text) -> bool {
        let carries_tcp = match packet.segment {
            Ok(_) => true,
            Err(skip) => matches!(
                skip,
                Skip::CutTcp | Skip::ShortOffset | Skip::LongOffset | Skip::LaterFragment
            ),
        };
        if !carries_tcp {
            self.clock.pass(packet.frame.time);
            return false;
        }
        if self.options.numbered {
            number(packet.frame.number, text);
        }
        self.clock.write(packet.frame.time, text);
        link::write(packet, &self.options, text);
        if let Ip::Tcp(outer) = net::write(packet, &self.options, text) {
            tcp::write(packet, &outer, &self.options, &mut self.table, text);
        }
        if let Some(style) = self.options.dump {
            self.dump(style, packet, text);
        }
        text.octet(b'\n');
        true
    }

    fn dump(&self, style: DumpStyle, packet: &Packet<'_>, text: &mut Text) {
        let is_ip = |kind| matches!(kind, LayerKind::Ipv4 | LayerKind::Ipv6);
        let start = match packet.layers.iter().find(|layer| is_ip(layer.kind)) {
            Some(layer) if !self.options.dumps_link_header => layer.start,
            _ => 0,
        };
        dump::write(style, packet.octets_from(start), text);
    }
}

/// A frame number, right-aligned in five columns, and two spaces.
fn number(number: u64, text: &mut Text) {
    let digits = number.checked_ilog10().unwrap_or(0) + 1;
    for _ in digits..5 {
        text.octet(b' ');
    }
    text.decimal(number);
    text.str("  ");
}
