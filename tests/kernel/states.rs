//! Each end's state, step by step.
//!
//! LISTEN has no segment of its own: the move of the SYN-ACK begins with it.

use crate::ends::{CLIENT, EITHER};
use crate::scenario::{self, Scenario, scenarios};

mod closing;
mod open;
mod opening;

const HEEDED: &str = "a RST closes whatever its number is";

const SCENARIOS: &[Scenario<()>] = scenarios! {
    opening::no_answer, CLIENT => ();
    opening::refused, CLIENT => ();
    opening::no_ack, CLIENT => ();
    opening::client_goes, CLIENT => ();
    opening::wrong_answers, CLIENT => ();
    opening::cookies, CLIENT => ();
    opening::fast_open, CLIENT => ();
    opening::both_open, CLIENT => ();
    opening::full_queue, CLIENT => ();
    opening::full_queue_and_data, CLIENT => ();
    opening::deferred, CLIENT => (), needing "perl";
    open::unheeded, EITHER => (), missed HEEDED;
    open::stray_syn, EITHER => ();
    open::kept_alive, EITHER => ();
    open::midstream, EITHER => ();
    closing::in_order, EITHER => ();
    closing::half_closed, EITHER => ();
    closing::no_ack_of_fin, EITHER => ();
    closing::no_last_ack, EITHER => ();
    closing::both_close, EITHER => ();
    closing::aborted, EITHER => ();
    closing::aborted_half_closed, EITHER => ();
    closing::forgotten, EITHER => ();
    closing::begun_again, CLIENT => ();
    closing::used_again, CLIENT => ();
    closing::assassinated, EITHER => ();
};

#[test]
fn the_states_are_those_of_the_kernel() {
    scenario::hold_all("states", SCENARIOS, |_, played| {
        let complaints = &played.complaints;
        (!complaints.is_empty()).then(|| complaints.join("; "))
    });
}
