//! A connection as it is listed: its row, and what the time makes of it.

use tcptrace::sink::tone::Tone;
use tcptrace::socket::Owner;
use tcptrace::time::{Span, Timestamp};
use tcptrace::track::openness::Openness;
use tcptrace::track::time_spent::TimeCause;
use tcptrace::track::verdict::{Due, Verdict};

use crate::watch::meter::per_second;
use crate::watch::row::WatchRow;

/// How far a connection has come, or what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progressed {
    /// It goes on, and has come so far.
    On(Openness),
    /// It ended, or the run did, and it had failed by then.
    Failed,
    /// It is over, and nothing failed.
    Over,
}

impl Progressed {
    /// How far the connection of a row has come. While it goes on it has not failed,
    /// whatever it looks like: an answer may come, and a window open.
    pub const fn of(row: &WatchRow) -> Self {
        Self::with(row.openness, row.verdict, row.is_final)
    }

    /// The same of a connection that is so open, with a verdict; whether the run is over.
    pub const fn with(openness: Option<Openness>, verdict: Verdict, is_final: bool) -> Self {
        match openness {
            Some(openness) if !is_final || verdict.is_normal() => Self::On(openness),
            None if verdict.is_normal() => Self::Over,
            _ => Self::Failed,
        }
    }

    /// How good or bad its verdict is: what opens, or waits for a window, may come right.
    pub const fn tone(self, verdict: Verdict) -> Tone {
        match (self, verdict) {
            (Self::On(Openness::AskedFor | Openness::HalfOpen), _)
            | (Self::On(_), Verdict::Stalled { .. }) => Tone::Odd,
            _ => Tone::of(verdict),
        }
    }

    /// Whether its handshake goes on.
    pub const fn opens(self) -> bool {
        matches!(self, Self::On(Openness::AskedFor | Openness::HalfOpen))
    }

    /// Whether its handshake succeeded.
    pub const fn has_opened(self, verdict: Verdict) -> bool {
        let has_failed = matches!(
            verdict,
            Verdict::NoAnswer
                | Verdict::Refused
                | Verdict::Unreachable(_)
                | Verdict::HalfOpen
                | Verdict::Unknown(Due::Answer | Due::Ack)
        );
        !self.opens() && !has_failed
    }
}

/// A connection at a time.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub row: WatchRow,
    /// What time it is in the capture.
    pub now: Timestamp,
    /// Octets a second over the last seconds, of the client and of the server.
    pub latest_rates: [u64; 2],
}

impl Listed {
    /// How long it has gone on, or lasted.
    pub fn age(&self) -> Span {
        let end = if self.row.is_over() {
            self.row.last
        } else {
            self.now.max(self.row.last)
        };
        end - self.row.began
    }

    /// Octets a second, of the client and of the server; of a connection that is over
    /// those of its life, where it took any time.
    pub fn rates(&self) -> Option<[u64; 2]> {
        let row = &self.row;
        if !row.is_over() {
            return Some(self.latest_rates);
        }
        let Span(took) = row.last - row.began;
        let octets = [row.client.octets, row.server.octets];
        (took > 0).then(|| octets.map(|octets| per_second(octets, took)))
    }

    /// What it waits for now, and for how long.
    pub fn waits(&self) -> Option<(TimeCause, Span)> {
        let (cause, since) = self.row.waiting.filter(|_| !self.row.is_over())?;
        Some((cause, Span((self.now - since).0.max(0))))
    }

    /// What it waited for most, and the share of its time in per mille: what its segments
    /// tell, and since the last of them what it waits for now.
    pub fn limited_by(&self) -> Option<(TimeCause, u16)> {
        let row = &self.row;
        let Some((waits_for, _)) = row.waiting.filter(|_| !row.is_over()) else {
            return row.limited_by;
        };
        let before = (row.last - row.began).0.max(0);
        let since = (self.now - row.last).0.max(0);
        let (limit, share) = row.limited_by.unwrap_or((waits_for, 0));
        let told = i128::from(before) * i128::from(share) / 1000;
        let (cause, most) = if limit == waits_for {
            (limit, told + i128::from(since))
        } else if i128::from(since) > told {
            (waits_for, i128::from(since))
        } else {
            (limit, told)
        };
        let all = i128::from(before) + i128::from(since);
        let share = u16::try_from(most * 1000 / all.max(1)).unwrap_or(1000);
        (share > 0).then_some((cause, share))
    }

    /// Segments that were sent again, by either end.
    pub const fn retransmitted(&self) -> u64 {
        self.row.client.retransmitted + self.row.server.retransmitted
    }

    /// The process that tells most: the server's, where the client's is another machine's.
    pub fn owner(&self) -> Option<&Owner> {
        let [client, server] = self.owners();
        client.or(server)
    }

    /// The processes at both ends.
    pub fn owners(&self) -> [Option<&Owner>; 2] {
        [&self.row.client, &self.row.server].map(|end| end.owner.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use tcptrace::track::openness::Openness;

    use super::*;
    use crate::watch::trial;

    const SECOND: i64 = 1_000_000_000;

    /// What a connection is limited by whose client was at work for six tenths of its ten
    /// seconds, and which waits since then, for so many seconds.
    fn limited_after(waits_for: TimeCause, seconds: i64) -> Option<(TimeCause, u16)> {
        let mut listed = trial::listed(&["captures/hello.pcap"]).remove(0);
        let row = &mut listed.row;
        row.openness = Some(Openness::Open);
        row.is_final = false;
        row.last = row.began + Span(10 * SECOND);
        row.limited_by = Some((TimeCause::ClientApplication, 600));
        row.waiting = Some((waits_for, row.last));
        listed.now = row.last + Span(seconds * SECOND);
        listed.limited_by()
    }

    #[test]
    fn what_it_waits_for_counts_since_its_last_segment() {
        let (client, window) = (TimeCause::ClientApplication, TimeCause::ServerWindow);
        assert_eq!(limited_after(client, 0), Some((client, 600)));
        assert_eq!(limited_after(client, 10), Some((client, 800)));
        assert_eq!(limited_after(window, 5), Some((client, 400)));
        assert_eq!(limited_after(window, 30), Some((window, 750)));
    }
}
