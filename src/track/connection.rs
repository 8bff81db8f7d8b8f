//! All that is kept of a connection: what is ours, and beside it, each by
//! itself, what a dialect keeps where it is wanted.

use std::borrow::Cow;

use crate::flow_key::FlowKey;
use crate::time::Timestamp;
use crate::track::diagnosis::{self, Backwards, Code, Diagnosis, Signs, SynFate, TimeWait};
use crate::track::dir::Dir;
use crate::track::figures::{Legs, Silence, Throughput};
use crate::track::flow::{Flow, FlowId, StreamId};
use crate::track::held::Held;
use crate::track::ledger::{Accounts, Ledger};
use crate::track::roles::{Cast, Roles};
use crate::track::time_spent::{TimeKept, TimeSpent};
use crate::track::timing::Timing;
use crate::track::trace::Trace;
use crate::track::turns::Responses;
use crate::track::wants::Wants;
use crate::track::wireshark::Wireshark;

/// A connection, in our words and in those of its readers' other programs.
#[derive(Debug, Clone)]
pub struct Connection {
    pub(super) wireshark: Option<Box<Wireshark>>,
    pub(super) ledger: Option<Ledger>,
    pub(super) timing: Timing,
    /// Its segments, the latest of them, where [points](Wants::points) are wanted.
    pub trace: Option<Box<Trace>>,
    /// Who notes where its time goes, once that is more than the [ledger](Ledger) notes.
    pub(super) times: TimeKept,
    /// What is ours.
    pub flow: Flow,
    /// What is remembered for diagnoses, where there is any sign of one.
    pub(super) signs: Option<Box<Signs>>,
}

/// What a connection inherits from the one before it that Wireshark does not tell
/// from it.
pub(super) struct Heritage {
    pub(super) stream: StreamId,
    /// What Wireshark kept.
    kept: Option<Box<Wireshark>>,
}

impl Heritage {
    /// Of a connection of which nothing is kept.
    pub(super) const fn of_stream(stream: StreamId) -> Self {
        Self { stream, kept: None }
    }
}

impl Connection {
    /// A connection of number `id`, before its first segment, which was captured
    /// at a time and tells who is who.
    pub(super) fn begin(
        id: FlowId,
        key: FlowKey,
        cast: Cast,
        first: Timestamp,
        wants: Wants,
    ) -> Self {
        let is_turned = cast.roles == Roles::BySynAck;
        Self::of(Flow::new(id, key, cast, first), is_turned, wants)
    }

    /// What is wanted of a connection that is known; `is_turned` where it begins
    /// with a SYN-ACK.
    pub(super) fn of(flow: Flow, is_turned: bool, wants: Wants) -> Self {
        Self {
            timing: Timing::new(wants),
            trace: Trace::wanted(wants, flow.stream),
            times: TimeKept::new(wants),
            wireshark: wants
                .wireshark
                .then(|| Box::new(Wireshark::begin(flow.first))),
            ledger: Ledger::new(wants, flow.first, is_turned, flow.cast().originator()),
            flow,
            signs: None,
        }
    }

    /// What the next connection between its ends inherits, where Wireshark takes
    /// that for the same.
    pub(super) fn heritage(&self) -> Heritage {
        Heritage {
            stream: self.flow.stream,
            kept: self.wireshark.clone(),
        }
    }

    /// Takes what Wireshark kept of the connection that it takes this one for.
    pub(super) fn inherit(&mut self, heritage: Heritage) {
        self.flow.stream = heritage.stream;
        if let Some(kept) = heritage.kept {
            self.wireshark = Some(kept);
        }
    }

    /// Takes note of the TIME-WAIT of the connection before it.
    pub(super) fn note_time_wait(&mut self, time_wait: TimeWait) {
        self.signs.get_or_insert_default().note_time_wait(time_wait);
    }

    /// Takes note that its SYN is ignored for its timestamp.
    pub(super) fn note_backwards(&mut self, backwards: Backwards) {
        self.signs.get_or_insert_default().note_backwards(backwards);
    }

    /// Takes note of what became of its SYN; whether that matters.
    pub(super) fn note_fate(&mut self, fate: SynFate) -> bool {
        let follows = self
            .signs
            .as_ref()
            .is_some_and(|signs| signs.follows_time_wait());
        let matters = follows || !matches!(fate, SynFate::Ignored { .. });
        if matters {
            self.signs.get_or_insert_default().note_fate(fate);
        }
        matters
    }

    /// Goes on as another one for Wireshark, with a number of its own there.
    pub(super) fn part_stream(&mut self, stream: StreamId, at: Timestamp, wants: Wants) {
        self.flow.stream = stream;
        if wants.wireshark {
            self.wireshark = Some(Box::new(Wireshark::begin(at)));
        }
    }

    /// Takes note of what kinds of segment the capture has held.
    #[inline]
    pub(super) const fn witness(&mut self, held: Held) {
        self.flow.held = held;
    }

    /// What Zeek and classic tcptrace say of it, where that is wanted; worked out
    /// when it is asked for, so ask once.
    #[must_use]
    pub fn accounts(&self) -> Option<Cow<'_, Accounts>> {
        Some(self.ledger.as_ref()?.open())
    }

    /// What is wrong with it, or only looks wrong, as several of its segments show.
    pub fn diagnoses(&self) -> impl Iterator<Item = Diagnosis> {
        self.diagnoses_in(None)
    }

    /// The same, and what its time shows, of which [so much was spent](Self::time_spent).
    pub fn diagnoses_in<'a>(
        &'a self,
        spent: Option<&'a TimeSpent>,
    ) -> impl Iterator<Item = Diagnosis> + use<'a> {
        diagnosis::diagnoses(&self.flow, self.signs.as_deref(), spent)
    }

    /// Those of them that were not told with a segment, and what its time shows where
    /// [waits](Wants::waits) are wanted.
    #[must_use]
    pub fn untold_diagnoses(&self) -> Vec<Diagnosis> {
        let spent = self.telling_time();
        let all = self.diagnoses_in(spent.as_ref());
        all.filter(|found| !self.was_told(found.code)).collect()
    }

    /// Whether a diagnosis was told with a segment.
    pub(super) fn was_told(&self, code: Code) -> bool {
        let signs = self.signs.as_ref();
        signs.is_some_and(|signs| signs.was_told(code))
    }

    /// Where its time went, where that may show more than its segments do.
    pub(super) fn telling_time(&self) -> Option<TimeSpent> {
        self.times
            .has_waited_for_room()
            .then(|| self.time_spent())
            .flatten()
    }

    /// Where its time went, where that is [wanted](Wants::time_spent); worked out when it is
    /// asked for, so ask once.
    #[must_use]
    pub fn time_spent(&self) -> Option<TimeSpent> {
        let notes = self.ledger.as_ref().and_then(Ledger::notes);
        self.times.end(&self.flow, notes)
    }

    /// How its requests were answered, where [turns](Wants::turns) are wanted and there
    /// were any; worked out when it is asked for, so ask once. `None` too where one
    /// direction was captured, or where nothing but who spoke first tells which end asks.
    #[must_use]
    pub fn responses(&self) -> Option<Responses> {
        self.timing.responses(&self.flow)
    }

    /// The parts of its round trip: of the handshake, and of data where
    /// [figures](Wants::figures) are wanted.
    #[must_use]
    pub fn legs(&self) -> Legs {
        self.timing.legs(&self.flow)
    }

    /// The longest time without segments of it, where figures are wanted.
    #[must_use]
    pub fn silence(&self) -> Option<Silence> {
        self.timing.silence()
    }

    /// How fast the end sent that sends in direction `dir`, where figures are wanted and
    /// it sent more than one segment with data.
    #[must_use]
    pub fn throughput(&self, dir: Dir) -> Option<Throughput> {
        self.timing.throughput(&self.flow, dir)
    }

    /// Whether it is to be shown when it leaves. One that had left and returned
    /// was shown before; it is again where it brought data.
    pub(super) const fn is_worth_showing(&self) -> bool {
        let flow = &self.flow;
        !flow.has_returned || flow.client.octets + flow.server.octets > 0
    }

    /// As if the capture ended at a time, which it does not: what lasts, lasts until then.
    #[must_use]
    pub fn as_of(&self, at: Timestamp) -> Self {
        let mut present = self.clone();
        present.end(at, present.flow.held);
        present
    }

    /// Takes the end of the capture, which had held these kinds of segment.
    pub(super) fn end(&mut self, at: Timestamp, held: Held) {
        if let Some(ledger) = &mut self.ledger {
            ledger.end(at);
        }
        self.agree_with_sockets();
        self.flow.count_stalls(at.max(self.flow.last));
        self.flow.end(at, held);
    }
}
