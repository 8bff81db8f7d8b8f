//! The pen that draws in a terminal's cells: level and upright lines of box characters, any
//! other of Braille dots, two by four in a cell.

use crate::sink::annotation::colour::Colour;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::scene::{Align, Item, Place, Scene, Shape, Sign, Stroke};
use crate::sink::text::Text;
use crate::sink::width;

/// Dots in a cell, across and down.
const ACROSS: f64 = 2.0;
const DOWN: f64 = 4.0;
/// The Braille pattern of no dot, and those of each dot, row by row.
const BLANK: u32 = 0x2800;
const DOTS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// Of a row of cells: a character and what it stands for; none behind a wide one.
type Cell = Option<(char, Ink)>;

struct Canvas {
    rows: Vec<Vec<Cell>>,
}

/// Draws a picture; what is empty at the ends of its lines is left out.
pub fn draw(scene: &Scene, is_coloured: bool, text: &mut Text) {
    let mut canvas = Canvas::new(scene);
    for item in &scene.items {
        canvas.draw(item);
    }
    canvas.write(is_coloured, text);
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cell's number, cut off at 0"
)]
fn cell(value: f64) -> usize {
    value.max(0.0) as usize
}

impl Canvas {
    fn new(scene: &Scene) -> Self {
        let blank = vec![Some((' ', Ink::Text)); cell(scene.width.ceil())];
        Self {
            rows: vec![blank; cell(scene.height.ceil())],
        }
    }

    fn draw(&mut self, item: &Item) {
        let ink = item.ink;
        match &item.shape {
            Shape::Line { from, to, stroke } => self.line(ink, *from, *to, *stroke),
            Shape::Arrow { from, to, stroke } => self.arrow(ink, *from, *to, *stroke),
            Shape::Path(places) => {
                for pair in places.windows(2) {
                    self.oblique(ink, pair[0], pair[1]);
                }
            }
            // A band behind the rest is for those who see finer shades.
            Shape::Area { .. } if ink == Ink::Grid => {}
            Shape::Area { from, to } => self.area(ink, *from, *to),
            Shape::Frame { from, to } => self.frame(ink, *from, *to),
            Shape::Sign(at, sign) => {
                let letter = match sign {
                    Sign::Dot => '•',
                    Sign::Diamond => '◆',
                    Sign::Box => '□',
                    Sign::Up => '▲',
                    Sign::Down => '▼',
                    Sign::Cross => '×',
                };
                self.put(cell(at.x), cell(at.y), letter, ink);
            }
            Shape::Text {
                at, align, text, ..
            } => self.text(ink, *at, *align, text),
        }
    }

    fn put(&mut self, x: usize, y: usize, letter: char, ink: Ink) {
        let place = self.rows.get_mut(y).and_then(|row| row.get_mut(x));
        if let Some(place) = place {
            *place = Some((letter, ink));
        }
    }

    fn text(&mut self, ink: Ink, at: Place, align: Align, text: &str) {
        let begin = match align {
            Align::Left => cell(at.x),
            Align::Middle => {
                let begin = cell((at.x.floor() + 0.5 - half(text)).round());
                let columns = self.rows.first().map_or(0, Vec::len);
                begin.min(columns.saturating_sub(width::of(text)))
            }
            Align::Right => cell(at.x).saturating_sub(width::of(text)),
        };
        let (mut x, y) = (begin, cell(at.y.round()));
        for letter in text.chars() {
            let letter = if letter.is_control() { '?' } else { letter };
            let columns = width::of(letter.encode_utf8(&mut [0; 4]));
            self.put(x, y, letter, ink);
            if columns == 2
                && let Some(behind) = self.rows.get_mut(y).and_then(|row| row.get_mut(x + 1))
            {
                *behind = None;
            }
            x += columns;
        }
        // What does not fit is not silently cut.
        if let Some(row) = self.rows.get_mut(y)
            && x > row.len()
            && let Some(last) = row.last_mut()
        {
            *last = Some(('…', ink));
        }
    }

    fn line(&mut self, ink: Ink, from: Place, to: Place, stroke: Stroke) {
        let ((fx, fy), (tx, ty)) = ((cell(from.x), cell(from.y)), (cell(to.x), cell(to.y)));
        if fy == ty && fx != tx && is_same(from.y.fract(), to.y.fract()) {
            let letter = ['─', '━', '╌', '┈'][stroke as usize];
            for x in fx.min(tx)..fx.max(tx) {
                self.put(x, fy, letter, ink);
            }
        } else if fx == tx && fy != ty && is_same(from.x.fract(), to.x.fract()) {
            let letter = ['│', '┃', '╎', '┊'][stroke as usize];
            for y in fy.min(ty)..fy.max(ty) {
                self.put(fx, y, letter, ink);
            }
        } else {
            self.oblique(ink, from, to);
        }
    }

    /// A level arrow has a head. Any other is a line.
    fn arrow(&mut self, ink: Ink, from: Place, to: Place, stroke: Stroke) {
        self.line(ink, from, to, stroke);
        let (x, y) = (cell(to.x), cell(to.y));
        if cell(from.y) == y {
            if from.x < to.x {
                self.put(x.saturating_sub(1), y, '▶', ink);
            } else {
                self.put(x, y, '◀', ink);
            }
        }
    }

    fn oblique(&mut self, ink: Ink, from: Place, to: Place) {
        let steps = ((to.x - from.x).abs() * ACROSS).max((to.y - from.y).abs() * DOWN);
        // Twice as many as there are dots, so that none is left out.
        let steps = cell((steps * 2.0).ceil()).max(1);
        for step in 0..=steps {
            #[expect(clippy::cast_precision_loss, reason = "thousands at most")]
            let part = step as f64 / steps as f64;
            let (x, y) = (
                from.x + (to.x - from.x) * part,
                from.y + (to.y - from.y) * part,
            );
            self.dot(ink, x, y);
        }
    }

    fn dot(&mut self, ink: Ink, x: f64, y: f64) {
        let (column, row) = (cell(x), cell(y));
        let place = self.rows.get_mut(row).and_then(|row| row.get_mut(column));
        let Some(Some((letter, its))) = place else {
            return;
        };
        let is_dots = is_dots(*letter);
        // What is to be read by gives way.
        let is_ground = *letter == ' ' || *its == Ink::Grid;
        if !is_dots && !is_ground {
            return;
        }
        let old = if is_dots { u32::from(*letter) } else { BLANK };
        let dot = DOTS[cell(y.fract() * DOWN).min(3)][cell(x.fract() * ACROSS).min(1)];
        *letter = char::from_u32(old | dot).unwrap_or(' ');
        *its = ink;
    }

    /// Filled, to an eighth of a cell at its right edge.
    fn area(&mut self, ink: Ink, from: Place, to: Place) {
        const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
        let (left, right) = (cell(from.x), cell(to.x));
        let rest = EIGHTHS[cell(to.x.fract() * 8.0).min(7)];
        for y in cell(from.y)..cell(to.y.ceil()) {
            for x in left..right {
                self.put(x, y, '█', ink);
            }
            if rest != ' ' {
                self.put(right, y, rest, ink);
            } else if left == right {
                self.put(right, y, '▏', ink);
            }
        }
    }

    fn frame(&mut self, ink: Ink, from: Place, to: Place) {
        let (left, top) = (cell(from.x), cell(from.y));
        let (right, low) = (cell(to.x), cell(to.y));
        for x in left..right {
            self.put(x, top, '─', ink);
            self.put(x, low, '─', ink);
        }
        for y in top..low {
            self.put(left, y, '│', ink);
            self.put(right, y, '│', ink);
        }
        let corners = [
            (left, top, '┌'),
            (right, top, '┐'),
            (left, low, '└'),
            (right, low, '┘'),
        ];
        for (x, y, letter) in corners {
            self.put(x, y, letter, ink);
        }
    }

    /// Whether dots of several inks have to be told apart.
    fn has_inks(&self) -> bool {
        let cells = self.rows.iter().flatten().flatten();
        let mut inks = cells.filter(|(letter, _)| is_dots(*letter));
        let first = inks.next().map(|(_, ink)| ink);
        inks.any(|(_, ink)| Some(ink) != first)
    }

    fn write(&self, is_coloured: bool, text: &mut Text) {
        let has_inks = self.has_inks();
        for row in &self.rows {
            let is_blank = |cell: &Cell| cell.is_none_or(|(letter, _)| letter == ' ');
            let used = row.iter().rposition(|cell| !is_blank(cell));
            let mut colour = Colour::NONE;
            for (letter, ink) in row.iter().take(used.map_or(0, |last| last + 1)).flatten() {
                let wanted = match letter {
                    ' ' => colour,
                    _ => ink.on_terminal().only_if(is_coloured),
                };
                if wanted != colour {
                    colour.end(text);
                    wanted.begin(text);
                    colour = wanted;
                }
                let letter = if is_coloured || is_dots(*letter) && !has_inks {
                    *letter
                } else {
                    told_apart(*letter, *ink)
                };
                text.str(letter.encode_utf8(&mut [0; 4]));
            }
            colour.end(text);
            text.octet(b'\n');
        }
    }
}

/// Without colours dots and filled cells of different inks look alike: what is not sent
/// for the first time and not acknowledged has a letter, what is filled a pattern.
fn told_apart(letter: char, ink: Ink) -> char {
    let is_dots = is_dots(letter);
    match (letter, ink) {
        (_, Ink::Again) if is_dots => 'r',
        (_, Ink::Disordered) if is_dots => 'o',
        (_, Ink::Lost) if is_dots => 'x',
        (_, Ink::Copy) if is_dots => 'c',
        (_, Ink::Sack) if is_dots => 's',
        (_, Ink::Window) if is_dots => 'w',
        (_, Ink::Ack) if is_dots => 'a',
        ('█', Ink::Server) => '▓',
        ('█', Ink::Path) => '░',
        ('█', Ink::Lost) => '×',
        ('█', Ink::Window) => '▒',
        ('█', Ink::Sack) => '▚',
        ('█', Ink::Opening) => '▀',
        ('█', Ink::Closing) => '▄',
        ('█', Ink::Sign) => '▞',
        ('█', Ink::Faint) => '·',
        _ => letter,
    }
}

/// Whether a character is one of dots.
fn is_dots(letter: char) -> bool {
    (BLANK..BLANK + 256).contains(&u32::from(letter))
}

/// Whether two are the same but for what calculating leaves.
fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

/// Half of a text's width.
fn half(text: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a line's width")]
    let columns = width::of(text) as f64;
    columns / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: f64, height: f64, draw_in: impl FnOnce(&mut Scene)) -> String {
        let mut scene = Scene::new(String::new(), width, height);
        draw_in(&mut scene);
        let mut text = Text::default();
        draw(&scene, false, &mut text);
        String::from_utf8(text.octets().to_vec()).unwrap()
    }

    #[test]
    fn level_and_upright_lines_are_of_box_characters_and_arrows_have_heads() {
        let picture = drawn(6.0, 3.0, |scene| {
            let stroke = Stroke::Thin;
            scene.line(Ink::Faint, Place::at(0.5, 0.0), Place::at(0.5, 3.0));
            let (from, to) = (Place::at(1.0, 0.5), Place::at(5.0, 0.5));
            scene.draw(Ink::Data, Shape::Arrow { from, to, stroke });
            let (from, to) = (Place::at(5.0, 1.5), Place::at(1.0, 1.5));
            scene.draw(Ink::Ack, Shape::Arrow { from, to, stroke });
        });
        assert_eq!(picture, "│───▶\n│◀───\n│\n");
    }

    #[test]
    fn a_text_takes_as_many_cells_as_it_is_wide_and_moves_no_cursor() {
        let picture = drawn(8.0, 2.0, |scene| {
            scene.text(Ink::Text, Place::at(0.0, 0.0), Align::Left, "数据x");
            scene.text(Ink::Text, Place::at(8.0, 1.0), Align::Right, "a\x1bb");
        });
        assert_eq!(picture, "数据x\n     a?b\n");
    }

    #[test]
    fn without_colour_inks_are_told_apart_by_letters_and_patterns() {
        let inks = [Ink::Data, Ink::Again, Ink::Sack, Ink::Server];
        let row = |scene: &mut Scene, ink, y: f64| {
            let places = vec![Place::at(0.0, y + 0.5), Place::at(1.9, y + 0.5)];
            scene.draw(ink, Shape::Path(places));
            let (from, to) = (Place::at(3.0, y), Place::at(5.0, y + 0.5));
            scene.draw(ink, Shape::Area { from, to });
        };
        let picture = drawn(5.0, 4.0, |scene| {
            for (ink, y) in inks.into_iter().zip([0.0, 1.0, 2.0, 3.0]) {
                row(scene, ink, y);
            }
        });
        assert_eq!(picture, "⠤⠤ ██\nrr ██\nss ▚▚\n⠤⠤ ▓▓\n");
    }

    #[test]
    fn any_other_line_is_of_dots() {
        let picture = drawn(2.0, 1.0, |scene| {
            scene.line(Ink::Data, Place::at(0.0, 0.99), Place::at(1.99, 0.0));
        });
        assert_eq!(picture, "⡴⠋\n");
    }
}
