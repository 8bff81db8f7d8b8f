//! The block of one connection.

use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::line::clock::Clock;
use crate::sink::report::offers;
use crate::sink::report::steps::{Steps, arrow};
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::time::Span;
use crate::track::flow::{Dir, Flow, Roles};
use crate::track::handshake::{Handshake, Waits};
use crate::track::state::State;
use crate::track::unproved;

/// What stands in front of every line of a table.
const INDENT: &str = "    ";

const DATA: &[Heading] = &[
    Heading::Left("data"),
    Heading::Right("bytes"),
    Heading::Right("of them again"),
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
        let guess = match flow.roles {
            Roles::BySyn | Roles::BySynAck => "",
            Roles::Guessed => "  (which end is the client is a guess)",
        };
        let (client, server) = (flow.client_addr(), flow.server_addr());
        line(text, &format!("#{}  {client} → {server}{guess}", flow.id.0));
        line(text, &format!("  {}", sentence::verdict(flow)));
        text.str("  began ");
        clock.write(flow.first, text);
        let segments = flow.client.segments + flow.server.segments;
        let plural = if segments == 1 { "" } else { "s" };
        let lasted = shown(flow.duration());
        line(
            text,
            &format!("and lasted {lasted}: {segments} segment{plural}"),
        );
    }

    fn opening(&self, rows: &Columns, text: &mut Text) {
        if rows.rows() == 0 {
            return;
        }
        let handshake = &self.flow.handshake;
        text.octet(b'\n');
        line(text, &format!("  {}", opened(handshake)));
        again("SYN", handshake.syn_again, &handshake.syn_waits, text);
        again(
            "SYN-ACK",
            handshake.syn_ack_again,
            &handshake.syn_ack_waits,
            text,
        );
        rows.write(text);
    }

    fn data(&self, text: &mut Text) {
        let mut table = Columns::new(DATA, INDENT);
        for dir in [Dir::ToServer, Dir::ToClient] {
            let half = self.flow.sender(dir);
            table.row([
                format!(
                    "{} {} {}",
                    Dir::ToServer.sender(),
                    arrow(dir),
                    Dir::ToClient.sender()
                ),
                half.octets.to_string(),
                half.octets_again.to_string(),
                half.segments.to_string(),
                half.data_segments.to_string(),
            ]);
        }
        text.octet(b'\n');
        table.write(text);
    }

    fn closing(&self, rows: &Columns, text: &mut Text) {
        if rows.rows() == 0 {
            return;
        }
        text.octet(b'\n');
        line(text, &format!("  {}", closed(self.flow)));
        again("FIN", self.flow.teardown.fin_again, &Waits::default(), text);
        rows.write(text);
    }

    /// What no segment proved, and where both ends were left.
    fn left_in(&self, text: &mut Text) {
        text.octet(b'\n');
        let (client, server) = (self.flow.client.state, self.flow.server.state);
        line(
            text,
            &format!("  left in: client {client}, server {server}"),
        );
        for unproved in unproved::of(self.flow) {
            line(
                text,
                &format!("  not proved: {}", sentence::unproved(unproved)),
            );
        }
    }
}

fn line(text: &mut Text, words: &str) {
    text.str(words);
    text.octet(b'\n');
}

/// `SYN sent 3 times, after 1.024 s, 2.048 s`; nothing where it was sent once.
fn again(what: &str, times: u8, waits: &Waits, text: &mut Text) {
    if times > 0 {
        let times = u16::from(times) + 1;
        line(
            text,
            &format!(
                "{INDENT}{what} sent {times} times{}",
                sentence::waits(waits)
            ),
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
        None => format!("handshake, not whole{legs}"),
    }
}

fn closed(flow: &Flow) -> String {
    let teardown = &flow.teardown;
    let Some(first) = teardown.first_fin else {
        return teardown.reset.map_or_else(String::new, |reset| {
            format!("reset by the {}", reset.dir.sender())
        });
    };
    let closer = first.dir.sender();
    let took: Option<Span> = teardown.second_ack.map(|last| last.time - first.time);
    let title = match took {
        Some(took) => format!("teardown in {}", shown(took)),
        None => "teardown, not whole".to_owned(),
    };
    let order = if teardown.is_simultaneous {
        "both ends closed at once".to_owned()
    } else {
        format!("the {closer} closed first")
    };
    format!("{title}: {order}{}{}", held(flow), reset_too(flow))
}

fn held(flow: &Flow) -> &'static str {
    let holds = |dir: Dir| flow.sender(dir).state == State::TimeWait;
    match (holds(Dir::ToServer), holds(Dir::ToClient)) {
        (true, true) => ", both hold TIME-WAIT",
        (true, false) => ", the client holds TIME-WAIT",
        (false, true) => ", the server holds TIME-WAIT",
        (false, false) => "",
    }
}

fn reset_too(flow: &Flow) -> String {
    let reset = flow.teardown.reset;
    reset.map_or_else(String::new, |reset| {
        format!(", reset by the {}", reset.dir.sender())
    })
}
