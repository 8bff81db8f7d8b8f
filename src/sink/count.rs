//! How many frames there were, in tcpdump's words, and nothing else.

use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::totals::Totals;
use crate::track::Wants;

/// A count.
#[derive(Debug, Clone, Copy)]
pub struct Count;

impl Style for Count {
    fn wants(&self) -> Wants {
        Wants::NOTHING
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        text.decimal(totals.frames);
        let is_one = totals.frames == 1;
        text.str(if is_one { " packet\n" } else { " packets\n" });
    }
}
