//! Where a connection's time went: a bar a cause, and what limited it.

use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::report::block::Block;
use crate::sink::report::steps::INDENT;
use crate::sink::share::{bar, percent_of, share};
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::track::time_spent::{TimeCause, TimeSpent};

/// Of a shorter connection nobody asks where the time went, nanoseconds.
const SHORTEST: i64 = 10_000_000;
/// What takes less than this share is not named beside what takes most, thousandths.
const NAMED: u64 = 100;
/// Columns that a narrow terminal goes without, the first first: bars, shares, waits.
const GONE_WITHOUT: [&[usize]; 3] = [&[4], &[2], &[3]];

impl Block<'_> {
    /// Where the time went, if that is worth asking: the connection opened, and lasted.
    pub(super) fn time_spent(&self) -> Option<&TimeSpent> {
        let flow = self.flow;
        let is_opened = flow.handshake.ack.is_some() || flow.client.octets + flow.server.octets > 0;
        let spent = self.spent?;
        let is_long = flow.duration().0 >= SHORTEST;
        let is_known = spent.limited_by() != Some(TimeCause::Unknown);
        (is_opened && is_long && is_known).then_some(spent)
    }

    /// What limited it, in a sentence.
    pub(super) fn limited_by(&self, spent: &TimeSpent, text: &mut Text) {
        let words = &self.words.time_spent;
        let Some(cause) = spent.limited_by() else {
            return;
        };
        let whole = self.flow.duration();
        let time = spent.of(cause);
        let percent = percent_of(time, whole);
        let mut sentence = said!(words.limited_by, words.by(cause), time, whole, &percent);
        let longest = spent.longest.iter().find(|wait| wait.cause == cause);
        if let Some(wait) = longest {
            match spent.waits_for(cause) {
                0 | 1 => sentence += words.in_one_wait,
                count => sentence += &said!(words.in_waits, count, wait.length),
            }
            if let (Some(from), Some(to)) = wait.frames {
                sentence += &said!(words.from_to, from, to);
            }
        }
        let others = spent.sums.iter().filter(|(other, _)| *other != cause);
        let next = others.max_by_key(|(_, time)| time.0);
        if let Some((next, time)) = next.filter(|(_, time)| share(*time, whole) >= NAMED) {
            sentence += &said!(words.then, words.by(*next), *time);
        }
        let colour = if cause.is_trouble() {
            Colour::YELLOW
        } else {
            Colour::NONE
        };
        self.say(colour, "  ", &sentence, text);
    }

    /// A bar a cause, the largest first.
    pub(super) fn bars(&self, spent: &TimeSpent, text: &mut Text) {
        let words = &self.words.time_spent;
        let whole = self.flow.duration();
        let rows = spent.sums.iter();
        let mut rows: Vec<_> = rows.filter(|(_, time)| share(*time, whole) > 0).collect();
        rows.sort_by_key(|(_, time)| -time.0);
        let headings = [
            Heading::Left(words.heading),
            Heading::Right(words.time),
            Heading::Right(words.share),
            Heading::Right(words.waits),
            Heading::Left(""),
        ];
        let mut table = Columns::new(headings, INDENT);
        for (cause, time) in rows {
            let waits = match spent.waits_for(*cause) {
                0 => "-".to_owned(),
                count => count.to_string(),
            };
            table.row([
                words.cause(*cause).to_owned(),
                shown(*time),
                percent_of(*time, whole) + " %",
                waits,
                bar(share(*time, whole)),
            ]);
        }
        table.narrow(self.width, &GONE_WITHOUT);
        text.octet(b'\n');
        table.write(text);
    }
}
