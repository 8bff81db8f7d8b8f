//! The block of one connection.

use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::line::clock::Clock;
use crate::sink::paragraph;
use crate::sink::report::offers;
use crate::sink::report::steps::{INDENT, Steps};
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::sink::words::{ReportTexts, Words};
use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::diagnosis::Diagnosis;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::handshake::Handshake;
use crate::track::oddity::Oddity;
use crate::track::position::Position;
use crate::track::time_spent::TimeSpent;
use crate::track::unproved;
use crate::track::verdict::{Due, Verdict};
use crate::track::waits::Waits;

/// Columns of the table of data that a narrow terminal goes without, the first first: how
/// many segments had data, how many there were, what was sent again.
const GONE_WITHOUT: [&[usize]; 3] = [&[4], &[3], &[2]];
/// What further lines of a sentence begin with, behind its indent.
const FURTHER: &str = "  ";

/// A connection to be shown.
pub(super) struct Block<'a> {
    pub(super) connection: &'a Connection,
    pub(super) flow: &'a Flow,
    pub(super) diagnoses: &'a [Diagnosis],
    /// Where its time went.
    pub(super) spent: Option<&'a TimeSpent>,
    /// What took longer is told.
    pub(super) slower_than: Option<Span>,
    /// Columns of the terminal.
    pub(super) width: Option<usize>,
    pub(super) is_coloured: bool,
    pub(super) words: &'static Words,
}

impl Block<'_> {
    pub(super) fn write(&self, clock: &mut Clock, text: &mut Text) {
        let steps = Steps::of(self.flow, self.width, self.is_coloured, self.words);
        self.headline(clock, text);
        let spent = self.time_spent();
        if let Some(spent) = spent {
            self.limited_by(spent, text);
        }
        self.said_of_ports(text);
        self.opening(&steps.opening, text);
        if let Some(table) = offers::table(self.flow, self.width, INDENT, self.words) {
            text.octet(b'\n');
            table.write(text);
        }
        self.data(text);
        self.not_taken(text);
        self.troubles(text);
        self.times(text);
        if let Some(spent) = spent {
            self.bars(spent, text);
        }
        self.closing(&steps.closing, text);
        self.left_in(text);
        self.sockets(text);
    }

    fn headline(&self, clock: &mut Clock, text: &mut Text) {
        let flow = self.flow;
        let (client, server) = (flow.client_addr(), flow.server_addr());
        let guess = flow.roles.guessed_by().map(|by| {
            let by = self.words.count.guessed_by(by);
            said!(self.words.report.client_guessed, by)
        });
        let guess = guess.unwrap_or_default();
        let title = format!("#{}  {client} → {server}{guess}", flow.id.0);
        self.say(Colour::BOLD, "", &title, text);
        let verdict = sentence::verdict_with_evidence(flow, self.words);
        let colour = Colour::of_verdict(Verdict::of(flow));
        self.say(colour, "  ", &verdict, text);
        let segments = flow.client.segments + flow.server.segments;
        let segments = said!(self.words.count.segments, segments);
        let mut times = Text::default();
        times.str(self.words.report.began);
        clock.write(flow.began, &mut times);
        times.str(&said!(self.words.report.lasted, flow.duration(), &segments));
        let times = String::from_utf8_lossy(times.octets());
        self.say(Colour::NONE, "  ", &times, text);
    }

    /// What took long, where that was asked, and what else uses these addresses and ports.
    fn said_of_ports(&self, text: &mut Text) {
        let flow = self.flow;
        if let Some(limit) = self.slower_than {
            self.long_waits(limit, text);
        }
        if let Some(same) = flow.same_as {
            let said = said!(self.words.capture.same_as, same.0);
            self.warn(&said, text);
        }
        if let Some(asked) = &flow.answers {
            let (id, addr) = (asked.id.0, asked.addr.to_string());
            self.warn(
                &said!(self.words.acceptance.answers_other, id, asked.frame, &addr),
                text,
            );
        }
        if let Some(answer) = &flow.answered_from {
            let (id, addr) = (answer.id.0, answer.addr.to_string());
            let said = self.words.acceptance.answered_from;
            self.warn(&said!(said, id, answer.frame, &addr), text);
        }
        if let Some(earlier) = flow.earlier {
            let used = said!(self.words.report.ports_used_before, earlier.0);
            self.say(Colour::NONE, "  ", &used, text);
        }
        let told = self.diagnoses.iter();
        for found in told.filter(|found| !sentence::is_in_verdict(found, flow)) {
            let found_is = sentence::diagnosis_with_evidence(found, self.words);
            let said = self.words.diagnosis.heading.to_owned() + &found_is;
            self.say(Colour::of_diagnosis(found), "  ", &said, text);
        }
    }

    fn opening(&self, rows: &Columns, text: &mut Text) {
        if rows.rows() == 0 {
            return;
        }
        let handshake = &self.flow.handshake;
        text.octet(b'\n');
        let opened = opened(self.flow, self.words);
        self.say(Colour::NONE, "  ", &opened, text);
        // Where nothing answered, the verdict has told it already.
        if Verdict::of(self.flow) != Verdict::NoAnswer {
            self.again("SYN", handshake.syn_again, &handshake.syn_waits, text);
        }
        let (times, waits) = (handshake.syn_ack_again, &handshake.syn_ack_waits);
        self.again("SYN-ACK", times, waits, text);
        self.judged_opening(text);
        rows.write(text);
    }

    /// What the times tell, what they do not, and what is odd.
    fn judged_opening(&self, text: &mut Text) {
        let handshake = &self.flow.handshake;
        let words = &self.words.report;
        if handshake.is_server_leg_ambiguous() {
            self.warn(&said!(words.ambiguous, "SYN"), text);
        }
        self.syns(text);
        if let Some(answered) = answered(handshake, words) {
            self.warn(&answered, text);
        }
        if let Some(position) = Position::of(handshake) {
            let position = match position {
                Position::Client => words.captured_at_client,
                Position::Server => words.captured_at_server,
                Position::Middle => words.captured_in_middle,
                Position::Everywhere => words.captured_everywhere,
            };
            self.say(Colour::NONE, INDENT, position, text);
        }
        for oddity in Oddity::of(self.flow) {
            let oddity = sentence::oddity(oddity, self.words);
            self.warn(&said!(words.odd, &oddity), text);
        }
    }

    fn data(&self, text: &mut Text) {
        text.octet(b'\n');
        let flow = self.flow;
        let is_whole = flow.only_direction().is_none();
        if is_whole && flow.client.octets == 0 && flow.server.octets == 0 {
            let [client, server] = [&flow.client, &flow.server].map(Half::octets_by_number);
            if client + server > 0 {
                let said = said!(self.words.capture.data_not_captured, client, server);
                return self.say(Colour::YELLOW, "  ", &said, text);
            }
            return self.say(Colour::NONE, "  ", self.words.report.no_data, text);
        }
        let mut table = Columns::new(data_headings(&self.words.report), INDENT);
        for dir in [Dir::ToServer, Dir::ToClient] {
            let half = self.flow.sender(dir);
            let counts = [
                half.octets.to_string(),
                self.again_of(half),
                half.segments.to_string(),
                half.data_segments.to_string(),
            ];
            let is_captured = self.flow.only_direction() != Some(dir.reverse());
            let [bytes, again, segments, with_data] =
                counts.map(|count| if is_captured { count } else { "-".to_owned() });
            let way = format!("{} → {}", self.words.sender(dir), self.words.receiver(dir));
            let colour = if half.octets_again > 0 {
                Colour::YELLOW
            } else {
                Colour::NONE
            };
            table.painted_row(
                [way, bytes, again, segments, with_data],
                [(2, colour.only_if(self.is_coloured))],
            );
        }
        table.narrow(self.width, &GONE_WITHOUT);
        table.write(text);
    }

    fn closing(&self, rows: &Columns, text: &mut Text) {
        if rows.rows() == 0 {
            return;
        }
        text.octet(b'\n');
        let closed = closed(self.flow, self.words);
        self.say(Colour::NONE, "  ", &closed, text);
        let teardown = &self.flow.teardown;
        self.again("FIN", teardown.fin_again, &Waits::default(), text);
        rows.write(text);
    }

    /// Where both ends were left, and what no segment proved.
    fn left_in(&self, text: &mut Text) {
        text.octet(b'\n');
        let (client, server) = (self.flow.client.state, self.flow.server.state);
        let words = &self.words.report;
        let states = match self.flow.only_direction() {
            None => words.left_in,
            Some(_) => words.left_in_at_least,
        };
        let states = said!(states, self.words.state(client), self.words.state(server));
        self.say(Colour::NONE, "  ", &states, text);
        let holds = |dir| self.flow.holds_time_wait(dir);
        if holds(Dir::ToServer) || holds(Dir::ToClient) {
            self.say(Colour::NONE, "  ", words.time_wait_lasts, text);
        }
        let is_unknown = matches!(Verdict::of(self.flow), Verdict::Unknown(_));
        for unproved in unproved::of(self.flow).filter(|_| !is_unknown) {
            let unproved = sentence::unproved(unproved, self.words);
            let said = said!(words.not_proved, &unproved);
            self.say(Colour::YELLOW, "  ", &said, text);
        }
    }

    /// `SYN sent 3 times, again after 1.024 s, 2.048 s`; nothing where it was
    /// sent once.
    fn again(&self, what: &str, again: u8, waits: &Waits, text: &mut Text) {
        if again > 0 {
            let times = said!(self.words.report.sent_times, what, u16::from(again) + 1);
            let after = sentence::waits(waits, self.words);
            self.warn(&(times + &after), text);
        }
    }

    /// A line below what it belongs to, about what did not go as it should.
    pub(super) fn warn(&self, words: &str, text: &mut Text) {
        self.say(Colour::YELLOW, INDENT, words, text);
    }

    /// A line in a colour, where there are any; several where a terminal has too
    /// few columns.
    pub(super) fn say(&self, colour: Colour, indent: &str, words: &str, text: &mut Text) {
        let colour = colour.only_if(self.is_coloured);
        let later = indent.to_owned() + FURTHER;
        paragraph::write(words, colour, [indent, &later], self.width, text);
    }
}

const fn data_headings(words: &ReportTexts) -> [Heading; 5] {
    [
        Heading::Left(words.data),
        Heading::Right(words.bytes),
        Heading::Right(words.repeated_bytes),
        Heading::Right(words.segments),
        Heading::Right(words.with_data),
    ]
}

fn opened(flow: &Flow, words: &Words) -> String {
    let (handshake, capture, words) = (&flow.handshake, &words.capture, &words.report);
    if handshake.ack.is_none() && flow.only_direction().is_some() {
        return words.handshake_one_way.to_owned();
    }
    let legs = (handshake.server_leg(), handshake.client_leg());
    let is_unknown = matches!(Verdict::of(flow), Verdict::Unknown(Due::Ack));
    if let (Some(server), true) = (legs.0, is_unknown) {
        return said!(capture.handshake_so_far, server);
    }
    if let (Some(server), true) = (legs.0, handshake.has_late_ack()) {
        return said!(capture.handshake_without_ack, server);
    }
    let legs = match (legs, handshake.later_syn_ack()) {
        _ if handshake.is_simultaneous => words.opened_at_once.to_owned(),
        ((Some(server), Some(client)), Some(later)) => {
            said!(words.answered_leg, server, client, later)
        }
        ((Some(server), Some(client)), None) => said!(words.both_legs, server, client),
        ((Some(server), None), _) if handshake.ack.is_none() => said!(words.server_leg, server),
        ((None, Some(client)), _) if handshake.syn.is_none() => said!(words.client_leg, client),
        _ => String::new(),
    };
    match handshake.duration() {
        Some(duration) => said!(words.handshake_in, duration) + &legs,
        None => words.handshake_incomplete.to_owned() + &legs,
    }
}

/// Which SYN-ACK was answered, where it was sent again.
fn answered(handshake: &Handshake, words: &ReportTexts) -> Option<String> {
    let is_ambiguous = handshake.is_client_leg_ambiguous();
    match handshake.answered_syn_ack() {
        Some((frame, _)) if is_ambiguous => Some(said!(words.echoes_first, frame)),
        None if is_ambiguous => Some(said!(words.ambiguous, "SYN-ACK")),
        _ => {
            let later = handshake.later_syn_ack()?;
            Some(said!(words.answers, later))
        }
    }
}

fn closed(flow: &Flow, words: &Words) -> String {
    let teardown = &flow.teardown;
    let reset = teardown
        .reset
        .map(|reset| said!(words.verdict.reset_by, words.sender(reset.dir)));
    let Some(first) = teardown.first_fin else {
        return reset.unwrap_or_default();
    };
    let also = reset.map_or_else(String::new, |reset| words.count.comma.to_owned() + &reset);
    if let Some(only) = flow.only_direction() {
        let closed = said!(words.verdict.closed_by, words.sender(only));
        return words.report.teardown_one_way.to_owned() + words.count.colon + &closed + &also;
    }
    let title = match teardown.second_ack {
        Some(last) => said!(words.report.teardown_in, last.time - first.time),
        None => words.report.teardown_incomplete.to_owned(),
    };
    let order = sentence::closing_order(flow, first.dir, words);
    title + words.count.colon + &order + &also
}
