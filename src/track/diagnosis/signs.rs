//! What diagnoses have to remember of a connection, made when the first sign of one
//! shows.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::socket::Sockets;
use crate::track::diagnosis::above_mss::Above;
use crate::track::diagnosis::answered_by_another::OtherWay;
use crate::track::diagnosis::forgotten_while_idle::Idle;
use crate::track::diagnosis::found::Code;
use crate::track::diagnosis::full_accept_queue::{self, Untaken};
use crate::track::diagnosis::keep_alive::{KeepAlives, Question};
use crate::track::diagnosis::late_timeouts::{Expiry, Timeouts};
use crate::track::diagnosis::moment::Moment;
use crate::track::diagnosis::nagle_delayed_ack::{HeldBack, Pause};
use crate::track::diagnosis::old_connection_answers::TimeWait;
use crate::track::diagnosis::per_end::PerEnd;
use crate::track::diagnosis::sack_reneged::{Receipt, Sacked};
use crate::track::diagnosis::sack_shifted::{Misplaced, Shifted};
use crate::track::diagnosis::slow_start_after_idle::{Restart, Restarts};
use crate::track::diagnosis::syn_changed::ChangedSyn;
use crate::track::diagnosis::syn_cookies::Cookie;
use crate::track::diagnosis::syn_fate::SynFate;
use crate::track::diagnosis::timestamps_backwards::Backwards;
use crate::track::diagnosis::window_ignored::{Beyond, Edge};
use crate::track::diagnosis::window_never_opens::{Probes, Trial};
use crate::track::diagnosis::window_scale_lost::Unannounced;
use crate::track::dir::Dir;

/// What is remembered of a connection for diagnoses.
#[derive(Debug, Clone, Default)]
pub struct Signs {
    /// The diagnoses that were told, a bit each.
    told: u32,
    /// Whether every segment has to be looked at.
    is_awake: bool,
    pub(super) held: PerEnd<Option<Box<HeldBack>>>,
    pub(super) untaken: Option<Box<Untaken>>,
    pub(super) time_wait: Option<Box<TimeWait>>,
    pub(super) idle: Option<Box<Idle>>,
    pub(super) above: PerEnd<Option<Above>>,
    pub(super) timeouts: PerEnd<Option<Box<Timeouts>>>,
    pub(super) probes: PerEnd<Option<Box<Probes>>>,
    pub(super) keep_alives: PerEnd<Option<Box<KeepAlives>>>,
    pub(super) sacked: PerEnd<Option<Box<Sacked>>>,
    pub(super) beyond: PerEnd<Option<Box<Beyond>>>,
    pub(super) restarts: PerEnd<Option<Box<Restarts>>>,
    pub(super) shifted: PerEnd<Option<Box<Shifted>>>,
    pub(super) unannounced: PerEnd<Option<Unannounced>>,
    pub(super) changed: PerEnd<Option<Box<ChangedSyn>>>,
    pub(super) other_way: Option<OtherWay>,
    pub(super) fate: Option<SynFate>,
    /// The SYN-ACK of another connection in the meantime.
    pub(super) ignored: Option<NonZeroU64>,
    pub(super) cookie: Option<Box<Cookie>>,
    pub(super) backwards: Option<Box<Backwards>>,
    /// What the kernel said of the sockets at its ends, where it was asked.
    pub(in crate::track) sockets: Option<Box<Sockets>>,
}

/// What is remembered of a connection, where anything is.
type KeptSigns = Option<Box<Signs>>;

impl Signs {
    /// Takes note of a segment, before the connection goes on by it; whether a diagnosis
    /// may be known by that.
    pub(in crate::track) fn watch(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
        let mut is_noted = watch_accept_queue(signs, moment);
        if moment.segment.flags.has(Flags::SYN) {
            return is_noted;
        }
        if moment.segment.payload_len > 0 {
            is_noted |= watch_pause(signs, moment);
            watch_size(signs, moment);
            is_noted |= watch_restart(signs, moment);
        }
        watch_idle(signs, moment);
        is_noted |= watch_timeout(signs, moment);
        is_noted |= watch_questions(signs, moment);
        is_noted |= watch_sack(signs, moment);
        is_noted |= watch_window(signs, moment);
        is_noted |= watch_first(signs, moment);
        is_noted |= watch_cookie(signs, moment);
        if let Some(signs) = signs {
            signs.is_awake = signs.has_to_watch();
        }
        is_noted
    }

    /// Whether every segment has to be looked at, be it a usual one.
    #[inline]
    pub(in crate::track) const fn is_awake(&self) -> bool {
        self.is_awake
    }

    fn has_to_watch(&self) -> bool {
        let awaits = |end| {
            let timeouts = self.timeouts.of(end).as_ref();
            let sacked = self.sacked.of(end).as_ref();
            let restarts = self.restarts.of(end).as_ref();
            timeouts.is_some_and(|timeouts| timeouts.awaits())
                || restarts.is_some_and(|restarts| restarts.awaits())
                || sacked.is_some_and(|sacked| sacked.awaits())
        };
        awaits(Dir::ToServer) || awaits(Dir::ToClient)
    }

    /// Takes note of what became of its SYN.
    pub(in crate::track) fn note_fate(&mut self, fate: SynFate) {
        match fate {
            SynFate::Ignored { answered } => {
                self.ignored.get_or_insert(answered);
            }
            fate => self.fate = Some(fate),
        }
    }

    /// Whether the connection before it had gone into TIME-WAIT.
    pub(in crate::track) const fn follows_time_wait(&self) -> bool {
        self.time_wait.is_some()
    }

    /// Takes note that a SYN of an end was changed on its way.
    pub(in crate::track) fn note_change(&mut self, dir: Dir, changed: ChangedSyn) {
        let known = self.changed.of_mut(dir);
        known.get_or_insert_with(|| Box::new(changed));
    }

    /// Takes note that its SYN is ignored for its timestamp.
    pub(in crate::track) fn note_backwards(&mut self, backwards: Backwards) {
        self.backwards.get_or_insert_with(|| Box::new(backwards));
    }

    /// Takes note of the TIME-WAIT of the connection before.
    pub(in crate::track) fn note_time_wait(&mut self, time_wait: TimeWait) {
        self.time_wait = Some(Box::new(time_wait));
    }

    /// Whether a diagnosis was told.
    pub(in crate::track) const fn was_told(&self, code: Code) -> bool {
        self.told & 1 << code as u32 != 0
    }

    /// Counts it as told.
    pub(in crate::track) const fn tell(&mut self, code: Code) {
        self.told |= 1 << code as u32;
    }
}

fn watch_pause(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
    let dir = moment.dir;
    let Some(pause) = Pause::before(moment) else {
        return false;
    };
    let held = signs.as_ref().and_then(|signs| signs.held.of(dir).as_ref());
    let is_noted = held.is_some() || pause.ends_at_once();
    if is_noted {
        let held = signs.get_or_insert_default().held.of_mut(dir);
        held.get_or_insert_default().take(&pause);
    }
    is_noted
}

fn watch_accept_queue(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
    let untaken = signs.as_ref().and_then(|signs| signs.untaken.as_deref());
    let Some(sign) = full_accept_queue::QueueSign::of(moment, untaken) else {
        return false;
    };
    let untaken = &mut signs.get_or_insert_default().untaken;
    untaken.get_or_insert_default().take(sign);
    true
}

fn watch_idle(signs: &mut KeptSigns, moment: &Moment<'_>) {
    let before = signs.as_ref().and_then(|signs| signs.idle.as_deref());
    if let Some(idle) = Idle::ended_by(moment, before) {
        signs.get_or_insert_default().idle = Some(Box::new(idle));
    }
}

fn watch_size(signs: &mut KeptSigns, moment: &Moment<'_>) {
    if let Some(above) = Above::of(moment) {
        let known = signs.get_or_insert_default().above.of_mut(moment.dir);
        known.get_or_insert(above);
    }
}

fn watch_restart(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
    let dir = moment.dir;
    let known = signs.as_ref().map(|signs| signs.restarts.of(dir));
    let known = known.and_then(|known| known.as_deref());
    let begun = Restart::begun_by(moment, known);
    if begun.is_none() && known.is_none() {
        return false;
    }
    let restarts = signs.get_or_insert_default().restarts.of_mut(dir);
    restarts.get_or_insert_default().take(moment, begun)
}

fn watch_timeout(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
    let other = moment.dir.reverse();
    let known = signs
        .as_ref()
        .and_then(|signs| signs.timeouts.of(other).as_deref());
    let Some(expiry) = Expiry::of(moment, known) else {
        return false;
    };
    let end = if expiry.is_own() { moment.dir } else { other };
    let timeouts = signs.get_or_insert_default().timeouts.of_mut(end);
    timeouts.get_or_insert_default().take(expiry);
    !expiry.is_own()
}

/// Keep-alives, probes of a window, and their answers.
fn watch_questions(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
    let (trial, question) = (Trial::of(moment), Question::of(moment));
    let end = |is_own| {
        if is_own {
            moment.dir
        } else {
            moment.dir.reverse()
        }
    };
    if let Some(trial) = trial {
        let probes = &mut signs.get_or_insert_default().probes;
        Probes::take(probes.of_mut(end(trial.is_own())), trial);
    }
    if let Some(question) = question {
        let keep_alives = &mut signs.get_or_insert_default().keep_alives;
        KeepAlives::take(keep_alives.of_mut(end(question.is_own())), question);
    }
    trial.is_some() || question.is_some()
}

fn watch_sack(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
    let dir = moment.dir;
    if let Some(misplaced) = Misplaced::of(moment) {
        let known = signs.get_or_insert_default().shifted.of_mut(dir);
        Shifted::take(known, misplaced);
        return true;
    }
    let known = signs
        .as_ref()
        .and_then(|signs| signs.sacked.of(dir).as_deref());
    let Some(receipt) = Receipt::of(moment, known) else {
        return false;
    };
    let sacked = signs.get_or_insert_default().sacked.of_mut(dir);
    sacked.get_or_insert_default().take(&receipt);
    receipt.is_reneged()
}

fn watch_window(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
    let Some(edge) = Edge::of(moment) else {
        return false;
    };
    let beyond = signs
        .get_or_insert_default()
        .beyond
        .of_mut(moment.dir.reverse());
    beyond.get_or_insert_default().take(edge);
    true
}

/// What the first segment of an end behind its SYN tells.
fn watch_first(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
    if let Some(other_way) = OtherWay::of(moment) {
        signs.get_or_insert_default().other_way = Some(other_way);
    }
    let Some(unannounced) = Unannounced::of(moment) else {
        return false;
    };
    let known = signs.get_or_insert_default().unannounced.of_mut(moment.dir);
    *known = Some(unannounced);
    true
}

fn watch_cookie(signs: &mut KeptSigns, moment: &Moment<'_>) -> bool {
    let Some(cookie) = Cookie::of(moment) else {
        return false;
    };
    signs.get_or_insert_default().cookie = Some(Box::new(cookie));
    true
}
