//! What took how long: round trips, answers, silence, and how fast data came.

use std::num::NonZeroU64;

use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::rate;
use crate::sink::report::block::Block;
use crate::sink::report::steps::INDENT;
use crate::sink::share::percent;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::distribution::Times;
use crate::track::figures::Leg;
use crate::track::half::Half;
use crate::track::long_wait::LongWait;
use crate::track::time_spent::Waited;
use crate::track::turns::Responses;

/// Columns that a narrow terminal goes without, the first first: the least, the 95 %, the
/// longest.
const GONE_WITHOUT: [&[usize]; 3] = [&[1], &[3], &[4]];
/// From how many segments with data on an end has a throughput worth saying.
const STREAM: u64 = 10;

impl Block<'_> {
    /// What took longer than was asked about.
    pub(super) fn long_waits(&self, limit: Span, text: &mut Text) {
        let words = &self.words.timing;
        for wait in LongWait::over(limit, self.connection) {
            let said = match wait {
                LongWait::Handshake(lasted) => said!(words.slow_handshake, lasted),
                LongWait::FirstByte(lasted, turn) => {
                    let (from, to) = (turn.request.last_frame, turn.answer.frame);
                    said!(words.slow_answer, lasted, from, to)
                }
                LongWait::Other(wait) => self.long_wait(&wait),
            };
            self.say(
                Colour::YELLOW,
                "  ",
                &said!(words.slower, limit, &said),
                text,
            );
        }
    }

    fn long_wait(&self, wait: &Waited) -> String {
        let words = &self.words.time_spent;
        let until = wait.frames.1.map_or(0, NonZeroU64::get);
        said!(words.long, words.cause(wait.cause), wait.length, until)
    }

    /// Round trips and answers, behind the data.
    pub(super) fn times(&self, text: &mut Text) {
        let flow = self.flow;
        if flow.client.octets + flow.server.octets == 0 {
            return;
        }
        let responses = self.connection.responses();
        let table = self.table_of_times(responses.as_ref());
        if table.rows() > 0 {
            text.octet(b'\n');
            table.write(text);
        }
        if let Some(responses) = responses {
            self.turns(&responses, text);
        }
        for dir in [Dir::ToServer, Dir::ToClient] {
            self.throughput(dir, text);
        }
        if let Some(silence) = self.connection.silence() {
            let words = self.words.timing.silence;
            let said = said!(words, silence.lasted, silence.ended_by);
            self.say(Colour::NONE, INDENT, &said, text);
        }
    }

    fn table_of_times(&self, responses: Option<&Responses>) -> Columns {
        let words = &self.words.timing;
        let headings = [
            Heading::Left(words.times),
            Heading::Right(words.least),
            Heading::Right(words.median),
            Heading::Right("95 %"),
            Heading::Right(words.longest),
        ];
        let mut table = Columns::new(headings, INDENT);
        let legs = self.connection.legs();
        let mut leg = |name: &str, leg: Option<Leg>| {
            if let Some(leg) = leg {
                let times = [leg.min, leg.median, leg.p95].map(shown);
                let longest = leg.max.map_or_else(|| "-".to_owned(), shown);
                let cells = [name.to_owned()].into_iter().chain(times);
                table.row(cells.chain([longest]));
            }
        };
        leg(words.round_trip, legs.whole());
        leg(words.to_server, legs.to_server);
        leg(words.to_client, legs.to_client);
        let mut times = |name: &str, times: Option<Times>| {
            if let Some(times) = times {
                let times = [times.min, times.median, times.p95, times.max].map(shown);
                table.row([name.to_owned()].into_iter().chain(times));
            }
        };
        if let Some(all) = responses {
            times(words.first_byte, all.first_byte());
            times(words.at_client, all.first_byte_at_client());
            times(words.at_server, all.first_byte_at_server());
        }
        table.narrow(self.width, &GONE_WITHOUT);
        table
    }

    /// How many turns there were, which one was waited for longest, and which have no
    /// times.
    fn turns(&self, all: &Responses, text: &mut Text) {
        let words = &self.words.timing;
        if let Some(greeting) = all.greeting {
            let said = said!(words.greeting, greeting.octets, greeting.frame);
            self.say(Colour::NONE, INDENT, &said, text);
        }
        if let Some(turn) = all.longest.first() {
            let (from, to) = (turn.request.last_frame, turn.answer.frame);
            let said = match all.count {
                1 => said!(words.request, from, to),
                count => said!(words.requests, count, from, to),
            };
            self.say(Colour::NONE, INDENT, &said, text);
        }
        for (words, count) in [
            (words.pipelined, all.pipelined),
            (words.overlapping, all.overlapping),
            (words.unclear, all.unclear),
        ] {
            if count > 0 {
                self.say(Colour::NONE, INDENT, &said!(words, count), text);
            }
        }
        if all.is_unanswered {
            self.say(Colour::NONE, INDENT, words.unanswered, text);
        }
    }

    fn throughput(&self, dir: Dir, text: &mut Text) {
        let found = self.connection.throughput(dir);
        let Some(found) = found.filter(|_| self.flow.sender(dir).data_segments >= STREAM) else {
            return;
        };
        let (from, to) = (self.words.sender(dir), self.words.receiver(dir));
        let whole = rate::shown(found.octets_per_second);
        let words = &self.words.timing;
        let said = if let Some(best) = found.best_second {
            said!(words.throughput_best, from, to, &whole, &rate::shown(best))
        } else {
            said!(words.throughput, from, to, &whole)
        };
        self.say(Colour::NONE, INDENT, &said, text);
    }

    /// Octets that an end sent again, and what share they are of all that it sent.
    pub(super) fn again_of(&self, half: &Half) -> String {
        let Some(share) = half.share_again() else {
            return half.octets_again.to_string();
        };
        let percent = percent(share.into(), 1_000_000);
        said!(self.words.timing.share, half.octets_again, &percent)
    }
}
