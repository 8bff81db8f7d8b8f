//! The line under the line: what the segment means.
//!
//! It begins with two spaces and `#`, so that `grep -v '^  #'` gives tcpdump's
//! output back.

pub(super) mod colour;
pub(super) mod meaning;
mod remarks;

use crate::segment::Packet;
use crate::sink::annotation::colour::Colour;
use crate::sink::annotation::meaning::{Annotation, Spacing, title_width};
use crate::sink::explain::{Explainer, HowOften};
use crate::sink::header::Drawing;
use crate::sink::line::Line;
use crate::sink::sentence;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::words::fill::fill;
use crate::sink::words::{Lang, Words};
use crate::skip::Skip;
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::flow::Flow;
use crate::track::verdict::Verdict;
use crate::track::{Observation, Wants};

/// How annotations are shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnnotationOptions {
    /// Whether each phase has its colour.
    pub is_coloured: bool,
    /// The language.
    pub lang: Lang,
    /// Whether it is explained, and how often.
    pub explain: Option<HowOften>,
    /// Whether the TCP header is drawn.
    pub header: bool,
    /// Columns of the terminal; `None` where there is room for all.
    pub width: Option<usize>,
}

/// Lines, each with its annotation.
#[derive(Debug)]
pub struct Annotated {
    line: Line,
    is_coloured: bool,
    words: &'static Words,
    spacing: Spacing,
    drawing: Option<Drawing>,
    explainer: Option<Explainer>,
}

impl Annotated {
    /// Lines as `line` writes them, annotations as `options` say.
    #[must_use]
    pub fn new(line: Line, options: AnnotationOptions) -> Self {
        let words = options.lang.words();
        let colour = if options.is_coloured {
            Colour::DIM
        } else {
            Colour::NONE
        };
        Self {
            line,
            is_coloured: options.is_coloured,
            words,
            spacing: Spacing::Columns(title_width(words)),
            drawing: options
                .header
                .then(|| Drawing::new(words, options.is_coloured)),
            explainer: options
                .explain
                .map(|how_often| Explainer::new(how_often, words, colour, options.width)),
        }
    }
}

impl Style for Annotated {
    fn wants(&self) -> Wants {
        Wants::WIRESHARK
    }

    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>, text: &mut Text) {
        if !self.line.write(packet, text) {
            return;
        }
        match (seen, packet.received()) {
            (Some(seen), _) => self.meaning(packet, seen, text),
            (None, Ok(_)) => {}
            (None, Err(skip)) => self.skipped(packet, skip, text),
        }
        if let Some(comment) = packet.frame.comment.filter(|_| self.line.is_verbose()) {
            self.comment(comment, text);
        }
    }

    fn unreachable(&mut self, flow: &Flow, text: &mut Text) {
        self.verdict(flow, self.words.verdict.settled_so_far, text);
    }

    fn connection(&mut self, connection: &Connection, text: &mut Text) {
        let flow = &connection.flow;
        let tells_more = match Verdict::of(flow) {
            Verdict::Open | Verdict::Midstream => false,
            _ => !flow.has_ended(),
        };
        if tells_more {
            self.verdict(flow, self.words.verdict.settled, text);
        }
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        text.str("  # ");
        text.str(&sentence::segments(totals, self.words));
        text.octet(b'\n');
    }
}

impl Annotated {
    /// What a segment means, and what became of its connection where that is
    /// settled by it.
    #[inline]
    fn meaning(&mut self, packet: &Packet<'_>, seen: &Observation<'_>, text: &mut Text) {
        Annotation {
            seen,
            words: self.words,
            spacing: self.spacing,
            text,
        }
        .write(self.colour(Colour::of(seen.role.phase())));
        if let Some(drawing) = &self.drawing {
            drawing.write(packet, Some(seen), text);
        }
        if let Some(explainer) = &mut self.explainer {
            explainer.write(packet, seen, text);
        }
        if seen.verdict.is_some() {
            let said = &self.words.verdict;
            let title = if seen.ended {
                said.settled
            } else {
                said.settled_so_far
            };
            self.verdict(seen.flow, title, text);
        }
    }

    /// Why there is no segment, though there is a line.
    fn skipped(&self, packet: &Packet<'_>, skip: Skip, text: &mut Text) {
        text.str("  # ");
        let words = self.words.annotation.not_followed;
        fill!(text, words, self.words.skip(skip));
        text.octet(b'\n');
        if let Some(drawing) = &self.drawing {
            drawing.write(packet, None, text);
        }
    }

    /// What somebody wrote on the frame.
    #[cold]
    fn comment(&self, comment: &str, text: &mut Text) {
        for line in comment.lines() {
            text.str("  # ");
            text.str(self.words.annotation.comment);
            text.printable(line);
            text.octet(b'\n');
        }
    }

    /// What became of a connection, on a line of its own.
    fn verdict(&self, flow: &Flow, title: &str, text: &mut Text) {
        let colour = self.colour(if Verdict::of(flow).is_normal() {
            Colour::BOLD
        } else {
            Colour::BOLD_RED
        });
        text.str("  #");
        text.decimal(flow.id.0);
        text.octet(b' ');
        colour.begin(text);
        text.str(title);
        text.str(&sentence::verdict_with_evidence(flow, self.words));
        colour.end(text);
        text.octet(b'\n');
    }

    const fn colour(&self, colour: Colour) -> Colour {
        if self.is_coloured {
            colour
        } else {
            Colour::NONE
        }
    }
}
