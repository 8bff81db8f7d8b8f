//! What an end sends again: what that costs, from when the first transmission should have
//! arrived to when this one does.

use crate::segment::Segment;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::time_spent::cause::TimeCause;
use crate::track::time_spent::knowledge::{Knowledge, LEAST_MSS};
use crate::track::time_spent::nature::Nature;
use crate::track::time_spent::stretch::Instant;
use crate::track::time_spent::time_ledger::TimeLedger;
use crate::track::time_spent::waited::Waited;
use crate::track::timeouts::LEAST_TIMEOUT;

impl TimeLedger {
    /// What an end sent is missing at the other, from a moment until a time; but for the
    /// time in which an application is at work, that is waited for.
    pub(super) fn lose(&mut self, dir: Dir, (since, until): (Instant, i64)) {
        self.account.lose((since, until), true);
        self.ends(dir).0.lost_until = until;
        if !self.names_waits {
            return;
        }
        let ((from, frame), at) = (since, self.account.at());
        let on_its_way = (until - from.max(at)).max(0);
        let wait = Waited {
            cause: TimeCause::Loss,
            begin: Span(from),
            length: Span(self.account.lost_since(from) + on_its_way),
            frames: (frame, self.frame),
        };
        self.latest = Some(wait).filter(Waited::is_worth_naming);
    }

    /// An end sends again what was lost; gives back whether it was.
    #[cold]
    pub(super) fn repair(
        &mut self,
        flow: &Flow,
        dir: Dir,
        segment: &Segment<'_>,
        nature: Nature,
        at: i64,
    ) -> bool {
        let (sender, peer) = self.ends(dir);
        let mut before = flow.sender(dir).transmissions_of(segment.seq);
        if !peer.has_spoken && before.any(|sent| sent.frame != segment.frame) {
            sender.repeats = sender.repeats.saturating_add(1);
        }
        sender.timed = None;
        if segment.payload_len == 0 {
            return false;
        }
        if nature.is_needless && !sender.lacks() {
            self.miss_acknowledgment(dir, at);
            return false;
        }
        // From here on it is a stream that goes on as it is let.
        sender.was_lossy = true;
        sender.is_full |= segment.payload_len >= LEAST_MSS;
        let is_new = segment.end() - sender.sent > 0;
        let (first, frame) = first_time(flow, dir, segment, sender, nature.is_needless);
        self.has_changed = true;
        let (way, lag) = (self.way(), self.ends(dir).0.lag.least());
        self.follow_to(at, at);
        let (since, until) = (first + way + lag, at + way + lag);
        let now = at.max(self.account.at());
        let (sender, _) = self.ends(dir);
        // What is taken back, should it prove to have been needless.
        let from = if nature.is_needless {
            until
        } else {
            since.max(sender.lost_until)
        };
        sender.missing = (from, until);
        sender.repaired = segment.seq;
        self.lose(dir, ((since, frame), until));
        let (sender, _) = self.ends(dir);
        if is_new {
            sender.sent_at = now;
            sender.has_sent = true;
            sender.has_news = false;
        }
        true
    }

    /// An end far from the capture repeats what the other has acknowledged: that was
    /// lost on its way there, and whoever waits has waited for it.
    fn miss_acknowledgment(&mut self, dir: Dir, at: i64) {
        let way = self.way();
        let (sender, peer) = self.ends(dir);
        if !sender.is_far() || at - sender.let_go_at < LEAST_TIMEOUT.0 {
            return;
        }
        let since = peer.arrived_at.max(sender.sent_at + way);
        self.follow_to(at, at);
        self.lose(dir, ((since, None), at + way));
    }
}

/// When octets that are sent again were sent first, or else what was sent behind them, and
/// in which frame.
fn first_time(
    flow: &Flow,
    dir: Dir,
    segment: &Segment<'_>,
    sender: &mut Knowledge,
    is_needless: bool,
) -> Instant {
    let half = flow.sender(dir);
    let before = half.transmissions_of(segment.seq);
    let before = before.filter(|sent| sent.frame != segment.frame);
    let before = before.min_by_key(|sent| sent.at.0);
    if let Some(sent) = before
        && sent.payload_len > segment.payload_len
        && sent.payload_len == sender.mss
    {
        // Cut smaller, since what was larger did not arrive.
        sender.set_mss(segment.payload_len);
    }
    let holes = half.holes.as_ref();
    let left = holes.and_then(|holes| holes.filled_at(segment.seq));
    let before = before.filter(|_| !is_needless);
    let before = before.map(|sent| (sent.at, Some(sent.frame)));
    let before = before.or_else(|| left.map(|hole| (hole.stamp.at, None)));
    match before {
        Some((at, frame)) => (at.0.saturating_sub(sender.distance), frame),
        None => (sender.could_send_since(), None),
    }
}
