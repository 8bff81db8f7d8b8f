//! What is told in which row.

use std::num::NonZeroU64;

use crate::phase::Phase;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::ladder::asides::{Asides, Both};
use crate::sink::draw::ladder::fold::{self, FoldedRun, Folding};
use crate::sink::draw::ladder::label::Label;
use crate::sink::draw::picture::Subject;
use crate::sink::draw::scene::Stroke;
use crate::sink::duration;
use crate::sink::sentence;
use crate::sink::words::fill::said;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::icmp_errors::Notice;
use crate::track::judgement::Kind;
use crate::track::part::Part;
use crate::track::point::Point;
use crate::track::time_spent::{TimeCause, TimeSpent, Waited};

/// A row of a ladder.
#[derive(Debug, Clone)]
pub(super) enum Rung {
    /// A phase begins, and what it is called.
    Phase(Phase, &'static str),
    /// What stands beside the lanes alone, the client's and the server's.
    Beside(Both),
    /// A segment.
    Segment(Arrow),
    /// Several.
    Folded(FoldedRun),
    /// Nothing, for so long.
    Wait(String),
    /// Something that is no segment, and when it came.
    Note(Span, NonZeroU64, String),
}

/// A segment as an arrow.
#[derive(Debug, Clone)]
pub(super) struct Arrow {
    /// When, counted from the connection's first segment.
    pub(super) at: Span,
    pub(super) frame: NonZeroU64,
    pub(super) dir: Dir,
    pub(super) label: Label,
    pub(super) ink: Ink,
    pub(super) stroke: Stroke,
    /// Whether it ends on its way.
    pub(super) is_lost: bool,
    /// What stands beside it.
    pub(super) beside: Both,
}

/// A time in which nothing passed is shown from so many nanoseconds on, and from so large
/// a part of the connection's time, 1 in so many.
const SHORTEST_GAP: i64 = 10_000_000;
const PART_OF_ALL: i64 = 10;

/// The rows of a connection, from the top; `spent` says where its time went.
pub(super) fn rungs(subject: &Subject<'_>, spent: Option<&TimeSpent>) -> Vec<Rung> {
    let lost = subject.trace.lost();
    let mut climb = Climb {
        subject,
        lost: &lost,
        spent,
        waits: waits(subject, spent),
        asides: Asides::of(subject),
        icmp: subject.connection.flow.icmp_errors().collect::<Vec<_>>(),
        phase: None,
        latest: None,
        folded: Folding::default(),
        rungs: Vec::new(),
    };
    let gaps = climb.gaps();
    let is_event = |point: &Point| {
        let is_lost = lost.binary_search(&point.frame).is_ok();
        is_lost || gaps.binary_search(&point.frame).is_ok()
    };
    let shown = fold::shown(subject, &is_event);
    for (point, is_shown) in subject.trace.points().zip(shown) {
        climb.take(point, is_shown, gaps.binary_search(&point.frame).is_ok());
    }
    climb.unfold();
    climb.notes(None);
    climb.rungs
}

/// The waits that are worth naming, and the longest.
fn waits(subject: &Subject<'_>, spent: Option<&TimeSpent>) -> Vec<Waited> {
    let points = subject.trace.points();
    let named = points.filter_map(|point| subject.trace.wait_before(point.frame));
    let longest = spent.map_or(&[][..], |spent| &spent.longest);
    named.chain(longest).copied().collect()
}

struct Climb<'s, 'c> {
    subject: &'s Subject<'c>,
    lost: &'s [NonZeroU64],
    spent: Option<&'s TimeSpent>,
    /// What was waited for.
    waits: Vec<Waited>,
    asides: Asides<'s>,
    icmp: Vec<&'s Notice>,
    phase: Option<Phase>,
    /// When the latest segment was captured.
    latest: Option<Span>,
    folded: Folding,
    rungs: Vec<Rung>,
}

impl Climb<'_, '_> {
    fn at(&self, point: &Point) -> Span {
        point.time - self.subject.connection.flow.first
    }

    /// The frames that end a wait, or a time in which nothing passed.
    fn gaps(&self) -> Vec<NonZeroU64> {
        let trace = self.subject.trace;
        let whole = self.subject.connection.flow.duration();
        let round_trip = self.spent.map_or(0, |spent| spent.round_trip.0);
        let least = SHORTEST_GAP
            .max(whole.0 / PART_OF_ALL)
            .max(round_trip.saturating_mul(2));
        let mut latest = None;
        let ends_one = |point: &&Point| {
            let gap = latest.replace(point.time).map(|before| point.time - before);
            // Of one that several segments end, each after the other, the first is told.
            let wait = trace.wait_before(point.frame).map(|wait| wait.length.0 / 4);
            gap.is_some_and(|gap| gap.0 >= wait.map_or(least, |wait| wait.min(least)))
        };
        let ends = trace.points().filter(ends_one);
        let mut frames: Vec<_> = ends.map(|point| point.frame).collect();
        frames.sort_unstable();
        frames
    }

    fn take(&mut self, point: &Point, is_shown: bool, ends_wait: bool) {
        self.left_out_before(point);
        let at = self.at(point);
        let passed = self.latest.replace(at).map(|before| Span(at.0 - before.0));
        if !is_shown {
            let beside = self.asides.take(point).at;
            self.folded.take(point, at, beside);
            return;
        }
        self.unfold();
        self.notes(Some(point.frame));
        if ends_wait {
            self.wait(point, passed);
        }
        self.enter(point);
        let beside = self.asides.take(point);
        for row in beside.before {
            self.beside(row);
        }
        let is_lost = self.lost.binary_search(&point.frame).is_ok();
        let (ink, stroke) = looks(point, is_lost);
        self.rungs.push(Rung::Segment(Arrow {
            at,
            frame: point.frame,
            dir: point.dir,
            label: Label::of(self.subject, point, is_lost),
            ink,
            stroke,
            is_lost,
            beside: beside.at,
        }));
        for row in beside.after {
            self.beside(row);
        }
    }

    /// Says where the trace lacks segments.
    fn left_out_before(&mut self, point: &Point) {
        let Subject { trace, view, .. } = self.subject;
        if trace.goes_on_with() == Some(point.frame) {
            self.unfold();
            let said = said!(view.words.page.left_out, trace.left_out());
            self.rungs.push(Rung::Wait(format!("… {said}")));
        }
    }

    /// What stands beside the lanes; in the row above, where that has nothing there.
    fn beside(&mut self, row: Both) {
        if let Some(Rung::Beside(above)) = self.rungs.last_mut() {
            let is_free = above
                .iter()
                .zip(&row)
                .all(|(a, b)| a.is_none() || b.is_none());
            if is_free {
                let [client, server] = row;
                let [above_client, above_server] = above;
                *above_client = above_client.take().or(client);
                *above_server = above_server.take().or(server);
                return;
            }
        }
        self.rungs.push(Rung::Beside(row));
    }

    /// Writes what was folded.
    fn unfold(&mut self) {
        if let Some(run) = self.folded.run(self.subject.view.words) {
            self.enter_phase(Phase::Data);
            self.rungs.push(Rung::Folded(run));
        }
    }

    /// Writes which ICMP errors came before a frame.
    fn notes(&mut self, before: Option<NonZeroU64>) {
        let flow = &self.subject.connection.flow;
        let words = self.subject.view.words;
        let is_due = |notice: &Notice| before.is_none_or(|frame| notice.error.frame < frame);
        let (due, later) = self
            .icmp
            .drain(..)
            .partition::<Vec<_>, _>(|notice| is_due(notice));
        self.icmp = later;
        for notice in due {
            let at = notice.error.time - flow.first;
            let text = sentence::icmp(flow, notice, words);
            self.rungs.push(Rung::Note(at, notice.error.frame, text));
        }
    }

    /// Writes how long nothing passed before a segment, and what was waited for.
    fn wait(&mut self, point: &Point, passed: Option<Span>) {
        let Some(passed) = passed else {
            return;
        };
        let words = self.subject.view.words;
        let mut text = format!("… {}", duration::shown(passed));
        let end = self.at(point);
        if let Some(cause) = self.cause_between(Span(end.0 - passed.0), end) {
            text.push_str(words.count.colon);
            text.push_str(words.time_spent.cause(cause));
        }
        self.rungs.push(Rung::Wait(text));
    }

    /// What most of a time was spent on, as far as waits tell.
    fn cause_between(&self, begin: Span, end: Span) -> Option<TimeCause> {
        let shared = |wait: &&Waited| {
            let last = wait.begin.0.saturating_add(wait.length.0);
            last.min(end.0) - wait.begin.0.max(begin.0)
        };
        let longest = self.waits.iter().max_by_key(shared)?;
        (shared(&longest) > (end.0 - begin.0) / 2).then_some(longest.cause)
    }

    /// Enters the phase of a segment.
    fn enter(&mut self, point: &Point) {
        let phase = match point.part {
            Part::Copy => return,
            Part::Syn | Part::SynAck | Part::HandshakeAck | Part::Refusal => Phase::Handshake,
            Part::Fin | Part::FinAck | Part::AckOfFin => Phase::Teardown,
            Part::Reset => Phase::Reset,
            _ => Phase::Data,
        };
        self.enter_phase(phase);
    }

    /// Enters a phase; from that in which a connection closes there is no way back.
    fn enter_phase(&mut self, phase: Phase) {
        let stays = match self.phase {
            Some(Phase::Teardown | Phase::Reset) => true,
            Some(Phase::Data) => phase == Phase::Handshake,
            _ => false,
        };
        if stays || self.phase == Some(phase) {
            return;
        }
        self.phase = Some(phase);
        let word = self.subject.view.words.phase(phase);
        self.rungs.push(Rung::Phase(phase, word));
    }
}

/// What an arrow looks like.
fn looks(point: &Point, is_lost: bool) -> (Ink, Stroke) {
    let kind = point.judged.map_or(Kind::New, |judged| judged.kind);
    match (point.part, kind) {
        (Part::Copy, _) => (Ink::Copy, Stroke::Dotted),
        (_, Kind::Retransmission) => (Ink::Again, Stroke::Dashed),
        (_, Kind::Duplicate) => (Ink::Copy, Stroke::Dashed),
        (_, Kind::Conflicting) => (Ink::Lost, Stroke::Bold),
        _ if is_lost && point.again > 0 => (Ink::Lost, Stroke::Dashed),
        _ if is_lost => (Ink::Lost, Stroke::Thin),
        (_, Kind::OutOfOrder) => (Ink::Disordered, Stroke::Thin),
        _ if point.again > 0 && point.payload_len == 0 => (Ink::Again, Stroke::Dashed),
        (Part::Syn | Part::SynAck | Part::HandshakeAck, _) => (Ink::Opening, Stroke::Thin),
        (Part::Fin | Part::FinAck | Part::AckOfFin, _) => (Ink::Closing, Stroke::Thin),
        (Part::Refusal | Part::Reset, _) => (Ink::Reset, Stroke::Bold),
        (Part::Data, _) => (Ink::Data, Stroke::Thin),
        (Part::Nonsense | Part::StraySyn, _) => (Ink::Lost, Stroke::Dotted),
        (Part::Ack | Part::AckAgain | Part::ChallengeAck, _) => (Ink::Ack, Stroke::Thin),
        (Part::WindowUpdate, _) => (Ink::Window, Stroke::Thin),
        _ => (Ink::Sign, Stroke::Dashed),
    }
}
