//! The table of connections on the screen, and where in it the mouse is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use tcptrace::track::flow_id::FlowId;

use crate::watch::cells::CellPen;
use crate::watch::column::{COLUMNS, Column};
use crate::watch::fit::{self, FittedColumn, Wanted};
use crate::watch::listed::Listed;
use crate::watch::paint::Paint;
use crate::watch::sorting::Sorting;
use crate::watch::text::{cut, cut_front, line, put, width};

/// What stands behind the heading of the column that a table is sorted by.
const FALLING: &str = "▾";
const RISING: &str = "▴";

/// The table, as it was drawn last.
#[derive(Debug, Default)]
pub struct TableView {
    area: Rect,
    columns: Vec<FittedColumn>,
    shown: Vec<FlowId>,
    /// How wide each column has had to be.
    grown: Wanted,
}

/// Where in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableSpot {
    /// The heading of a column.
    Heading(Column),
    /// A row, counted from the top.
    Line(usize),
}

impl TableView {
    /// Forgets how wide columns had to be.
    pub fn shrink(&mut self) {
        self.grown = [0; COLUMNS];
    }

    /// Draws the headings and these connections.
    pub fn draw(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        pen: &CellPen,
        sorting: Sorting,
        rows: &[Listed],
        selected: Option<FlowId>,
    ) {
        if self.area.width != area.width {
            self.shrink();
        }
        let pen = &CellPen {
            is_short: area.width < fit::WORDY,
            ..*pen
        };
        self.area = area;
        let cells: Vec<_> = rows
            .iter()
            .map(|row| Column::ALL.map(|column| pen.cell(column, row)))
            .collect();
        self.grow(&cells, pen, sorting);
        self.columns = fit::fit(area.width, &self.grown, sorting.column);
        self.shown = rows.iter().map(|row| row.row.id).collect();
        self.headings(buffer, pen, sorting);
        for (nth, (id, cells)) in (1..).zip(self.shown.iter().zip(&cells)) {
            let line = line(area, nth);
            let is_selected = selected == Some(*id);
            self.row(buffer, line, cells, is_selected);
        }
    }

    fn grow(&mut self, rows: &[[(String, Style); COLUMNS]], pen: &CellPen, sorting: Sorting) {
        for column in Column::ALL {
            let (least, most) = column.bounds();
            let heading = width(column.heading(pen.words, pen.own));
            let mark = u16::from(shows_order(column, sorting));
            let texts = rows.iter().map(|cells| width(&cells[column as usize].0));
            let widest = texts.max().unwrap_or(0);
            let is_bare = column == Column::Process && widest <= 1;
            let grown = &mut self.grown[column as usize];
            // A column of processes, where none is known, is none.
            if !is_bare || *grown > 0 {
                let wanted = widest.clamp(least, most).max(heading + mark);
                *grown = wanted.max(*grown);
            }
        }
    }

    fn headings(&self, buffer: &mut Buffer, pen: &CellPen, sorting: Sorting) {
        let line = line(self.area, 0);
        buffer.set_style(line, Style::new().add_modifier(Modifier::UNDERLINED));
        for &fitted in &self.columns {
            let is_sorted = shows_order(fitted.column, sorting);
            let mut heading = fitted.column.heading(pen.words, pen.own).to_owned();
            if is_sorted {
                heading.push_str(if sorting.is_falling { FALLING } else { RISING });
            }
            let style = if is_sorted {
                pen.paint.sorted()
            } else {
                Paint::STRONG
            };
            let style = style.add_modifier(Modifier::UNDERLINED);
            place(buffer, line, fitted, &cut(&heading, fitted.width), style);
        }
    }

    fn row(
        &self,
        buffer: &mut Buffer,
        line: Rect,
        cells: &[(String, Style); COLUMNS],
        is_selected: bool,
    ) {
        for &fitted in &self.columns {
            let (text, style) = &cells[fitted.column as usize];
            let text = if fitted.column.is_address() {
                cut_front(text, fitted.width)
            } else {
                cut(text, fitted.width)
            };
            let style = if is_selected { Style::new() } else { *style };
            place(buffer, line, fitted, &text, style);
        }
        if is_selected {
            buffer.set_style(line, Paint::SELECTED);
        }
    }

    /// The row at a line.
    pub fn at(&self, nth: usize) -> Option<FlowId> {
        self.shown.get(nth).copied()
    }

    /// How many rows were drawn.
    #[cfg(test)]
    pub const fn shown(&self) -> usize {
        self.shown.len()
    }

    /// What is at a place of the terminal.
    pub fn spot(&self, column: u16, row: u16) -> Option<TableSpot> {
        if !self.area.contains(Position::new(column, row)) {
            return None;
        }
        let nth = usize::from(row - self.area.y);
        if nth > 0 {
            return Some(TableSpot::Line(nth - 1));
        }
        let left = column - self.area.x;
        let mut fitted = self.columns.iter().rev();
        let found = fitted.find(|one| one.left <= left)?;
        Some(TableSpot::Heading(found.column))
    }
}

/// Whether a table is sorted by what a column shows.
fn shows_order(column: Column, sorting: Sorting) -> bool {
    column == sorting.column || Some(column) == sorting.column.stand_in()
}

fn place(buffer: &mut Buffer, line: Rect, fitted: FittedColumn, text: &str, style: Style) {
    let shift = if fitted.column.is_right() {
        fitted.width.saturating_sub(width(text))
    } else {
        0
    };
    put(buffer, line, fitted.left + shift, text, style);
}
