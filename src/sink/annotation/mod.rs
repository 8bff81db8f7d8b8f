//! The line under the line: what the segment means.
//!
//! It begins with two spaces and `#`, so that `grep -v '^  #'` gives tcpdump's
//! output back.

pub(super) mod colour;
pub(super) mod meaning;

use std::io::{self, Write};

use crate::segment::Packet;
use crate::sink::annotation::colour::Colour;
use crate::sink::annotation::meaning::{Annotation, title_width};
use crate::sink::explain::{Explainer, HowOften};
use crate::sink::header::Drawing;
use crate::sink::line::{Line, LineOptions};
use crate::sink::page::Page;
use crate::sink::words::fill::fill;
use crate::sink::words::{Lang, Words};
use crate::sink::{Sink, sentence};
use crate::totals::Totals;
use crate::track::Observation;
use crate::track::connection::Connection;
use crate::track::flow::Flow;
use crate::track::verdict::Verdict;

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
pub struct Annotated<W> {
    line: Line,
    page: Page<W>,
    is_coloured: bool,
    words: &'static Words,
    /// Columns of what a segment is.
    title_width: usize,
    drawing: Option<Drawing>,
    explainer: Option<Explainer>,
    shows_comments: bool,
}

impl<W: Write> Annotated<W> {
    /// Writes to `page`.
    pub fn new(line: LineOptions, options: AnnotationOptions, page: Page<W>) -> Self {
        let words = options.lang.words();
        let colour = if options.is_coloured {
            Colour::DIM
        } else {
            Colour::NONE
        };
        Self {
            shows_comments: line.verbose > 0,
            line: Line::new(line),
            page,
            is_coloured: options.is_coloured,
            words,
            title_width: title_width(words),
            drawing: options
                .header
                .then(|| Drawing::new(words, options.is_coloured)),
            explainer: options
                .explain
                .map(|how_often| Explainer::new(how_often, words, colour, options.width)),
        }
    }
}

impl<W: Write> Sink for Annotated<W> {
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>) -> io::Result<()> {
        if !self.line.write(packet, &mut self.page.text) {
            return Ok(());
        }
        match (packet.received(), seen) {
            (Ok(_), Some(seen)) => {
                let colour = self.colour(Colour::of(seen.role.phase()));
                let text = &mut self.page.text;
                Annotation {
                    seen,
                    words: self.words,
                    title_width: self.title_width,
                    text,
                }
                .write(colour);
                if let Some(drawing) = &self.drawing {
                    drawing.write(packet, Some(seen), text);
                }
                if let Some(explainer) = &mut self.explainer {
                    explainer.write(packet, seen, text);
                }
                if seen.verdict.is_some() {
                    let said = &self.words.verdict;
                    let is_last = seen.ended;
                    self.verdict(
                        seen.flow,
                        if is_last {
                            said.settled
                        } else {
                            said.settled_so_far
                        },
                    );
                }
            }
            (Ok(_), None) => {}
            (Err(skip), _) => {
                let text = &mut self.page.text;
                text.str("  # ");
                fill!(
                    text,
                    self.words.annotation.not_followed,
                    self.words.skip(skip)
                );
                text.octet(b'\n');
                if let Some(drawing) = &self.drawing {
                    drawing.write(packet, None, text);
                }
            }
        }
        if let Some(comment) = packet.frame.comment.filter(|_| self.shows_comments) {
            self.comment(comment);
        }
        self.page.packet_done()
    }

    fn unreachable(&mut self, flow: &Flow) -> io::Result<()> {
        self.verdict(flow, self.words.verdict.settled_so_far);
        self.page.packet_done()
    }

    fn connection(&mut self, connection: &Connection) -> io::Result<()> {
        let flow = &connection.flow;
        let tells_more = match Verdict::of(flow) {
            Verdict::Open | Verdict::Midstream => false,
            _ => !flow.has_ended(),
        };
        if tells_more {
            self.verdict(flow, self.words.verdict.settled);
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
    /// What somebody wrote on the frame.
    #[cold]
    fn comment(&mut self, comment: &str) {
        let text = &mut self.page.text;
        for line in comment.lines() {
            text.str("  # ");
            text.str(self.words.annotation.comment);
            text.printable(line);
            text.octet(b'\n');
        }
    }

    /// What became of a connection, on a line of its own.
    fn verdict(&mut self, flow: &Flow, title: &str) {
        let colour = self.colour(if Verdict::of(flow).is_normal() {
            Colour::BOLD
        } else {
            Colour::BOLD_RED
        });
        let text = &mut self.page.text;
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
