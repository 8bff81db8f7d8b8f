//! The table of connections, and the buttons that choose among its rows.

use maud::{Markup, PreEscaped, html};

use crate::sink::html::best::Best;
use crate::sink::html::row::{ConnectionRow, headings};
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::track::summary::{Fared, Trouble};

/// The most rows that a browser lays out at once, which takes it long: where there are
/// scripts, others are shown when they are asked for.
const AT_ONCE: usize = 500;

/// Rows, the worst of them, and what others came to.
#[derive(Debug)]
pub(super) struct ConnectionTable {
    rows: Best<Fared, ConnectionRow>,
    /// How many connections ended how.
    verdicts: Vec<(&'static str, u64)>,
    /// How many were in which trouble.
    troubles: [u64; 3],
}

impl ConnectionTable {
    /// A table of so many rows at most.
    pub(super) const fn new(most: usize) -> Self {
        Self {
            rows: Best::new(most),
            verdicts: Vec::new(),
            troubles: [0; 3],
        }
    }

    /// Takes a connection that fared so, and whose verdict is this word.
    pub(super) fn take(
        &mut self,
        fared: Fared,
        verdict: &'static str,
        row: impl FnOnce() -> ConnectionRow,
    ) {
        self.troubles[fared.trouble as usize] += 1;
        match self
            .verdicts
            .iter_mut()
            .find(|(known, _)| *known == verdict)
        {
            Some((_, count)) => *count += 1,
            None => self.verdicts.push((verdict, 1)),
        }
        self.rows.take(fared, row);
    }

    /// How many connections were in such trouble.
    pub(super) const fn count(&self, trouble: Trouble) -> u64 {
        self.troubles[trouble as usize]
    }

    /// How many rows are shown, of which so many may be of connections without trouble.
    pub(super) fn len(&self, most: usize) -> usize {
        self.shown(most).count()
    }

    /// The rows that are shown, the worst first.
    fn shown(&self, most: usize) -> impl Iterator<Item = &ConnectionRow> {
        let rows = self.rows.iter().enumerate();
        let rows = rows
            .take_while(move |(nth, (fared, _))| *nth < most || fared.trouble != Trouble::Nothing);
        rows.map(|(_, (_, row))| row)
    }

    /// How many connections there were.
    fn connections(&self) -> u64 {
        self.troubles.iter().sum()
    }

    /// Up to so many rows, and of those in trouble as many as there are, in the order of
    /// the connections' numbers; `in_full` has the numbers of those that can be opened.
    pub(super) fn part(&self, in_full: &[u32], most: usize, words: &Words) -> Markup {
        let mut rows: Vec<_> = self.shown(most).collect();
        rows.sort_by_key(|row| row.id);
        let left_out = self.left_out(&rows, words);
        let shown = rows.len().min(AT_ONCE) as u64;
        let rows_shown = said!(words.page.rows_shown, shown, rows.len() as u64);
        let (first, others) = rows.split_at(rows.len().min(AT_ONCE));
        html! {
            section #all {
                h2 { (words.page.all_connections) }
                (self.choices(&rows_shown, words))
                div.scroll tabindex="0" {
                    table #rows {
                        thead { tr { @for heading in headings(words) { th scope="col" { (heading) } } } }
                        tbody { (body(first, in_full, words)) }
                        @if !others.is_empty() { tbody #more { (body(others, in_full, words)) } }
                    }
                }
                @if let Some(left_out) = left_out { p { (left_out) } }
            }
        }
    }

    /// Buttons and the search: for scripts, but the counts on the buttons tell something
    /// without them too.
    fn choices(&self, rows_shown: &str, words: &Words) -> Markup {
        let page = &words.page;
        let mut verdicts = self.verdicts.clone();
        verdicts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        html! {
            div.bar #choices {
                button type="button" disabled data-verdict="" aria-pressed="true" {
                    (page.all) " " b { (self.connections()) }
                }
                @for (verdict, count) in verdicts {
                    button type="button" disabled data-verdict=(verdict) aria-pressed="false" {
                        (verdict) " " b { (count) }
                    }
                }
                label.js {
                    (page.search) " "
                    input #find type="search" placeholder=(page.search_for) autocomplete="off";
                }
                button.js #rest type="button" hidden { (page.show_all) }
                span.js #shown role="status" data-at-once=(AT_ONCE) data-text=(page.rows_shown) { (rows_shown) }
            }
        }
    }

    /// That some have no row, and how those ended.
    fn left_out(&self, rows: &[&ConnectionRow], words: &Words) -> Option<String> {
        let verdicts = self.verdicts.iter().map(|&(verdict, count)| {
            let shown = rows.iter().filter(|row| row.verdict() == verdict).count();
            (verdict, count.saturating_sub(shown as u64))
        });
        let others: Vec<_> = verdicts.filter(|(_, count)| *count > 0).collect();
        let count: u64 = others.iter().map(|(_, count)| count).sum();
        let others = counted(&others, words);
        (count > 0).then(|| said!(words.page.rows_left_out, count, &others))
    }
}

/// `3 refused, 1 reset`.
pub(super) fn counted(verdicts: &[(&str, u64)], words: &Words) -> String {
    let counts = verdicts.iter();
    let counts = counts.map(|&(verdict, count)| said!(words.count.counted, count, verdict));
    counts.collect::<Vec<_>>().join(words.count.comma)
}

/// The rows. HTML lets the ends of rows and cells be left out (HTML §13.1.2.4): of ten
/// thousand rows that is a fifth. No text holds them, for in texts `<` is escaped.
fn body(rows: &[&ConnectionRow], in_full: &[u32], words: &Words) -> Markup {
    let mut body = String::new();
    for row in rows {
        let is_in_full = in_full.binary_search(&row.id).is_ok();
        let row = row.part(is_in_full, words).0;
        body += &row.replace("</td>", "").replace("</tr>", "\n");
    }
    PreEscaped(body)
}
