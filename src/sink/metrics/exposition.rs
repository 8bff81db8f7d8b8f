//! Prometheus' text format, version 0.0.4.

use std::fmt::Display;

use crate::sink::metrics::histogram::Histogram;
use crate::sink::metrics::kernel::KernelCounts;
use crate::sink::metrics::tally::{ServerTally, StillOpen};
use crate::totals::Totals;

/// The text, family by family.
#[derive(Debug, Default)]
pub(super) struct Exposition(String);

impl From<Exposition> for String {
    fn from(Exposition(text): Exposition) -> Self {
        text
    }
}

impl Exposition {
    /// What is told of the run itself.
    pub(super) fn run(&mut self, totals: &Totals, kernel: Option<KernelCounts>) {
        self.single(
            "frames_total",
            "counter",
            "Frames that passed the filter.",
            totals.frames,
        );
        self.single(
            "segments_total",
            "counter",
            "TCP segments in them.",
            totals.segments,
        );
        if let Some(kernel) = kernel {
            let KernelCounts {
                received,
                dropped,
                dropped_by_interface,
            } = kernel;
            let help = "Frames that passed the filter, by the kernel's count.";
            self.single("kernel_received_frames_total", "counter", help, received);
            let help = "Frames for which the kernel had no room: of these nothing is known.";
            self.single("kernel_dropped_frames_total", "counter", help, dropped);
            let help = "Frames that the interface or its driver lost.";
            self.single(
                "interface_dropped_frames_total",
                "counter",
                help,
                dropped_by_interface,
            );
        }
        let help = "Connections seen, those too that were open before the capture.";
        self.single(
            "connections_seen_total",
            "counter",
            help,
            totals.connections,
        );
        let help = "Connections given up before their time, as there was no memory for them.";
        self.single(
            "connections_given_up_total",
            "counter",
            help,
            totals.given_up,
        );
    }

    /// What is told by server.
    pub(super) fn servers(
        &mut self,
        names: &[String],
        tallies: &[&ServerTally],
        present: &[StillOpen],
    ) {
        let count = |of: fn(&ServerTally) -> u64| tallies.iter().map(move |one| of(one));
        let name = "connections_tried_total";
        self.head(name, "counter", "Connections that were asked for.");
        for (server, count) in names.iter().zip(count(|one| one.tried)) {
            self.sample(name, &[("server", server)], count);
        }
        let name = "connections_opened_total";
        self.head(name, "counter", "Connections whose handshake was complete.");
        for (server, count) in names.iter().zip(count(|one| one.opened)) {
            self.sample(name, &[("server", server)], count);
        }
        let name = "connections_ended_total";
        self.head(
            name,
            "counter",
            "Connections that have ended, by what became of them.",
        );
        for (server, tally) in names.iter().zip(tallies) {
            for (verdict, count) in tally.ended.each() {
                self.sample(name, &[("verdict", verdict), ("server", server)], count);
            }
        }
        self.standing(names, present);
        let name = "retransmitted_segments_total";
        self.head(
            name,
            "counter",
            "Segments sent again, of connections that have ended.",
        );
        for (server, count) in names.iter().zip(count(|one| one.retransmitted)) {
            self.sample(name, &[("server", server)], count);
        }
        let name = "payload_bytes_total";
        self.head(
            name,
            "counter",
            "Data sent, each octet once, of connections that have ended.",
        );
        for (server, tally) in names.iter().zip(tallies) {
            for (from, octets) in ["client", "server"].into_iter().zip(tally.octets) {
                self.sample(name, &[("from", from), ("server", server)], octets);
            }
        }
        self.times(names, tallies);
    }

    /// The connections that have not ended.
    fn standing(&mut self, names: &[String], present: &[StillOpen]) {
        let name = "connections";
        self.head(
            name,
            "gauge",
            "Connections that have not ended, by how far they have come.",
        );
        for (server, StillOpen { counts, .. }) in names.iter().zip(present) {
            for (state, count) in [
                ("open", counts.open),
                ("half_open", counts.half_open),
                ("asked_for", counts.asked_for),
            ] {
                self.sample(name, &[("state", state), ("server", server)], count);
            }
        }
        let name = "connections_failing";
        let help = "Those of them that fail so far, by how: they may come to life yet.";
        self.head(name, "gauge", help);
        for (server, present) in names.iter().zip(present) {
            for (verdict, count) in present.failing.each() {
                self.sample(name, &[("verdict", verdict), ("server", server)], count);
            }
        }
    }

    fn times(&mut self, names: &[String], tallies: &[&ServerTally]) {
        let help = "How long handshakes took.";
        self.histogram("handshake_seconds", help, names, tallies, |one| {
            &one.handshakes
        });
        let help = "Round trips: the median of each connection that has ended.";
        self.histogram("rtt_seconds", help, names, tallies, |one| &one.round_trips);
        let help = "How long clients waited for the first byte of answers, of connections that have ended.";
        self.histogram("first_byte_seconds", help, names, tallies, |one| {
            &one.first_bytes
        });
    }

    fn histogram(
        &mut self,
        name: &str,
        help: &str,
        names: &[String],
        tallies: &[&ServerTally],
        of: fn(&ServerTally) -> &Histogram,
    ) {
        self.head(name, "histogram", help);
        let bucket = format!("{name}_bucket");
        for (server, tally) in names.iter().zip(tallies) {
            let all = of(tally);
            for (bound, count) in all.cumulative() {
                self.sample(&bucket, &[("server", server), ("le", bound)], count);
            }
            self.sample(&bucket, &[("server", server), ("le", "+Inf")], all.count);
            self.sample(&format!("{name}_sum"), &[("server", server)], all.seconds());
            self.sample(&format!("{name}_count"), &[("server", server)], all.count);
        }
    }

    fn single(&mut self, name: &str, kind: &str, help: &str, value: u64) {
        self.head(name, kind, help);
        self.sample(name, &[], value);
    }

    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let text = format!("# HELP tcptrace_{name} {help}\n# TYPE tcptrace_{name} {kind}\n");
        self.0.push_str(&text);
    }

    /// Addresses and words need no escape.
    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str("tcptrace_");
        self.0.push_str(name);
        for (nth, (label, value)) in labels.iter().enumerate() {
            self.0.push(if nth == 0 { '{' } else { ',' });
            self.0.push_str(label);
            self.0.push_str("=\"");
            self.0.push_str(value);
            self.0.push('"');
        }
        self.0.push_str(if labels.is_empty() { " " } else { "} " });
        self.0.push_str(&value.to_string());
        self.0.push('\n');
    }
}
