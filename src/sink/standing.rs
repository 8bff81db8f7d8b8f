//! How a run stands between two frames, while it goes on.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use jiff::tz::TimeZone;

use crate::sink::choice::{Choice, When};
use crate::sink::line::clock::{Clock, TimeStyle};
use crate::sink::room::TerminalRoom;
use crate::sink::round::Round;
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::time::{Resolution, Timestamp};
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::flaws::Flaws;
use crate::track::flow::{Flow, FlowId};
use crate::track::openness::{OpenCounts, Openness};
use crate::track::verdict::Verdict;
use crate::track::{CaptureEnd, Tracker};

/// When a run is looked at, and for where.
#[derive(Debug, Clone, Copy, Default)]
pub struct SurveyLook {
    /// The time; `None` is that of the latest frame.
    pub at: Option<Timestamp>,
    /// How many frames the kernel has dropped, where it captures.
    pub dropped: Option<u64>,
    /// The terminal on which it is shown in place; `None` where it is written into a
    /// pipe or a file, whole.
    pub room: Option<TerminalRoom>,
    /// Whether somebody asks, beside what is shown.
    pub is_asked: bool,
}

/// A look at all connections of a run, part by part: frames may come between two.
#[derive(Debug, Clone)]
pub struct Survey {
    look: SurveyLook,
    round: Round,
    counts: OpenCounts,
}

impl Survey {
    /// One that begins now.
    #[must_use]
    pub const fn new(look: SurveyLook) -> Self {
        Self {
            look,
            round: Round::new(),
            counts: OpenCounts {
                asked_for: 0,
                half_open: 0,
                open: 0,
            },
        }
    }

    /// Whether all connections were looked at.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.round.is_done()
    }

    /// Looks at the next `most` connections of a run whose latest frame was captured at
    /// `latest`: as it stands with these.
    #[must_use]
    pub fn part<'a>(
        &mut self,
        most: u32,
        latest: Timestamp,
        totals: &'a Totals,
        tracker: &'a Tracker,
    ) -> RunStanding<'a> {
        let is_first = !self.round.has_begun();
        let ids = self.round.next(&tracker.ids(), most);
        for id in ids.clone() {
            let seen = tracker.connection(FlowId(id));
            if let Some(openness) = seen.and_then(|seen| Openness::of(&seen.flow)) {
                self.counts.take(openness);
            }
        }
        RunStanding {
            at: *self.look.at.get_or_insert(latest),
            dropped: self.look.dropped,
            room: self.look.room,
            is_asked: self.look.is_asked,
            totals,
            flaws: Flaws::default(),
            tracker,
            counts: self.counts,
            is_first,
            is_last: self.is_done(),
            ids,
            choice: When::CaptureEnds.into(),
        }
    }
}

/// A run as it stands, with some of its connections.
#[derive(Clone)]
pub struct RunStanding<'a> {
    /// When.
    pub at: Timestamp,
    /// How many frames the kernel has dropped, where it captures.
    pub dropped: Option<u64>,
    /// The terminal on which it is shown in place.
    pub room: Option<TerminalRoom>,
    /// Whether somebody asks, beside what is shown.
    pub is_asked: bool,
    /// The counts of the run.
    pub totals: &'a Totals,
    /// What the capture did to the traffic; known with the last part.
    pub flaws: Flaws,
    /// Its connections.
    pub tracker: &'a Tracker,
    /// How many of those up to this part have not ended, by how far they have come.
    pub counts: OpenCounts,
    /// Whether this is the first part.
    pub is_first: bool,
    /// Whether it is the last.
    pub is_last: bool,
    /// The numbers of the connections in this part.
    ids: Range<u32>,
    /// Which of them are shown.
    choice: Choice,
}

impl RunStanding<'_> {
    /// The same, of connections that are chosen.
    pub(super) fn choosing(&self, choice: Choice) -> Self {
        Self {
            choice,
            ..self.clone()
        }
    }

    /// The connections of this part that are kept, those too that have ended and not left
    /// yet: each as if the capture were cut off now.
    pub fn kept(&self) -> impl Iterator<Item = Connection> {
        self.ids.clone().filter_map(|id| self.present(FlowId(id)))
    }

    /// Those of them that have not ended, and were chosen.
    pub fn open(&self) -> impl Iterator<Item = Connection> {
        let ids = self.ids.clone().map(FlowId);
        ids.filter_map(|id| {
            self.seen(id)?;
            self.present(id).filter(|one| self.choice.takes(one))
        })
    }

    /// A connection that has not ended, and is not left out by its ends.
    fn seen(&self, id: FlowId) -> Option<Cow<'_, Connection>> {
        let seen = self.tracker.connection(id)?;
        let may_be_shown = |flow: &Flow| !flow.has_ended() && self.choice.is_about(flow);
        may_be_shown(&seen.flow).then_some(seen)
    }

    fn present(&self, id: FlowId) -> Option<Connection> {
        let cut = CaptureEnd {
            at: Some(self.at),
            is_cut_off: true,
        };
        self.tracker.present_one(id, cut)
    }

    /// The time, and counts: known with the last part.
    pub(super) fn head(&self, zone: &TimeZone, words: &Words) -> String {
        time(self.at, zone) + words.count.colon + &self.tally(words)
    }

    /// The counts.
    pub(super) fn tally(&self, words: &Words) -> String {
        let (texts, counts) = (&words.standing, self.counts);
        let some = [
            (texts.open, counts.open),
            (texts.half_open, counts.half_open),
            (texts.asked_for, counts.asked_for),
        ];
        let some = some.into_iter().filter(|&(_, count)| count > 0);
        let frames = Some(said!(texts.frames, self.totals.frames));
        let dropped = self.dropped.map(|count| said!(texts.dropped, count));
        let connections = Some(said!(words.count.connections, self.totals.connections));
        let counts: Vec<_> = [frames, dropped, connections]
            .into_iter()
            .flatten()
            .chain(some.map(|(text, count)| said!(text, count)))
            .collect();
        counts.join(words.count.comma)
    }
}

/// The open connections for which a terminal has room: those that failed so far rather
/// than others, and of these the latest.
#[derive(Debug, Default)]
pub(super) struct OpenInRoom {
    failing: VecDeque<FlowId>,
    others: VecDeque<FlowId>,
    count: usize,
}

impl OpenInRoom {
    /// Takes those of a part, and keeps `most`.
    pub(super) fn take(&mut self, now: &RunStanding<'_>, most: usize) {
        for id in now.ids.clone().map(FlowId) {
            let Some(seen) = now.seen(id) else {
                continue;
            };
            // What is shown is copied, and few are: of the others a look has to do.
            let takes_all = now.choice.takes_all_kinds();
            if !takes_all && !now.present(id).is_some_and(|one| now.choice.takes(&one)) {
                continue;
            }
            self.count += 1;
            let is_failing = !Verdict::of(&seen.flow).is_normal();
            let list = if is_failing {
                &mut self.failing
            } else {
                &mut self.others
            };
            list.push_back(id);
            if list.len() > most {
                list.pop_front();
            }
        }
    }

    /// Those that are kept, in the order of first segments, and how many there are besides.
    pub(super) fn shown(self, now: &RunStanding<'_>, most: usize) -> (Vec<Connection>, usize) {
        let others = self.others.into_iter().rev();
        let ids = self.failing.into_iter().rev().chain(others);
        let mut ids: Vec<_> = ids.take(most).collect();
        ids.sort_unstable();
        let more = self.count - ids.len();
        let shown = ids.into_iter().filter_map(|id| now.present(id));
        (shown.collect(), more)
    }
}

/// A date and a time of day.
pub(super) fn time(at: Timestamp, zone: &TimeZone) -> String {
    let mut text = Text::default();
    Clock::new(TimeStyle::Date, Resolution::Micro, zone.clone()).write(at, &mut text);
    String::from_utf8_lossy(text.octets()).trim_end().to_owned()
}
