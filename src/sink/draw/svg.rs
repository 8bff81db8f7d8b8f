//! The pen that writes SVG: nothing in it needs a script, a font or the network.

use std::fmt::Write as _;

use crate::sink::draw::ink::{Ink, colours};
use crate::sink::draw::scene::{Align, Item, Place, Scene, Shape, Sign, Stroke};
use crate::sink::width;

/// A character's width and a line's height, pixels.
const COLUMN: f64 = 7.8;
const LINE: f64 = 18.0;
/// Above a line's upper edge its letters stand so far below, pixels.
const BASE: f64 = 13.0;
/// Half of a sign's width, and an arrow's head, pixels.
const SIGN: f64 = 3.5;
const HEAD: f64 = 8.0;
/// Around a picture in a file of its own, pixels.
const MARGIN: f64 = 14.0;

/// A picture as a file of its own, light or dark as its reader likes.
#[must_use]
pub fn file(scene: &Scene) -> String {
    let mut svg = begun(scene, MARGIN);
    // Colours as they are: not every viewer knows variables.
    let _ = writeln!(
        svg,
        "<style>{SHAPES}{}@media (prefers-color-scheme:dark){{{}}}</style>\
         <rect class=\"ground\" x=\"-{MARGIN}\" y=\"-{MARGIN}\" width=\"100%\" height=\"100%\"/>",
        colours(false),
        colours(true),
    );
    end(svg, scene)
}

/// A picture within a page that has the inks' variables and the [`rules`].
#[must_use]
pub fn part(scene: &Scene) -> String {
    end(begun(scene, 0.0), scene)
}

/// How shapes are drawn, whatever their colour.
const SHAPES: &str = "svg text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,\
    \"DejaVu Sans Mono\",monospace;white-space:pre}svg .b{font-weight:bold}\
    svg .s{fill:none;stroke:currentColor;stroke-width:1.3}svg .w{stroke-width:2.6}\
    svg .d{stroke-dasharray:6 4}svg .o{stroke-dasharray:1.5 3}svg .f,svg text{fill:currentColor}";

/// What a style sheet has to say of inks whose colours are [variables](super::ink::variables).
#[must_use]
pub fn rules() -> String {
    let rules = Ink::ALL.map(|ink| format!("svg .{0}{{color:var(--{0})}}", ink.class()));
    SHAPES.to_owned() + &rules.concat()
}

/// Text as it stands between tags, or between quotes: nothing in it is markup. What XML
/// forbids becomes a question mark.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                safe.push('?');
            }
            letter => safe.push(letter),
        }
    }
    safe
}

fn begun(scene: &Scene, margin: f64) -> String {
    let (width, height) = (
        reach(scene) * COLUMN + 2.0 * margin,
        scene.height * LINE + 2.0 * margin,
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"{0} {0} {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\"><title>{1}</title>\n",
        0.0 - margin,
        escaped(&scene.title)
    )
}

/// Columns up to the end of what reaches farthest: a heading may be longer than what is
/// below it.
fn reach(scene: &Scene) -> f64 {
    let end = |item: &Item| match &item.shape {
        Shape::Text {
            at,
            align: Align::Left,
            text,
            ..
        } => {
            #[expect(clippy::cast_precision_loss, reason = "a line's width")]
            let columns = width::of(text) as f64;
            at.x + columns
        }
        _ => 0.0,
    };
    scene.items.iter().map(end).fold(scene.width, f64::max)
}

fn end(mut svg: String, scene: &Scene) -> String {
    let mut group = None;
    for item in &scene.items {
        let about = (item.frame, item.tip.as_deref());
        if group != Some(about) {
            svg += if group.is_some() { "</g>\n" } else { "" };
            group = (about != (None, None)).then_some(about);
            if group.is_some() {
                begin_group(&mut svg, item);
            }
        }
        draw(&mut svg, item);
    }
    svg += if group.is_some() { "</g>\n" } else { "" };
    svg += "</svg>\n";
    svg
}

/// What shows the same frame and has the same said of it stands together.
fn begin_group(svg: &mut String, item: &Item) {
    svg.push_str("<g");
    if let Some(frame) = item.frame {
        let _ = write!(svg, " data-frame=\"{frame}\"");
    }
    svg.push('>');
    if let Some(tip) = &item.tip {
        let _ = write!(svg, "<title>{}</title>", escaped(tip));
    }
    svg.push('\n');
}

fn draw(svg: &mut String, item: &Item) {
    let class = item.ink.class();
    let (tag, attributes, text) = match &item.shape {
        Shape::Line { from, to, stroke } => {
            ("path", stroked(class, *stroke, &path(&[*from, *to])), None)
        }
        Shape::Arrow { from, to, stroke } => {
            let lines = format!("{}{}", path(&[*from, *to]), head(*from, *to));
            ("path", stroked(class, *stroke, &lines), None)
        }
        Shape::Path(places) => ("path", stroked(class, Stroke::Thin, &path(places)), None),
        Shape::Area { from, to } => ("rect", rect(&format!("f {class}"), *from, *to), None),
        Shape::Frame { from, to } => ("rect", rect(&format!("s {class}"), *from, *to), None),
        Shape::Sign(at, sign) => ("path", signed(class, *at, *sign), None),
        Shape::Text {
            at,
            align,
            text,
            is_bold,
        } => {
            let anchor = match align {
                Align::Left => "",
                Align::Middle => " text-anchor=\"middle\"",
                Align::Right => " text-anchor=\"end\"",
            };
            let bold = if *is_bold { " b" } else { "" };
            let (x, y) = (at.x * COLUMN, at.y * LINE + BASE);
            let place = format!("class=\"{class}{bold}\" x=\"{x:.1}\" y=\"{y:.1}\"{anchor}");
            ("text", place, Some(text))
        }
    };
    match text {
        Some(text) => {
            let _ = writeln!(svg, "<{tag} {attributes}>{}</{tag}>", escaped(text));
        }
        None => {
            let _ = writeln!(svg, "<{tag} {attributes}/>");
        }
    }
}

fn stroked(class: &str, stroke: Stroke, path: &str) -> String {
    let stroke = match stroke {
        Stroke::Thin => "",
        Stroke::Bold => " w",
        Stroke::Dashed => " d",
        Stroke::Dotted => " o",
    };
    format!("class=\"s {class}{stroke}\" d=\"{path}\"")
}

fn pixels(place: Place) -> (f64, f64) {
    (place.x * COLUMN, place.y * LINE)
}

fn path(places: &[Place]) -> String {
    let mut path = String::new();
    for (nth, place) in places.iter().enumerate() {
        let (x, y) = pixels(*place);
        let _ = write!(path, "{}{x:.1} {y:.1}", if nth == 0 { 'M' } else { 'L' });
    }
    path
}

/// An arrow's head: two strokes from its tip.
fn head(from: Place, to: Place) -> String {
    let ((fx, fy), (x, y)) = (pixels(from), pixels(to));
    let angle = (y - fy).atan2(x - fx);
    let side = |turn: f64| {
        let turned = angle + turn;
        (x - HEAD * turned.cos(), y - HEAD * turned.sin())
    };
    let ((ax, ay), (bx, by)) = (side(0.42), side(-0.42));
    format!("M{ax:.1} {ay:.1}L{x:.1} {y:.1}L{bx:.1} {by:.1}")
}

fn rect(class: &str, from: Place, to: Place) -> String {
    let ((x, y), (right, lower)) = (pixels(from), pixels(to));
    format!(
        "class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\"",
        right - x,
        lower - y
    )
}

fn signed(class: &str, at: Place, sign: Sign) -> String {
    let (x, y) = pixels(at);
    let (kind, path) = match sign {
        Sign::Dot => (
            'f',
            format!(
                "M{:.1} {y:.1}a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0",
                x - 2.2
            ),
        ),
        Sign::Diamond => (
            'f',
            format!(
                "M{x:.1} {:.1}l{SIGN} {SIGN}l-{SIGN} {SIGN}l-{SIGN} -{SIGN}z",
                y - SIGN
            ),
        ),
        Sign::Box => ('s', format!("M{:.1} {:.1}h7v7h-7z", x - SIGN, y - SIGN)),
        Sign::Up => ('f', format!("M{x:.1} {y:.1}l{SIGN} 6h-7z")),
        Sign::Down => ('f', format!("M{x:.1} {y:.1}l{SIGN} -6h-7z")),
        Sign::Cross => (
            's',
            format!("M{0:.1} {1:.1}l7 7m0 -7l-7 7", x - SIGN, y - SIGN),
        ),
    };
    format!("class=\"{kind} {class}\" d=\"{path}\"")
}
