//! The line under the line: what the segment means.
//!
//! It begins with two spaces and `#`, so that `grep -v '^  #'` gives tcpdump's
//! output back.

use std::io::{self, Write};

use crate::phase::Phase;
use crate::segment::{Packet, Segment};
use crate::seq::SeqNum;
use crate::sink::explain::{Explainer, HowOften};
use crate::sink::line::{Line, LineOptions};
use crate::sink::page::Page;
use crate::sink::text::Text;
use crate::sink::words::fill::{self, Value, fill};
use crate::sink::words::{Lang, Words};
use crate::sink::{Sink, sentence, width};
use crate::totals::Totals;
use crate::track::Observation;
use crate::track::advance::Chain;
use crate::track::flow::{Dir, Flow, Roles};
use crate::track::handshake::FastOpen;
use crate::track::role::{Part, Role, Step};
use crate::track::verdict::Verdict;

/// Columns of each of the two numbers of a segment: wide enough for a
/// handshake, so that its three lines stand in order.
const NUMBER_WIDTH: usize = 20;
/// Columns between two things at least.
const GAP: usize = 2;

/// How annotations are shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnnotationOptions {
    /// Whether each phase has its colour.
    pub is_coloured: bool,
    /// The language.
    pub lang: Lang,
    /// Whether it is explained, and how often.
    pub explain: Option<HowOften>,
    /// Columns of the terminal; `None` where there is room for all.
    pub width: Option<usize>,
}

/// Lines, each with its annotation.
#[derive(Debug)]
pub struct Annotated<W> {
    line: Line,
    page: Page<W>,
    is_coloured: bool,
    words: &'static Words,
    /// Columns of what a segment is.
    title_width: usize,
    explainer: Option<Explainer>,
}

impl<W: Write> Annotated<W> {
    /// Writes to `page`.
    pub fn new(line: LineOptions, options: AnnotationOptions, page: Page<W>) -> Self {
        let words = options.lang.words();
        Self {
            line: Line::new(line),
            page,
            is_coloured: options.is_coloured,
            words,
            title_width: title_width(words),
            explainer: options
                .explain
                .map(|how_often| Explainer::new(how_often, words, options.width)),
        }
    }
}

/// Columns for the usual titles that are longest, and the gap behind them.
fn title_width(words: &Words) -> usize {
    let syn = words.count.handshake.to_owned() + " 1/3 SYN" + words.annotation.again;
    let fin = words.count.teardown.to_owned() + " 2-3/4 FIN+ACK";
    width::of(&syn).max(width::of(&fin)) + GAP
}

impl<W: Write> Sink for Annotated<W> {
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>) -> io::Result<()> {
        if !self.line.write(packet, &mut self.page.text) {
            return Ok(());
        }
        let text = &mut self.page.text;
        match (&packet.segment, seen) {
            (Ok(segment), Some(seen)) => {
                let colour = if self.is_coloured {
                    colour(seen.role.phase())
                } else {
                    ""
                };
                text.str(colour);
                Annotation {
                    segment,
                    seen,
                    words: self.words,
                    title_width: self.title_width,
                    text,
                }
                .write();
                text.str(if colour.is_empty() { "" } else { PLAIN });
                text.octet(b'\n');
                if let Some(explainer) = &mut self.explainer {
                    text.str(if colour.is_empty() { "" } else { DIM });
                    explainer.write(segment, seen, text);
                    text.str(if colour.is_empty() { "" } else { PLAIN });
                }
                if seen.verdict.is_some() {
                    self.verdict(seen.flow);
                }
            }
            (Ok(_), None) => {}
            (Err(skip), _) => {
                text.str("  # ");
                fill!(
                    text,
                    self.words.annotation.not_followed,
                    self.words.skip(*skip)
                );
                text.octet(b'\n');
            }
        }
        self.page.packet_done()
    }

    fn unreachable(&mut self, flow: &Flow) -> io::Result<()> {
        self.verdict(flow);
        self.page.packet_done()
    }

    fn connection(&mut self, flow: &Flow) -> io::Result<()> {
        let tells_more = match Verdict::of(flow) {
            Verdict::Open | Verdict::Midstream => false,
            _ => !flow.has_ended(),
        };
        if tells_more {
            self.verdict(flow);
        }
        self.page.packet_done()
    }

    fn quiet(&mut self) -> io::Result<()> {
        self.page.flush()
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        self.page.text.str("  # ");
        self.page.text.str(&sentence::segments(totals, self.words));
        self.page.text.octet(b'\n');
        self.page.flush()
    }
}

impl<W: Write> Annotated<W> {
    /// What became of a connection, on a line of its own.
    fn verdict(&mut self, flow: &Flow) {
        let text = &mut self.page.text;
        let colour = match Verdict::of(flow).is_normal() {
            _ if !self.is_coloured => "",
            true => BOLD,
            false => BOLD_RED,
        };
        text.str("  #");
        text.decimal(flow.id.0);
        text.octet(b' ');
        text.str(colour);
        text.str(self.words.verdict.settled);
        text.str(&sentence::verdict_with_evidence(flow, self.words));
        text.str(if colour.is_empty() { "" } else { PLAIN });
        text.octet(b'\n');
    }
}

const BOLD: &str = "\x1b[1m";
const BOLD_RED: &str = "\x1b[1;31m";
/// What keeps things going, and explanations.
const DIM: &str = "\x1b[2m";
/// The end of a colour.
const PLAIN: &str = "\x1b[0m";

/// The colour of each phase: opening green, data cyan, closing yellow, trouble
/// red, and what only keeps things going dim.
const fn colour(phase: Phase) -> &'static str {
    match phase {
        Phase::Handshake => "\x1b[32m",
        Phase::Data => "\x1b[36m",
        Phase::Ack => DIM,
        Phase::KeepAlive => "\x1b[34m",
        Phase::Teardown => "\x1b[33m",
        Phase::Reset => "\x1b[31m",
        Phase::Nonsense => "\x1b[35m",
    }
}

/// One annotation under construction.
struct Annotation<'a, 't> {
    segment: &'a Segment<'a>,
    seen: &'a Observation<'a>,
    words: &'static Words,
    title_width: usize,
    text: &'t mut Text,
}

impl Annotation<'_, '_> {
    fn write(&mut self) {
        self.text.str("  #");
        self.text.decimal(self.seen.flow.id.0);
        self.text.str(match self.seen.dir {
            Dir::ToServer => " → ",
            Dir::ToClient => " ← ",
        });
        let mut columns = Columns::at(self.text);
        self.title();
        if self.shows_seq() {
            columns.next(self.title_width, self.text);
            self.seq();
        }
        if self.segment.is_ack() {
            columns.next(self.width_before_ack(), self.text);
            self.ack();
        }
        if !self.seen.moves.is_empty() {
            if !self.segment.is_ack() {
                columns.next(NUMBER_WIDTH, self.text);
            }
            columns.next(NUMBER_WIDTH, self.text);
            self.moves();
        }
        self.remarks();
    }

    const fn width_before_ack(&self) -> usize {
        if self.shows_seq() {
            NUMBER_WIDTH
        } else {
            self.title_width
        }
    }

    /// What the segment is: `handshake 2/3 SYN-ACK`, `data 5 bytes`.
    fn title(&mut self) {
        let role = self.seen.role;
        let len = self.segment.payload_len;
        let words = &self.words.annotation;
        match role.part {
            Part::Data => fill!(self.text, words.data, len),
            Part::Ack if role.acknowledges > 0 => {
                fill!(self.text, words.ack_of, role.acknowledges);
            }
            Part::Ack => self.text.str(words.ack),
            Part::AckAgain => self.text.str(words.ack_again),
            Part::WindowUpdate => self.text.str(words.window_update),
            Part::KeepAlive => self.text.str(words.keep_alive),
            Part::KeepAliveAck => self.text.str(words.keep_alive_ack),
            Part::Refusal => self.text.str(words.refused),
            Part::Reset => self.text.str(words.reset),
            Part::Nonsense => fill!(self.text, words.nonsense, self.segment.flags.letters()),
            _ => self.step(role),
        }
        if len > 0 && !matches!(role.part, Part::Data | Part::KeepAlive) {
            fill!(self.text, words.plus_data, len);
        }
        if role.is_again(self.segment) {
            self.text.str(words.again);
        }
    }

    fn step(&mut self, role: Role) {
        self.text.str(self.words.phase(role.phase()));
        self.text.octet(b' ');
        if let Some(step) = role.step {
            write_step(step, self.text);
        }
        self.text.str(match role.part {
            Part::Syn => " SYN",
            Part::SynAck => " SYN-ACK",
            Part::Fin => " FIN",
            Part::FinAck => " FIN+ACK",
            _ => " ACK",
        });
    }

    /// A pure acknowledgment says nothing with its own number.
    const fn shows_seq(&self) -> bool {
        !matches!(
            self.seen.role.part,
            Part::Ack | Part::AckAgain | Part::WindowUpdate
        )
    }

    fn seq(&mut self) {
        let (flow, dir) = (self.seen.flow, self.seen.dir);
        let first = self.segment.seq;
        let end = first + self.segment.payload_len;
        let relative = |seq: SeqNum| flow.relative_seq(dir, seq);
        self.text.str("seq ");
        self.text.decimal(relative(first));
        if self.segment.payload_len > 0 {
            self.text.octet(b':');
            self.text.decimal(relative(end));
        }
        self.text.str(" (");
        self.text.decimal(first.0);
        if self.segment.payload_len > 0 {
            self.text.octet(b':');
            self.text.decimal(end.0);
        }
        self.text.octet(b')');
    }

    fn ack(&mut self) {
        let relative = self.seen.flow.relative_ack(self.seen.dir, self.segment.ack);
        self.text.str("ack ");
        self.text.decimal(relative);
        self.text.str(" (");
        self.text.decimal(self.segment.ack.0);
        self.text.octet(b')');
        let tells_frame = matches!(self.seen.role.phase(), Phase::Ack | Phase::Data);
        if let Some(acked) = self.seen.acked.filter(|_| tells_frame) {
            fill!(
                self.text,
                self.words.annotation.frame_after,
                acked.frame,
                acked.after
            );
        }
    }

    fn moves(&mut self) {
        let moves = &self.seen.moves;
        let words = &self.words.count;
        let (client, server) = ((words.client, moves.client), (words.server, moves.server));
        // The sender's move first: it is the one the segment proves.
        let ends = match self.seen.dir {
            Dir::ToServer => [client, server],
            Dir::ToClient => [server, client],
        };
        let changed = ends
            .into_iter()
            .filter(|(_, chain)| !chain.states().is_empty());
        for (nth, (end, chain)) in changed.enumerate() {
            self.text.str(if nth > 0 { words.comma } else { "" });
            self.text.str(end);
            self.text.octet(b' ');
            self.chain(chain);
        }
    }

    fn chain(&mut self, chain: Chain) {
        for (nth, state) in chain.states().iter().enumerate() {
            self.text.str(if nth > 0 { " → " } else { "" });
            self.text.str(state.name());
        }
    }

    /// What else is worth knowing, each after a semicolon.
    fn remarks(&mut self) {
        let (segment, role, flow) = (self.segment, self.seen.role, self.seen.flow);
        let words = &self.words.annotation;
        if role.part == Part::HandshakeAck
            && role.again == 0
            && let Some(took) = flow.handshake.duration()
        {
            self.remark(words.handshake_took, took.into());
        }
        if flow.roles == Roles::Guessed && flow.client.segments + flow.server.segments == 1 {
            self.plain_remark(words.client_guessed);
        }
        if role.missing > 0 {
            self.remark(words.missing, role.missing.into());
        }
        if role.again > 0 && !role.is_again(segment) {
            self.remark(words.partly_again, role.again.into());
        }
        if role.part == Part::Syn && role.again == 0 {
            match flow.handshake.offered.fast_open {
                Some(FastOpen::Request) => self.plain_remark(words.asks_for_cookie),
                Some(FastOpen::Cookie) => self.plain_remark(words.with_cookie),
                None => {}
            }
        }
        if role.part == Part::SynAck && flow.relative_ack(self.seen.dir, segment.ack) > 1 {
            self.plain_remark(words.fast_open_accepted);
        }
        if role.part == Part::WindowUpdate {
            let window = flow.window(self.seen.dir, segment);
            self.remark(words.window_now, window.into());
        }
    }

    fn plain_remark(&mut self, words: &str) {
        self.text.str(self.words.count.semicolon);
        self.text.str(words);
    }

    fn remark(&mut self, words: &str, value: Value<'_>) {
        self.text.str(self.words.count.semicolon);
        fill::write(words, &[value], self.text);
    }
}

/// Writes `3/4`, or `2-3/4` for two steps at once.
pub(super) fn write_step(step: Step, text: &mut Text) {
    text.decimal(step.first);
    if step.last != step.first {
        text.octet(b'-');
        text.decimal(step.last);
    }
    text.octet(b'/');
    text.decimal(step.of);
}

/// Columns at fixed places; what does not fit into one takes of the next.
struct Columns {
    /// Where the text of the first column began.
    start: usize,
    /// Where the next column begins, in columns of the terminal.
    place: usize,
}

impl Columns {
    const fn at(text: &Text) -> Self {
        Self {
            start: text.len(),
            place: 0,
        }
    }

    /// Spaces to the next column, which is `width` behind this one.
    fn next(&mut self, width: usize, text: &mut Text) {
        self.place += width;
        let used = width::of_octets(&text.octets()[self.start..]);
        for _ in used..self.place.max(used + GAP) {
            text.octet(b' ');
        }
    }
}
