//! The block of one connection.

use std::fmt::{self, Write};

use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::line::clock::Clock;
use crate::sink::report::offers;
use crate::sink::report::steps::Steps;
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::track::flow::{Dir, Flow, Roles};
use crate::track::handshake::{Handshake, Waits};
use crate::track::unproved;
use crate::track::verdict::Verdict;

/// What every line of a table begins with.
const INDENT: &str = "    ";

const DATA: &[Heading] = &[
    Heading::Left("data"),
    Heading::Right("bytes"),
    Heading::Right("sent again"),
    Heading::Right("segments"),
    Heading::Right("with data"),
];

/// A connection to be shown.
pub(super) struct Block<'a> {
    pub(super) flow: &'a Flow,
    /// Columns of the terminal.
    pub(super) width: Option<usize>,
}

impl Block<'_> {
    pub(super) fn write(&self, clock: &mut Clock, text: &mut Text) {
        let steps = Steps::of(self.flow, INDENT, self.width);
        self.headline(clock, text);
        self.opening(&steps.opening, text);
        if let Some(table) = offers::table(self.flow, INDENT) {
            text.octet(b'\n');
            table.write(text);
        }
        self.data(text);
        self.closing(&steps.closing, text);
        self.left_in(text);
    }

    fn headline(&self, clock: &mut Clock, text: &mut Text) {
        let flow = self.flow;
        let (client, server) = (flow.client_addr(), flow.server_addr());
        let guess = match flow.roles {
            Roles::BySyn | Roles::BySynAck => "",
            Roles::Guessed => "  (which end is the client is a guess)",
        };
        line(
            text,
            format_args!("#{}  {client} → {server}{guess}", flow.id.0),
        );
        line(text, format_args!("  {}", sentence::verdict(flow)));
        text.str("  began ");
        clock.write(flow.first, text);
        let segments = flow.client.segments + flow.server.segments;
        let plural = if segments == 1 { "" } else { "s" };
        let lasted = shown(flow.duration());
        line(
            text,
            format_args!("and lasted {lasted}: {segments} segment{plural}"),
        );
    }

    fn opening(&self, rows: &Columns, text: &mut Text) {
        if rows.rows() == 0 {
            return;
        }
        let handshake = &self.flow.handshake;
        text.octet(b'\n');
        line(text, format_args!("  {}", opened(handshake)));
        // Where nothing answered, the verdict has told it already.
        if Verdict::of(self.flow) != Verdict::NoAnswer {
            again("SYN", handshake.syn_again, &handshake.syn_waits, text);
        }
        let (times, waits) = (handshake.syn_ack_again, &handshake.syn_ack_waits);
        again("SYN-ACK", times, waits, text);
        rows.write(text);
    }

    fn data(&self, text: &mut Text) {
        text.octet(b'\n');
        if self.flow.client.octets == 0 && self.flow.server.octets == 0 {
            return line(text, format_args!("  no data"));
        }
        let mut table = Columns::new(DATA, INDENT);
        for dir in [Dir::ToServer, Dir::ToClient] {
            let half = self.flow.sender(dir);
            table.row([
                format!("{} → {}", dir.sender(), dir.reverse().sender()),
                half.octets.to_string(),
                half.octets_again.to_string(),
                half.segments.to_string(),
                half.data_segments.to_string(),
            ]);
        }
        table.write(text);
    }

    fn closing(&self, rows: &Columns, text: &mut Text) {
        if rows.rows() == 0 {
            return;
        }
        text.octet(b'\n');
        line(text, format_args!("  {}", closed(self.flow)));
        again("FIN", self.flow.teardown.fin_again, &Waits::default(), text);
        rows.write(text);
    }

    /// Where both ends were left, and what no segment proved.
    fn left_in(&self, text: &mut Text) {
        text.octet(b'\n');
        let (client, server) = (self.flow.client.state, self.flow.server.state);
        line(
            text,
            format_args!("  left in: client {client}, server {server}"),
        );
        for unproved in unproved::of(self.flow) {
            line(
                text,
                format_args!("  not proved: {}", sentence::unproved(unproved)),
            );
        }
    }
}

fn line(text: &mut Text, words: fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    let _ = writeln!(text, "{words}");
}

/// `SYN sent 3 times, again after 1.024 s, 2.048 s`; nothing where it was sent
/// once.
fn again(what: &str, again: u8, waits: &Waits, text: &mut Text) {
    if again > 0 {
        let times = u16::from(again) + 1;
        let after = sentence::waits(waits);
        line(
            text,
            format_args!("{INDENT}{what} sent {times} times{after}"),
        );
    }
}

fn opened(handshake: &Handshake) -> String {
    let legs = match (handshake.server_leg(), handshake.client_leg()) {
        _ if handshake.is_simultaneous => ": both ends opened at once".to_owned(),
        (Some(server), Some(client)) => {
            format!(
                ": SYN-ACK after {}, ACK after another {}",
                shown(server),
                shown(client)
            )
        }
        (Some(server), None) => format!(": SYN-ACK after {}, no ACK", shown(server)),
        (None, Some(client)) => format!(": SYN not captured, ACK after {}", shown(client)),
        (None, None) => String::new(),
    };
    match handshake.duration() {
        Some(duration) => format!("handshake in {}{legs}", shown(duration)),
        None => format!("handshake, incomplete{legs}"),
    }
}

fn closed(flow: &Flow) -> String {
    let teardown = &flow.teardown;
    let reset = teardown
        .reset
        .map(|reset| format!("reset by the {}", reset.dir.sender()));
    let Some(first) = teardown.first_fin else {
        return reset.unwrap_or_default();
    };
    let title = match teardown.second_ack {
        Some(last) => format!("teardown in {}", shown(last.time - first.time)),
        None => "teardown, incomplete".to_owned(),
    };
    let order = sentence::closing_order(flow, first.dir);
    let also = reset.map_or_else(String::new, |reset| format!(", {reset}"));
    format!("{title}: {order}{also}")
}
