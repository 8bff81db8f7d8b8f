//! The usual segment: data in order, or an acknowledgment of something new,
//! between two ends that are open and lack nothing.
//!
//! Nearly every segment is of that kind, and there is one answer to everything
//! that is asked about it: what it is, that no rule finds anything, that it was
//! sent for the first time. So it is followed without asking. That decides
//! nothing: where anything is odd the questions are asked, and a property holds
//! both ways to the same result.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::flow::{Dir, Flow};
use crate::track::kind::Judgement;
use crate::track::role::{Part, Role};
use crate::track::state::State;

impl Flow {
    /// What a usual segment is; `None` where there is anything to ask.
    #[inline]
    pub(super) fn usual_role(&self, dir: Dir, segment: &Segment<'_>) -> Option<Role> {
        let control = Flags::SYN | Flags::FIN | Flags::RST | Flags::URG;
        let is_plain = segment.flags.has(Flags::ACK)
            && !segment.flags.any(control)
            && segment.options.are_usual()
            && segment.window != 0;
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let is_open = sender.state == State::Established
            && receiver.state == State::Established
            && receiver.syn_acked
            && !receiver.asks_again
            && sender.closed_window == 0
            && sender.is_known()
            && receiver.is_known()
            && self.initial_rtt.is_settled();
        let lacks_nothing = sender.holes.is_none() && receiver.fin.is_none();
        let (sent, other) = (&sender.trail, &receiver.trail);
        let is_in_order = segment.seq == sender.nxt
            && segment.seq == sent.next
            && !other.is_overtaken_by(segment);
        let acknowledges = segment.ack - receiver.una;
        if !is_plain || !is_open || !lacks_nothing || !is_in_order || acknowledges < 0 {
            return None;
        }
        let part = if segment.payload_len == 0 {
            (acknowledges > 0 && segment.ack != sent.ack).then_some(Part::Ack)?
        } else {
            let end = segment.seq + segment.payload_len;
            let has_room = other.window != Some(0)
                && end - other.ack > 0
                && end != other.ack + other.offered_window();
            let is_new = segment.ack != sent.ack || !sender.sending.may_skip_one(segment);
            (has_room && is_new).then_some(Part::Data)?
        };
        Some(Role {
            acknowledges: acknowledges.cast_unsigned(),
            ..Role::of(part)
        })
    }

    /// Whether a usual segment was sent for the first time: it was, where it
    /// carries anything.
    #[inline]
    pub(super) fn usual_kind(segment: &Segment<'_>) -> Option<Judgement> {
        (segment.payload_len > 0).then_some(Judgement::NEW)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use proptest::prelude::*;

    use super::*;
    use crate::options::TcpOptions;
    use crate::seq::SeqNum;
    use crate::time::Timestamp;
    use crate::track::{Tracker, Wants};

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
                identification: Some(self.identification),
                seq: SeqNum(self.next[own]),
                ack: SeqNum(self.taken[own]),
                flags,
                window: 500,
                urgent: 0,
                checksum: 0,
                header_len: 32,
                options: TcpOptions {
                    bytes: &TIMESTAMPS,
                    missing: 0,
                },
                payload_len: act.len,
                payload: &[7; 4][..act.len as usize],
                is_fragment: false,
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

    fn asked(tracker: &mut Tracker, segment: &Segment<'_>) -> String {
        let placed = tracker.place(segment);
        let dir = placed.dir;
        if let Some(ledger) = &mut placed.flow.ledger {
            ledger.observe_closely(dir, segment);
        }
        let seen = placed.flow.go_on_closely(dir, segment, placed.reuses_ports);
        format!("{seen:?}")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn a_usual_segment_is_what_the_questions_would_answer(
            acts in acts(),
            starts in [0..16_u8, 0..16_u8],
            begins_late: bool,
            scales: [bool; 2],
        ) {
            let next = starts.map(|start| u32::from(start).wrapping_sub(8));
            let mut talk = Talk { next, taken: next, number: NonZeroU64::MIN, time: 0, identification: 0 };
            let tracker = || Tracker::new(Wants::ZEEK | Wants::CLASSIC);
            let (mut shortly, mut closely) = (tracker(), tracker());
            let opening = [(true, Flags::SYN), (false, Flags::SYN | Flags::ACK)];
            let opening = opening.into_iter().zip(scales).map(|((from_client, flags), scales)| {
                let astray = (if scales { 14 } else { 8 }, 0);
                (Act { from_client, len: 0, takes: true, astray, wait: 0 }, flags)
            });
            let skipped = if begins_late { 2 } else { 0 };
            let acts = acts.into_iter().map(|act| (act, Flags::ACK));
            for (act, flags) in opening.skip(skipped).chain(acts) {
                let segment = talk.segment(&act, flags);
                let short = format!("{:?}", shortly.observe(&segment));
                prop_assert_eq!(short, asked(&mut closely, &segment), "{:?}", segment);
            }
        }
    }
}
