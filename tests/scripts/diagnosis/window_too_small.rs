//! Windows that are too small for the round trip.

use std::fmt::Write;

use super::check_diagnosed;

/// A server that sends full segments to a client, which offers a window; a window in each
/// round trip of 100 ms, captured at the client.
fn download(syn: &str, syn_ack: &str, rounds: u32, windows: impl Fn(u32) -> u32) -> String {
    let mut script = format!(
        "
        0.000 > S  0:0(0) {syn}
        0.100 < S. 0:0(0) ack 1 {syn_ack}
        0.100 > .  1:1(0) ack 1 win {}
        0.100 > P. 1:101(100) ack 1 win {}
        0.200 < .  1:1(0) ack 101
    ",
        windows(0),
        windows(0),
    );
    let mut next = 1;
    for round in 0..rounds {
        let now = 0.2 + f64::from(round) * 0.1;
        let mut room = windows(round);
        while room >= 1000 {
            let end = next + 1000;
            writeln!(script, "{now:.4} < . {next}:{end}(1000) ack 101").unwrap();
            (next, room) = (end, room - 1000);
        }
        let window = windows(round + 1);
        writeln!(script, "{now:.4} > . 101:101(0) ack {next} win {window}").unwrap();
    }
    script
}

const PLAIN: &str = "<mss 1000>";
const SCALED: &str = "<mss 1000,nop,wscale 0>";

#[test]
fn a_window_in_each_round_trip_is_too_small() {
    let script = download(SCALED, SCALED, 20, |_| 4000);
    check_diagnosed(&format!(
        "{script} diagnosis window_too_small client, window 4000, needed 40000, rate 40000, cost 1.9s, round_trip 100ms"
    ));
}

#[test]
fn the_end_that_does_not_offer_to_scale_a_window_of_64_kb_is_told() {
    for (syn, syn_ack, outcome) in [
        (PLAIN, PLAIN, "unscaled"),
        (SCALED, PLAIN, "other_unscaled"),
    ] {
        let script = download(syn, syn_ack, 20, |_| 64_000);
        check_diagnosed(&format!(
            "{script} diagnosis window_too_small client, {outcome}, window 64000, needed 640000, rate 640000, cost 1.9s, round_trip 100ms"
        ));
    }
}

#[test]
fn a_small_buffer_is_not_for_want_of_a_scale() {
    let script = download(PLAIN, PLAIN, 20, |_| 4000);
    check_diagnosed(&format!(
        "{script} diagnosis window_too_small client, window 4000, needed 40000, rate 40000, cost 1.9s, round_trip 100ms"
    ));
}

#[test]
fn a_window_that_closes_since_the_application_does_not_read_is_not_too_small() {
    let script = download(SCALED, SCALED, 20, |round| {
        [8000, 2000, 3000, 1000][round as usize % 4]
    });
    check_diagnosed(&format!("{script} diagnosis -"));
}

#[test]
fn a_window_whose_scale_is_not_known_is_not_called_small() {
    let script = download(SCALED, SCALED, 20, |_| 4000);
    let (_, late) = script.split_once("0.200 <").unwrap();
    check_diagnosed(&format!("0.200 < {late} diagnosis -"));
}

#[test]
fn a_sender_that_leaves_room_is_kept_back_by_something_else() {
    // A window of 8000 octets, and half of it in each round trip.
    let script = download(SCALED, SCALED, 20, |_| 4000).replace("win 4000", "win 8000");
    check_diagnosed(&format!("{script} diagnosis -"));
}
