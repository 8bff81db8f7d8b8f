//! What several segments of a connection show together, and the nearest to it that shows
//! nothing; docs/diagnoses.md says what each is.

mod above_mss;
mod answered_by_another;
mod ecn_black_hole;
mod fast_open_black_hole;
mod forged_reset;
mod forgotten_while_idle;
mod full_accept_queue;
mod keep_alive;
mod late_timeouts;
mod nagle_delayed_ack;
mod old_connection_answers;
mod reused_ports_ignored;
mod sack_reneged;
mod sack_shifted;
mod slow_start_after_idle;
mod syn_changed;
mod syn_cookies;
mod timestamps_backwards;
mod timestamps_vanish;
mod window_ignored;
mod window_never_opens;
mod window_scale_lost;
mod window_too_small;

use super::check_diagnosed;
use super::support::script::turned;

/// Of an open connection with a round trip of 10 ms from the capture to either end, what
/// either may be the one to send.
fn check_both_ways(script: &str) {
    let opened = "
        0.000 > S  0:0(0) <mss 1460,sackOK>
        0.010 < S. 0:0(0) ack 1 <mss 1460,sackOK>
        0.020 > .  1:1(0) ack 1
    ";
    for script in [script.to_owned(), turned(script)] {
        check_diagnosed(&format!("{opened}{script}"));
    }
}
