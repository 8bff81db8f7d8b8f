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
    /// Columns that are left out.
    gone: Vec<usize>,
    table: Table,
    /// What there is besides of each row.
    rows: Vec<RowShape>,
}

/// What is known of a row beside its words.
#[derive(Debug)]
struct RowShape {
    /// How many lines each cell has, where any has more than one.
    lines: Vec<usize>,
    /// The columns in a colour, in order.
    painted: Vec<(usize, Colour)>,
}

impl Columns {
    pub(super) fn new(headings: impl Into<Box<[Heading]>>, indent: &'static str) -> Self {
        let headings = headings.into();
        Self {
            indent,
            least: vec![0; headings.len()],
            gone: Vec::new(),
            table: empty(&headings),
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
        let has_further = cells.iter().any(|cell| cell.contains('\n'));
        let counted = if has_further { &cells[..] } else { &[] };
        let is_seen = |(_, colour): &(usize, Colour)| *colour != Colour::NONE;
        self.rows.push(RowShape {
            lines: counted.iter().map(|cell| cell.lines().count()).collect(),
            painted: colours.into_iter().filter(is_seen).collect(),
        });
        self.table.add_row(cells);
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
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
        self.width_without(&self.gone)
    }

    fn width_without(&self, gone: &[usize]) -> usize {
        let widths = self.widths().into_iter().enumerate();
        let shown = widths.filter(|(column, _)| !gone.contains(column));
        let cells = shown.map(|(_, width)| usize::from(width + GAP));
        let padded: usize = cells.sum();
        self.indent.len() + padded.saturating_sub(usize::from(GAP))
    }

    /// Makes the columns as wide as those of another table at least.
    pub(super) fn widen(&mut self, least: Vec<u16>) {
        self.least = least;
        self.constrain();
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
        self.constrain();
    }

    /// Whether a column is not left out.
    pub(super) fn has(&self, column: usize) -> bool {
        !self.gone.contains(&column)
    }

    fn constrain(&mut self) {
        let columns = self.table.column_iter_mut().enumerate();
        for ((nth, column), &width) in columns.zip(&self.least) {
            let padded = Width::Fixed(width.saturating_add(GAP));
            column.set_constraint(if self.gone.contains(&nth) {
                ColumnConstraint::Hidden
            } else {
                ColumnConstraint::LowerBoundary(padded)
            });
        }
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
        let mut lines = self.table.lines().skip(1);
        let is_painted = self.rows.iter().any(|row| !row.painted.is_empty());
        let widths = if is_painted {
            self.widths()
        } else {
            Vec::new()
        };
        for row in &self.rows {
            let counts = row.lines.iter().enumerate();
            let shown = counts.filter(|&(column, _)| self.has(column));
            let count = shown.map(|(_, &count)| count).max();
            for line in lines.by_ref().take(count.unwrap_or(1).max(1)) {
                self.line(&line, &row.painted, &widths, text);
            }
        }
    }

    /// Forgets the rows and keeps the columns as wide as they were.
    pub(super) fn clear(&mut self) {
        let widths = self.widths();
        self.table = empty(&self.headings);
        self.rows.clear();
        self.widen(widths);
    }

    /// Writes a line whose columns have these widths, where some are painted.
    fn line(&self, line: &str, colours: &[(usize, Colour)], widths: &[u16], text: &mut Text) {
        text.str(self.indent);
        let mut rest = line.trim_end();
        if !colours.is_empty() {
            let columns = widths.iter().enumerate();
            for (column, &needed) in columns.filter(|&(column, _)| self.has(column)) {
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
