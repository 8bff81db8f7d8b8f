//! The Info column: ports, control bits, numbers, options, and in front of them
//! what the analysis found.

use crate::flags::Flags;
use crate::options::{TcpOption, kind};
use crate::sink::wireshark::SummaryLine;
use crate::track::wireshark::finding::Finding;

/// What stands before the ports, the last of the analysis first.
const PREFIXES: [(Finding, &str); 15] = [
    (Finding::ZeroWindowProbeAck, "[TCP ZeroWindowProbeAck] "),
    (Finding::ZeroWindow, "[TCP ZeroWindow] "),
    (Finding::ZeroWindowProbe, "[TCP ZeroWindowProbe] "),
    (Finding::DuplicateAck, "[TCP Dup ACK "),
    (Finding::KeepAliveAck, "[TCP Keep-Alive ACK] "),
    (Finding::KeepAlive, "[TCP Keep-Alive] "),
    (Finding::WindowFull, "[TCP Window Full] "),
    (Finding::WindowUpdate, "[TCP Window Update] "),
    (Finding::AckLostSegment, "[TCP ACKed unseen segment] "),
    (Finding::LostSegment, "[TCP Previous segment not captured] "),
    (Finding::OutOfOrder, "[TCP Out-Of-Order] "),
    (
        Finding::SpuriousRetransmission,
        "[TCP Spurious Retransmission] ",
    ),
    (Finding::FastRetransmission, "[TCP Fast Retransmission] "),
    (Finding::Retransmission, "[TCP Retransmission] "),
    (Finding::ReusedPorts, "[TCP Port numbers reused] "),
];

/// The control bits, as the Info column names them.
const BITS: [(Flags, &str); 9] = [
    (Flags::FIN, "FIN"),
    (Flags::SYN, "SYN"),
    (Flags::RST, "RST"),
    (Flags::PSH, "PSH"),
    (Flags::ACK, "ACK"),
    (Flags::URG, "URG"),
    (Flags::ECE, "ECE"),
    (Flags::CWR, "CWR"),
    (Flags::AE, "AE"),
];

impl SummaryLine<'_, '_> {
    /// Writes the column, the last of the line.
    pub(super) fn info(&mut self) {
        self.prefixes();
        let segment = self.seen.segment;
        self.text.decimal(segment.src.port());
        self.text.str(" → ");
        self.text.decimal(segment.dst.port());
        self.bits();
        if let Some(found) = self.seen.wireshark {
            self.number(" Seq=", found.relative_seq());
            if segment.is_ack() {
                self.number(" Ack=", found.relative_ack());
            }
            self.number(" Win=", found.window());
        }
        if segment.flags.has(Flags::URG) {
            self.number(" Urg=", u32::from(segment.urgent));
        }
        self.number(" Len=", segment.payload_len);
        for option in segment.options.iter() {
            self.option(option);
        }
    }

    fn number(&mut self, name: &str, number: u32) {
        self.text.str(name);
        self.text.decimal(number);
    }

    fn prefixes(&mut self) {
        let findings = self.seen.findings();
        if findings.is_empty() {
            return;
        }
        let is_special = findings.has(Finding::FastRetransmission)
            || findings.has(Finding::SpuriousRetransmission);
        for (finding, words) in PREFIXES {
            if !findings.has(finding) || finding == Finding::Retransmission && is_special {
                continue;
            }
            self.text.str(words);
            if let Some((number, frame)) =
                self.seen.wireshark.and_then(|found| found.duplicate_ack())
                && finding == Finding::DuplicateAck
            {
                self.text.decimal(frame);
                self.number("#", number);
                self.text.str("] ");
            }
        }
    }

    fn bits(&mut self) {
        self.text.str(" [");
        let set = BITS
            .iter()
            .filter(|(bit, _)| self.seen.segment.flags.has(*bit));
        for (nth, (_, name)) in set.enumerate() {
            self.text.str(if nth > 0 { ", " } else { "" });
            self.text.str(name);
        }
        let is_bare = self.seen.segment.flags.bits() == 0;
        self.text.str(if is_bare { "<None>]" } else { "]" });
    }

    fn option(&mut self, option: TcpOption<'_>) {
        if let Some(mss) = option.mss() {
            self.number(" MSS=", u32::from(mss));
        } else if let Some(shift) = option.window_scale() {
            self.number(" WS=", 1 << shift.min(14));
        } else if let Some((value, echo)) = option.timestamps() {
            self.number(" TSval=", value);
            self.number(" TSecr=", echo);
        } else if let Some(cookie) = option.fast_open_cookie() {
            self.text.str(if cookie.is_empty() {
                " TFO=R"
            } else {
                " TFO=C"
            });
        } else if option.kind == kind::SACK {
            let Some(found) = self.seen.wireshark else {
                return;
            };
            for (left, right) in option.sack_blocks() {
                self.number(" SLE=", found.relative_edge(left));
                self.number(" SRE=", found.relative_edge(right));
            }
        } else {
            self.rare_option(option);
        }
    }

    fn rare_option(&mut self, option: TcpOption<'_>) {
        let name = match (option.kind, option.value.len()) {
            (kind::SACK_PERMITTED, 0) => return self.text.str(" SACK_PERM"),
            (kind::MD5, 16) => return self.text.str(" MD5"),
            (kind::EXPERIMENT_1 | kind::EXPERIMENT_2, 2..) => return self.experiment(option),
            (kind::ECHO, 4) => " ECHO=",
            (kind::ECHO_REPLY, 4) => " ECHOREPLY=",
            (kind::CC, 4) => " CC=",
            (kind::CC_NEW, 4) => " CCNEW=",
            (kind::CC_ECHO, 4) => " CCECHO=",
            (kind::USER_TIMEOUT, 2) => " USER_TO=",
            _ => return,
        };
        let octets = option.value.iter();
        let number = octets.fold(0, |number, &octet| number << 8 | u32::from(octet));
        let is_timeout = option.kind == kind::USER_TIMEOUT;
        self.number(name, if is_timeout { number & 0x7fff } else { number });
    }

    fn upper_hex(&mut self, number: u16) {
        let digits = (number.max(1).ilog2() / 4 + 1) as usize;
        for place in (0..digits).rev() {
            let digit = number >> (4 * place) & 0xf;
            self.text.octet(b"0123456789ABCDEF"[usize::from(digit)]);
        }
    }

    /// Of an experiment, which one it is (RFC 6994).
    fn experiment(&mut self, option: TcpOption<'_>) {
        if let [high, low, ..] = option.value {
            let id = u16::from_be_bytes([*high, *low]);
            self.text.str(" ExID=");
            self.upper_hex(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::wireshark::rules::RULES;

    /// What tshark says by the options alone.
    const WITHOUT: [Finding; 3] = [Finding::TfoSyn, Finding::TfoAck, Finding::TfoIgnored];

    #[test]
    fn every_finding_has_its_words_or_is_known_to_have_none() {
        for rule in &RULES {
            let is_it = |finding: Finding| finding == rule.finding;
            let with = PREFIXES.iter().filter(|(finding, _)| is_it(*finding));
            let without = WITHOUT.into_iter().filter(|finding| is_it(*finding));
            assert_eq!(with.count() + without.count(), 1, "{}", rule.name);
        }
    }
}
