//! Which columns stand in a table of some width, and how wide each is.

use crate::watch::column::{COLUMNS, Column};

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FittedColumn {
    /// The column.
    pub column: Column,
    /// How many columns of the terminal stand left of it.
    pub left: u16,
    /// How wide it is.
    pub width: u16,
}

/// From so many columns of the terminal on two spaces are between two columns.
const ROOMY: u16 = 110;
/// From so many on, words are not shortened.
pub const WORDY: u16 = 150;

/// An address that is longer leaves nothing out for that.
const USUAL_ADDRESS: u16 = 26;

/// How wide each column wants to be.
pub type Wanted = [u16; COLUMNS];

/// The columns of a table: those that can be gone without are left out where it is too
/// narrow, but for the one that it is sorted by. What it still lacks, addresses and
/// then the last column give.
pub fn fit(width: u16, wanted: &Wanted, kept: Column) -> Vec<FittedColumn> {
    let all = wanted;
    let wanted = &Column::ALL.map(|column| {
        let most = if column.is_address() {
            USUAL_ADDRESS
        } else {
            u16::MAX
        };
        wanted[column as usize].min(most)
    });
    let mut gone = vec![Column::States, Column::Rate, Column::Why];
    if wanted[Column::Process as usize] == 0 {
        gone.push(Column::Process);
    }
    // The number tells least, and is what it is sorted by unless somebody wants otherwise.
    let is_kept = |column: &Column| *column == kept && kept != Column::Number;
    let shows_order = |column: &Column| Some(*column) == kept.stand_in();
    gone.retain(|column| !is_kept(column));
    let mut went = Vec::new();
    for (nth, (columns, stand_in)) in Column::GONE_WITHOUT.into_iter().enumerate() {
        // Behind these, addresses are cut rather than that more is left out.
        let is_vital = nth >= Column::GONE_WITHOUT.len() - Column::VITAL;
        let needed = needed(width, wanted, &gone, is_vital);
        if needed <= width {
            break;
        }
        let is_stood_for = stand_in.is_some_and(|one| shows_order(&one));
        let is_needed = columns.iter().any(is_kept) && !is_stood_for;
        if is_needed || columns.iter().any(shows_order) {
            continue;
        }
        gone.extend(columns);
        gone.retain(|column| Some(*column) != stand_in);
        went.push((columns, stand_in));
    }
    // What went is back where there is room for it since something wider went.
    for (columns, stand_in) in went.into_iter().rev() {
        let kept_out = gone.iter().filter(|column| !columns.contains(column));
        let stand_in = stand_in.filter(|column| !is_kept(column));
        let fewer: Vec<_> = kept_out.copied().chain(stand_in).collect();
        if needed(width, wanted, &fewer, false) <= width {
            gone = fewer;
        }
    }
    let spare = width.saturating_sub(needed(width, wanted, &gone, false));
    let mut wanted = *wanted;
    for column in [Column::Client, Column::Server] {
        let lacks = all[column as usize] - wanted[column as usize];
        wanted[column as usize] += lacks.min(spare / 2);
    }
    place(width, &wanted, &gone)
}

const fn gap(width: u16) -> u16 {
    if width < ROOMY { 1 } else { 2 }
}

/// How wide the columns that are not gone are together; where addresses are cut, as they
/// are then.
fn needed(width: u16, wanted: &Wanted, gone: &[Column], is_cut: bool) -> u16 {
    let shown = Column::ALL.into_iter().filter(|one| !gone.contains(one));
    let widths = shown.map(|column| {
        let (least, _) = column.bounds();
        let is_cut = is_cut && column.gives();
        let wanted = wanted[column as usize];
        if is_cut { wanted.min(least) } else { wanted }
    });
    let (count, sum) = widths.fold((0_u16, 0_u16), |(count, sum), width| {
        (count + 1, sum.saturating_add(width))
    });
    sum.saturating_add(gap(width) * count.saturating_sub(1))
}

fn place(width: u16, wanted: &Wanted, gone: &[Column]) -> Vec<FittedColumn> {
    let shown = Column::ALL.into_iter().filter(|one| !gone.contains(one));
    let mut lacking = needed(width, wanted, gone, false).saturating_sub(width);
    let mut left = 0;
    let mut placed = Vec::new();
    for column in shown {
        let mut own = wanted[column as usize];
        if column.gives() {
            let given = lacking.min(own.saturating_sub(column.bounds().0));
            own -= given;
            lacking -= given;
        }
        let own = own.min(width.saturating_sub(left));
        if own == 0 {
            break;
        }
        placed.push(FittedColumn {
            column,
            left,
            width: own,
        });
        left = left.saturating_add(own).saturating_add(gap(width));
    }
    // The last column takes what is left, where it may be longer.
    if let Some(last) = placed.last_mut()
        && !last.column.is_right()
    {
        last.width = width.saturating_sub(last.left);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Widths of connections on one machine.
    fn usual() -> Wanted {
        let mut wanted = Column::ALL.map(|column| column.bounds().0);
        wanted[Column::WaitsFor as usize] = 26;
        wanted[Column::LimitedBy as usize] = 20;
        wanted
    }

    fn shown(width: u16, wanted: &Wanted, kept: Column) -> Vec<Column> {
        let fitted = fit(width, wanted, kept);
        let ends = fitted.iter().map(|one| one.left + one.width);
        assert!(ends.max().unwrap_or(0) <= width, "{fitted:?}");
        fitted.into_iter().map(|one| one.column).collect()
    }

    #[test]
    fn eighty_columns_show_what_matters_most() {
        let found = shown(80, &usual(), Column::Number);
        for column in [
            Column::Client,
            Column::Server,
            Column::States,
            Column::Verdict,
            Column::Age,
            Column::Rate,
        ] {
            assert!(found.contains(&column), "{column:?}: {found:?}");
        }
        assert!(found.contains(&Column::Why), "{found:?}");
    }

    #[test]
    fn a_wide_terminal_shows_all_and_nothing_twice() {
        let found = shown(250, &usual(), Column::Number);
        assert_eq!(found.len(), COLUMNS - 3);
        assert!(!found.contains(&Column::States) && !found.contains(&Column::Rate));
    }

    #[test]
    fn the_column_that_it_is_sorted_by_stays() {
        for kept in Column::ALL.into_iter().skip(1) {
            for width in [80, 100, 120, 160] {
                let found = shown(width, &usual(), kept);
                let mut shows = found.iter().copied();
                let is_shown = shows.any(|one| one == kept || Some(one) == kept.stand_in());
                assert!(is_shown, "{width}: {kept:?}: {found:?}");
            }
        }
    }

    #[test]
    fn any_width_is_filled_and_not_left() {
        for width in 0..300 {
            for wanted in [usual(), [0; COLUMNS], [u16::MAX; COLUMNS]] {
                shown(width, &wanted, Column::Client);
            }
        }
    }
}
