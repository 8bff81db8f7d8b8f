//! How many columns what stands in a ladder takes.

use crate::sink::draw::ladder::rows::Rung;
use crate::sink::draw::ladder::told::Ladder;
use crate::sink::duration;
use crate::sink::width;

/// Columns between the lanes: at least, at least where there is room, and at most.
const NARROWEST: usize = 24;
const COMFORTABLE: usize = 40;
const WIDEST: usize = 64;
/// Columns between what stands side by side.
pub(super) const GAP: usize = 2;
/// What an arrow needs on either side of its label where there is room.
pub(super) const SHAFT: usize = 3;

/// Where everything stands, in columns.
pub(super) struct LadderColumns {
    /// Where times end, and frames' numbers.
    pub(super) time: usize,
    pub(super) frame: usize,
    /// The lanes.
    pub(super) left: usize,
    pub(super) right: usize,
    /// The whole.
    pub(super) width: usize,
}

impl LadderColumns {
    /// As wide as what stands in them, so many in all at most where that can be.
    pub(super) fn of(ladder: &Ladder, columns: usize) -> Self {
        let (mut time, mut frame, mut label) = (0, 0, 0);
        let mut beside = [0, 0];
        for rung in &ladder.rungs {
            let (marks, asides) = match rung {
                Rung::Segment(arrow) => {
                    label = label.max(width::of(&arrow.label.whole()));
                    (Some((arrow.at, arrow.frame)), Some(&arrow.beside))
                }
                Rung::Folded(run) => {
                    label = label.max(width::of(&run.text));
                    (Some((run.begin, run.frames.0)), Some(&run.beside))
                }
                Rung::Note(at, frame, _) => (Some((*at, *frame)), None),
                Rung::Beside(asides) => (None, Some(asides)),
                Rung::Phase(..) | Rung::Wait(_) => (None, None),
            };
            if let Some((at, number)) = marks {
                time = time.max(width::of(&duration::since(at)));
                frame = frame.max(number.get().to_string().len());
            }
            for (most, aside) in beside.iter_mut().zip(asides.into_iter().flatten()) {
                *most = (*most).max(aside.as_ref().map_or(0, |aside| width::of(&aside.text)));
            }
        }
        let frame = time + GAP + frame;
        let left = frame + GAP + beside[0] + 1;
        let behind = 1 + beside[1] + 1;
        let room = columns.saturating_sub(left + 1 + 1 + behind);
        let wanted = (label + 2 * SHAFT + GAP).clamp(COMFORTABLE, WIDEST);
        let right = left + 1 + room.min(wanted).max(NARROWEST);
        Self {
            time,
            frame,
            left,
            right,
            width: right + 1 + behind,
        }
    }

    /// Columns between the lanes.
    pub(super) const fn room(&self) -> usize {
        self.right - self.left - 1
    }
}
