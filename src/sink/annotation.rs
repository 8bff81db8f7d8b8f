//! The line under the line: what the segment means.
//!
//! It begins with two spaces and `#`, so that `grep -v '^  #'` gives tcpdump's
//! output back.

use std::io::{self, Write};

use crate::phase::Phase;
use crate::segment::{Packet, Segment};
use crate::seq::SeqNum;
use crate::sink::line::{Line, LineOptions};
use crate::sink::page::Page;
use crate::sink::text::Text;
use crate::sink::{Sink, duration};
use crate::totals::Totals;
use crate::track::Observation;
use crate::track::advance::Chain;
use crate::track::flow::{Dir, Roles};
use crate::track::handshake::FastOpen;
use crate::track::role::{Part, Role, Step};

/// Columns of what a segment is, and of each of its two numbers: wide enough
/// for a handshake, so that its three lines stand in order.
const TITLE_WIDTH: usize = 24;
const NUMBER_WIDTH: usize = 20;

/// Lines, each with its annotation.
#[derive(Debug)]
pub struct Annotated<W> {
    line: Line,
    page: Page<W>,
    is_coloured: bool,
}

impl<W: Write> Annotated<W> {
    /// Writes to `page`, in colours where `is_coloured` is set.
    pub fn new(options: LineOptions, page: Page<W>, is_coloured: bool) -> Self {
        Self {
            line: Line::new(options),
            page,
            is_coloured,
        }
    }
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
                    text,
                }
                .write();
                text.str(if colour.is_empty() { "\n" } else { "\x1b[0m\n" });
            }
            (Ok(_), None) => {}
            (Err(skip), _) => {
                text.str("  # not followed: ");
                text.str(skip.words());
                text.octet(b'\n');
            }
        }
        self.page.packet_done()
    }

    fn quiet(&mut self) -> io::Result<()> {
        self.page.flush()
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        self.page.text.str("  # ");
        self.page.text.str(&totals.to_string());
        self.page.text.octet(b'\n');
        self.page.flush()
    }
}

/// The colour of each phase: opening green, data cyan, closing yellow, trouble
/// red, and what only keeps things going dim.
const fn colour(phase: Phase) -> &'static str {
    match phase {
        Phase::Handshake => "\x1b[32m",
        Phase::Data => "\x1b[36m",
        Phase::Ack => "\x1b[2m",
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
        let mut column = Column::at(self.text);
        self.title();
        if self.shows_seq() {
            column.pad_to(TITLE_WIDTH, self.text);
            column = Column::at(self.text);
            self.seq();
        }
        if self.segment.is_ack() {
            let width = if self.shows_seq() {
                NUMBER_WIDTH
            } else {
                TITLE_WIDTH
            };
            column.pad_to(width, self.text);
            column = Column::at(self.text);
            self.ack();
        }
        if !self.seen.moves.is_empty() {
            column.pad_to(NUMBER_WIDTH, self.text);
            if !self.segment.is_ack() {
                Column::at(self.text).pad_to(NUMBER_WIDTH, self.text);
            }
            self.moves();
        }
        self.remarks();
    }

    /// What the segment is: `handshake 2/3 SYN-ACK`, `data 5 bytes`.
    fn title(&mut self) {
        let role = self.seen.role;
        let len = self.segment.payload_len;
        match role.part {
            Part::Data => self.bytes("data ", len),
            Part::Ack if role.acknowledges > 0 => self.bytes("ack of ", role.acknowledges),
            Part::Ack => self.text.str("ack"),
            Part::AckAgain => self.text.str("ack again"),
            Part::WindowUpdate => self.text.str("window update"),
            Part::KeepAlive => self.text.str("keep-alive"),
            Part::KeepAliveAck => self.text.str("keep-alive answered"),
            Part::Refusal => self.text.str("refused RST"),
            Part::Reset => self.text.str("reset RST"),
            Part::Nonsense => {
                self.text.str("nonsense [");
                self.text.str(self.segment.flags.letters());
                self.text.octet(b']');
            }
            _ => self.step(role),
        }
        if len > 0 && !matches!(role.part, Part::Data | Part::KeepAlive) {
            self.bytes(" + data ", len);
        }
        if role.is_again(self.segment) {
            self.text.str(" again");
        }
    }

    fn step(&mut self, role: Role) {
        self.text.str(role.phase().name());
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

    fn bytes(&mut self, before: &str, count: u32) {
        self.text.str(before);
        self.text.decimal(count);
        self.text.str(if count == 1 { " byte" } else { " bytes" });
    }

    /// A pure acknowledgment says nothing with its own number.
    fn shows_seq(&self) -> bool {
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
            self.text.str(", frame ");
            self.text.decimal(acked.frame);
            self.text.str(" after ");
            duration::write(acked.after, self.text);
        }
    }

    fn moves(&mut self) {
        let moves = &self.seen.moves;
        let (client, server) = (("client ", moves.client), ("server ", moves.server));
        // The sender's move first: it is the one the segment proves.
        let ends = match self.seen.dir {
            Dir::ToServer => [client, server],
            Dir::ToClient => [server, client],
        };
        let changed = ends
            .into_iter()
            .filter(|(_, chain)| !chain.states().is_empty());
        for (nth, (end, chain)) in changed.enumerate() {
            self.text.str(if nth > 0 { ", " } else { "" });
            self.text.str(end);
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
        if role.part == Part::HandshakeAck
            && role.again == 0
            && let Some(took) = flow.handshake.duration()
        {
            self.text.str("; handshake ");
            duration::write(took, self.text);
        }
        if flow.roles == Roles::Guessed && flow.client.segments + flow.server.segments == 1 {
            self.text
                .str("; began before the capture, which end is the client is a guess");
        }
        if role.missing > 0 {
            self.bytes("; ", role.missing);
            self.text.str(" before it not captured");
        }
        if role.again > 0 && !role.is_again(segment) {
            self.bytes("; ", role.again);
            self.text.str(" of it again");
        }
        if role.part == Part::Syn && role.again == 0 {
            self.text.str(match flow.handshake.offered.fast_open {
                Some(FastOpen::Request) => "; asks for a Fast Open cookie",
                Some(FastOpen::Cookie) => "; Fast Open with a cookie",
                None => "",
            });
        }
        if role.part == Part::SynAck && self.seen.flow.relative_ack(self.seen.dir, segment.ack) > 1
        {
            self.text.str("; Fast Open accepted");
        }
        if role.part == Part::WindowUpdate {
            self.bytes("; window now ", flow.window(self.seen.dir, segment));
        }
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

/// Where a column began.
struct Column {
    start: usize,
}

impl Column {
    const fn at(text: &Text) -> Self {
        Self { start: text.len() }
    }

    /// Spaces up to `width` columns, two at least.
    fn pad_to(&self, width: usize, text: &mut Text) {
        let used = text.len() - self.start;
        for _ in used..width.max(used + 2) {
            text.octet(b' ');
        }
    }
}
