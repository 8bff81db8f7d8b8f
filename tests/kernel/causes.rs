//! The causes of resets, where they are known because they were made.
//!
//! Some causes look alike, and no observer can tell them apart; what is expected
//! is then what the segments do say, and stands here:
//!
//! * An end that aborts when the latest data was the other's sends what one sends
//!   that closes without having read it: `unread_data`, whose words say both.
//! * One that closes with data unread and its own on the way sends what one sends
//!   that aborts with data on the way: `data_in_flight`.
//! * A third party that knows all numbers and is as near, as on this loopback, is
//!   taken for the end itself, `aborted`, until that goes on.
//! * A queue that overflows with `tcp_abort_on_overflow` and a host that lost its
//!   state send a RST with the number that was acknowledged: `unknown_connection`.

use crate::ends::{CLIENT, EITHER, SERVER};
use crate::scenario::{self, Scenario, Way, scenarios};
use crate::stage::Played;

mod asked;
mod closed;
mod others;
mod unanswered;

/// What is to be said of a connection.
#[derive(Clone, Copy)]
struct Expected {
    verdict: &'static str,
    cause: Option<&'static str>,
}

const fn reset(cause: &'static str) -> Expected {
    Expected {
        verdict: "reset",
        cause: Some(cause),
    }
}

const fn ended(verdict: &'static str) -> Expected {
    Expected {
        verdict,
        cause: None,
    }
}

/// Each of the ends is made to send the RST.
const MADE: &[Scenario<Expected>] = scenarios! {
    asked::nobody_listens, SERVER => ended("refused");
    asked::listener_goes, SERVER => reset("unknown_connection");
    asked::client_goes, CLIENT => reset("unknown_connection");
    asked::overflow_aborts, SERVER => reset("unknown_connection");
    asked::queue_closes, SERVER => reset("aborted");
    asked::queue_closes_unread, SERVER => reset("unread_data");
    closed::at_once, EITHER => reset("aborted");
    closed::after_own_data, EITHER => reset("aborted");
    closed::after_data, EITHER => reset("unread_data");
    closed::with_data_in_flight, EITHER => reset("data_in_flight");
    closed::after_fin, EITHER => reset("aborted");
    closed::after_own_fin, EITHER => reset("aborted");
    closed::at_closed_window, EITHER => reset("aborted");
    closed::destroyed, EITHER => reset("aborted"), needing "ss";
    closed::without_linger, EITHER => reset("aborted"), needing "perl";
    closed::unread, EITHER => reset("unread_data");
    closed::partly_unread, EITHER => reset("unread_data");
    closed::unread_and_fin, EITHER => reset("unread_data");
    closed::unread_after_own_fin, EITHER => reset("unread_data");
    closed::unread_with_data_in_flight, EITHER => reset("data_in_flight");
    closed::killed_unread, EITHER => reset("unread_data");
    closed::killed_then_data, EITHER => reset("data_after_close");
    closed::data_after_close, EITHER => reset("data_after_close");
    closed::data_long_after_close, EITHER => reset("data_after_close");
    closed::data_meets_fin, EITHER => reset("data_after_close");
    closed::stream_after_close, EITHER => reset("data_after_close");
    closed::data_after_shutdown, EITHER => reset("data_after_close");
    others::forgotten_then_data, EITHER => reset("unknown_connection");
    others::forgotten_then_fin, EITHER => reset("unknown_connection");
    others::forgotten_then_keep_alive, EITHER => reset("unknown_connection");
    others::forgotten_then_syn, CLIENT => reset("half_open_discovered");
    others::assassinated, EITHER => ended("closed");
    others::wrong_answer, CLIENT => ended("closed");
    others::firewall_refuses, SERVER => ended("refused");
    others::firewall_answers, EITHER => reset("injected");
    others::rule_refuses, SERVER => ended("refused"), needing "nft";
    others::rule_answers, EITHER => reset("unknown_connection"), needing "nft";
    others::injected, EITHER => reset("aborted");
    others::injected_then_data, EITHER => reset("injected");
    others::injected_far, EITHER => reset("injected");
    others::unheeded_and_open, EITHER => ended("open");
    others::unheeded_and_closed, EITHER => ended("closed");
    unanswered::keep_alive, EITHER => reset("keep_alive_failed");
    unanswered::one_keep_alive, EITHER => reset("keep_alive_failed");
    unanswered::keep_alive_timeout, EITHER => reset("keep_alive_failed");
    unanswered::user_timeout, EITHER => ended("peer_vanished");
    unanswered::user_timeout_then_fin, EITHER => reset("unknown_connection");
};

/// What is wrong with what was said of the first connection; another may follow
/// from the same ends.
fn complaint(way: &Way<Expected>, played: &Played) -> Option<String> {
    if !played.complaints.is_empty() {
        return Some(played.complaints.join("; "));
    }
    let Some(connection) = played.connections.first() else {
        return Some("no connection".to_owned());
    };
    let Expected { verdict, cause } = way.scenario.expected;
    let is_over = matches!(verdict, "reset" | "refused");
    let reset = &connection["teardown"]["reset"]["from"];
    let (said, why) = (&connection["verdict"], &connection["cause"]);
    // A passive opener listens on.
    let left = &connection["states"][(!way.by).key()];
    let is_closed = left == "CLOSED" || left == "LISTEN";
    let is_right = said == verdict
        && why.as_str() == cause
        && (!is_over || reset == way.by.key() && is_closed);
    (!is_right).then(|| {
        format!(
            "{said}, cause {why}, by {reset}, the other left {left}; \
             expected {verdict}, {cause:?}"
        )
    })
}

#[test]
fn the_causes_of_resets_are_those_that_were_made() {
    scenario::hold_all("causes", MADE, complaint);
}
