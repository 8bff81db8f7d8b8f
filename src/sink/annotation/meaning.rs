//! What a segment means, in a line: what it is, its numbers, the states it moved.

use crate::phase::Phase;
use crate::seq::SeqNum;
use crate::sink::annotation::colour;
use crate::sink::step;
use crate::sink::text::Text;
use crate::sink::width;
use crate::sink::words::Words;
use crate::sink::words::fill::fill;
use crate::sink::words::segments::opening_or_closing;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::icmp_errors::Notice;
use crate::track::moves::Moves;
use crate::track::part::{Part, Role};
use crate::track::sighting::SeenAgain;
use crate::track::wireshark::acked::Acked;
use crate::track::{Observation, Wants};

/// What annotations need to know.
pub(in crate::sink) const WANTS: Wants = Wants {
    turns: true,
    waits: true,
    ..Wants::WIRESHARK
};

/// Columns of each of the two numbers of a segment: wide enough for a
/// handshake, so that its three lines stand in order.
const NUMBER_WIDTH: usize = 20;
/// Columns between two things at least.
const GAP: usize = 2;

/// Columns for the usual titles that are longest, and the gap behind them.
pub(super) fn title_width(words: &Words) -> usize {
    let syn_ack = words.count.handshake.to_owned() + " 2/3 SYN-ACK";
    let fin = words.count.teardown.to_owned() + " 2-3/4 FIN+ACK";
    width::of(&syn_ack).max(width::of(&fin)) + GAP
}

/// How the things that an annotation says are set apart.
#[derive(Debug, Clone, Copy)]
pub(in crate::sink) enum Spacing {
    /// In columns, so that lines stand in order; the first, what a segment is, is
    /// so wide (see [`title_width`]).
    Columns(usize),
    /// By a gap.
    Gaps,
}

/// One annotation under construction.
pub(in crate::sink) struct Annotation<'a, 't> {
    pub(in crate::sink) seen: &'a Observation<'a>,
    pub(in crate::sink) words: &'static Words,
    pub(in crate::sink) spacing: Spacing,
    pub(in crate::sink) text: &'t mut Text,
}

impl Annotation<'_, '_> {
    /// Writes what there is to say, behind the mark.
    pub(in crate::sink) fn say(&mut self) {
        self.text.decimal(self.seen.flow.id.0);
        self.text.str(match self.seen.dir {
            Dir::ToServer => " → ",
            Dir::ToClient => " ← ",
        });
        if let Some(copy) = self.seen.copy() {
            return self.copy(copy);
        }
        let mut columns = TabStops::begin(self.spacing, self.text);
        self.title();
        if self.shows_seq() {
            columns.next(self.text);
            self.seq();
        }
        if self.seen.segment.is_ack() {
            columns.next(self.text);
            self.ack();
        }
        if !self.seen.moves.is_empty() {
            if !self.seen.segment.is_ack() {
                columns.skip(self.text);
            }
            columns.next(self.text);
            self.moves();
        }
        self.remarks();
        if !self.seen.segment.options.are_usual() {
            self.sacks();
        }
        self.findings();
    }

    /// A segment that was seen before has nothing to say of its own.
    fn copy(&mut self, copy: SeenAgain) {
        let words = &self.words.capture;
        let text = if copy.is_elsewhere {
            words.copy_elsewhere
        } else {
            words.copy_of
        };
        let apart = Span(copy.after.0.abs());
        fill!(self.text, text, copy.of.get(), apart);
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
            Part::AckAgain if colour::is_duplicate_ack(self.seen) => {
                self.text.str(words.duplicate_ack);
            }
            Part::Nonsense => fill!(self.text, words.nonsense, self.seen.segment.flags.letters()),
            part => match self.words.part(part) {
                Some(told) => self.text.str(told),
                None => self.step(role),
            },
        }
        let shows_len = !matches!(role.part, Part::Data | Part::KeepAlive | Part::WindowProbe);
        if len > 0 && shows_len {
            fill!(self.text, words.plus_data, len);
        }
        if let Some(notice) = self.seen.cut_smaller() {
            self.text.str(self.words.count.comma);
            self.cut_smaller(notice);
        } else if let Some(kind) = self.kind() {
            self.text.str(self.words.count.comma);
            self.text.str(kind);
        }
    }

    /// That it was too large before, as an ICMP error says.
    #[cold]
    fn cut_smaller(&mut self, notice: &Notice) {
        let (words, frame) = (&self.words.path, notice.error.frame);
        match notice.error.mtu {
            Some(mtu) => fill!(self.text, words.too_large, mtu.get(), frame),
            None => fill!(self.text, words.too_large_somehow, frame),
        }
    }

    /// What the segment really was, where it was not simply sent.
    fn kind(&self) -> Option<&'static str> {
        let words = &self.words.findings;
        let is_again = self.seen.is_again();
        let Some(judged) = self.seen.kind else {
            return is_again.then_some(words.retransmission);
        };
        self.words.judged(judged)
    }

    fn step(&mut self, role: Role) {
        self.text.str(self.words.phase(role.phase()));
        if let Some(step) = role.step {
            self.text.octet(b' ');
            step::write(step, self.text);
        }
        self.text.str(opening_or_closing(role.part));
    }

    /// A pure acknowledgment says nothing with its own number.
    const fn shows_seq(&self) -> bool {
        let is_out_of_place = self.seen.role.unacceptable.is_some();
        is_out_of_place
            || !matches!(
                self.seen.role.part,
                Part::Ack
                    | Part::AckAgain
                    | Part::ChallengeAck
                    | Part::WindowUpdate
                    | Part::WindowProbeAck
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
        let is_in_order = |acked: &Acked| tells_frame && acked.after >= Span(0);
        if let Some(acked) = self.seen.acked().filter(is_in_order) {
            fill!(
                self.text,
                self.words.annotation.frame_after,
                acked.frame.get(),
                acked.after
            );
        }
    }

    fn moves(&mut self) {
        moves(&self.seen.moves, self.seen.dir, self.words, self.text);
    }
}

/// The states that a segment moved which was sent in direction `dir`.
pub(in crate::sink) fn moves(moves: &Moves, dir: Dir, words: &Words, text: &mut Text) {
    let words = &words.count;
    let (client, server) = ((words.client, moves.client), (words.server, moves.server));
    // The sender's move first: it is the one the segment proves.
    let ends = match dir {
        Dir::ToServer => [client, server],
        Dir::ToClient => [server, client],
    };
    let changed = ends
        .into_iter()
        .filter(|(_, chain)| !chain.states().is_empty());
    for (nth, (end, chain)) in changed.enumerate() {
        text.str(if nth > 0 { words.comma } else { "" });
        text.str(end);
        text.octet(b' ');
        for (nth, state) in chain.states().iter().enumerate() {
            text.str(if nth > 0 { " → " } else { "" });
            text.str(state.name());
        }
    }
}

/// Columns at fixed places; what does not fit into one takes of the next. Or none.
struct TabStops {
    spacing: Spacing,
    /// Where the text of the first column began.
    start: usize,
    /// Where the latest column begins, in columns of the terminal.
    place: usize,
}

impl TabStops {
    const fn begin(spacing: Spacing, text: &Text) -> Self {
        Self {
            spacing,
            start: text.len(),
            place: 0,
        }
    }

    /// Spaces to the next column.
    fn next(&mut self, text: &mut Text) {
        let spaces = match self.spacing {
            Spacing::Gaps => GAP,
            Spacing::Columns(title_width) => {
                self.place += if self.place == 0 {
                    title_width
                } else {
                    NUMBER_WIDTH
                };
                let used = width::of_octets(&text.octets()[self.start..]);
                self.place.saturating_sub(used).max(GAP)
            }
        };
        for _ in 0..spaces {
            text.octet(b' ');
        }
    }

    /// Leaves a column empty.
    fn skip(&mut self, text: &mut Text) {
        if matches!(self.spacing, Spacing::Columns(_)) {
            self.next(text);
        }
    }
}
