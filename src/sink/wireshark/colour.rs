//! The colours of Wireshark's default rules.

use crate::flags::Flags;
use crate::track::Observation;
use crate::track::wireshark::finding::Finding;

/// The colours of the first of Wireshark's default rules that holds; rules for
/// what lies above TCP are left out.
pub(super) fn colour(seen: &Observation<'_>) -> &'static str {
    let segment = seen.segment;
    let is_bad = seen.findings().rules().any(|rule| {
        !matches!(
            rule.finding,
            Finding::WindowUpdate | Finding::KeepAlive | Finding::KeepAliveAck
        )
    });
    let is_http = segment.src.port() == 80 || segment.dst.port() == 80;
    match () {
        () if is_bad => "\x1b[48;2;18;39;46m\x1b[38;2;247;135;135m",
        () if segment.flags.has(Flags::RST) => "\x1b[48;2;164;0;0m\x1b[38;2;255;252;156m",
        () if segment.src.is_ipv4() && segment.ttl < 5 => {
            "\x1b[48;2;164;0;0m\x1b[38;2;236;240;235m"
        }
        () if is_http => "\x1b[48;2;228;255;199m\x1b[38;2;18;39;46m",
        () if segment.flags.any(Flags::SYN | Flags::FIN) => {
            "\x1b[48;2;160;160;160m\x1b[38;2;18;39;46m"
        }
        () => "\x1b[48;2;231;230;255m\x1b[38;2;18;39;46m",
    }
}
