//! A part of a whole: in thousandths, in percent, and as a bar.

use crate::time::Span;

/// Columns of a bar for the whole, and the parts of one.
const BAR: u64 = 24;
const PARTS: [char; 8] = ['█', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A part of a whole in thousandths.
pub(super) fn share(part: Span, whole: Span) -> u64 {
    let (part, whole) = (part.0.max(0).unsigned_abs(), whole.0.max(1).unsigned_abs());
    let thousandths = (u128::from(part) * 1_000 + u128::from(whole) / 2) / u128::from(whole);
    u64::try_from(thousandths).unwrap_or(1_000)
}

/// A part of a whole in percent, to a tenth. 0 is nothing and 100 all: what is less than
/// all is 99.9 at most, so that it leaves something for the rest, too.
pub(super) fn percent(part: u64, whole: u64) -> String {
    let (part, whole) = (u128::from(part), u128::from(whole));
    if part == 0 || part >= whole {
        return if part == 0 { "0" } else { "100" }.to_owned();
    }
    match ((part * 1_000 + whole / 2) / whole).min(999) {
        0 => "< 0.1".to_owned(),
        tenths => format!("{}.{}", tenths / 10, tenths % 10),
    }
}

/// The same of time.
pub(super) fn percent_of(part: Span, whole: Span) -> String {
    let [part, whole] = [part, whole].map(|span| span.0.max(0).unsigned_abs());
    percent(part, whole)
}

/// A bar for a share in thousandths.
pub(super) fn bar(share: u64) -> String {
    let eighths = (share * BAR * 8).div_ceil(1_000);
    let full = usize::try_from(eighths / 8).unwrap_or(0);
    let part = usize::try_from(eighths % 8).unwrap_or(0);
    let mut bar = PARTS[..1].iter().collect::<String>().repeat(full);
    bar.extend(PARTS.get(part).filter(|_| part > 0));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_never_nothing() {
        assert_eq!(bar(1_000), "█".repeat(24));
        assert_eq!(bar(500), "█".repeat(12));
        assert_eq!(bar(1), "▏");
        assert_eq!(bar(0), "");
    }

    #[test]
    fn no_part_is_all_or_nothing_in_percent() {
        let said = |part| percent(part, 100_000);
        assert_eq!(said(100_000), "100");
        assert_eq!(said(99_999), "99.9");
        assert_eq!(said(99_849), "99.8");
        assert_eq!(said(50_000), "50.0");
        assert_eq!(said(50), "0.1");
        assert_eq!(said(49), "< 0.1");
        assert_eq!(said(0), "0");
        assert_eq!(percent(0, 0), "0");
        assert_eq!(percent(u64::MAX - 1, u64::MAX), "99.9");
        assert_eq!(percent_of(Span(-1), Span(5)), "0");
        assert_eq!(percent_of(Span(1), Span(3)), "33.3");
    }

    #[test]
    fn shares_are_rounded_and_bounded() {
        assert_eq!(share(Span(1), Span(3)), 333);
        assert_eq!(share(Span(2), Span(3)), 667);
        assert_eq!(share(Span(-1), Span(3)), 0);
        assert_eq!(share(Span(3), Span(0)), 3_000);
        assert_eq!(share(Span(i64::MAX), Span(i64::MAX)), 1_000);
    }
}
