//! The arrows of a ladder, and their labels.

use std::num::NonZeroU64;

use crate::sink::draw::ink::Ink;
use crate::sink::draw::ladder::columns::{GAP, SHAFT};
use crate::sink::draw::ladder::fold::FoldedRun;
use crate::sink::draw::ladder::label::Label;
use crate::sink::draw::ladder::layout::{LadderDrawing, number};
use crate::sink::draw::ladder::rows::Arrow;
use crate::sink::draw::scene::{Align, Place, Shape, Sign, Stroke};
use crate::sink::width;
use crate::track::dir::Dir;

/// What an arrow needs beside its label in all, where room is short.
const SHORTEST: usize = 5;
/// How much of the way a lost segment makes.
const HALFWAY: f64 = 0.75;

/// What stands at the ends of a line.
#[derive(Clone, Copy)]
enum Tips {
    /// A head where it arrives.
    Arrow(Dir),
    /// Nothing.
    Line,
}

impl LadderDrawing {
    pub(super) fn segment(&mut self, arrow: &Arrow) {
        self.marks(arrow.at, &arrow.frame.to_string());
        self.asides(&arrow.beside);
        let begin = self.scene.items.len();
        if arrow.is_lost {
            self.lost(arrow);
        } else {
            self.shaft(
                Tips::Arrow(arrow.dir),
                arrow.ink,
                arrow.stroke,
                &arrow.label,
            );
        }
        self.label(begin, arrow.frame, &arrow.label.whole());
    }

    /// Says of which frame the things are that were drawn since the item `begin`, a label;
    /// and all of the label, where it had to be shortened.
    fn label(&mut self, begin: usize, frame: NonZeroU64, whole: &str) {
        let Some(items) = self.scene.items.get_mut(begin..) else {
            return;
        };
        for (nth, item) in items.iter_mut().enumerate() {
            item.frame = Some(frame);
            if let (0, Shape::Text { text, .. }) = (nth, &item.shape) {
                item.tip = (text != whole).then(|| whole.to_owned());
            }
        }
    }

    /// A line from lane to lane with its label in its middle.
    fn shaft(&mut self, ends: Tips, ink: Ink, stroke: Stroke, label: &Label) {
        let (left, right, y) = self.lanes_at();
        let room = self.columns.room();
        let text = label.fitted(room.saturating_sub(SHORTEST));
        let begin = self.columns.left + 1 + room.saturating_sub(width::of(&text)) / 2;
        self.text(ink, begin, Align::Left, &text);
        let (before, behind) = (begin - 1, begin + width::of(&text) + 1);
        let [left, before, behind, right] =
            [left, number(before), number(behind), right].map(|x| Place::at(x, y));
        let line = |[from, to]: [Place; 2]| Shape::Line { from, to, stroke };
        let arrow = |[from, to]: [Place; 2]| Shape::Arrow { from, to, stroke };
        let [one, other] = match ends {
            Tips::Arrow(Dir::ToServer) => [line([left, before]), arrow([behind, right])],
            Tips::Arrow(Dir::ToClient) => [line([right, behind]), arrow([before, left])],
            Tips::Line => [line([left, before]), line([behind, right])],
        };
        self.scene.draw(ink, one);
        self.scene.draw(ink, other);
    }

    /// An arrow that does not arrive, its label where it begins.
    fn lost(&mut self, arrow: &Arrow) {
        let (left, right, y) = self.lanes_at();
        let room = self.columns.room();
        let text = arrow.label.fitted(room.saturating_sub(2 * SHAFT + GAP));
        let columns = width::of(&text);
        let way = ((right - left) * HALFWAY).max(number(columns + 2 * SHAFT));
        let begin = match arrow.dir {
            Dir::ToServer => self.columns.left + 1 + SHAFT,
            Dir::ToClient => self.columns.right - SHAFT - columns,
        };
        self.text(arrow.ink, begin, Align::Left, &text);
        let (before, behind) = (number(begin - 1), number(begin + columns + 1));
        let [from, to, tail, end] = match arrow.dir {
            Dir::ToServer => [left, before, behind, (left + way).floor()],
            Dir::ToClient => [right, behind, before, (right - way).ceil()],
        };
        for (from, to) in [(from, to), (tail, end)] {
            let (from, to, stroke) = (Place::at(from, y), Place::at(to, y), arrow.stroke);
            self.scene.draw(arrow.ink, Shape::Line { from, to, stroke });
        }
        let cross = match arrow.dir {
            Dir::ToServer => end + 0.5,
            Dir::ToClient => end - 0.5,
        };
        self.scene
            .draw(Ink::Lost, Shape::Sign(Place::at(cross, y), Sign::Cross));
    }

    /// Where an arrow begins and ends at the lanes, and its height.
    fn lanes_at(&self) -> (f64, f64, f64) {
        let (left, right) = (self.columns.left + 1, self.columns.right);
        (number(left), number(right), number(self.row) + 0.5)
    }

    pub(super) fn run(&mut self, run: &FoldedRun) {
        let (first, last) = run.frames;
        self.marks(run.begin, &first.to_string());
        self.asides(&run.beside);
        let begin = self.scene.items.len();
        let ends = match run.dir {
            Some(dir) => Tips::Arrow(dir),
            None => Tips::Line,
        };
        let label = Label::of_text(run.text.clone());
        self.shaft(ends, Ink::Data, Stroke::Bold, &label);
        self.label(begin, first, &format!("{first}–{last}  {}", run.text));
    }
}
