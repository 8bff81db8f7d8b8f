//! What the program says of a capture, and what it has in it that the old
//! program reads otherwise.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use tcptrace::flags::Flags;
use tcptrace::layer::{Layer, LayerKind};
use tcptrace::options::TcpOption;
use tcptrace::segment::{Packet, Segment};
use tcptrace::sink::json::Connections;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::{Event, Sink};
use tcptrace::track::Wants;

use crate::support::capture::show_from;
use crate::support::classic::account::Records;

/// `None` where the file cannot be read to its end.
pub fn records(path: &Path) -> Option<Records> {
    let open = || BufReader::new(File::open(path).unwrap());
    let mut found = Records::default();
    show_from(open(), Finder(&mut found)).ok()?;
    let mut out = Vec::new();
    show_from(open(), Printed::new(Connections::default(), &mut out)).ok()?;
    let lines = out
        .split(|octet| *octet == b'\n')
        .filter(|line| !line.is_empty() && !line.starts_with(b"{\"capture\""));
    found.connections = lines
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    Some(found)
}

struct Finder<'a>(&'a mut Records);

impl Sink for Finder<'_> {
    fn wants(&self) -> Wants {
        Wants::OURS
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Event::Packet(packet, Some(seen)) = event
            && let Ok(segment) = &packet.segment
        {
            self.0.segments += 1;
            if is_odd(packet, segment) {
                self.0.odd.insert(u64::from(seen.flow.id.0));
            }
        }
        Ok(())
    }
}

/// `docs/peers.md` names these.
fn is_odd(packet: &Packet<'_>, segment: &Segment<'_>) -> bool {
    let is_extension = |kind| {
        matches!(
            kind,
            LayerKind::HopByHop
                | LayerKind::DestinationOptions
                | LayerKind::Routing
                | LayerKind::Fragment
                | LayerKind::Authentication
        )
    };
    // The datagram ends before the TCP header does, or has no length at all.
    let header_end = packet.end + u32::from(segment.header_len);
    let is_short = packet
        .layers
        .iter()
        .any(|layer| datagram_end(packet, *layer).is_some_and(|end| end < header_end));
    // IP claims more than was on the wire.
    let is_long = packet.layers.iter().any(|layer| {
        let end = datagram_end(packet, *layer);
        end.is_some_and(|end| end > layer.start + layer.len)
    });
    // Its clock begins with the first second of 1970.
    let is_at_the_beginning = segment.time.seconds() == 0;
    let is_no_time = segment.time.recorded().1 >= 1_000_000_000;
    let scale = segment.options.iter().filter_map(TcpOption::window_scale);
    packet.layers.iter().any(|layer| is_extension(layer.kind))
        || is_short
        || is_long
        || segment.is_fragment
        || segment.options.missing > 0
        || is_at_the_beginning
        || is_no_time
        || segment.flags.has(Flags::SYN) && scale.max() > Some(14)
}

/// Where a datagram ends by its header; `None` for other headers.
fn datagram_end(packet: &Packet<'_>, layer: Layer) -> Option<u32> {
    let (field, fixed) = match layer.kind {
        LayerKind::Ipv4 => (2..4, 0),
        LayerKind::Ipv6 => (4..6, 40),
        _ => return None,
    };
    let octets = packet.octets_from(layer.start).get(field)?;
    let length = u16::from_be_bytes([octets[0], octets[1]]);
    Some(layer.start + fixed + u32::from(length))
}
