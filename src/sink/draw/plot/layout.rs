//! Graphs in their places: one below the other, on the same time axis.

use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::axis::{Axis, Unit};
use crate::sink::draw::plot::labels::Labels;
use crate::sink::draw::plot::legend;
use crate::sink::draw::plot::marks::{Band, Curve, KeyShape, LegendKey, MarkSaid, Panel, Spot};
use crate::sink::draw::plot::thin;
use crate::sink::draw::scene::{Align, Item, Place, Scene, Shape, Stroke};
use crate::sink::rate::amount;
use crate::sink::width;
use crate::sink::words::fill::said;

/// Columns left of a graph, for numbers, and right of it.
const LEFT: f64 = 10.0;
const RIGHT: f64 = 2.0;
/// Lines of a graph, where nobody says how many, and the least.
const LINES: f64 = 18.0;
const LEAST_LINES: f64 = 8.0;
/// Of so many columns one has a number below, of so many lines one beside it.
const COLUMNS_A_NUMBER: f64 = 14.0;
const LINES_A_NUMBER: f64 = 4.0;
/// No bar is lower, in lines.
const LEAST_BAR: f64 = 0.2;
/// Marks that are nearer than this part of a column are not told apart.
const FINE: f64 = 8.0;

/// The frame of a graph in its scene.
struct PlotFrame {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    times: Axis,
    values: Axis,
}

impl PlotFrame {
    fn x(&self, time: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a column is coarser")]
        let share = self.times.share(time as f64);
        self.left + share * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        let (upper, lower) = (self.top + 0.5, self.bottom - 0.5);
        lower - self.values.share(value) * (lower - upper)
    }

    fn place(&self, spot: Spot) -> Place {
        Place::at(self.x(spot.time), self.y(spot.value))
    }
}

/// Lays graphs out, of the time from the connection's first segment to its last: so many
/// columns wide, and as high as is good, or to fill so many lines.
pub(in crate::sink::draw) fn scene(
    title: String,
    panels: Vec<Panel>,
    length: i64,
    (columns, height): (usize, Option<usize>),
) -> Scene {
    #[expect(clippy::cast_precision_loss, reason = "a terminal's columns")]
    let width = (columns as f64).max(LEFT + RIGHT + 20.0);
    let mut scene = Scene::new(title.clone(), width, 1.0);
    heading(&mut scene, 0.0, title, true);
    let lines = lines(&panels, width, height);
    for panel in panels {
        draw(&mut scene, panel, length, lines);
    }
    scene.height += 1.0;
    scene
}

/// Lines of each graph, so that all fill the height, or the highest does where there is
/// not enough room for all.
fn lines(panels: &[Panel], width: f64, height: Option<usize>) -> f64 {
    let Some(height) = height else {
        return LINES;
    };
    #[expect(clippy::cast_precision_loss, reason = "a terminal's lines")]
    let (height, count) = (height as f64, panels.len() as f64);
    let around = panels.iter().map(|panel| around(panel, width));
    let (all, most) = around.fold((0.0, 0.0_f64), |(all, most), lines| {
        (all + lines, most.max(lines))
    });
    let each = ((height - 1.0 - all) / count).floor();
    if each >= LEAST_LINES {
        each
    } else {
        (height - 1.0 - most).max(LEAST_LINES)
    }
}

/// Lines around a graph, but for an empty one below it, and with those that say what is
/// beyond it.
fn around(panel: &Panel, width: f64) -> f64 {
    let strip = if panel.strip.is_empty() {
        0.0
    } else {
        1.0 + legend::lines(&panel.strip_keys, LEFT, width)
    };
    let beyond = panel.curves.iter().filter(|curve| curve.beyond.is_some());
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    let remarks = (panel.remarks.len() + beyond.count()) as f64;
    3.0 + strip + legend::lines(&panel.keys, LEFT, width) + remarks
}

fn heading(scene: &mut Scene, top: f64, text: String, is_bold: bool) {
    let (at, align) = (Place::at(0.0, top), Align::Left);
    let shape = Shape::Text {
        at,
        align,
        text,
        is_bold,
    };
    scene.draw(Ink::Text, shape);
}

#[expect(clippy::cast_precision_loss, reason = "a column is coarser")]
#[expect(clippy::cast_possible_truncation, reason = "nanoseconds")]
fn draw(scene: &mut Scene, mut panel: Panel, length: i64, lines: f64) {
    let top = scene.height;
    heading(scene, top, panel.heading.clone(), false);
    let (left, right) = (LEFT, scene.width - RIGHT);
    let numbers = ((right - left) / COLUMNS_A_NUMBER).floor();
    let frame = PlotFrame {
        left,
        top: top + 1.0,
        right,
        bottom: top + 1.0 + lines,
        times: Axis::new(Unit::Time, (0.0, length as f64), numbers),
        values: Axis::with_room(panel.unit, panel.values(), lines / LINES_A_NUMBER),
    };
    tell_of_beyond(&mut panel, &frame.values);
    thin::thin(&mut panel, (length as f64 / ((right - left) * FINE)) as i64);
    axes(scene, &frame);
    marks(scene, &panel, &frame);
    let mut below = frame.bottom + 1.0;
    if !panel.strip.is_empty() {
        strip(scene, &panel.strip, &frame, below);
        below += 1.0;
        below += legend::write(scene, &panel.strip_keys, left, below);
    }
    below += legend::write(scene, &panel.keys, left, below);
    for remark in panel.remarks {
        scene.text(Ink::Faint, Place::at(left, below), Align::Left, remark);
        below += 1.0;
    }
    scene.height = below + 1.0;
}

/// A curve of octets of which nothing is drawn has no key, but a remark.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a window"
)]
fn tell_of_beyond(panel: &mut Panel, values: &Axis) {
    for curve in &panel.curves {
        let Some(beyond) = curve.beyond else { continue };
        let is_beyond = |spot: &Spot| values.is_beyond(spot.value);
        if !curve.spots.iter().all(is_beyond) {
            continue;
        }
        let least = curve.spots.iter().map(|spot| spot.value);
        let least = amount(least.fold(f64::INFINITY, f64::min) as u64);
        let is_its = |key: &LegendKey| key.ink == curve.ink && key.shape == KeyShape::Line;
        if let Some(at) = panel.keys.iter().position(is_its) {
            let key = panel.keys.remove(at);
            panel.remarks.push(said!(beyond, key.text, &*least));
        }
    }
}

fn axes(scene: &mut Scene, frame: &PlotFrame) {
    for (value, text) in frame.values.numbers() {
        let y = frame.y(value);
        if value > 0.0 {
            let (from, to) = (Place::at(frame.left, y), Place::at(frame.right, y));
            let stroke = Stroke::Dotted;
            scene.draw(Ink::Grid, Shape::Line { from, to, stroke });
        }
        let at = Place::at(frame.left - 1.0, y - 0.5);
        scene.text(Ink::Faint, at, Align::Right, text);
    }
    let corner = Place::at(frame.left - 0.5, frame.bottom);
    let upper = Place::at(corner.x, frame.top);
    scene.line(Ink::Faint, upper, Place::at(corner.x, frame.bottom));
    let mut until = 0.0;
    for (value, text) in frame.times.numbers() {
        let x = frame.left + frame.times.share(value) * (frame.right - frame.left);
        #[expect(clippy::cast_precision_loss, reason = "a text's width")]
        let half = width::of(&text) as f64 / 2.0;
        let x = x.min(scene.width - half);
        if x - half >= until {
            let at = Place::at(x, frame.bottom);
            scene.text(Ink::Faint, at, Align::Middle, text);
            until = x + half + 1.0;
        }
    }
}

fn marks(scene: &mut Scene, panel: &Panel, frame: &PlotFrame) {
    for wait in &panel.waits {
        let from = Place::at(frame.x(wait.from), frame.top);
        let to = Place::at(frame.x(wait.until), frame.bottom);
        let area = scene.draw(Ink::Grid, Shape::Area { from, to });
        area.tip = Some(wait.label.clone());
    }
    for curve in &panel.curves {
        for spots in curve.spots.split(|spot| frame.values.is_beyond(spot.value)) {
            if !spots.is_empty() {
                scene.draw(curve.ink, Shape::Path(path(curve, spots, frame)));
            }
        }
    }
    for bar in &panel.bars {
        let x = frame.x(bar.time);
        let (low, high) = tall_enough(frame.y(bar.low), frame.y(bar.high));
        let places = vec![Place::at(x, low), Place::at(x, high)];
        say(scene.draw(bar.ink, Shape::Path(places)), &bar.said);
    }
    let mut labels = Labels::default();
    for pin in &panel.pins {
        let at = frame.place(pin.at);
        say(scene.draw(pin.ink, Shape::Sign(at, pin.sign)), &pin.said);
        if !pin.label.is_empty() {
            let row = (at.y - 1.0).max(frame.top);
            name(scene, &mut labels, pin.ink, pin.label, (at.x, row), frame);
        }
    }
    for wait in &panel.waits {
        let (from, until) = (frame.x(wait.from), frame.x(wait.until));
        #[expect(clippy::cast_precision_loss, reason = "a text's width")]
        let width = width::of(&wait.label) as f64;
        if width <= until - from {
            let at = (f64::midpoint(from, until), frame.bottom - 2.0);
            name(scene, &mut labels, Ink::Faint, &wait.label, at, frame);
        }
    }
}

/// Lower and upper end of a bar, so far apart that it is seen.
fn tall_enough(low: f64, high: f64) -> (f64, f64) {
    let missing = (LEAST_BAR - (low - high)).max(0.0) / 2.0;
    (low + missing, high - missing)
}

/// Writes a text near a place, if there is room.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a line of a picture"
)]
fn name(
    scene: &mut Scene,
    labels: &mut Labels,
    ink: Ink,
    text: &str,
    (x, y): (f64, f64),
    frame: &PlotFrame,
) {
    let room = (frame.left, frame.right + RIGHT);
    if let Some((x, row)) = labels.place(text, x, y.max(0.0) as usize, room) {
        let at = Place::at(x, (row as f64).max(frame.top - 1.0));
        scene.text(ink, at, Align::Left, text);
    }
}

fn say(item: &mut Item, said: &MarkSaid) {
    item.frame = said.frame;
    item.tip = Some(said.tip.clone()).filter(|tip| !tip.is_empty());
}

fn path(curve: &Curve, spots: &[Spot], frame: &PlotFrame) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for spot in spots {
        let place = frame.place(*spot);
        if let Some(last) = places.last().filter(|_| curve.is_step) {
            places.push(Place::at(place.x, last.y));
        }
        places.push(place);
    }
    places
}

/// What time was spent on, as a band of one line.
fn strip(scene: &mut Scene, bands: &[Band], frame: &PlotFrame, top: f64) {
    for band in bands {
        let from = Place::at(frame.x(band.from), top + 0.1);
        let to = Place::at(frame.x(band.until), top + 0.8);
        let area = scene.draw(band.ink, Shape::Area { from, to });
        area.tip = Some(band.label.clone());
    }
}
