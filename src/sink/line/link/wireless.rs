//! IEEE 802.11 data frames in a line, with -e.

use crate::octets::be16;
use crate::sink::line::headers::Headers;

/// The bits of frame control that -v names, in tcpdump's order.
const NAMES: [(u16, &str); 6] = [
    (0x2000, "More Data "),
    (0x0400, "More Fragments "),
    (0x1000, "Pwr Mgmt "),
    (0x0800, "Retry "),
    (0x8000, "Strictly Ordered "),
    (0x4000, "Protected "),
];

impl Headers<'_, '_> {
    /// What the header says, and its three or four addresses, each by the part
    /// it plays.
    pub(super) fn ieee80211(&mut self, octets: &[u8]) {
        let control = be16(octets, 0).swap_bytes();
        if self.options.verbose > 0 {
            for (bit, name) in NAMES {
                if control & bit != 0 {
                    self.text.str(name);
                }
            }
            self.text.decimal(be16(octets, 2).swap_bytes());
            self.text.str("us ");
        }
        let subtype = control >> 4 & 0xf;
        let contention_free = ["", "Ack", "Poll", "Ack/Poll"][usize::from(subtype & 3)];
        if subtype & 0xb != 0 {
            self.text.str("CF ");
            self.text.str(contention_free);
            self.text.str(if subtype & 8 != 0 { "+QoS " } else { " " });
        }
        // To the distribution system, and from it.
        let parts: &[(&str, usize)] = match control >> 8 & 3 {
            0 => &[("DA:", 4), ("SA:", 10), ("BSSID:", 16)],
            1 => &[("BSSID:", 4), ("SA:", 10), ("DA:", 16)],
            2 => &[("DA:", 4), ("BSSID:", 10), ("SA:", 16)],
            _ => &[("RA:", 4), ("TA:", 10), ("DA:", 16), ("SA:", 24)],
        };
        for &(part, at) in parts {
            self.text.str(part);
            self.mac(octets.get(at..at + 6).unwrap_or_default());
            self.text.octet(b' ');
        }
    }
}
