//! Senders that begin again with few segments after a pause.

use std::fmt::Write;

use super::check_diagnosed;

/// Where the capture stands.
#[derive(Clone, Copy)]
enum At {
    Client,
    Server,
}

/// A server that sends flights of full segments to a client, each as soon as the one
/// before is acknowledged; the round trip takes 100 ms.
struct Download {
    script: String,
    at: At,
    /// In milliseconds.
    now: u32,
    next: u32,
    asked: u32,
    /// What the client offers, unscaled.
    window: u32,
}

impl Download {
    fn new(at: At) -> Self {
        let [syn_ack, ack] = match at {
            At::Client => ["0.100", "0.100"],
            At::Server => ["0.000", "0.100"],
        };
        let script = format!(
            "
            0.000 > S  0:0(0) <mss 1000,nop,wscale 4>
            {syn_ack} < S. 0:0(0) ack 1 <mss 1000,nop,wscale 4>
            {ack} > . 1:1(0) ack 1 win 60000
        "
        );
        Self {
            script,
            at,
            now: 100,
            next: 1,
            asked: 1,
            window: 60_000,
        }
    }

    /// The client asks for something.
    fn ask(mut self, pause: u32) -> Self {
        self.now += pause;
        let asked = self.asked + 1;
        self.client(0, asked);
        self.asked = asked;
        if matches!(self.at, At::Client) {
            self.now += 100;
        }
        self
    }

    fn offers(self, window: u32) -> Self {
        Self { window, ..self }
    }

    /// The server sends flights, of which the client acknowledges every second segment.
    fn flights(mut self, flights: &[u32]) -> Self {
        for flight in flights {
            let (first, asked) = (self.next, self.asked);
            let is_here = matches!(self.at, At::Client);
            for nth in 1..=*flight {
                let (time, next) = (self.time(0), self.next);
                let end = next + 1000;
                writeln!(self.script, "{time} < . {next}:{end}(1000) ack {asked}").unwrap();
                self.next = end;
                if is_here && nth % 2 == 0 {
                    self.client(0, asked);
                }
            }
            let end = self.next;
            if !is_here {
                for nth in (2..=*flight).step_by(2) {
                    self.next = first + nth * 1000;
                    self.client(100, asked);
                }
                self.next = end;
            }
            self.now += 100;
        }
        self
    }

    /// A segment of the client, up to a number.
    fn client(&mut self, later: u32, end: u32) {
        let time = self.time(later);
        let (asked, next, window) = (self.asked, self.next, self.window);
        let len = end - asked;
        writeln!(
            self.script,
            "{time} > . {asked}:{end}({len}) ack {next} win {window}"
        )
        .unwrap();
    }

    fn time(&self, later: u32) -> String {
        let now = self.now + later;
        format!("{}.{:03}", now / 1000, now % 1000)
    }

    fn shows(self, diagnosis: &str) {
        check_diagnosed(&format!("{}\ndiagnosis {diagnosis}", self.script));
    }
}

#[test]
fn flights_that_grow_again_after_a_pause_show_it_wherever_the_capture_stands() {
    for (at, bytes, idle) in [(At::Client, 22_000, "1.1s"), (At::Server, 40_000, "1s")] {
        let asked = Download::new(at).ask(0);
        let before = asked.flights(&[10, 20, 40, 40]);
        let after = before.ask(900).flights(&[10, 20, 40]);
        after.shows(&format!(
            "slow_start_after_idle server, times 1, bytes {bytes}, cost 200ms, round_trip 100ms, idle {idle}"
        ));
    }
}

#[test]
fn a_flight_as_large_as_before_shows_that_nothing_was_forgotten() {
    for at in [At::Client, At::Server] {
        let before = Download::new(at).ask(0).flights(&[10, 20, 40]);
        before.ask(900).flights(&[40, 40]).shows("-");
    }
}

#[test]
fn after_a_short_pause_nothing_is_forgotten() {
    let before = Download::new(At::Server).ask(0).flights(&[10, 20, 40]);
    before.ask(150).flights(&[10, 20, 40]).shows("-");
}

#[test]
fn what_was_never_more_did_not_become_less() {
    let before = Download::new(At::Server).ask(0).flights(&[10, 12, 14]);
    before.ask(900).flights(&[10, 12, 14]).shows("-");
}

#[test]
fn flights_that_do_not_grow_are_the_applications() {
    let before = Download::new(At::Server).ask(0).flights(&[10, 20, 40]);
    before.ask(900).flights(&[10, 10, 10]).shows("-");
}

#[test]
fn what_comes_behind_a_smaller_flight_is_no_slow_start() {
    let before = Download::new(At::Server).ask(0).flights(&[10, 20, 40]);
    let after = before.ask(900).flights(&[10, 20, 8, 30]);
    after.shows(
        "slow_start_after_idle server, times 1, bytes 40000, cost 100ms, round_trip 100ms, idle 1s",
    );
}

#[test]
fn an_answer_that_is_asked_for_again_is_no_flight_that_was_stopped() {
    let before = Download::new(At::Server).ask(0).flights(&[10, 20, 40]);
    let after = before.ask(900).flights(&[10]).ask(0);
    after.flights(&[20]).shows("-");
}

#[test]
fn a_window_without_room_stops_a_flight_as_well() {
    let before = Download::new(At::Server).ask(0).flights(&[10, 20, 40]);
    let small = before.offers(625).ask(900);
    small
        .offers(1250)
        .flights(&[10])
        .offers(2500)
        .flights(&[20])
        .shows("-");
}

#[test]
fn the_beginning_of_a_connection_is_no_pause() {
    Download::new(At::Server)
        .ask(900)
        .flights(&[10, 20, 40])
        .shows("-");
}
