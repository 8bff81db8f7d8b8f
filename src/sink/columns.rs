//! Tables without lines: columns of text, two spaces apart. Colours are put into
//! finished lines, so that they take no columns.

use crate::sink::annotation::colour::Colour;
use crate::sink::text::Text;
use crate::sink::width;

/// Spaces between two columns.
const GAP: usize = 2;

/// What stands over a column; where it stands is where its cells stand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Heading {
    Left(&'static str),
    Right(&'static str),
}

/// A table to be filled row by row.
#[derive(Debug)]
pub(super) struct Columns {
    headings: Box<[Heading]>,
    /// What every line begins with.
    indent: &'static str,
    /// How wide each column is at least.
    least: Vec<u16>,
    /// How wide its heading and its cells are.
    needed: Vec<u16>,
    /// Columns that are left out.
    gone: Vec<usize>,
    rows: Vec<TableRow>,
}

#[derive(Debug)]
struct TableRow {
    cells: Vec<String>,
    /// The columns in a colour, in order.
    painted: Vec<(usize, Colour)>,
}

impl Columns {
    pub(super) fn new(headings: impl Into<Box<[Heading]>>, indent: &'static str) -> Self {
        let headings = headings.into();
        Self {
            indent,
            least: vec![0; headings.len()],
            needed: widths(&headings),
            gone: Vec::new(),
            rows: Vec::new(),
            headings,
        }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.painted_row(cells, []);
    }

    /// A row with some columns, in order, in a colour.
    pub(super) fn painted_row(
        &mut self,
        cells: impl IntoIterator<Item = String>,
        colours: impl IntoIterator<Item = (usize, Colour)>,
    ) {
        let cells: Vec<_> = cells.into_iter().collect();
        for (needed, cell) in self.needed.iter_mut().zip(&cells) {
            let width = cell.lines().map(width::of).max().unwrap_or(0);
            *needed = (*needed).max(narrowed(width));
        }
        let is_seen = |(_, colour): &(usize, Colour)| *colour != Colour::NONE;
        let painted = colours.into_iter().filter(is_seen).collect();
        self.rows.push(TableRow { cells, painted });
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// How wide the columns have to be.
    pub(super) fn widths(&self) -> Vec<u16> {
        let both = self.needed.iter().zip(&self.least);
        both.map(|(needed, least)| *needed.max(least)).collect()
    }

    /// How wide the lines have to be.
    pub(super) fn width(&self) -> usize {
        self.width_without(&self.gone)
    }

    fn width_without(&self, gone: &[usize]) -> usize {
        let widths = self.widths().into_iter().enumerate();
        let shown = widths.filter(|(column, _)| !gone.contains(column));
        let cells = shown.map(|(_, width)| usize::from(width) + GAP);
        let padded: usize = cells.sum();
        self.indent.len() + padded.saturating_sub(GAP)
    }

    /// Makes the columns as wide as those of another table at least.
    pub(super) fn widen(&mut self, least: Vec<u16>) {
        self.least = least;
    }

    /// Leaves columns out until the lines fit into `width` columns of a terminal, or no
    /// more may be left out: the first of `gone_without` first. What went is back where
    /// there is room for it since something wider went.
    pub(super) fn narrow(&mut self, width: Option<usize>, gone_without: &[&[usize]]) {
        let Some(width) = width else {
            return;
        };
        let mut gone = Vec::<usize>::new();
        let mut groups = Vec::new();
        for group in gone_without {
            if self.width_without(&gone) <= width {
                break;
            }
            gone.extend(*group);
            groups.push(*group);
        }
        for group in groups.into_iter().rev() {
            let kept = gone.iter().filter(|column| !group.contains(column));
            let fewer: Vec<_> = kept.copied().collect();
            if self.width_without(&fewer) <= width {
                gone = fewer;
            }
        }
        self.gone = gone;
    }

    /// Whether a column is not left out.
    pub(super) fn has(&self, column: usize) -> bool {
        !self.gone.contains(&column)
    }

    /// Writes the headings and the rows.
    pub(super) fn write(&self, text: &mut Text) {
        let headings = self.headings.iter().map(|heading| heading.words());
        self.line(headings, &[], &self.widths(), text);
        self.write_rows(text);
    }

    /// Writes the rows.
    pub(super) fn write_rows(&self, text: &mut Text) {
        let widths = self.widths();
        for TableRow { cells, painted } in &self.rows {
            if cells.iter().all(|cell| !cell.contains('\n')) {
                self.line(cells.iter().map(String::as_str), painted, &widths, text);
                continue;
            }
            let shown = cells.iter().enumerate().filter(|(nth, _)| self.has(*nth));
            let height = shown.map(|(_, cell)| cell.lines().count()).max();
            for nth in 0..height.unwrap_or(1).max(1) {
                let parts = cells.iter().map(|cell| cell.lines().nth(nth).unwrap_or(""));
                self.line(parts, painted, &widths, text);
            }
        }
    }

    /// Forgets the rows and keeps the columns as wide as they were.
    pub(super) fn clear(&mut self) {
        self.least = self.widths();
        self.needed = widths(&self.headings);
        self.rows.clear();
    }

    /// Writes a line of cells into columns of these widths, without spaces at its end.
    fn line<'c>(
        &self,
        cells: impl Iterator<Item = &'c str>,
        painted: &[(usize, Colour)],
        widths: &[u16],
        text: &mut Text,
    ) {
        text.str(self.indent);
        let mut spaces = 0;
        let columns = cells.zip(&self.headings).zip(widths).enumerate();
        for (nth, ((cell, heading), &width)) in columns.filter(|(nth, _)| self.has(*nth)) {
            let room = usize::from(width).saturating_sub(width::of(cell));
            if let Heading::Right(_) = heading {
                spaces += room;
            }
            let words = cell.trim();
            if words.is_empty() {
                spaces += cell.len();
            } else {
                spaces += cell.len() - cell.trim_start().len();
                blank(std::mem::take(&mut spaces), text);
                let colour = painted.iter().find(|(column, _)| *column == nth);
                match colour {
                    Some((_, colour)) => {
                        colour.begin(text);
                        text.str(words);
                        colour.end(text);
                    }
                    None => text.str(words),
                }
                spaces += cell.len() - cell.trim_end().len();
            }
            if let Heading::Left(_) = heading {
                spaces += room;
            }
            spaces += GAP;
        }
        text.octet(b'\n');
    }
}

impl Heading {
    const fn words(self) -> &'static str {
        match self {
            Self::Left(words) | Self::Right(words) => words,
        }
    }
}

/// How wide headings are.
fn widths(headings: &[Heading]) -> Vec<u16> {
    let widths = headings.iter().map(|heading| width::of(heading.words()));
    widths.map(narrowed).collect()
}

fn blank(columns: usize, text: &mut Text) {
    for _ in 0..columns {
        text.octet(b' ');
    }
}

/// No terminal is wider.
fn narrowed(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of five columns, the widths of which are 1, 2, 3, 4 and 5.
    fn narrowed(width: usize, gone_without: &[&[usize]]) -> String {
        let cells = ["1", "22", "333", "4444", "55555"];
        let mut table = Columns::new(cells.map(Heading::Left), " ");
        let red = [(1, Colour::RED), (4, Colour::RED)];
        table.painted_row(cells.map(str::to_owned), red);
        table.narrow(Some(width), gone_without);
        let mut text = Text::default();
        table.write_rows(&mut text);
        // Rows that come later stand in the same columns.
        table.clear();
        table.painted_row(cells.map(str::to_owned), red);
        let mut later = Text::default();
        table.write_rows(&mut later);
        assert_eq!(text.octets(), later.octets());
        let text = String::from_utf8(text.octets().to_vec()).unwrap();
        text.replace("\x1b[1;31m", "<").replace("\x1b[0m", ">")
    }

    #[test]
    fn columns_go_in_their_order_until_the_rest_fits() {
        let gone_without: &[&[usize]] = &[&[2], &[0, 3]];
        assert_eq!(narrowed(24, gone_without), " 1  <22>  333  4444  <55555>\n");
        assert_eq!(narrowed(23, gone_without), " 1  <22>  4444  <55555>\n");
        assert_eq!(narrowed(18, gone_without), " <22>  333  <55555>\n");
        assert_eq!(narrowed(14, gone_without), " <22>  <55555>\n");
        assert_eq!(narrowed(1, gone_without), " <22>  <55555>\n");
    }

    #[test]
    fn a_row_is_as_high_as_what_is_shown_of_it() {
        let cells = ["1", "2\n2\n2", "3\n3"];
        let mut table = Columns::new(["a", "b", "c"].map(Heading::Left), "");
        for colour in [Colour::RED, Colour::NONE] {
            table.painted_row(cells.map(str::to_owned), [(0, colour)]);
        }
        table.narrow(Some(4), &[&[1]]);
        let mut text = Text::default();
        table.write_rows(&mut text);
        assert_eq!(
            String::from_utf8_lossy(text.octets()),
            "\x1b[1;31m1\x1b[0m  3\n   3\n1  3\n   3\n"
        );
    }

    #[test]
    fn a_narrow_column_is_back_where_a_wide_one_went() {
        assert_eq!(narrowed(17, &[&[0], &[4]]), " 1  <22>  333  4444\n");
    }

    #[test]
    fn colours_take_no_columns() {
        let written = |colour: Colour| {
            let headings = [Heading::Left("端"), Heading::Right("n"), Heading::Left("v")];
            let mut table = Columns::new(headings, " ");
            let row = |cells: [&str; 3]| cells.map(str::to_owned);
            table.painted_row(row(["客户端", "7", "被拒绝"]), [(1, colour), (2, colour)]);
            table.row(row(["b", "10", "a\nb"]));
            table.painted_row(row(["c", "", "d"]), [(0, colour), (1, colour)]);
            let mut text = Text::default();
            table.write(&mut text);
            String::from_utf8(text.octets().to_vec()).unwrap()
        };
        let painted = written(Colour::RED);
        assert_eq!(
            painted,
            " 端       n  v\n \
             客户端   \x1b[1;31m7\x1b[0m  \x1b[1;31m被拒绝\x1b[0m\n \
             b       10  a\n             b\n \
             \x1b[1;31mc\x1b[0m           d\n"
        );
        let plain = painted.replace("\x1b[1;31m", "").replace("\x1b[0m", "");
        assert_eq!(plain, written(Colour::NONE));
    }
}
