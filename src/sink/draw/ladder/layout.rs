//! A ladder's rows in their places.

use std::num::NonZeroU64;

use crate::phase::Phase;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::ladder::asides::Both;
use crate::sink::draw::ladder::columns::{GAP, LadderColumns};
use crate::sink::draw::ladder::label;
use crate::sink::draw::ladder::rows::Rung;
use crate::sink::draw::ladder::told::Ladder;
use crate::sink::draw::scene::{Align, Item, Place, Scene, Shape, Stroke};
use crate::sink::duration;
use crate::sink::words::fill::said;
use crate::sink::{width, wrap};
use crate::time::Span;

/// What a line leaves of the cell in which it meets a lane.
const HAIR: f64 = 0.02;

/// A ladder in its places, so many columns wide at most.
pub(super) fn scene(ladder: &Ladder, columns: usize) -> Scene {
    let subject = ladder.addresses.join(" → ");
    let title = said!(ladder.words.ladder.title, &subject, &ladder.verdict);
    let mut drawn = LadderDrawing {
        scene: Scene::new(title, 0.0, 0.0),
        columns: LadderColumns::of(ladder, columns),
        row: 0,
        solid_from: 0,
        shaded_from: None,
        bands: Vec::new(),
    };
    drawn.headings(ladder, columns);
    drawn.solid_from = drawn.row;
    for rung in &ladder.rungs {
        drawn.rung(rung);
    }
    drawn.end();
    drawn.scene
}

pub(super) struct LadderDrawing {
    pub(super) scene: Scene,
    pub(super) columns: LadderColumns,
    /// The next row.
    pub(super) row: usize,
    /// From where on the lanes are drawn next.
    solid_from: usize,
    /// Where the band began that goes on, and those that have ended.
    shaded_from: Option<usize>,
    bands: Vec<(usize, usize)>,
}

impl LadderDrawing {
    pub(super) fn text(&mut self, ink: Ink, x: usize, align: Align, text: &str) {
        let at = Place::at(number(x), number(self.row));
        self.scene.text(ink, at, align, text);
    }

    fn bold(&mut self, x: usize, align: Align, text: &str) {
        let at = Place::at(number(x), number(self.row));
        let (text, is_bold) = (text.to_owned(), true);
        self.scene.draw(
            Ink::Text,
            Shape::Text {
                at,
                align,
                text,
                is_bold,
            },
        );
    }

    /// The connection, what became of it, and the names of the lanes.
    fn headings(&mut self, ladder: &Ladder, columns: usize) {
        let mut longest = 0;
        let verdict = format!("{}  {}", ladder.name, ladder.verdict);
        for line in wrap::lines(&verdict, Some(columns)) {
            self.bold(0, Align::Left, line);
            longest = longest.max(width::of(line));
            self.row += 1;
        }
        for remark in &ladder.remarks {
            for line in wrap::lines(remark, Some(columns)) {
                self.text(Ink::Faint, 0, Align::Left, line);
                longest = longest.max(width::of(line));
                self.row += 1;
            }
        }
        self.row += 1;
        let whole = self.columns.width;
        self.scene.width = number(longest.max(whole));
        let lanes = [self.columns.left, self.columns.right];
        let [client, server] = &ladder.addresses;
        let begins = |lane: usize, text: &str| {
            let columns = width::of(text);
            let most = whole.saturating_sub(columns);
            lane.saturating_sub(columns / 2).min(most)
        };
        let count = &ladder.words.count;
        for (lane, name) in lanes.into_iter().zip([count.client, count.server]) {
            self.bold(begins(lane, name), Align::Left, name);
        }
        self.row += 1;
        let (left, right) = (begins(lanes[0], client), begins(lanes[1], server));
        self.text(Ink::Client, left, Align::Left, client);
        // Where both do not find room in a row they stand one above the other.
        self.row += usize::from(left + width::of(client) + GAP > right);
        self.text(Ink::Server, right, Align::Left, server);
        self.row += 1;
    }

    fn rung(&mut self, rung: &Rung) {
        match rung {
            Rung::Phase(phase, word) => self.phase(*phase, word),
            Rung::Beside(asides) => self.asides(asides),
            Rung::Segment(arrow) => self.segment(arrow),
            Rung::Folded(run) => self.run(run),
            Rung::Wait(text) => self.wait(text),
            Rung::Note(at, frame, text) => self.note(*at, *frame, text),
        }
        self.row += 1;
    }

    /// What came that is no segment, between the lanes.
    fn note(&mut self, at: Span, frame: NonZeroU64, text: &str) {
        self.marks(at, &frame.to_string());
        let room = self.columns.room() - 2;
        for (nth, line) in wrap::lines(text, Some(room)).into_iter().enumerate() {
            self.row += usize::from(nth > 0);
            let line = label::cut(line, room);
            self.text(Ink::Sign, self.columns.left + 2, Align::Left, &line);
        }
    }

    fn phase(&mut self, phase: Phase, word: &str) {
        self.end_band();
        self.shaded_from = (phase != Phase::Data).then_some(self.row);
        let y = number(self.row) + 0.5;
        let behind = 3 + width::of(word) + 1;
        let (begin, end) = (Place::at(0.0, y), Place::at(2.0, y));
        self.scene.line(Ink::Faint, begin, end);
        self.text(Ink::Faint, 3, Align::Left, word);
        let (begin, end) = (number(behind), number(self.columns.width));
        let (begin, end) = (Place::at(begin, y), Place::at(end, y));
        self.scene.line(Ink::Faint, begin, end);
    }

    pub(super) fn asides(&mut self, [client, server]: &Both) {
        if let Some(aside) = client {
            let x = self.columns.left - 1;
            self.text(aside.ink, x, Align::Right, &aside.text);
        }
        if let Some(aside) = server {
            let x = self.columns.right + 2;
            self.text(aside.ink, x, Align::Left, &aside.text);
        }
    }

    /// When it came, and in which frame.
    pub(super) fn marks(&mut self, at: Span, frame: &str) {
        let time = duration::since(at);
        self.text(Ink::Faint, self.columns.time, Align::Right, &time);
        self.text(Ink::Faint, self.columns.frame, Align::Right, frame);
    }

    fn wait(&mut self, text: &str) {
        self.lanes(Stroke::Dotted, [self.row, self.row + 1]);
        let text = label::cut(text, self.columns.room().saturating_sub(2));
        let begin = self.columns.left + 1 + (self.columns.room() - width::of(&text)) / 2;
        self.text(Ink::Faint, begin, Align::Left, &text);
    }

    /// Draws the lanes so far, and in some rows otherwise.
    fn lanes(&mut self, stroke: Stroke, [from, to]: [usize; 2]) {
        self.lane(Stroke::Thin, self.solid_from, from);
        if stroke != Stroke::Thin {
            self.lane(stroke, from, to);
        }
        self.solid_from = to;
    }

    fn lane(&mut self, stroke: Stroke, from: usize, to: usize) {
        if from == to {
            return;
        }
        let (left, right) = (self.columns.left + 1, self.columns.right);
        for x in [number(left) - HAIR, number(right) + HAIR] {
            let (from, to) = (Place::at(x, number(from)), Place::at(x, number(to)));
            self.scene
                .draw(Ink::Faint, Shape::Line { from, to, stroke });
        }
    }

    fn end_band(&mut self) {
        let row = self.row;
        self.bands
            .extend(self.shaded_from.take().map(|from| (from, row)));
    }

    /// Draws what is left: the lanes, and behind everything the bands.
    fn end(&mut self) {
        self.lanes(Stroke::Thin, [self.row, self.row]);
        self.end_band();
        self.scene.height = number(self.row + 1);
        let right = number(self.columns.width);
        let bands = self.bands.iter().map(|&(from, to)| {
            let from = Place::at(0.0, number(from));
            let to = Place::at(right, number(to));
            Item::of(Ink::Grid, Shape::Area { from, to })
        });
        self.scene.items.splice(0..0, bands);
    }
}

#[expect(clippy::cast_precision_loss, reason = "columns and rows")]
pub(super) const fn number(count: usize) -> f64 {
    count as f64
}
