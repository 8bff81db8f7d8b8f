//! The options of a header: kind, length, value.

use crate::options::{TcpOption, kind};
use crate::sink::header::Rows;
use crate::sink::header::names::NAMES;
use crate::sink::words::fill::said;

/// Octets before the options.
const FIXED: usize = 20;

impl Rows<'_, '_> {
    pub(super) fn options(&mut self) {
        let claimed = self.octets.get(12).map_or(0, |offset| offset >> 4 << 2);
        let end = usize::from(claimed);
        let here = end.min(self.octets.len());
        let mut at = FIXED;
        while at < here {
            at = self.option(at, end, here);
        }
    }

    /// Draws the option at `at` of an area that ends at `end`, of which the
    /// octets up to `here` were captured; where the next one begins.
    fn option(&mut self, at: usize, end: usize, here: usize) -> usize {
        let option = self.octets[at];
        let name = self.name(option);
        if matches!(option, kind::END | kind::NOP) {
            let meaning = said!(self.words.kind_alone, option);
            self.octets_row(at, at + 1, &name, "", &meaning);
            if option == kind::NOP || at + 1 >= here {
                return at + 1;
            }
            self.octets_row(at + 1, here, self.words.padding, "", "");
            return here;
        }
        let Some(&len) = self.octets.get(at + 1).filter(|_| at + 1 < here) else {
            self.octets_row(at, here, &name, "", "");
            return here;
        };
        let next = at + usize::from(len);
        if len < 2 || next > end {
            let meaning = said!(self.words.bad_length, len, option);
            self.octets_row(at, at + 2, &name, "", &meaning);
            self.nameless_rows(at + 2, here);
            return here;
        }
        let value = self.octets.get(at + 2..next);
        if let Some(value) = value {
            self.whole(
                at,
                TcpOption {
                    kind: option,
                    value,
                },
            );
        } else {
            let meaning = said!(self.words.kind_and_length, option, len);
            self.octets_row(at, at + 2, &name, "", &meaning);
            self.nameless_rows(at + 2, here);
        }
        next
    }

    /// Draws an option that was captured whole.
    fn whole(&mut self, at: usize, option: TcpOption<'_>) {
        let (next, name) = (at + 2 + option.value.len(), self.name(option.kind));
        let (sender, receiver) = self.ends().unwrap_or_default();
        if let Some(mss) = option.mss() {
            let meaning = said!(self.words.mss, sender);
            return self.octets_row(at, next, &name, &mss.to_string(), &meaning);
        }
        if let Some(shift) = option.window_scale() {
            let factor = 1_u32 << shift.min(crate::track::offer::MAX_SCALE);
            let meaning = said!(self.words.scale, factor);
            return self.octets_row(at, next, &name, &shift.to_string(), &meaning);
        }
        if option.kind == kind::SACK_PERMITTED && option.value.is_empty() {
            let meaning = said!(self.words.sack_permitted, sender);
            return self.octets_row(at, next, &name, "", &meaning);
        }
        let octets = option.value.len() as u64 + 2;
        let words = match option.fast_open_cookie() {
            Some([]) => self.words.asks_for_cookie,
            Some(_) => self.words.cookie,
            None => self.words.kind_and_length,
        };
        let meaning = said!(words, option.kind, octets);
        self.octets_row(at, at + 2, &name, "", &meaning);
        match option.timestamps() {
            Some(times) => self.times(at + 2, times, sender, receiver),
            None if option.kind == kind::SACK && option.value.len().is_multiple_of(8) => {
                self.blocks(at + 2, option);
            }
            None => self.nameless_rows(at + 2, next),
        }
    }

    fn times(&mut self, at: usize, (value, echo): (u32, u32), sender: &str, receiver: &str) {
        let clock = said!(self.words.clock_of, sender);
        self.octets_row(at, at + 4, "  TSval", &value.to_string(), &clock);
        let echoed = if self.segment.is_some_and(|segment| !segment.is_ack()) {
            self.words.echo_of_nothing.to_owned()
        } else {
            said!(self.words.echo_of, receiver)
        };
        self.octets_row(at + 4, at + 8, "  TSecr", &echo.to_string(), &echoed);
    }

    fn blocks(&mut self, at: usize, option: TcpOption<'_>) {
        for (nth, (left, right)) in option.sack_blocks().enumerate() {
            let at = at + 8 * nth;
            let edges = [(self.words.left_edge, left), (self.words.right_edge, right)];
            for (nth, (name, edge)) in edges.into_iter().enumerate() {
                let at = at + 4 * nth;
                let relative = self.acknowledged(edge);
                let block = said!(self.words.block, (right - left).max(0).cast_unsigned());
                let meaning = match nth {
                    0 => relative,
                    _ => format!("{relative}{}{block}", self.drawing.words.count.semicolon),
                };
                let name = format!("  {name}");
                self.octets_row(at, at + 4, &name, &edge.0.to_string(), &meaning);
            }
        }
    }

    fn name(&self, option: u8) -> String {
        let known = NAMES.iter().find(|(kind, _)| *kind == option);
        known.map_or_else(
            || said!(self.words.option, option),
            |(_, name)| said!(self.words.option, *name),
        )
    }
}
