//! Tables without lines: columns of text, two spaces apart.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, Table, Width};

use crate::sink::text::Text;

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
}

impl Columns {
    pub(super) fn new(headings: impl Into<Box<[Heading]>>, indent: &'static str) -> Self {
        let headings = headings.into();
        Self {
            indent,
            least: vec![0; headings.len()],
            table: empty(&headings),
            headings,
        }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
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
        self.table.lines().for_each(|line| self.line(&line, text));
    }

    /// Writes the rows.
    pub(super) fn write_rows(&self, text: &mut Text) {
        self.table
            .lines()
            .skip(1)
            .for_each(|line| self.line(&line, text));
    }

    /// Forgets the rows and keeps the columns as wide as they were.
    pub(super) fn clear(&mut self) {
        let widths = self.widths();
        self.table = empty(&self.headings);
        self.widen(widths);
    }

    fn line(&self, line: &str, text: &mut Text) {
        text.str(self.indent);
        text.str(line.trim_end());
        text.octet(b'\n');
    }
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
