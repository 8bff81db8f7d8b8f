//! The line under the line: what the segment means.
//!
//! It begins with two spaces and `#`, so that `grep -v '^  #'` gives tcpdump's
//! output back, and so does each further line where a terminal has too few
//! columns for one.

pub(super) mod colour;
mod folded;
pub(super) mod meaning;
mod remarks;

use crate::segment::Packet;
use crate::sink::annotation::colour::Colour;
use crate::sink::annotation::folded::{Folded, MARK};
use crate::sink::annotation::meaning::{Annotation, Spacing, title_width};
use crate::sink::explain::{Explainer, HowOften};
use crate::sink::header::Drawing;
use crate::sink::line::Line;
use crate::sink::sentence;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::width;
use crate::sink::words::fill::said;
use crate::sink::words::{Lang, Words};
use crate::skip::Skip;
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::diagnosis::Diagnosis;
use crate::track::dir::Dir;
use crate::track::flaws::Flaws;
use crate::track::flow::Flow;
use crate::track::icmp_errors::Notice;
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
    /// Columns of the terminal.
    width: Option<usize>,
    /// What is said, where it may have to be folded.
    said: Text,
    /// What the capture did to the traffic.
    flaws: Flaws,
}

impl Annotated {
    /// Lines as `line` writes them, annotations as `options` say.
    #[must_use]
    pub fn new(line: Line, options: AnnotationOptions) -> Self {
        let words = options.lang.words();
        let colour = Colour::DIM.only_if(options.is_coloured);
        Self {
            line,
            is_coloured: options.is_coloured,
            words,
            spacing: Spacing::Columns(title_width(words)),
            drawing: options
                .header
                .then(|| Drawing::new(words, options.is_coloured, options.width)),
            explainer: options
                .explain
                .map(|how_often| Explainer::new(how_often, words, colour, options.width)),
            width: options.width,
            said: Text::default(),
            flaws: Flaws::default(),
        }
    }
}

impl Style for Annotated {
    fn wants(&self) -> Wants {
        meaning::WANTS
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

    fn icmp_error(&mut self, flow: &Flow, notice: &Notice, text: &mut Text) {
        let colour = Colour::YELLOW.only_if(self.is_coloured);
        let mark = format!("{MARK}{} ", flow.id.0);
        let title = self.words.path.icmp;
        let sentence = title.to_owned() + &sentence::icmp(flow, notice, self.words);
        self.folded(&mark, title, colour).write(&sentence, text);
    }

    fn connection(&mut self, connection: &Connection, text: &mut Text) {
        let flow = &connection.flow;
        let tells_more = match Verdict::of(flow) {
            Verdict::Open | Verdict::Midstream | Verdict::Unknown(_) => false,
            _ => !flow.has_ended(),
        };
        if tells_more {
            self.verdict(flow, self.words.verdict.settled, text);
        }
        for found in connection.untold_diagnoses() {
            if !sentence::is_in_verdict(&found, flow) {
                self.diagnosis(flow, &found, text);
            }
        }
    }

    fn socket(&mut self, connection: &Connection, dir: Dir, text: &mut Text) {
        let record = connection.socket_of(dir);
        let Some(sentence) = sentence::socket(connection, dir, self.words) else {
            return;
        };
        let differs = record.is_some_and(|record| record.differs);
        let colour = if differs { Colour::YELLOW } else { Colour::DIM };
        let mark = format!("{MARK}{} ", connection.flow.id.0);
        let title = self.words.sockets.title;
        let colour = colour.only_if(self.is_coloured);
        self.folded(&mark, title, colour)
            .write(&(title.to_owned() + &sentence), text);
    }

    fn capture(&mut self, flaws: &Flaws, _: &mut Text) {
        self.flaws = flaws.clone();
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        let colour = Colour::YELLOW.only_if(self.is_coloured);
        let title = self.words.capture.capture;
        for sentence in sentence::flaws(&self.flaws, self.words) {
            let sentence = title.to_owned() + &sentence;
            self.folded("  # ", title, colour).write(&sentence, text);
        }
        let counts = sentence::segments(totals, self.words);
        self.folded("  # ", "", Colour::NONE).write(&counts, text);
    }
}

impl Annotated {
    /// What a segment means, and what became of its connection where that is
    /// settled by it.
    #[inline]
    fn meaning(&mut self, packet: &Packet<'_>, seen: &Observation<'_>, text: &mut Text) {
        let colour = Colour::of(seen).only_if(self.is_coloured);
        match self.width {
            None => {
                text.str(MARK);
                colour.begin(text);
                self.say(seen, text);
                colour.end(text);
                text.octet(b'\n');
            }
            Some(_) => self.say_folded(seen, colour, text),
        }
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
        if let Some(found) = seen.diagnosis() {
            self.diagnosis(seen.flow, &found, text);
        }
    }

    fn say(&self, seen: &Observation<'_>, text: &mut Text) {
        Annotation {
            seen,
            words: self.words,
            spacing: self.spacing,
            text,
        }
        .say();
    }

    /// The same in the columns of a terminal; further lines begin where the
    /// numbers do.
    fn say_folded(&mut self, seen: &Observation<'_>, colour: Colour, text: &mut Text) {
        let mut said = std::mem::take(&mut self.said);
        said.clear();
        self.say(seen, &mut said);
        let words = String::from_utf8_lossy(said.octets());
        let title = words.split_inclusive(['→', '←']).next().unwrap_or_default();
        let folded = Folded {
            hang: MARK.len() + width::of(title) + 1 + title_width(self.words),
            ..self.folded(MARK, title, colour)
        };
        folded.write(&words, text);
        drop(words);
        self.said = said;
    }

    /// How something is said in the columns of a terminal, behind `mark`: further
    /// lines begin where this one does behind `title`.
    fn folded<'a>(&self, mark: &'a str, title: &str, colour: Colour) -> Folded<'a> {
        Folded {
            mark,
            hang: width::of(mark) + width::of(title),
            width: self.width,
            colour,
        }
    }

    /// Why there is no segment, though there is a line.
    fn skipped(&self, packet: &Packet<'_>, skip: Skip, text: &mut Text) {
        let why = said!(self.words.annotation.not_followed, self.words.skip(skip));
        self.folded("  # ", "", Colour::NONE).write(&why, text);
        if let Some(drawing) = &self.drawing {
            drawing.write(packet, None, text);
        }
    }

    /// What somebody wrote on the frame.
    #[cold]
    fn comment(&self, comment: &str, text: &mut Text) {
        let title = self.words.annotation.comment;
        let mut printable = Text::default();
        for line in comment.lines() {
            printable.clear();
            printable.str(title);
            printable.printable(line);
            let words = String::from_utf8_lossy(printable.octets());
            self.folded("  # ", title, Colour::NONE).write(&words, text);
        }
    }

    /// What is wrong with a connection, on a line of its own.
    #[cold]
    fn diagnosis(&self, flow: &Flow, found: &Diagnosis, text: &mut Text) {
        let colour = Colour::of_diagnosis(found).only_if(self.is_coloured);
        let mark = format!("{MARK}{} ", flow.id.0);
        let title = self.words.diagnosis.title;
        let sentence = title.to_owned() + &sentence::diagnosis_with_evidence(found, self.words);
        self.folded(&mark, title, colour).write(&sentence, text);
    }

    /// What became of a connection, on a line of its own.
    fn verdict(&self, flow: &Flow, title: &str, text: &mut Text) {
        let colour = Colour::of_verdict(Verdict::of(flow)).only_if(self.is_coloured);
        let mark = format!("{MARK}{} ", flow.id.0);
        let sentence = title.to_owned() + &sentence::verdict_with_evidence(flow, self.words);
        self.folded(&mark, title, colour).write(&sentence, text);
    }
}
