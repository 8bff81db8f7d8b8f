//! The table of groups on the screen, and where in it the mouse is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use tcptrace::sink::tone::Tone;

use crate::watch::brief::{per_second, printable};
use crate::watch::cells::CellPen;
use crate::watch::grouping::{GroupColumn, GroupOf, GroupSorting, GroupSums, GroupedBy};
use crate::watch::paint::Paint;
use crate::watch::text::{cut, line, put, width};

/// How wide a column of numbers is, its gap included, and that of names at least.
const NUMBER: u16 = 11;
const NAME: u16 = 16;

/// The table, as it was drawn last.
#[derive(Debug, Default)]
pub struct GroupView {
    area: Rect,
    /// The left edge and the width of each column that is shown.
    columns: Vec<(GroupColumn, u16, u16)>,
    /// How wide the names have had to be.
    name: u16,
}

/// Where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupSpot {
    /// The heading of a column.
    Heading(GroupColumn),
    /// A row, counted from the top.
    Line(usize),
}

/// A group, as it is called.
pub fn name(group: &GroupOf, pen: &CellPen) -> String {
    match group {
        GroupOf::Server(addr) => addr.to_string(),
        GroupOf::Process(pid, name) => format!("{pid} {}", printable(name)),
        GroupOf::Nobody => pen.own.no_process.to_owned(),
    }
}

impl GroupView {
    /// The columns that are shown.
    pub fn columns(&self) -> impl Iterator<Item = GroupColumn> {
        self.columns.iter().map(|(column, ..)| *column)
    }

    /// Forgets how wide the names had to be.
    pub const fn shrink(&mut self) {
        self.name = 0;
    }

    /// Draws the headings and these groups.
    pub fn draw(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        pen: &CellPen,
        (by, sorting): (GroupedBy, GroupSorting),
        groups: &[(GroupOf, GroupSums)],
        selected: Option<&GroupOf>,
    ) {
        self.area = area;
        let names: Vec<_> = groups.iter().map(|(group, _)| name(group, pen)).collect();
        let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
        self.name = self.name.max(widest.clamp(NAME, NAME.max(area.width / 2)));
        self.columns = self.fitted();
        self.headings(buffer, pen, by, sorting);
        for (nth, ((group, sums), name)) in (1..).zip(groups.iter().zip(names)) {
            let line = line(area, nth);
            for &(column, left, width) in &self.columns {
                let (text, style) = if column == GroupColumn::Name {
                    (name.clone(), Paint::PLAIN)
                } else {
                    number(column, sums, pen.paint)
                };
                place(buffer, line, (column, left, width), &text, style);
            }
            if selected == Some(group) {
                buffer.set_style(line, Style::reset());
                buffer.set_style(line, Paint::SELECTED);
            }
        }
    }

    /// The columns that there is room for.
    fn fitted(&self) -> Vec<(GroupColumn, u16, u16)> {
        let mut left = 0;
        let mut fitted = Vec::new();
        for column in GroupColumn::ALL {
            let width = if column == GroupColumn::Name {
                self.name
            } else {
                NUMBER
            };
            let width = width.min(self.area.width);
            if left + width > self.area.width || width == 0 {
                break;
            }
            fitted.push((column, left, width));
            left += width;
        }
        fitted
    }

    fn headings(&self, buffer: &mut Buffer, pen: &CellPen, by: GroupedBy, sorting: GroupSorting) {
        let line = line(self.area, 0);
        buffer.set_style(line, Style::new().add_modifier(Modifier::UNDERLINED));
        for &(column, left, width) in &self.columns {
            let mut heading = heading(column, by, pen).to_owned();
            let is_sorted = column == sorting.column;
            if is_sorted {
                let is_falling = sorting.is_reversed == (column == GroupColumn::Name);
                heading.push_str(if is_falling { "▾" } else { "▴" });
            }
            let style = if is_sorted {
                pen.paint.sorted()
            } else {
                Paint::STRONG
            };
            let style = style.add_modifier(Modifier::UNDERLINED);
            place(buffer, line, (column, left, width), &heading, style);
        }
    }

    /// What is at a place of the terminal.
    pub fn spot(&self, column: u16, row: u16) -> Option<GroupSpot> {
        if !self.area.contains(Position::new(column, row)) {
            return None;
        }
        let nth = usize::from(row - self.area.y);
        if nth > 0 {
            return Some(GroupSpot::Line(nth - 1));
        }
        let at = column - self.area.x;
        let mut columns = self.columns.iter().rev();
        let (found, ..) = columns.find(|(_, left, _)| *left <= at)?;
        Some(GroupSpot::Heading(*found))
    }
}

fn heading(column: GroupColumn, by: GroupedBy, pen: &CellPen) -> &'static str {
    let (words, own) = (pen.words, pen.own);
    match column {
        GroupColumn::Name if by == GroupedBy::Process => own.process,
        GroupColumn::Name => words.count.server,
        GroupColumn::Connections => own.connections,
        GroupColumn::Open => words.verdict.open,
        GroupColumn::HalfOpen => words.verdict.half_open,
        GroupColumn::AskedFor => own.asked_for,
        GroupColumn::Failed => own.failed,
        GroupColumn::Over => own.over,
        GroupColumn::RateToServer => words.timing.rate_to_server,
        GroupColumn::RateToClient => words.timing.rate_to_client,
        GroupColumn::Retransmitted => words.report.again,
    }
}

fn number(column: GroupColumn, sums: &GroupSums, paint: Paint) -> (String, Style) {
    let number = column.of(sums);
    let text = match column {
        _ if number == 0 => "·".to_owned(),
        GroupColumn::RateToServer | GroupColumn::RateToClient => per_second(number),
        _ => number.to_string(),
    };
    let style = match column {
        _ if number == 0 => Paint::DIM,
        GroupColumn::Failed => paint.tone(Tone::Bad),
        GroupColumn::HalfOpen | GroupColumn::AskedFor | GroupColumn::Retransmitted => {
            paint.tone(Tone::Odd)
        }
        GroupColumn::Over => Paint::DIM,
        _ => Paint::PLAIN,
    };
    (text, style)
}

fn place(
    buffer: &mut Buffer,
    line: ratatui::layout::Rect,
    (column, left, room): (GroupColumn, u16, u16),
    text: &str,
    style: Style,
) {
    let text = cut(text, room);
    let shift = match column {
        GroupColumn::Name => 0,
        _ => room.saturating_sub(width(&text)),
    };
    put(buffer, line, left + shift, &text, style);
}
