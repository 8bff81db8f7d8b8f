//! Diagnoses: what is wrong with a connection, or only looks wrong, as several of its
//! segments show together.
//!
//! Each has a file: its [`Description`], what it has to remember, what adds to that, and
//! what is found in the end. A segment is looked at before the connection goes on by it
//! (a `Moment`), and only what is remembered here changes by it. To add
//! one: its file, its [`Code`], its finder in `DIAGNOSES`. Then the compiler asks for its
//! words in each language of `sink/words`, and tests for what is written elsewhere:
//! docs/diagnoses.md, which is made of the descriptions, and docs/schema.json.

mod above_mss;
mod answered_by_another;
mod diagnosed;
mod ecn_black_hole;
mod fast_open_black_hole;
mod forged_reset;
mod forgotten_while_idle;
mod found;
mod full_accept_queue;
mod keep_alive;
mod late_timeouts;
mod moment;
pub mod mtu_black_hole;
mod nagle_delayed_ack;
mod old_connection_answers;
mod per_end;
mod reused_ports_ignored;
mod sack_reneged;
mod sack_shifted;
mod signs;
mod slow_start_after_idle;
mod syn_changed;
mod syn_cookies;
mod syn_fate;
mod timestamps_backwards;
mod timestamps_vanish;
mod window_ignored;
mod window_never_opens;
mod window_scale_lost;
mod window_too_small;

pub(in crate::track) use answered_by_another::FIRST;
pub use diagnosed::Diagnosed;
pub(in crate::track) use forgotten_while_idle::LONG_IDLE;
pub use found::{Code, Description, Diagnosis, Measure, Outcome, Quantity, Severity};
pub(in crate::track) use moment::Moment;
pub(in crate::track) use nagle_delayed_ack::LEAST_PAUSE;
pub(in crate::track) use old_connection_answers::TimeWait;
pub use signs::Signs;
pub(in crate::track) use syn_fate::{InVain, SynFate};
pub(in crate::track) use timestamps_backwards::Backwards;
pub(in crate::track) use window_ignored::is_odd;

use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::time_spent::TimeSpent;

/// What diagnoses are made of.
#[derive(Clone, Copy)]
struct Basis<'a> {
    flow: &'a Flow,
    /// What is remembered, where anything is.
    signs: Option<&'a Signs>,
    /// Where the time went, where that was asked for.
    spent: Option<&'a TimeSpent>,
}

/// A diagnosis, and how it is found.
struct Finder {
    about: &'static Description,
    /// What is found at the end that sends in a direction.
    find: fn(Basis<'_>, Dir) -> Option<Diagnosis>,
}

/// Every diagnosis, in the order in which they are told.
static DIAGNOSES: [Finder; Code::COUNT] = [
    Finder {
        about: &mtu_black_hole::ABOUT,
        find: |Basis { flow, .. }, end| mtu_black_hole::diagnose(flow, end),
    },
    Finder {
        about: &nagle_delayed_ack::ABOUT,
        find: |Basis { signs, .. }, end| signs?.held.of(end).as_ref()?.diagnose(end),
    },
    Finder {
        about: &full_accept_queue::ABOUT,
        find: |Basis { flow, signs, .. }, end| {
            let untaken = signs.and_then(|signs| signs.untaken.as_deref());
            full_accept_queue::diagnose(flow, untaken, end)
        },
    },
    Finder {
        about: &old_connection_answers::ABOUT,
        find: |Basis { flow, signs, .. }, end| {
            let time_wait = signs.and_then(|signs| signs.time_wait.as_deref());
            old_connection_answers::diagnose(flow, time_wait, end)
        },
    },
    Finder {
        about: &forgotten_while_idle::ABOUT,
        find: |Basis { flow, signs, .. }, end| signs?.idle.as_ref()?.diagnose(flow, end),
    },
    Finder {
        about: &above_mss::ABOUT,
        find: |Basis { flow, signs, .. }, end| signs?.above.of(end).as_ref()?.diagnose(flow, end),
    },
    Finder {
        about: &late_timeouts::ABOUT,
        find: |Basis { flow, signs, .. }, end| {
            signs?.timeouts.of(end).as_ref()?.diagnose(flow, end)
        },
    },
    Finder {
        about: &window_never_opens::ABOUT,
        find: |Basis { flow, signs, .. }, end| signs?.probes.of(end).as_ref()?.diagnose(flow, end),
    },
    Finder {
        about: &keep_alive::ABOUT,
        find: |Basis { flow, signs, .. }, end| {
            signs?.keep_alives.of(end).as_ref()?.diagnose(flow, end)
        },
    },
    Finder {
        about: &sack_reneged::ABOUT,
        find: |Basis { signs, .. }, end| signs?.sacked.of(end).as_ref()?.diagnose(end),
    },
    Finder {
        about: &window_ignored::ABOUT,
        find: |Basis { signs, .. }, end| signs?.beyond.of(end).as_ref()?.diagnose(end),
    },
    Finder {
        about: &syn_cookies::ABOUT,
        find: |Basis { signs, .. }, end| signs?.cookie.as_ref()?.diagnose(end),
    },
    Finder {
        about: &timestamps_backwards::ABOUT,
        find: |Basis { flow, signs, .. }, end| {
            let known = signs?.backwards.as_ref()?;
            timestamps_backwards::diagnose(flow, known, end)
        },
    },
    Finder {
        about: &window_too_small::ABOUT,
        find: |Basis { flow, spent, .. }, end| window_too_small::diagnose(flow, spent?, end),
    },
    Finder {
        about: &slow_start_after_idle::ABOUT,
        find: |Basis { flow, signs, .. }, end| {
            let restarts = signs?.restarts.of(end).as_ref()?;
            restarts.diagnose(flow.round_trip.span(), end)
        },
    },
    Finder {
        about: &sack_shifted::ABOUT,
        find: |Basis { signs, .. }, end| signs?.shifted.of(end).as_ref()?.diagnose(end),
    },
    Finder {
        about: &window_scale_lost::ABOUT,
        find: |Basis { flow, signs, .. }, end| {
            signs?.unannounced.of(end).as_ref()?.diagnose(flow, end)
        },
    },
    Finder {
        about: &timestamps_vanish::ABOUT,
        find: |Basis { flow, .. }, end| timestamps_vanish::diagnose(flow, end),
    },
    Finder {
        about: &syn_changed::ABOUT,
        find: |Basis { signs, .. }, end| Some(signs?.changed.of(end).as_ref()?.diagnose(end)),
    },
    Finder {
        about: &forged_reset::ABOUT,
        find: |Basis { flow, .. }, end| forged_reset::diagnose(flow, end),
    },
    Finder {
        about: &answered_by_another::ABOUT,
        find: |Basis { flow, signs, .. }, end| signs?.other_way.as_ref()?.diagnose(flow, end),
    },
    Finder {
        about: &ecn_black_hole::ABOUT,
        find: |Basis { flow, signs, .. }, end| match signs?.fate? {
            SynFate::Ecn(in_vain) => in_vain.diagnose(&ecn_black_hole::ABOUT, flow, end),
            _ => None,
        },
    },
    Finder {
        about: &fast_open_black_hole::ABOUT,
        find: |Basis { flow, signs, .. }, end| match signs?.fate? {
            SynFate::FastOpen(in_vain) => in_vain.diagnose(&fast_open_black_hole::ABOUT, flow, end),
            _ => None,
        },
    },
    Finder {
        about: &reused_ports_ignored::ABOUT,
        find: |Basis { flow, signs, .. }, end| {
            let signs = signs?;
            let time_wait = signs.time_wait.as_deref();
            reused_ports_ignored::diagnose(flow, time_wait, signs.ignored, end)
        },
    },
];

/// What every diagnosis is.
pub fn all() -> impl Iterator<Item = &'static Description> {
    DIAGNOSES.iter().map(|finder| finder.about)
}

impl Code {
    /// What it is.
    #[must_use]
    pub fn about(self) -> &'static Description {
        DIAGNOSES[self as usize].about
    }
}

/// What is found of a connection, of which `signs` are remembered, and whose time was
/// `spent` so.
pub(super) fn diagnoses<'a>(
    flow: &'a Flow,
    signs: Option<&'a Signs>,
    spent: Option<&'a TimeSpent>,
) -> impl Iterator<Item = Diagnosis> + use<'a> {
    let case = Basis { flow, signs, spent };
    let ends = [Dir::ToServer, Dir::ToClient];
    let finders = DIAGNOSES
        .iter()
        .flat_map(move |finder| ends.map(|end| (finder, end)));
    finders.filter_map(move |(finder, end)| (finder.find)(case, end))
}

/// A diagnosis in another place than its code has does not compile.
const _: () = {
    let mut place = 0;
    while place < DIAGNOSES.len() {
        assert!(
            DIAGNOSES[place].about.code as usize == place,
            "codes and finders differ"
        );
        place += 1;
    }
};
