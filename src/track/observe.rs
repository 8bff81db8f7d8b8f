//! A segment taken into its connection: the look, then the move, and in each
//! dialect's room the same.

use crate::flags::Flags;
use crate::flow_key::End;
use crate::segment::Segment;
use crate::track::connection::Connection;
use crate::track::diagnosis::{Code, Moment, Signs};
use crate::track::dir::Dir;
use crate::track::follow::Followed;
use crate::track::judgement::Judgement;
use crate::track::ledger::Ledger;
use crate::track::look::Look;
use crate::track::observation::Observation;
use crate::track::part::{Part, Role};
use crate::track::point::{Point, PointFound};
use crate::track::sighting::{SeenAgain, Sighting};
use crate::track::sights::Recall;
use crate::track::time_spent::TimeSpent;
use crate::track::wireshark::analysis::Analysis;
use crate::track::wireshark::{Found, Wireshark};

impl Connection {
    /// Takes a segment that comes from an end, and says what it means.
    /// `reuses_ports` where the connection begins with it, between ports that
    /// had one before; `recall` knows whether it was seen before.
    #[inline]
    pub(super) fn observe<'a>(
        &'a mut self,
        sender: End,
        segment: &'a Segment<'_>,
        reuses_ports: bool,
        recall: &mut impl Recall,
    ) -> Observation<'a> {
        let dir = self.flow.dir_from(sender);
        if let Some(ledger) = &mut self.ledger
            && let Some(notes) = ledger.take(dir, segment)
        {
            self.times.begin(&self.flow, &notes);
        }
        let found = self.look_as_wireshark(dir, segment, reuses_ports);
        if self.signs.as_ref().is_some_and(|signs| signs.is_awake()) {
            return self.observe_closely(sender, segment, found, recall);
        }
        match self.flow.look_usual(dir, segment) {
            Some(look) => {
                let doubling = &self.flow.sender(dir).doubling;
                recall.note((&self.flow.key, sender), segment, doubling);
                self.timing.take(&self.flow, dir, segment, &look);
                self.flow.follow_usual(dir, segment, &look);
                self.times.take_usual(&self.flow, dir, segment, look.now);
                let meaning = Meaning::of(&look, Followed::default());
                self.observation(dir, segment, meaning, found)
            }
            None => self.observe_closely(sender, segment, found, recall),
        }
    }

    /// The same of a segment that may be any, of which Wireshark's rules found
    /// this.
    #[inline(never)]
    fn observe_closely<'a>(
        &'a mut self,
        sender: End,
        segment: &'a Segment<'_>,
        found: Option<Found>,
        recall: &mut impl Recall,
    ) -> Observation<'a> {
        let dir = self.flow.dir_from(sender);
        let key = self.flow.key;
        let sight = match recall.find((&key, sender), segment, &self.flow, dir) {
            Sighting::Again(again) => Sighting::Again(again),
            other => self.changed_sight(dir, segment).unwrap_or(other),
        };
        let meaning = match sight {
            Sighting::Again(_) => {
                self.flow.note_sight(dir, segment, &sight);
                Meaning::of_copy(sight)
            }
            Sighting::First | Sighting::Twin => {
                self.flow.note_sight(dir, segment, &sight);
                recall.note((&key, sender), segment, &self.flow.sender(dir).doubling);
                self.flow.recall_number(dir, segment);
                self.flow.correct_una(dir, segment);
                let look = self.flow.look(dir, segment);
                let is_watched = self.watch(dir, segment, &look);
                self.timing.take(&self.flow, dir, segment, &look);
                let followed = self.flow.follow(dir, segment, &look);
                Meaning {
                    sight,
                    diagnosed: if is_watched { self.tell(None) } else { None },
                    ..Meaning::of(&look, followed)
                }
            }
        };
        let is_copy = matches!(meaning.sight, Sighting::Again(_));
        let notes = self.ledger.as_ref().and_then(Ledger::notes);
        let known = (!is_copy).then_some((meaning.role, meaning.kind));
        self.times.take(&self.flow, notes, (dir, segment), known);
        if let Some(wireshark) = self.wireshark.as_mut().filter(|_| meaning.followed.ended) {
            wireshark.shrink();
        }
        self.observation(dir, segment, meaning, found)
    }

    /// The sight that a SYN is of one that was seen before, in another place, and changed
    /// since.
    fn changed_sight(&mut self, dir: Dir, segment: &Segment<'_>) -> Option<Sighting> {
        if !segment.flags.has(Flags::SYN) {
            return None;
        }
        let changed = self.flow.changed_syn(dir, segment)?;
        self.signs.get_or_insert_default().note_change(dir, changed);
        Some(Sighting::Again(SeenAgain {
            of: changed.first_sight(),
            after: changed.after,
            first_at: segment.vantage,
            is_elsewhere: true,
        }))
    }

    /// As [`observe`](Self::observe), but as if no segment were a usual one, in
    /// whatever room.
    #[cfg(test)]
    pub(super) fn observe_as_any<'a>(
        &'a mut self,
        sender: End,
        segment: &'a Segment<'_>,
        reuses_ports: bool,
        recall: &mut impl Recall,
    ) -> Observation<'a> {
        let dir = self.flow.dir_from(sender);
        if let Some(ledger) = &mut self.ledger {
            ledger.take_closely(dir, segment);
        }
        self.times.begin_at_once();
        let found = self
            .wireshark
            .as_ref()
            .map(|kept| kept.look_closely(dir, segment, reuses_ports));
        self.observe_closely(sender, segment, found, recall)
    }

    /// Takes note for diagnoses of a segment that may tell something, before the
    /// connection goes on by it; whether one may be known then.
    #[inline(never)]
    fn watch(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look) -> bool {
        let moment = Moment {
            flow: &self.flow,
            dir,
            segment,
            role: look.role,
            kind: look.kind,
        };
        let is_noted = Signs::watch(&mut self.signs, &moment);
        is_noted || moment.is_telling()
    }

    /// The diagnosis that is known now, by what was spent too where that is known, and was
    /// not told before.
    #[cold]
    fn tell(&mut self, spent: Option<&TimeSpent>) -> Option<Code> {
        let mut known = self.diagnoses_in(spent);
        let code = known.find(|found| !self.was_told(found.code))?.code;
        drop(known);
        self.signs.get_or_insert_default().tell(code);
        Some(code)
    }

    /// The one that shows where the time went, with the segment that ends the connection.
    #[cold]
    fn tell_last(&mut self) -> Option<Code> {
        let spent = self.telling_time()?;
        self.tell(Some(&spent))
    }

    #[inline]
    fn look_as_wireshark(
        &self,
        dir: Dir,
        segment: &Segment<'_>,
        reuses_ports: bool,
    ) -> Option<Found> {
        let kept = self.wireshark.as_ref()?;
        Some(kept.look(dir, segment, reuses_ports))
    }

    /// Keeps the segment in the trace.
    #[inline(never)]
    fn keep_point(&mut self, dir: Dir, segment: &Segment<'_>, meaning: &Meaning) {
        let Some(trace) = &mut self.trace else {
            return;
        };
        let found = PointFound {
            role: meaning.role,
            judged: meaning.kind,
            moves: meaning.followed.moves,
        };
        let sacks = segment.sack_blocks().collect();
        trace.keep(Point::of(&self.flow, dir, segment, found), sacks);
        if let Some(wait) = self.times.ended_by(segment.frame) {
            trace.keep_wait(wait);
        }
        if let Sighting::Again(copy) = meaning.sight {
            trace.keep_copy(copy.of);
        }
    }

    /// What is passed on, when all but Wireshark has gone on by the segment.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "built where it stays, or it is copied twice"
    )]
    fn observation<'a>(
        &'a mut self,
        dir: Dir,
        segment: &'a Segment<'_>,
        meaning: Meaning,
        found: Option<Found>,
    ) -> Observation<'a> {
        let Meaning {
            role,
            kind,
            followed,
            sight,
            diagnosed,
        } = meaning;
        if self.trace.is_some() {
            self.keep_point(dir, segment, &meaning);
        }
        let diagnosed = if followed.ended && diagnosed.is_none() {
            self.tell_last()
        } else {
            diagnosed
        };
        let acked = match (&mut self.wireshark, &found) {
            (Some(wireshark), Some(found)) => wireshark.follow(dir, segment, found),
            _ => None,
        };
        let connection = &*self;
        let flow = &connection.flow;
        let analysis = |(kept, found): (&'a Wireshark, Found)| {
            Analysis::new(kept, dir, segment, (found.findings, acked, found.rto))
        };
        Observation {
            segment,
            connection,
            flow,
            dir,
            role,
            moves: followed.moves,
            kind,
            sight,
            is_late: followed.is_late,
            conflict: followed.conflict,
            outlived: followed.outlived,
            ended: followed.ended,
            verdict: followed.verdict,
            diagnosed,
            wireshark: connection.wireshark.as_deref().zip(found).map(analysis),
        }
    }
}

/// What came of a segment.
#[derive(Clone, Copy)]
struct Meaning {
    role: Role,
    kind: Option<Judgement>,
    followed: Followed,
    sight: Sighting,
    diagnosed: Option<Code>,
}

impl Meaning {
    #[inline]
    const fn of(look: &Look, followed: Followed) -> Self {
        Self {
            role: look.role,
            kind: look.kind,
            followed,
            sight: Sighting::First,
            diagnosed: None,
        }
    }

    fn of_copy(sight: Sighting) -> Self {
        Self {
            role: Role::of(Part::Copy),
            kind: None,
            followed: Followed::default(),
            sight,
            diagnosed: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use proptest::prelude::*;

    use super::*;
    use crate::flow_key::FlowKey;
    use crate::options::TcpOptions;
    use crate::seq::SeqNum;
    use crate::time::Timestamp;
    use crate::track::flow::FlowId;
    use crate::track::roles::{Cast, GuessedBy, Roles};
    use crate::track::sights::Sights;
    use crate::track::wants::Wants;

    /// What an end does next, and how far it strays from what is usual.
    #[derive(Debug, Clone)]
    struct Act {
        from_client: bool,
        len: u32,
        takes: bool,
        astray: (u8, u32),
        wait: u64,
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let astray = prop_oneof![2 => Just((0, 0)), 1 => (1..14_u8, 0..4_u32)];
        let len = prop_oneof![Just(0_u32), 1..4_u32];
        let act = (any::<bool>(), len, any::<bool>(), astray, 0..400_u64);
        let act = act.prop_map(|(from_client, len, takes, astray, wait)| Act {
            from_client,
            len,
            takes,
            astray,
            wait,
        });
        prop::collection::vec(act, 1..40)
    }

    const TIMESTAMPS: [u8; 12] = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1];
    const OTHERS: [u8; 4] = [2, 4, 5, 180];
    const SCALE: [u8; 4] = [3, 3, 2, 0];

    /// A connection as both ends know it.
    struct Talk {
        next: [u32; 2],
        taken: [u32; 2],
        number: NonZeroU64,
        time: u64,
        identification: u16,
    }

    impl Talk {
        fn segment(&mut self, act: &Act, flags: Flags) -> Segment<'static> {
            let own = usize::from(!act.from_client);
            let end = |nth: usize| ([10, 0, 0, 1], [40_000, 80][nth]).into();
            if act.takes {
                self.taken[own] = self.next[1 - own];
            }
            self.number = self.number.saturating_add(1);
            self.time += act.wait * 1_000_000;
            self.identification += 1;
            let mut segment = Segment {
                frame: self.number,
                time: Timestamp::new(5, self.time),
                src: end(own),
                dst: end(1 - own),
                ttl: 64,
                ecn: 0,
                identification: Some(self.identification),
                seq: SeqNum(self.next[own]),
                ack: SeqNum(self.taken[own]),
                flags,
                window: 500,
                header_len: 32,
                options: TcpOptions {
                    bytes: &TIMESTAMPS,
                    missing: 0,
                },
                payload_len: act.len,
                payload: &[7; 4][..act.len as usize],
                ..Segment::NOBODYS
            };
            stray(&mut segment, act.astray);
            if segment.end() - SeqNum(self.next[own]) > 0 {
                self.next[own] = segment.end().0;
            }
            segment
        }
    }

    fn stray(segment: &mut Segment<'static>, (how, by): (u8, u32)) {
        match how {
            1 => segment.seq = segment.seq + by,
            2 => segment.seq = SeqNum(segment.seq.0.wrapping_sub(by)),
            3 => segment.ack = segment.ack + by,
            4 => segment.ack = SeqNum(segment.ack.0.wrapping_sub(by)),
            5 => segment.window = u16::try_from(by).unwrap(),
            6 => segment.flags = segment.flags | Flags::FIN,
            7 => segment.flags = segment.flags | Flags::URG,
            8 => segment.options.bytes = &OTHERS,
            9 => segment.options.bytes = &[],
            10 => segment.identification = Some(u16::try_from(by).unwrap()),
            11 => segment.flags = Flags::PSH,
            12 => segment.payload = &[],
            14 => segment.options.bytes = &SCALE,
            13 => segment.identification = segment.identification.map(|number| number + 1),
            _ => {}
        }
    }

    /// The connection that a segment begins, from the server or not.
    fn begun(segment: &Segment<'_>, by_server: bool) -> Connection {
        let (key, sender) = FlowKey::of(&segment.src, &segment.dst);
        let dialects = Wants::WIRESHARK | Wants::ZEEK | Wants::CLASSIC;
        let wants = dialects | Wants::TIMED | Wants::TIME_SPENT;
        let roles = if segment.flags.has(Flags::SYN) {
            Roles::BySyn
        } else {
            Roles::Guessed(GuessedBy::Port)
        };
        let cast = Cast {
            client: if by_server { sender.other() } else { sender },
            roles,
            first: sender,
        };
        Connection::begin(FlowId(0), key, cast, segment.time, wants)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn a_usual_segment_is_what_the_questions_would_answer(
            acts in acts(),
            starts in [0..16_u8, 0..16_u8],
            begins_late: bool,
            scales: [bool; 2],
            by_server: bool,
        ) {
            let by_server = by_server && begins_late;
            let next = starts.map(|start| u32::from(start).wrapping_sub(8));
            let mut talk = Talk { next, taken: next, number: NonZeroU64::MIN, time: 0, identification: 0 };
            let mut both = None;
            let mut sights = [Sights::new(), Sights::new()];
            let opening = [(true, Flags::SYN), (false, Flags::SYN | Flags::ACK)];
            let opening = opening.into_iter().zip(scales).map(|((from_client, flags), scales)| {
                let astray = (if scales { 14 } else { 8 }, 0);
                (Act { from_client, len: 0, takes: true, astray, wait: 0 }, flags)
            });
            let skipped = if begins_late { 2 } else { 0 };
            let is_opened_at_once = acts.first().is_some_and(|act| act.from_client && act.takes && act.astray == (0, 0));
            let acts = acts.into_iter().map(|act| (act, Flags::ACK));
            for (act, flags) in opening.skip(skipped).chain(acts) {
                let segment = talk.segment(&act, flags);
                let (shortly, closely) =
                    both.get_or_insert_with(|| (begun(&segment, by_server), begun(&segment, by_server)));
                let (_, sender) = FlowKey::of(&segment.src, &segment.dst);
                let short = shortly.observe(sender, &segment, false, &mut sights[0]);
                let short = format!("{short:?}");
                let close = closely.observe_as_any(sender, &segment, false, &mut sights[1]);
                let close = format!("{close:?}");
                prop_assert_eq!(short, close, "{:?}", segment);
                let spent = shortly.time_spent().unwrap();
                let sum: i64 = spent.sums.iter().map(|(_, span)| span.0).sum();
                prop_assert_eq!(sum, shortly.flow.duration().0);
                // Later more may be known of how it was opened.
                if is_opened_at_once {
                    prop_assert_eq!(Some(spent), closely.time_spent(), "{:?}", segment);
                }
            }
        }
    }
}
