//! The packet line, exactly as tcpdump 4.99.3 prints it.
//!
//! A line is the timestamp (`clock`), then each of the `headers` that the decoder
//! found, from the outside in (`link`, `net`, `tunnels`), then `tcp` with its
//! `options` and `payload`, then the `dump`. Where tcpdump stops at a damaged
//! header, so does the line.

pub mod clock;
pub mod directory;
pub mod dump;
mod headers;
mod ip;
mod ip_options;
mod ipv6_extensions;
mod line_options;
mod link;
mod mptcp;
mod names;
mod net;
mod options;
mod overlay;
mod own;
mod payload;
pub mod relative;
mod service;
mod tcp;
mod tunnels;

pub use line_options::LineOptions;
pub(in crate::sink) use link::link_type_name;

use crate::flags::Flags;
use crate::layer::{Layer, LayerKind};
use crate::segment::{Packet, Segment};
use crate::sink::line::clock::Clock;
use crate::sink::line::directory::Directory;
use crate::sink::line::headers::Headers;
use crate::sink::line::names::Naming;
use crate::sink::line::payload::cut::Cut;
use crate::sink::line::relative::RelativeNumbers;
use crate::sink::text::Text;
use crate::skip::Skip;

/// Writes lines, and remembers what they need of the ones before.
#[derive(Debug)]
pub struct Line {
    options: LineOptions,
    clock: Clock,
    table: RelativeNumbers,
    /// The same of packets that tcpdump does not see, so that they change
    /// nothing of what it says of others.
    own_table: RelativeNumbers,
    naming: Naming,
    /// Whether the options leave the usual line as it is.
    is_usual: bool,
}

impl Default for Line {
    fn default() -> Self {
        Self::new(LineOptions::default())
    }
}

impl Line {
    /// A writer of lines.
    #[must_use]
    pub fn new(options: LineOptions) -> Self {
        let clock = Clock::new(options.time, options.digits, options.zone.clone());
        let is_usual = !options.link_header
            && !options.quiet
            && !options.absolute_numbers
            && options.verbose == 0;
        Self {
            options,
            clock,
            table: RelativeNumbers::default(),
            own_table: RelativeNumbers::default(),
            naming: Naming::default(),
            is_usual,
        }
    }

    /// The same with names instead of addresses and ports, as far as `directory`
    /// knows them (`--names`).
    #[must_use]
    pub fn with_names(self, directory: Directory) -> Self {
        Self {
            naming: Naming(Some(directory)),
            is_usual: false,
            ..self
        }
    }

    /// Whether more of the headers is asked for.
    pub(super) const fn is_verbose(&self) -> bool {
        self.options.verbose > 0
    }

    /// Writes the line of a packet, newline and dump included; whether it has
    /// one. A frame that carries no TCP has none.
    pub fn write(&mut self, packet: &Packet<'_>, text: &mut Text) -> bool {
        let carries_tcp = match packet.segment {
            Ok(_) => true,
            Err(skip) => {
                let is_of_tcp = matches!(
                    skip,
                    Skip::CutTcp | Skip::ShortOffset | Skip::LongOffset | Skip::LaterFragment
                );
                // The last fragment of a tunnel's datagram brings a segment.
                is_of_tcp || packet.received().is_ok()
            }
        };
        if !carries_tcp {
            // An impossible record has no time in tcpdump's output.
            if !matches!(packet.segment, Err(Skip::BadRecord)) {
                self.clock.pass(packet.frame.time);
            }
            return false;
        }
        if self.options.numbered {
            number(packet.frame.number.get(), text);
        }
        let outcome = self.headers(packet, text);
        if let Some(style) = self.options.dump {
            let start = if self.options.dumps_link_header || outcome.is_err() {
                0
            } else {
                dump::link_header_len(packet)
            };
            dump::write(style, packet.octets_from(start), text);
        }
        text.octet(b'\n');
        true
    }

    /// Writes the time and what the headers say.
    #[inline]
    fn headers(&mut self, packet: &Packet<'_>, text: &mut Text) -> Result<(), Cut> {
        let stamp = self.clock.stamp(packet.frame.time, text);
        let options = &self.options;
        if let Some(segment) = usual(packet).filter(|_| self.is_usual)
            && let Some((shown, prefix)) = self.table.known(segment)
            && prefix.is_known()
        {
            return tcp::numbers(segment, shown, options, text, |draft| {
                tcp::letters(segment.flags, prefix.write(stamp.write(draft)))
            });
        }
        text.draft(|draft| stamp.write(draft));
        let (layers, is_entered) = own::layers(packet);
        let mut headers = Headers {
            packet,
            options,
            naming: &mut self.naming,
            text,
            ip: None,
            previous: None,
            captured_end: u32::try_from(packet.frame.bytes.len()).unwrap_or(u32::MAX),
            shown: false,
            is_cooked: false,
            is_secured: false,
            braces: 0,
        };
        headers.begin(layers);
        let reached = layers.iter().all(|layer| headers.layer(layer));
        let reached = reached && headers.leave_extensions();
        let braces = headers.braces;
        if let Some(ip) = headers.ip.filter(|_| reached) {
            let table = if is_entered {
                &mut self.table
            } else {
                &mut self.own_table
            };
            tcp::write(packet, &ip, options, table, &mut self.naming, text)?;
        }
        for _ in 0..braces {
            text.octet(b'}');
        }
        Ok(())
    }
}

/// A segment with ACK and without SYN, straight over IPv4 over Ethernet: nearly
/// all there are.
#[inline]
fn usual<'p>(packet: &'p Packet<'p>) -> Option<&'p Segment<'p>> {
    let (Ok(segment), [link, ip]) = (&packet.segment, packet.layers) else {
        return None;
    };
    let is_ipv4 = link.kind == LayerKind::Ethernet && ip.kind == LayerKind::Ipv4;
    let is_in_flow = segment.is_ack() && !segment.flags.has(Flags::SYN);
    (is_ipv4 && is_in_flow && claims_what_is_there(packet, ip)).then_some(segment)
}

/// Whether the IPv4 header claims a length that the frame can hold, so that
/// tcpdump has no remark in front of the addresses.
#[inline]
fn claims_what_is_there(packet: &Packet<'_>, ip: &Layer) -> bool {
    let claimed = packet.octets_from(ip.start).get(2..4);
    let claimed = claimed.map_or(0, |two| u32::from(two[0]) << 8 | u32::from(two[1]));
    claimed > 0 && claimed <= ip.len
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

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use super::*;
    use crate::decode::Decoder;
    use crate::frame::Frame;
    use crate::link_type::LinkType;
    use crate::sink::line::clock::TimeStyle;
    use crate::time::Timestamp;

    /// Every number as long as it can be, every flag but SYN.
    const LONG: [u8; 67] = [
        2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, // Ethernet
        0x45, 0, 0, 53, 0, 1, 0x40, 0, 64, 6, 0, 0, // IPv4
        255, 255, 255, 254, 255, 255, 255, 255, // addresses
        255, 255, 255, 254, 255, 255, 255, 254, 255, 255, 255, 255, // ports, numbers
        0x80, 0xfd, 255, 255, 0, 0, 255, 255, // the rest of the header
        1, 1, 8, 10, 255, 255, 255, 255, 255, 255, 255, 255,  // timestamps
        b'd', // data
    ];

    #[test]
    fn the_longest_usual_line_fits_a_draft() {
        let mut line = Line::new(LineOptions {
            time: TimeStyle::Date,
            ..LineOptions::default()
        });
        // The first one sets the bases, so that the second has long numbers.
        let mut text = Text::default();
        for seq_octet in [255, 254] {
            let mut bytes = LONG;
            bytes[38] = seq_octet;
            let frame = Frame {
                time: Timestamp::new(1_700_000_000, 999_999_000),
                link_type: LinkType::ETHERNET,
                len: 67,
                bytes: &bytes,
                ..Frame::numbered(NonZeroU64::MIN)
            };
            text.clear();
            line.write(&Decoder::default().decode(&frame), &mut text);
        }
        assert_eq!(
            String::from_utf8_lossy(text.octets()),
            "2023-11-14 22:13:20.999999 IP 255.255.255.254.65535 > 255.255.255.255.65534: \
             Flags [FRP.UEW], seq 4278190080:4278190081, ack 1, win 65535, urg 65535, \
             options [nop,nop,TS val 4294967295 ecr 4294967295], length 1\n"
        );
    }
}
