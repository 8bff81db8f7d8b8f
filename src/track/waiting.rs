//! What a connection waits for at this moment, as far as its segments tell: for who looks
//! at it while it goes on.
//!
//! Where the time [went](crate::track::time_spent) is known when what came next has shown
//! it. Of the present that is not known yet: here stands what it looks like.

use crate::time::{Span, Timestamp};
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::time_spent::TimeCause;

const BOTH: [Dir; 2] = [Dir::ToServer, Dir::ToClient];

impl Connection {
    /// What it waits for now, and since when; `None` where it is over, or where its
    /// segments do not tell.
    ///
    /// A window without room is the other end's; octets that were sent again and are not
    /// acknowledged are lost, others under way. Where all is acknowledged, it is the
    /// application's turn that has heard the other one last: nobody knows whether the
    /// one that spoke last will say more. Turns are known where they are
    /// [wanted](crate::track::Wants::turns).
    #[must_use]
    pub fn waits_for(&self) -> Option<(TimeCause, Timestamp)> {
        let flow = &self.flow;
        if flow.is_over() {
            return None;
        }
        if let Some(since) = flow.opens_since() {
            return Some((TimeCause::Handshake, since));
        }
        if flow.only_direction().is_some() {
            return None;
        }
        flow.closed_window()
            .or_else(|| flow.outstanding())
            .or_else(|| flow.closes_since())
            .or_else(|| self.turn_of())
    }

    /// The application whose turn it is.
    fn turn_of(&self) -> Option<(TimeCause, Timestamp)> {
        let flow = &self.flow;
        let spoke = self.timing.spoke_last();
        let (dir, since) = if let Some(fin) = flow.teardown.first_fin {
            // Who closed says no more.
            let latest = spoke.map(|(_, at)| flow.first + at);
            (fin.dir, latest.map_or(fin.time, |at| at.max(fin.time)))
        } else {
            let (dir, at) = spoke?;
            (dir, flow.first + at)
        };
        let since = since.max(flow.arrived_by(dir).unwrap_or(since));
        Some((TimeCause::application(dir.reverse()), since))
    }
}

impl Flow {
    /// The window, in octets, that the end may send into which sends in direction `dir`:
    /// what the other one offered last, behind what it acknowledged. `None` where it has
    /// offered none, or nobody knows the scale.
    #[must_use]
    pub fn window_for(&self, dir: Dir) -> Option<u32> {
        let receiver = self.receiver(dir);
        let is_known = receiver.segments > 0 && receiver.shift.is_some();
        let room = (receiver.edge - receiver.ack).max(0).cast_unsigned();
        (is_known && self.sender(dir).is_known()).then_some(room)
    }

    /// Segments that the end sent again which sends in direction `dir`; both sum up to
    /// [`segments_again`](Self::segments_again).
    #[must_use]
    pub fn segments_again_by(&self, dir: Dir) -> u64 {
        let syns = match dir {
            Dir::ToServer => self.handshake.syn_again,
            Dir::ToClient => self.handshake.syn_ack_again,
        };
        let troubles = self.sender(dir).troubles();
        u64::from(syns) + troubles.map_or(0, |found| u64::from(found.retransmissions()))
    }

    /// Since when it is to be opened, while it is not.
    fn opens_since(&self) -> Option<Timestamp> {
        let handshake = &self.handshake;
        let first = handshake.syn.or(handshake.syn_ack)?;
        let is_open = self.is_opened() || self.only_direction().is_some();
        (!is_open).then_some(first.time)
    }

    /// A window that is closed.
    fn closed_window(&self) -> Option<(TimeCause, Timestamp)> {
        let by = BOTH
            .into_iter()
            .find(|by| self.sender(*by).window_closed_by().is_some())?;
        let since = self
            .sender(by)
            .troubles()
            .and_then(|all| all.stalls.unopened_since());
        let cause = TimeCause::window_against(by.reverse());
        Some((cause, since.unwrap_or(self.last)))
    }

    /// Octets that are not acknowledged: those of the end that has sent again, or else
    /// what has waited longest.
    fn outstanding(&self) -> Option<(TimeCause, Timestamp)> {
        let under_way = BOTH.into_iter().filter_map(|dir| self.outstanding_of(dir));
        under_way.min_by_key(|(cause, since)| (*cause != TimeCause::Loss, *since))
    }

    fn outstanding_of(&self, dir: Dir) -> Option<(TimeCause, Timestamp)> {
        let sender = self.sender(dir);
        if sender.unacknowledged() == 0 {
            return None;
        }
        let mut times = sender.transmissions_of(sender.una).map(|one| one.at);
        let (latest, first) = (times.next(), times.last());
        let at = |at: Option<Span>| at.map_or(self.last, |at| self.first + at);
        if first.is_some() {
            return Some((TimeCause::Loss, at(first)));
        }
        let room = self.receiver(dir).edge - sender.nxt;
        let is_full = room <= 0 && self.window_for(dir).is_some();
        Some(if is_full {
            let filled = sender.transmissions.latest().map(|one| one.at);
            (TimeCause::window_against(dir), at(filled))
        } else {
            (TimeCause::Path, at(latest))
        })
    }

    /// A FIN that is not acknowledged.
    fn closes_since(&self) -> Option<(TimeCause, Timestamp)> {
        let teardown = &self.teardown;
        let fins = [teardown.first_fin, teardown.second_fin];
        let open = |dir| !self.sender(dir).fin_acked;
        let mut open = fins.into_iter().flatten().filter(|fin| open(fin.dir));
        Some((TimeCause::Closing, open.next()?.time))
    }

    /// When the latest octet in a direction was sent that is acknowledged: later than for
    /// the first time where it was lost.
    fn arrived_by(&self, dir: Dir) -> Option<Timestamp> {
        let sender = self.sender(dir);
        let last = sender
            .fin
            .filter(|_| sender.fin_acked)
            .unwrap_or(sender.una);
        let mut times = sender.transmissions_of(last.previous());
        Some(self.first + times.next()?.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::filter::Filter;
    use crate::capture::savefile;
    use crate::pipeline::Pipeline;
    use crate::sink::{Event, Sink};
    use crate::track::{Observation, Wants};
    use std::io;

    /// What the connection of a recording waits for after each of its frames, and for how
    /// many milliseconds by then.
    struct Waits(Vec<(u64, Option<(TimeCause, i64)>)>);

    impl Sink for Waits {
        fn wants(&self) -> Wants {
            Wants::TIMED
        }

        fn take(&mut self, event: Event<'_>) -> io::Result<()> {
            if let Event::Packet(_, Some(seen)) = event {
                let waits = |seen: &Observation<'_>| {
                    let (cause, since) = seen.connection.waits_for()?;
                    Some((cause, (seen.segment.time - since).0 / 1_000_000))
                };
                self.0.push((seen.segment.frame.get(), waits(seen)));
            }
            Ok(())
        }
    }

    fn waits(recording: &str) -> Vec<(u64, Option<(TimeCause, i64)>)> {
        let path = format!("{}/captures/{recording}", env!("CARGO_MANIFEST_DIR"));
        let mut source = savefile::open(&path, Filter::default()).unwrap();
        let mut found = Waits(Vec::new());
        let mut run = Pipeline::new(&mut found, None);
        run.read(&mut *source, || false).unwrap();
        drop(run);
        found.0
    }

    fn check(recording: &str, frame: u64, expected: Option<(TimeCause, i64)>) {
        let found = waits(recording).into_iter().find(|one| one.0 == frame);
        assert_eq!(found, Some((frame, expected)), "{recording}");
    }

    #[test]
    fn a_syn_waits_until_it_is_answered_and_acknowledged() {
        check("lost.pcap", 2, Some((TimeCause::Handshake, 1008)));
        check("lost.pcap", 4, None);
        check("refused.pcap", 1, Some((TimeCause::Handshake, 0)));
        check("refused.pcap", 2, None);
    }

    #[test]
    fn a_closed_window_counts_from_when_it_closed_until_it_opens() {
        check("stalled.pcap", 7, Some((TimeCause::ServerWindow, 0)));
        check("stalled.pcap", 14, Some((TimeCause::ServerWindow, 1516)));
        check(
            "stalled.pcap",
            15,
            Some((TimeCause::ServerApplication, 1996)),
        );
    }

    #[test]
    fn a_window_that_is_full_has_no_room_either() {
        check("small-window.pcap", 31, Some((TimeCause::ServerWindow, 0)));
        check("small-window.pcap", 32, Some((TimeCause::Path, 98)));
    }

    #[test]
    fn octets_are_under_way_until_they_are_sent_again() {
        check("lost.pcap", 8, Some((TimeCause::Path, 204)));
        check("lost.pcap", 10, Some((TimeCause::Loss, 205)));
        check("late-answer.pcap", 12, Some((TimeCause::Loss, 1663)));
    }

    #[test]
    fn who_was_spoken_to_last_is_to_speak() {
        check(
            "greeting.pcapng",
            7,
            Some((TimeCause::ClientApplication, 0)),
        );
        check("hello.pcap", 7, Some((TimeCause::ClientApplication, 42)));
        check(
            "half-close.pcapng",
            7,
            Some((TimeCause::ServerApplication, 40)),
        );
        check(
            "half-close.pcapng",
            9,
            Some((TimeCause::ServerApplication, 0)),
        );
    }

    #[test]
    fn a_fin_waits_for_its_acknowledgment() {
        check(
            "simultaneous-close.pcap",
            11,
            Some((TimeCause::Closing, 101)),
        );
        check("simultaneous-close.pcap", 13, None);
    }
}
