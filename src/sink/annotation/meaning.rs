//! What a segment means, in a line.

use crate::phase::Phase;
use crate::seq::SeqNum;
use crate::sink::annotation::colour::Colour;
use crate::sink::text::Text;
use crate::sink::width;
use crate::sink::words::Words;
use crate::sink::words::fill::{self, Value, fill};
use crate::track::Observation;
use crate::track::dir::Dir;
use crate::track::flow::Roles;
use crate::track::judgement::{Cause, Kind};
use crate::track::moves::Chain;
use crate::track::offer::FastOpen;
use crate::track::part::{Part, Role, Step};
use crate::track::wireshark::finding::Finding;

/// Columns of each of the two numbers of a segment: wide enough for a
/// handshake, so that its three lines stand in order.
const NUMBER_WIDTH: usize = 20;
/// Columns between two things at least.
const GAP: usize = 2;

/// Columns for the usual titles that are longest, and the gap behind them.
pub(super) fn title_width(words: &Words) -> usize {
    let syn = words.count.handshake.to_owned() + " 1/3 SYN" + words.annotation.again;
    let fin = words.count.teardown.to_owned() + " 2-3/4 FIN+ACK";
    width::of(&syn).max(width::of(&fin)) + GAP
}

/// One annotation under construction.
pub(in crate::sink) struct Annotation<'a, 't> {
    pub(in crate::sink) seen: &'a Observation<'a>,
    pub(in crate::sink) words: &'static Words,
    /// Columns of what a segment is, see [`title_width`].
    pub(in crate::sink) title_width: usize,
    pub(in crate::sink) text: &'t mut Text,
}

impl Annotation<'_, '_> {
    /// Writes the line. Its colour begins behind the mark, by which lines are
    /// told from tcpdump's.
    pub(in crate::sink) fn write(&mut self, colour: Colour) {
        self.text.str("  #");
        colour.begin(self.text);
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
        if self.seen.segment.is_ack() {
            columns.next(self.width_before_ack(), self.text);
            self.ack();
        }
        if !self.seen.moves.is_empty() {
            if !self.seen.segment.is_ack() {
                columns.next(NUMBER_WIDTH, self.text);
            }
            columns.next(NUMBER_WIDTH, self.text);
            self.moves();
        }
        self.remarks();
        if !self.seen.segment.options.are_usual() {
            self.sacks();
        }
        if !self.seen.findings().is_empty() || self.seen.kind.is_some() {
            self.findings();
        }
        colour.end(self.text);
        self.text.octet(b'\n');
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
        let len = self.seen.segment.payload_len;
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
            Part::WindowProbe => self.text.str(words.window_probe),
            Part::WindowProbeAck => self.text.str(words.window_probe_ack),
            Part::Refusal => self.text.str(words.refused),
            Part::Reset => self.text.str(words.reset),
            Part::Nonsense => fill!(self.text, words.nonsense, self.seen.segment.flags.letters()),
            _ => self.step(role),
        }
        let shows_len = !matches!(role.part, Part::Data | Part::KeepAlive | Part::WindowProbe);
        if len > 0 && shows_len {
            fill!(self.text, words.plus_data, len);
        }
        if self.seen.is_again() {
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
            Part::Ack | Part::AckAgain | Part::WindowUpdate | Part::WindowProbeAck
        )
    }

    fn seq(&mut self) {
        let (flow, dir) = (self.seen.flow, self.seen.dir);
        let first = self.seen.segment.seq;
        let end = first + self.seen.segment.payload_len;
        let relative = |seq: SeqNum| flow.relative_seq(dir, seq);
        self.text.str("seq ");
        self.text.decimal(relative(first));
        if self.seen.segment.payload_len > 0 {
            self.text.octet(b':');
            self.text.decimal(relative(end));
        }
        self.text.str(" (");
        self.text.decimal(first.0);
        if self.seen.segment.payload_len > 0 {
            self.text.octet(b':');
            self.text.decimal(end.0);
        }
        self.text.octet(b')');
    }

    fn ack(&mut self) {
        let relative = self
            .seen
            .flow
            .relative_ack(self.seen.dir, self.seen.segment.ack);
        self.text.str("ack ");
        self.text.decimal(relative);
        self.text.str(" (");
        self.text.decimal(self.seen.segment.ack.0);
        self.text.octet(b')');
        let tells_frame = matches!(self.seen.role.phase(), Phase::Ack | Phase::Data);
        if let Some(acked) = self.seen.acked().filter(|_| tells_frame) {
            fill!(
                self.text,
                self.words.annotation.frame_after,
                acked.frame.get(),
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
        let (segment, role, flow) = (self.seen.segment, self.seen.role, self.seen.flow);
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
            // What was acknowledged did arrive.
            let is_acked = flow.sender(self.seen.dir).una - segment.seq >= 0;
            let missing = if is_acked {
                words.uncaptured
            } else {
                words.missing
            };
            self.remark(missing, role.missing.into());
        }
        if role.again > 0 && !self.seen.is_again() {
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
        let window = || flow.window(self.seen.dir, segment);
        if let Some(closed_for) = self.seen.window_closed_for() {
            self.text.str(self.words.count.semicolon);
            fill!(self.text, words.window_open_again, window(), closed_for);
        } else if role.part == Part::WindowUpdate {
            self.remark(words.window_now, window().into());
        }
    }

    /// What arrived twice, and what arrived behind a gap.
    #[cold]
    fn sacks(&mut self) {
        let (flow, dir, segment) = (self.seen.flow, self.seen.dir, self.seen.segment);
        let relative = |edge| flow.relative_ack(dir, edge);
        let twice = segment.duplicate_sack();
        if let Some((left, right)) = twice {
            let words = self.words.annotation.arrived_twice;
            self.text.str(self.words.count.semicolon);
            fill!(self.text, words, relative(left), relative(right));
        }
        let blocks = segment.sack_blocks().skip(usize::from(twice.is_some()));
        for (nth, (left, right)) in blocks.enumerate() {
            if nth == 0 {
                self.plain_remark("sack ");
            } else {
                self.text.str(self.words.count.comma);
            }
            self.text.decimal(relative(left));
            self.text.octet(b':');
            self.text.decimal(relative(right));
        }
    }

    /// What the rules found that the title does not say, and what the segment
    /// really was.
    fn findings(&mut self) {
        let (seen, words) = (self.seen, &self.words.findings);
        let findings = seen.findings();
        let is_said = |finding| {
            let says_closed = seen.role.part == Part::WindowProbeAck;
            let closed = [Finding::ZeroWindow, Finding::ZeroWindowProbeAck];
            says_closed && closed.contains(&finding)
        };
        for (finding, words) in [
            (Finding::AckLostSegment, words.ack_lost_segment),
            (Finding::WindowFull, words.window_full),
            (Finding::ZeroWindow, words.zero_window),
            (Finding::ZeroWindowProbe, words.zero_window_probe),
            (Finding::ZeroWindowProbeAck, words.zero_window_probe_ack),
            (Finding::ReusedPorts, words.reused_ports),
            (Finding::TfoIgnored, words.tfo_ignored),
        ] {
            if findings.has(finding) && !is_said(finding) {
                self.plain_remark(words);
            }
        }
        if let Some((number, frame)) = seen.wireshark.and_then(|found| found.duplicate_ack()) {
            self.text.str(self.words.count.semicolon);
            fill!(self.text, words.duplicate_ack, number, frame);
        }
        match seen.kind.map(|judged| (judged.kind, judged.cause)) {
            None | Some((Kind::New, _)) => {}
            Some((Kind::OutOfOrder, _)) => self.plain_remark(words.out_of_order),
            Some((Kind::Duplicate, _)) => self.plain_remark(words.duplicate),
            Some((Kind::Retransmission, cause)) => self.plain_remark(match cause {
                None => words.retransmission,
                Some(Cause::Timeout) => words.timeout,
                Some(Cause::Fast) => words.fast,
                Some(Cause::TailProbe) => words.tail_probe,
                Some(Cause::Spurious) => words.spurious,
            }),
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
pub(in crate::sink) fn write_step(step: Step, text: &mut Text) {
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
