//! What the screen is told of recordings, however slowly it listens.

use std::collections::BTreeMap;
use std::thread;

use super::*;
use crate::watch::trial_run::TrialRun;
use tcptrace::track::flow_id::FlowId;
use tcptrace::track::time_spent::TimeCause;

/// The latest rows, as a screen keeps them.
#[derive(Default)]
struct Rows {
    latest: BTreeMap<u32, WatchRow>,
    told: usize,
    frames: Vec<u64>,
    has_ended: bool,
}

impl Rows {
    fn take(&mut self, news: News) {
        match news {
            News::Rows(rows) => {
                self.told += rows.len();
                self.latest
                    .extend(rows.into_iter().map(|row| (row.id.0, row)));
            }
            News::Frames(_, frames) => {
                self.frames
                    .extend(frames.iter().map(|one| one.number.get()));
            }
            News::Ended(why) => {
                assert_eq!(why, None);
                self.has_ended = true;
            }
            News::Gone(_) | News::Capture(_) | News::Missing(..) | News::Connection(_) => {}
        }
    }

    fn written(&self) -> Vec<String> {
        self.latest.values().map(|row| format!("{row:?}")).collect()
    }
}

/// Reads a recording and tells after every `step` frames; the screen takes `taken` news
/// each time, and all when the run is over.
fn told(name: &str, room: usize, step: u64, taken: usize) -> Rows {
    let mut trial = TrialRun::of(name, room);
    let mut rows = Rows::default();
    let mut frames = 0;
    loop {
        trial.step(step);
        let (teller, present) = trial.present();
        teller.tell(&present);
        for news in trial.news.try_iter().take(taken) {
            rows.take(news);
        }
        if trial.run.frames() == frames {
            break;
        }
        frames = trial.run.frames();
    }
    outlive(trial, &mut rows);
    rows
}

/// Lets the screen listen until the run has told its end.
fn outlive(trial: TrialRun, rows: &mut Rows) {
    let TrialRun {
        mut run,
        mut teller,
        news,
        ask,
        ..
    } = trial;
    thread::scope(|scope| {
        let listening = scope.spawn(move || {
            while !rows.has_ended {
                rows.take(news.recv().unwrap());
            }
            drop(ask);
        });
        let mut present = Present {
            run: &mut run,
            statistics: None,
        };
        assert!(!teller.outlive(&mut present, None));
        listening.join().unwrap();
    });
}

const ALL: usize = usize::MAX;

#[test]
fn nothing_is_lost_on_a_screen_that_takes_nothing_until_the_end() {
    for name in ["backlog.pcap", "ports-held.pcap", "disordered.pcap"] {
        let quick = told(name, 1000, 1, ALL);
        for (room, taken) in [(1, 0), (2, 1), (1, 1)] {
            let slow = told(name, room, 1, taken);
            assert_eq!(slow.written(), quick.written(), "{name}");
            assert!(slow.told <= quick.told, "{} {}", slow.told, quick.told);
        }
    }
}

#[test]
fn who_opens_a_connection_gets_its_frames_each_once() {
    let whole = told_of(3, u64::MAX);
    assert_eq!(whole.len(), 17);
    for after in [0, 9, 20, 30] {
        assert_eq!(told_of(3, after), whole, "opened after {after} frames");
    }
}

/// The frames of a connection that is opened after so many frames of all.
fn told_of(id: u32, after: u64) -> Vec<u64> {
    let mut trial = TrialRun::of("backlog.pcap", 1);
    let mut rows = Rows::default();
    trial.step(after.min(1000));
    trial.ask.send(Request::Open(FlowId(id))).unwrap();
    for _ in 0..50 {
        let (teller, present) = trial.present();
        teller.hear();
        teller.tell(&present);
        trial.news.try_iter().for_each(|news| rows.take(news));
        trial.step(1);
    }
    outlive(trial, &mut rows);
    assert!(rows.frames.is_sorted_by(|one, other| one < other));
    rows.frames
}

#[test]
fn a_connection_that_is_closed_on_the_screen_is_told_no_more() {
    let mut trial = TrialRun::of("backlog.pcap", 100);
    trial.step(20);
    trial.ask.send(Request::Open(FlowId(3))).unwrap();
    trial.ask.send(Request::Close).unwrap();
    let (teller, present) = trial.present();
    teller.hear();
    teller.tell(&present);
    let mut rows = Rows::default();
    trial.news.try_iter().for_each(|news| rows.take(news));
    assert!(rows.frames.is_empty());
}

#[test]
fn who_has_gone_keeps_the_run_from_nothing() {
    let mut trial = TrialRun::of("hello.pcap", 1);
    trial.step(5);
    trial.hang_up();
    trial.step(10);
    let (teller, mut present) = trial.present();
    teller.attend(&mut present).unwrap();
    assert!(!teller.outlive(&mut present, None));
    assert!(trial.run.end().is_err(), "nobody reads");
}

#[test]
fn rows_say_what_is_known_of_recordings() {
    use TimeCause::{ClientApplication, Handshake, ServerApplication, ServerWindow};
    // Connection, verdict, octets of client and server, sent again, RTT and first byte in
    // microseconds, limited by.
    let facts = [
        (
            "hello.pcap",
            0,
            "closed",
            (0, 5),
            0,
            Some(47),
            None,
            ClientApplication,
        ),
        (
            "refused.pcap",
            0,
            "refused",
            (0, 0),
            0,
            None,
            None,
            Handshake,
        ),
        (
            "stalled.pcap",
            0,
            "closed",
            (62_000, 0),
            1,
            Some(93),
            None,
            ServerWindow,
        ),
        (
            "lost.pcap",
            0,
            "closed",
            (14, 0),
            2,
            Some(127),
            None,
            ClientApplication,
        ),
        (
            "half-close.pcapng",
            0,
            "closed",
            (14, 13),
            0,
            Some(39),
            Some(200_407),
            ServerApplication,
        ),
        (
            "greeting.pcapng",
            0,
            "closed",
            (27, 75),
            0,
            Some(123),
            Some(135),
            ClientApplication,
        ),
        (
            "backlog.pcap",
            3,
            "closed",
            (17, 0),
            7,
            Some(16_494),
            None,
            Handshake,
        ),
        (
            "reset.pcap",
            0,
            "reset",
            (6, 0),
            0,
            Some(29),
            None,
            ClientApplication,
        ),
    ];
    for (name, id, verdict, octets, again, rtt, first_byte, cause) in facts {
        let rows = told(name, 100, u64::MAX - 1, ALL);
        let row = &rows.latest[&id];
        let micros = |span: Option<tcptrace::time::Span>| span.map(|span| (span.0 + 500) / 1000);
        assert_eq!(row.verdict.code(), verdict, "{name}");
        assert_eq!((row.client.octets, row.server.octets), octets, "{name}");
        let sent_again = row.client.retransmitted + row.server.retransmitted;
        assert_eq!(sent_again, again, "{name}");
        assert_eq!(micros(row.rtt), rtt, "{name}");
        assert_eq!(micros(row.first_byte), first_byte, "{name}");
        let (limited_by, share) = row.limited_by.unwrap();
        assert!(
            limited_by == cause && share <= 1000,
            "{name} {limited_by:?}"
        );
        assert!(row.is_over() && row.waiting.is_none(), "{name}");
    }
}

#[test]
fn a_row_in_the_middle_says_what_it_waits_for_and_what_is_under_way() {
    let mut trial = TrialRun::of("stalled.pcap", 100);
    trial.step(9);
    let mut rows = Rows::default();
    let (teller, present) = trial.present();
    teller.tell(&present);
    trial.news.try_iter().for_each(|news| rows.take(news));
    let row = &rows.latest[&0];
    let (cause, since) = row.waiting.unwrap();
    assert_eq!(cause, TimeCause::ServerWindow);
    assert!(since <= row.last);
    assert_eq!(row.verdict.code(), "stalled");
    assert_eq!((row.client.in_flight, row.client.window), (0, Some(0)));
}

#[test]
fn a_run_that_is_over_says_how_connections_were_left() {
    let mut trial = TrialRun::of("stalled.pcap", 100);
    trial.step(12);
    let mut rows = Rows::default();
    let (teller, present) = trial.present();
    teller.tell(&present);
    trial.news.try_iter().for_each(|news| rows.take(news));
    assert!(!rows.latest[&0].is_final);
    outlive(trial, &mut rows);
    let row = &rows.latest[&0];
    assert!(row.is_final && !row.is_over());
    assert_eq!(row.verdict.code(), "stalled");
}
