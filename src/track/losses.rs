//! Transmissions that did not arrive, with hindsight.

use std::collections::VecDeque;
use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::seq::SeqNum;
use crate::track::dir::Dir;
use crate::track::judgement::{Cause, Kind};
use crate::track::part::Part;
use crate::track::point::Point;
use crate::track::trace::Trace;

/// A transmission of which nothing has been heard.
#[derive(Debug, Clone, Copy)]
struct Underway {
    frame: NonZeroU64,
    seq: SeqNum,
    end: SeqNum,
    is_syn: bool,
}

impl Trace {
    /// The frames of segments that had to be sent again before anything was heard of them,
    /// in order: lost, or so it was for their sender. Not those of which a D-SACK says that
    /// they arrived twice (RFC 2883), nor those that were sent again though they were
    /// acknowledged.
    #[must_use]
    pub fn lost(&self) -> Vec<NonZeroU64> {
        let mut seen = [Transmitted::default(), Transmitted::default()];
        for point in self.points().filter(|point| point.part != Part::Copy) {
            let [own, other] = match (point.dir, &mut seen) {
                (Dir::ToServer, [to_server, to_client]) => [to_server, to_client],
                (Dir::ToClient, [to_server, to_client]) => [to_client, to_server],
            };
            if point.flags.has(Flags::ACK) {
                other.hear(point, self.sacks_in(point.frame));
            }
            own.send(point);
        }
        let lost = seen.into_iter().flat_map(Transmitted::into_lost);
        let mut lost: Vec<_> = lost.collect();
        lost.sort_unstable_by_key(|underway| underway.frame);
        lost.dedup_by_key(|underway| underway.frame);
        lost.into_iter().map(|underway| underway.frame).collect()
    }
}

/// What an end sent.
#[derive(Default)]
struct Transmitted {
    underway: VecDeque<Underway>,
    lost: Vec<Underway>,
}

impl Transmitted {
    /// Takes note of what the other end says of it.
    fn hear(&mut self, point: &Point, sacks: &[(SeqNum, SeqNum)]) {
        let ack = point.ack;
        while self
            .underway
            .front()
            .is_some_and(|sent| sent.end - ack <= 0)
        {
            self.underway.pop_front();
        }
        let Some(&(left, right)) = sacks.first() else {
            return;
        };
        let is_within = |sent: &Underway| sent.seq - left >= 0 && sent.end - right <= 0;
        let is_inside = |&(first, end): &(SeqNum, SeqNum)| left - first >= 0 && end - right >= 0;
        if left - ack < 0 || sacks.get(1).is_some_and(is_inside) {
            self.lost.retain(|sent| !is_within(sent));
        } else {
            self.underway.retain(|sent| !is_within(sent));
        }
    }

    /// What was lost; with it the last of several SYNs that nobody answered.
    fn into_lost(mut self) -> Vec<Underway> {
        let last = self.underway.pop_back();
        let is_repeated = |syn: &Underway| self.lost.iter().any(|lost| lost.seq == syn.seq);
        let last = last.filter(|last| last.is_syn && is_repeated(last));
        self.lost.extend(last);
        self.lost
    }

    /// Takes note of one more transmission.
    fn send(&mut self, point: &Point) {
        let (seq, end) = (point.seq, point.end());
        if end == seq || point.part.asks() {
            return;
        }
        let is_again = match point.judged {
            Some(judged) => {
                judged.kind == Kind::Retransmission && judged.cause != Some(Cause::Spurious)
            }
            None => point.again > 0,
        };
        if is_again {
            let is_repeated = |sent: &Underway| sent.seq - end < 0 && seq - sent.end < 0;
            let (repeated, others) = self.underway.drain(..).partition(is_repeated);
            self.underway = others;
            self.lost.extend::<VecDeque<_>>(repeated);
        }
        let frame = point.frame;
        let is_syn = point.flags.has(Flags::SYN);
        self.underway.push_back(Underway {
            frame,
            seq,
            end,
            is_syn,
        });
    }
}
