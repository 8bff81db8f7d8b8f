//! What an end does, and why just then: that settles what the time before was for.

use crate::segment::Segment;
use crate::track::dir::Dir;
use crate::track::time_spent::cause::TimeCause;
use crate::track::time_spent::flight::Flight;
use crate::track::time_spent::knowledge::Knowledge;
use crate::track::time_spent::stretch::{Guise, Reading};
use crate::track::time_spent::time_ledger::{AT_ONCE, TimeLedger};
use crate::track::time_spent::waited::Waited;
use crate::track::timeouts::LEAST_TIMEOUT;

/// How exactly it is known when something arrives, nanoseconds, and as a part of the way.
const EXACT: i64 = 300_000;
const EXACT_PART: i64 = 32;
/// Repetitions before the other end says anything after which it is taken not to take
/// the connection; seen at that end, and elsewhere.
const IGNORED: (u8, u8) = (1, 3);

/// Why an end sends something new just now.
#[derive(Debug, Clone, Copy)]
enum Prompt {
    /// Its application has answered what had arrived.
    News,
    /// An acknowledgment or a window that has just arrived lets it go on.
    LetGo,
    /// Its application took its time.
    Application,
    /// Nothing that was seen, in a stream of full segments; whether it would have had
    /// to hear an acknowledgment long ago.
    Stream { is_overdue: bool },
    /// What it sends is sent again, since the first time, or an acknowledgment of what
    /// was sent before, was lost at a time.
    Loss { since: i64 },
}

impl TimeLedger {
    /// Hears an end the first time that it says anything but SYN, or after something that
    /// the capture lacks.
    #[cold]
    pub(super) fn hear(&mut self, dir: Dir, segment: &Segment<'_>, at: i64) {
        if !self.ends(dir).0.has_spoken {
            self.hear_first(dir, at);
        }
        let (sender, peer) = self.ends(dir);
        if sender.lacks_before(peer, segment) {
            self.pass_gap(dir, segment, at);
        }
    }

    /// The first time that an end says anything but SYN: a server that was told
    /// something again and again before had not taken the connection.
    fn hear_first(&mut self, dir: Dir, at: i64) {
        let (sender, peer) = self.ends(dir);
        sender.has_spoken = true;
        let is_near = sender.distance < peer.distance / 4;
        let ignored = if is_near { IGNORED.0 } else { IGNORED.1 };
        if dir == Dir::ToClient && peer.repeats >= ignored && self.has_opening {
            self.follow_to(at, i64::MIN);
            self.account.book_all(TimeCause::Handshake, self.frame);
            self.client.lost_until = 0;
        }
    }

    /// Where the capture lacks something, nobody knows what the time was for.
    fn pass_gap(&mut self, dir: Dir, segment: &Segment<'_>, at: i64) {
        let (sender, peer) = self.ends(dir);
        if peer.lacks_acked(segment) {
            (peer.sent, sender.arrived) = (segment.ack, segment.ack);
            peer.flight = Flight::default();
        }
        sender.flight = Flight::default();
        self.has_changed = true;
        self.follow_to(at, at);
        self.account.book(&Reading::all(TimeCause::Unknown));
    }

    /// An end sends new octets, or nothing but a FIN or RST.
    pub(super) fn go_on(&mut self, dir: Dir, at: i64, segment: &Segment<'_>) {
        let octets = segment.payload_len;
        let way = self.way();
        let slack = (EXACT + way / EXACT_PART).min(self.ends(dir).0.distance);
        self.follow_to(at + slack, at);
        let (sender, peer) = self.ends(dir);
        let prompt = prompt(sender, peer, (at, segment), (way, slack));
        let (has_sent, sent_before) = (sender.has_sent, sender.sent_at);
        if dir == Dir::ToClient && has_sent && octets > 0 {
            self.note_pause(prompt, sent_before, at);
        }
        self.settle(dir, prompt, at);
        let sent_at = at.max(self.account.at());
        let (sender, _) = self.ends(dir);
        sender.sent_at = sent_at;
        sender.has_sent = true;
        sender.is_full = sender.fills(octets);
        sender.has_news = false;
        sender.asks_for_room = false;
        let end = segment.seq + octets;
        let is_new = octets > 0 && end - sender.sent > 0;
        self.has_changed = true;
        if is_new {
            self.reach(dir, end, at);
        }
    }

    /// Notes the pause of a server that had last sent something at a time and says more
    /// now; of what is booked already nothing counts.
    fn note_pause(&mut self, prompt: Prompt, sent_at: i64, at: i64) {
        if matches!(prompt, Prompt::Application) {
            let since = sent_at.max(self.account.booked_until());
            self.pauses.take(at - since);
        }
    }

    /// Books the time up to now, when an end sends something new.
    #[inline]
    fn settle(&mut self, dir: Dir, prompt: Prompt, at: i64) {
        let (sender, _) = self.ends(dir);
        let level = sender.flight.level_since();
        let path = level.map_or(TimeCause::Path, |_| TimeCause::send_buffer(dir));
        let application = TimeCause::application(dir);
        let let_go = Reading {
            held: Some((dir, TimeCause::window_against(dir))),
            unacknowledged: TimeCause::DelayedAck,
            otherwise: path,
            ..Reading::PATH
        };
        let reading = match prompt {
            Prompt::News => Reading {
                at_work: (application, sender.arrived_at),
                ..Reading::PATH
            },
            Prompt::Application => Reading::all(application),
            Prompt::LetGo => let_go,
            Prompt::Stream { is_overdue } => Reading {
                unacknowledged: if is_overdue { TimeCause::Loss } else { path },
                ..let_go
            },
            Prompt::Loss { .. } => Reading::PATH,
        };
        let is_held_back = matches!(prompt, Prompt::LetGo) && !sender.is_full;
        let is_free = matches!(prompt, Prompt::News | Prompt::Application);
        let becomes_level = level.filter(|_| sender.flight.becomes_level() && !is_free);
        if is_free {
            sender.flight = Flight::default();
        }
        if self.names_waits && !matches!(prompt, Prompt::Loss { .. }) {
            self.account.split((reading.at_work.1, None));
            self.note_wait(&reading);
        }
        if is_free && self.client.unacknowledged() <= 0 && self.server.unacknowledged() <= 0 {
            self.account.close(&reading);
            return;
        }
        if is_held_back {
            // By Nagle's rule (RFC 9293 §3.7.4), or a write by chance just then: a loss or
            // what comes next may tell otherwise.
            let from = (self.account.booked_until(), None);
            self.account
                .reguise(from, |look| Guise::of(reading.of(i64::MIN, look)));
        } else {
            self.account.split((reading.at_work.1, None));
            self.account.book(&reading);
        }
        if let Prompt::Loss { since } = prompt {
            let until = at + self.way();
            self.lose(dir, ((since, None), until));
        }
        if let Some(since) = becomes_level {
            let buffer = TimeCause::send_buffer(dir);
            self.account.rebook(since, TimeCause::Path, buffer);
        }
    }

    /// Notes the longest wait in what is booked now.
    #[inline(never)]
    fn note_wait(&mut self, reading: &Reading) {
        let longest = self.account.longest_open(reading);
        self.latest = longest.filter(Waited::is_worth_naming);
    }
}

/// Why `sender` sends something new at a time, octets or nothing but a FIN or RST. It takes
/// `way` from end to end, and is known up to `slack` when something arrives.
#[inline]
fn prompt(
    sender: &Knowledge,
    peer: &Knowledge,
    (at, segment): (i64, &Segment<'_>),
    (way, slack): (i64, i64),
) -> Prompt {
    let octets = segment.payload_len;
    let waited = at - sender.let_go_at;
    let silent = at - sender.sent_at;
    let patience = if sender.was_held { way } else { slack };
    let is_let_go = waited <= AT_ONCE + patience && sender.let_go_at >= sender.sent_at.min(at - 1);
    if sender.is_far() {
        let may_be_lost = sender.is_full
            && octets > 0
            && !sender.has_news
            && silent > LEAST_TIMEOUT.0 + 2 * way
            && sender.numbers.tell_loss() != Some(false);
        if sender.lacks() && (!is_let_go || sender.has_news) && silent > way
            || may_be_lost && !is_let_go
        {
            let since = sender.could_send_since() + way;
            return Prompt::Loss { since };
        }
    }
    if sender.has_news && !(is_let_go && sender.is_full) {
        return Prompt::News;
    }
    if is_let_go || sender.was_stopped_before(segment.seq + octets) {
        return Prompt::LetGo;
    }
    let is_overdue = silent > 2 * way + sender.lag.most() + 5 * AT_ONCE;
    if is_overdue
        && sender.is_full
        && let Some(since) = sender.stamps.unheard(&peer.stamps)
    {
        return Prompt::Loss { since };
    }
    let is_quiet = waited > AT_ONCE.max(2 * way) && sender.unacknowledged() <= 0;
    if !sender.is_full || is_quiet {
        return Prompt::Application;
    }
    Prompt::Stream {
        is_overdue: is_overdue && sender.let_go_at <= sender.sent_at,
    }
}
