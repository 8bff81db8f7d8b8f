//! What the colours and signs of a graph stand for.

use crate::sink::draw::plot::marks::{KeyShape, LegendKey};
use crate::sink::draw::scene::{Align, Place, Scene, Shape};
use crate::sink::width;

/// Columns between two of them, and before each text.
const GAP: f64 = 3.0;
const SIGN: f64 = 3.0;

/// Writes keys from a place on, in as many lines as they need; how many these are.
pub(in crate::sink::draw) fn write(
    scene: &mut Scene,
    keys: &[LegendKey],
    left: f64,
    top: f64,
) -> f64 {
    let mut line = 0.0;
    for (key, (x, nth)) in keys.iter().zip(places(keys, left, scene.width)) {
        line = nth;
        let y = top + nth;
        let middle = y + 0.5;
        match key.shape {
            KeyShape::Sign(sign) => {
                scene.draw(key.ink, Shape::Sign(Place::at(x + 1.0, middle), sign))
            }
            // As the curves are, so that the same pen draws the same marks.
            KeyShape::Line => {
                let ends = vec![Place::at(x, middle), Place::at(x + 1.9, middle)];
                scene.draw(key.ink, Shape::Path(ends))
            }
            KeyShape::Area => {
                let (from, to) = (Place::at(x, y + 0.15), Place::at(x + 2.0, y + 0.85));
                scene.draw(key.ink, Shape::Area { from, to })
            }
        };
        scene.text(key.ink, Place::at(x + SIGN, y), Align::Left, key.text);
    }
    if keys.is_empty() { 0.0 } else { line + 1.0 }
}

/// How many lines keys need.
pub(in crate::sink::draw) fn lines(keys: &[LegendKey], left: f64, width: f64) -> f64 {
    let last = places(keys, left, width).last();
    last.map_or(0.0, |(_, line)| line + 1.0)
}

/// The column and the line of each.
fn places(keys: &[LegendKey], left: f64, width: f64) -> impl Iterator<Item = (f64, f64)> {
    let (mut next, mut line) = (left, 0.0);
    keys.iter().map(move |key| {
        #[expect(clippy::cast_precision_loss, reason = "a text's width")]
        let columns = SIGN + width::of(key.text) as f64;
        if next > left && next + columns > width {
            (next, line) = (left, line + 1.0);
        }
        let x = next;
        next += columns + GAP;
        (x, line)
    })
}
