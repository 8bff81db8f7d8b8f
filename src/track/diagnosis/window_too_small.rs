//! A window that is too small for the round trip: no more than one window passes in each.

use crate::time::Span;
use crate::track::agreement::Scaling;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::time_spent::{TimeCause, TimeSpent};

pub(super) const ABOUT: Description = Description {
    code: Code::WindowTooSmall,
    name: "window_too_small",
    severity: Severity::Slows,
    means: "The window that an end offers holds less than the path carries in a round trip, so the other end \
        waits, in each, until it hears that there is room, though the application reads all that arrives. \
        That took a third of the connection's time or more, and five round trips at least: `cost`. `window` is \
        the largest that was offered, `rate` what it allows with this `round_trip`, octets in a second, and \
        `needed` the window that allows ten times as much. It is the receive buffer of that end (SO_RCVBUF, \
        net.ipv4.tcp_rmem), or, where the window would be larger than 64 kB and may not, since windows are not \
        scaled, the end that did not offer to: this one (`unscaled`), or the other (`other_unscaled`). Somebody \
        on the way who takes the offer out of the SYN looks the same.",
    unlike: "Where the window closes since the application does not read, acknowledgments offer less than \
        they did: the receiver's application is slow, and no larger window helps for long. A sender that \
        stops before the window is full is kept back by its congestion window or its send buffer. Below a \
        round trip of 1 ms it is how fast the application reads that counts. Where the scale is not known nothing is said.",
    reference: "RFC 7323 §1.1 and §2.2, RFC 9293 §3.8.6",
};

/// The part of the connection's time that it takes, and how many round trips.
const PART: i64 = 3;
const ROUND_TRIPS: i64 = 5;
/// A round trip as short as this is none, nanoseconds.
const SHORT: i64 = 1_000_000;
/// How often the other end has to wait, and how seldom for its application.
const ENOUGH: u32 = 4;
const SELDOM: u32 = 4;
/// From here on it is the missing scale that keeps a window small, octets: the largest
/// that fits, less a few segments.
const UNSCALED: u32 = 48 * 1024;
const SECOND: u64 = 1_000_000_000;

/// What is found of the end whose window it is, which sends in direction `end`.
pub(super) fn diagnose(flow: &Flow, spent: &TimeSpent, end: Dir) -> Option<Diagnosis> {
    let scaling = flow.scaling(end);
    let (offered, cost) = (
        spent.offered_to(end.reverse()),
        spent.of(TimeCause::window_against(end.reverse())),
    );
    let round_trip = spent.round_trip;
    let is_long = cost.0 >= round_trip.0.saturating_mul(ROUND_TRIPS)
        && cost.0 >= flow.duration().0 / PART
        && round_trip.0 >= SHORT;
    let is_read = offered.wide >= ENOUGH && offered.wide / SELDOM >= offered.narrow;
    if !is_long || !is_read || scaling == Scaling::Unknown {
        return None;
    }
    let longest = spent.longest.iter().find(|wait| {
        let is_for_it = wait.cause == TimeCause::window_against(end.reverse());
        is_for_it && wait.frames.1.is_some()
    });
    let (before, shown_by) = longest?.frames;
    let others: Vec<_> = before.into_iter().collect();
    let window = offered.largest;
    let measures = [
        Measure::Window(window),
        Measure::Needed(u64::from(window) * 10),
        Measure::Rate(rate(window, round_trip)),
        Measure::Cost(cost),
        Measure::RoundTrip(round_trip),
    ];
    let found = ABOUT.found(end, (shown_by?, &others), &measures);
    let is_unscaled = scaling == Scaling::NotInForce && window >= UNSCALED;
    let refuser = refuser(flow).filter(|_| is_unscaled);
    Some(match refuser {
        Some(by) if by == end => found.with_outcome(Outcome::Unscaled, Severity::Slows),
        Some(_) => found.with_outcome(Outcome::OtherUnscaled, Severity::Slows),
        None => found,
    })
}

/// The end that did not offer to scale windows.
fn refuser(flow: &Flow) -> Option<Dir> {
    let handshake = &flow.handshake;
    if handshake.offered.window_scale.is_none() {
        Some(Dir::ToServer)
    } else if handshake.answered.window_scale.is_none() {
        Some(Dir::ToClient)
    } else {
        None
    }
}

/// Octets in a second, a window in each round trip.
fn rate(window: u32, round_trip: Span) -> u64 {
    let round_trip = round_trip.0.max(1).cast_unsigned();
    u64::from(window) * SECOND / round_trip
}
