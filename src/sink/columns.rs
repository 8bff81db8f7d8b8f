//! Tables without lines: columns of text, two spaces apart. Colours are put into
//! finished lines, so that they take no columns.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, Table, Width};

use crate::sink::annotation::colour::Colour;
use crate::sink::text::Text;
use crate::sink::width;

/// Spaces between two columns.
const GAP: u16 = 2;

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
    table: Table,
    /// Of each line behind the headings, the columns in a colour, in order.
    painted: Vec<Vec<(usize, Colour)>>,
}

impl Columns {
    pub(super) fn new(headings: impl Into<Box<[Heading]>>, indent: &'static str) -> Self {
        let headings = headings.into();
        Self {
            indent,
            least: vec![0; headings.len()],
            table: empty(&headings),
            painted: Vec::new(),
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
        let lines = cells.iter().map(|cell| cell.lines().count()).max();
        let is_seen = |(_, colour): &(usize, Colour)| *colour != Colour::NONE;
        let colours = colours.into_iter().filter(is_seen).collect();
        self.painted
            .resize(self.painted.len() + lines.unwrap_or(1).max(1), colours);
        self.table.add_row(cells);
    }

    pub(super) fn rows(&self) -> usize {
        self.table.row_count()
    }

    /// How wide the columns have to be.
    pub(super) fn widths(&self) -> Vec<u16> {
        let needed = self.table.column_max_content_widths();
        needed
            .iter()
            .zip(&self.least)
            .map(|(needed, least)| *needed.max(least))
            .collect()
    }

    /// How wide the lines have to be.
    pub(super) fn width(&self) -> usize {
        let cells: usize = self.widths().into_iter().map(usize::from).sum();
        let gaps = usize::from(GAP) * self.headings.len().saturating_sub(1);
        self.indent.len() + cells + gaps
    }

    /// Makes the columns as wide as those of another table at least.
    pub(super) fn widen(&mut self, least: Vec<u16>) {
        for (column, &width) in self.table.column_iter_mut().zip(&least) {
            let padded = Width::Fixed(width.saturating_add(GAP));
            column.set_constraint(ColumnConstraint::LowerBoundary(padded));
        }
        self.least = least;
    }

    /// Writes the headings and the rows.
    pub(super) fn write(&self, text: &mut Text) {
        if let Some(headings) = self.table.lines().next() {
            self.line(&headings, &[], &[], text);
        }
        self.write_rows(text);
    }

    /// Writes the rows.
    pub(super) fn write_rows(&self, text: &mut Text) {
        let lines = self.table.lines().skip(1);
        let is_painted = self.painted.iter().any(|colours| !colours.is_empty());
        let widths = if is_painted {
            self.widths()
        } else {
            Vec::new()
        };
        for (line, colours) in lines.zip(&self.painted) {
            self.line(&line, colours, &widths, text);
        }
    }

    /// Forgets the rows and keeps the columns as wide as they were.
    pub(super) fn clear(&mut self) {
        let widths = self.widths();
        self.table = empty(&self.headings);
        self.painted.clear();
        self.widen(widths);
    }

    /// Writes a line whose columns have these widths, where some are painted.
    fn line(&self, line: &str, colours: &[(usize, Colour)], widths: &[u16], text: &mut Text) {
        text.str(self.indent);
        let mut rest = line.trim_end();
        if !colours.is_empty() {
            for (column, &needed) in widths.iter().enumerate() {
                let colour = colours.iter().find(|(painted, _)| *painted == column);
                let (cell, behind) = split(rest, usize::from(needed + GAP));
                match colour {
                    Some((_, colour)) => paint(cell, *colour, text),
                    None => text.str(cell),
                }
                rest = behind;
            }
        }
        text.str(rest);
        text.octet(b'\n');
    }
}

/// The first `columns` columns of a line, and what is behind them.
fn split(line: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    let end = line.char_indices().find_map(|(at, c)| {
        used += width::of(c.encode_utf8(&mut [0; 4]));
        (used > columns).then_some(at)
    });
    line.split_at(end.unwrap_or(line.len()))
}

/// Writes a cell whose words are in a colour, and not the spaces around.
fn paint(cell: &str, colour: Colour, text: &mut Text) {
    let words = cell.trim();
    if words.is_empty() {
        return text.str(cell);
    }
    let before = cell.len() - cell.trim_start().len();
    text.str(&cell[..before]);
    colour.begin(text);
    text.str(words);
    colour.end(text);
    text.str(&cell[before + words.len()..]);
}

fn empty(headings: &[Heading]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(headings.iter().map(|heading| match heading {
        Heading::Left(words) | Heading::Right(words) => *words,
    }));
    for (column, heading) in table.column_iter_mut().zip(headings) {
        column.set_padding((0, GAP));
        column.set_cell_alignment(match heading {
            Heading::Left(_) => CellAlignment::Left,
            Heading::Right(_) => CellAlignment::Right,
        });
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

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
