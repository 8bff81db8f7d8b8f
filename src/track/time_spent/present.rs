//! The present of a connection: what has arrived, and what time looks like that passes.

use std::num::NonZeroU64;

use crate::track::dir::Dir;
use crate::track::time_spent::cause::TimeCause;
use crate::track::time_spent::crossings::Crossing;
use crate::track::time_spent::knowledge::Knowledge;
use crate::track::time_spent::stretch::{Aspect, Guise};
use crate::track::time_spent::time_ledger::TimeLedger;

impl TimeLedger {
    /// Follows what arrives by a moment, and then time up to another, which is not later.
    pub(super) fn follow_to(&mut self, moment: i64, at: i64) {
        loop {
            let next = self.crossings.next_until(moment);
            let (to, frame) = match &next {
                Some((_, crossing)) => (crossing.at, crossing.frame),
                None => (at, self.frame),
            };
            self.advance(to, frame);
            let Some((dir, crossing)) = next else {
                return;
            };
            self.arrive(dir, &crossing);
        }
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "called in one place, for each segment"
    )]
    fn arrive(&mut self, dir: Dir, crossing: &Crossing) {
        self.has_changed = true;
        let way = self.way();
        let (sender, receiver) = self.ends(dir);
        let what = crossing.what;
        if what.octets || what.close {
            sender.close_arrived |= what.close;
            receiver.arrived_at = crossing.at;
            receiver.has_news = true;
            if what.octets && crossing.end - receiver.arrived > 0 {
                receiver.arrived = crossing.end;
            }
        }
        if !what.ack {
            return;
        }
        let is_progress = crossing.ack - receiver.acked > 0;
        let edge = crossing.ack + crossing.window;
        let opens = receiver.edge.is_none_or(|known| edge - known > 0);
        if opens {
            receiver.was_held = receiver.is_held();
            receiver.asks_for_room = false;
        }
        receiver
            .offered
            .take(crossing.window, opens && receiver.was_held);
        if is_progress {
            receiver.acked = crossing.ack;
        }
        if receiver.edge.is_none() || crossing.ack - receiver.acked >= 0 {
            receiver.offer(edge);
        }
        if is_progress || opens || what.sack {
            receiver.let_go_at = crossing.at;
        }
        if is_progress && self.account.guise() == Some(Guise::UNACKNOWLEDGED) {
            // While it was on its way here, nothing was waited for but that.
            let sent = (crossing.at - way, crossing.frame);
            self.account.reguise(sent, |look| match look.guise {
                Guise::UNACKNOWLEDGED => Guise::ACKNOWLEDGED,
                guise => guise,
            });
        }
    }

    /// An end asks for room, where there is none: it has more to send, and has had since.
    #[cold]
    pub(super) fn ask_for_room(&mut self, dir: Dir, at: i64) {
        self.follow_to(at, at);
        let (sender, _) = self.ends(dir);
        if !sender.is_stopped() {
            return;
        }
        sender.asks_for_room = true;
        self.has_changed = true;
        let from = (self.account.booked_until(), None);
        self.account.reguise(from, |look| match look.guise.cause() {
            None if look.held == Some(dir) => Guise::of(TimeCause::window_against(dir)),
            _ => look.guise,
        });
    }

    /// Time passes, until a frame ends it.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "called in one place, for each segment"
    )]
    fn advance(&mut self, to: i64, frame: Option<NonZeroU64>) {
        let at = self.account.at();
        if to <= at {
            if to == at {
                self.account.pass_nothing(frame);
            }
            return;
        }
        let lost_until = self.client.lost_until.max(self.server.lost_until);
        let is_lossy = at < lost_until;
        if is_lossy || self.has_changed {
            self.has_changed = is_lossy;
            let look = self.look();
            if is_lossy {
                self.account.pass_lossy(look, lost_until, (to, frame));
                return;
            }
            self.account.turn(look);
        }
        self.account.pass(to, frame);
    }

    /// What the present looks like.
    #[inline]
    fn look(&self) -> Aspect {
        let (client, server) = (&self.client, &self.server);
        let is_under_way = |end: &Knowledge| end.has_closed && !end.close_arrived;
        let guise = if !self.is_open {
            Guise::of(TimeCause::Handshake)
        } else if client.sent - server.arrived > 0 || server.sent - client.arrived > 0 {
            Guise::UNDER_WAY
        } else if client.has_closed && server.has_closed
            || is_under_way(client)
            || is_under_way(server)
        {
            Guise::of(TimeCause::Closing)
        } else if client.asks_for_room {
            Guise::of(TimeCause::window_against(Dir::ToServer))
        } else if server.asks_for_room {
            Guise::of(TimeCause::window_against(Dir::ToClient))
        } else if client.unacknowledged() > 0 || server.unacknowledged() > 0 {
            Guise::UNACKNOWLEDGED
        } else {
            Guise::QUIET
        };
        let held = if client.is_held() {
            Some(Dir::ToServer)
        } else if server.is_held() {
            Some(Dir::ToClient)
        } else {
            None
        };
        Aspect {
            guise,
            held,
            is_lossy: false,
        }
    }
}
