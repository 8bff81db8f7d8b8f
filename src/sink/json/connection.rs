//! The record of a connection.

use crate::sink::figures::complete;
use crate::sink::json::acceptance;
use crate::sink::json::agreement;
use crate::sink::json::counters;
use crate::sink::json::diagnoses;
use crate::sink::json::object::{Key, Object, key};
use crate::sink::json::path;
use crate::sink::json::sockets;
use crate::sink::json::time_spent;
use crate::sink::json::timing;
use crate::sink::text::Text;
use crate::time::{Resolution, Span, Timestamp};
use crate::track::classic::Classic;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::handshake::Handshake;
use crate::track::mark::Mark;
use crate::track::oddity::Oddity;
use crate::track::position::Position;
use crate::track::roles::{GuessedBy, Roles};
use crate::track::teardown::Teardown;
use crate::track::time_spent::TimeSpent;
use crate::track::troubles::Troubles;
use crate::track::verdict::Verdict;
use crate::track::waits::Waits;
use crate::track::zeek::Zeek;

/// Writes the record and its newline: of a connection that stands so at a time, or in the
/// end.
pub(super) fn write(
    connection: &Connection,
    at: Option<Timestamp>,
    digits: Resolution,
    text: &mut Text,
) {
    let accounts = connection.accounts();
    let record = Record {
        connection,
        flow: &connection.flow,
        spent: connection.time_spent(),
        zeek: accounts
            .as_ref()
            .and_then(|accounts| accounts.zeek.as_ref()),
        classic: accounts
            .as_ref()
            .and_then(|accounts| accounts.classic.as_ref()),
        digits,
    };
    Object::write(text, |object| {
        if let Some(at) = at {
            object.time(key!("at"), at, Resolution::Nano);
        }
        record.write(object);
    });
    text.octet(b'\n');
}

struct Record<'a> {
    connection: &'a Connection,
    flow: &'a Flow,
    spent: Option<TimeSpent>,
    zeek: Option<&'a Zeek>,
    classic: Option<&'a Classic>,
    digits: Resolution,
}

impl Record<'_> {
    fn write(&self, object: &mut Object<'_>) {
        let flow = self.flow;
        let (client, server) = (flow.client_addr(), flow.server_addr());
        object.number(key!("stream"), flow.stream.0);
        object.number(key!("connection"), flow.id.0);
        object.address(key!("client"), client.ip());
        object.number(key!("client_port"), client.port());
        object.address(key!("server"), server.ip());
        object.number(key!("server_port"), server.port());
        object.word(key!("roles"), roles(flow.roles));
        if let Some(by) = flow.roles.guessed_by() {
            object.word(key!("roles_by"), guessed_by(by));
        }
        if let Some(same) = flow.same_as {
            object.number(key!("same_as"), same.0);
        }
        acceptance::elsewhere(key!("answers"), flow.answers.as_deref(), object);
        acceptance::elsewhere(key!("answered_from"), flow.answered_from.as_deref(), object);
        if let Some(earlier) = flow.earlier {
            object.number(key!("ports_used_by"), earlier.0);
        }
        if let Some(only) = flow.only_direction() {
            object.word(key!("only_from"), only.sender());
        }
        object.time(key!("start"), flow.began, self.digits);
        object.span(key!("duration"), flow.duration(), self.digits);
        if let Some(spent) = &self.spent {
            time_spent::write(spent, self.digits, object);
        }
        self.verdict(object);
        if let Some(rows) = self.zeek {
            zeek(rows, object);
        }
        if let Some(classic) = self.classic {
            object.word(key!("complete"), complete(classic));
        }
        self.handshake(&flow.handshake, object);
        agreement::write(flow, object);
        self.teardown(&flow.teardown, object);
        object.object(key!("states"), |states| {
            states.word(key!("client"), flow.client.state.name());
            states.word(key!("server"), flow.server.state.name());
        });
        sockets::write(self.connection, self.digits, object);
        timing::write(self.connection, self.digits, object);
        self.capture(object);
        path::icmp_errors(flow, self.digits, object);
        diagnoses::write(self.connection, self.spent.as_ref(), self.digits, object);
        self.half(key!("client_to_server"), Dir::ToServer, object);
        self.half(key!("server_to_client"), Dir::ToClient, object);
    }

    /// The verdict, its cause, and the frames that show it.
    fn verdict(&self, object: &mut Object<'_>) {
        let flow = self.flow;
        let verdict = Verdict::of(flow);
        object.word(key!("verdict"), verdict.code());
        match verdict {
            Verdict::Unreachable(reason) => object.word(key!("cause"), reason.code()),
            Verdict::Reset { .. } => {
                if let Some(cause) = flow.reset_cause() {
                    object.word(key!("cause"), cause.code());
                }
            }
            Verdict::HalfOpen => self.told_in_vain(Dir::ToClient, object),
            Verdict::Vanished { silent } => self.told_in_vain(silent.reverse(), object),
            _ => {}
        }
        if verdict.is_over() && flow.is_without_data() {
            object.holds(key!("without_data"));
        }
        let mut frames = verdict.evidence(flow).peekable();
        if frames.peek().is_some() {
            object.list(key!("evidence"), frames, |frame, text| text.decimal(frame));
        }
    }

    /// What an ICMP error said of what was sent in direction `dir` in vain.
    fn told_in_vain(&self, dir: Dir, object: &mut Object<'_>) {
        let notice = self.flow.told_in_vain(dir);
        if let Some(notice) = notice.filter(|notice| !notice.is_too_big()) {
            object.word(key!("cause"), notice.error.reason.code());
        }
    }

    fn handshake(&self, handshake: &Handshake, object: &mut Object<'_>) {
        let Handshake {
            syn, syn_ack, ack, ..
        } = *handshake;
        if syn.is_none() && syn_ack.is_none() {
            return;
        }
        object.object(key!("handshake"), |shown| {
            self.mark(key!("syn"), syn, shown);
            self.mark(key!("second_syn"), handshake.second_syn(), shown);
            self.mark(key!("syn_ack"), syn_ack, shown);
            self.mark(key!("ack"), ack, shown);
            if handshake.is_simultaneous {
                shown.holds(key!("simultaneous"));
            }
            shown.number(key!("syn_retransmissions"), handshake.syn_again);
            waits(key!("syn_waits"), &handshake.syn_waits, shown);
            shown.number(key!("syn_ack_retransmissions"), handshake.syn_ack_again);
            waits(key!("syn_ack_waits"), &handshake.syn_ack_waits, shown);
            acceptance::syns(handshake, shown);
            self.span(key!("server_leg"), handshake.server_leg(), shown);
            if handshake.is_server_leg_ambiguous() {
                shown.holds(key!("server_leg_ambiguous"));
            }
            self.span(key!("client_leg"), handshake.client_leg(), shown);
            if handshake.is_client_leg_ambiguous() {
                shown.holds(key!("client_leg_ambiguous"));
            }
            if handshake.syn_ack_again > 0
                && let Some((frame, _)) = handshake.answered_syn_ack()
            {
                shown.number(key!("answered_syn_ack"), frame.get());
            }
            self.span(key!("duration"), handshake.duration(), shown);
            if let Some(position) = Position::of(handshake) {
                shown.word(key!("captured_at"), position.code());
            }
            let mut oddities = Oddity::of(self.flow).peekable();
            if oddities.peek().is_some() {
                shown.list(key!("oddities"), oddities, |oddity, text| {
                    text.octet(b'"');
                    text.str(oddity.code());
                    text.octet(b'"');
                });
            }
        });
    }

    fn teardown(&self, teardown: &Teardown, object: &mut Object<'_>) {
        if teardown.is_empty() {
            return;
        }
        object.object(key!("teardown"), |shown| {
            let is_whole = self.flow.only_direction().is_none();
            if let Some(closer) = teardown.closer().filter(|_| is_whole) {
                shown.word(key!("closed_first"), closer.sender());
            }
            if let Some(ends) = self.time_wait() {
                shown.word(key!("time_wait"), ends);
            }
            if teardown.is_simultaneous {
                shown.holds(key!("simultaneous"));
            }
            self.mark(key!("first_fin"), teardown.first_fin, shown);
            self.mark(key!("first_ack"), teardown.first_ack, shown);
            self.mark(key!("second_fin"), teardown.second_fin, shown);
            self.mark(key!("second_ack"), teardown.second_ack, shown);
            shown.number(key!("fin_retransmissions"), teardown.fin_again);
            self.mark(key!("reset"), teardown.reset, shown);
            if let Some(ignored) = teardown.ignored() {
                self.mark(key!("reset_ignored"), Some(ignored.first), shown);
                shown.number(key!("resets_ignored"), ignored.count);
            }
        });
    }

    /// The end that holds TIME-WAIT.
    fn time_wait(&self) -> Option<&'static str> {
        let holds = |dir| self.flow.holds_time_wait(dir);
        match (holds(Dir::ToServer), holds(Dir::ToClient)) {
            (true, true) => Some("both"),
            (true, false) => Some(Dir::ToServer.sender()),
            (false, true) => Some(Dir::ToClient.sender()),
            (false, false) => None,
        }
    }

    fn mark(&self, key: Key, mark: Option<Mark>, object: &mut Object<'_>) {
        let Some(mark) = mark else {
            return;
        };
        object.object(key, |shown| {
            shown.number(key!("frame"), mark.frame.get());
            shown.time(key!("time"), mark.time, self.digits);
            shown.word(key!("from"), mark.dir.sender());
            shown.word(key!("flags"), mark.flags.letters());
            shown.number(key!("seq"), self.flow.relative_seq(mark.dir, mark.seq));
            shown.number(key!("seq_raw"), mark.seq.0);
            if mark.is_ack() {
                shown.number(key!("ack"), self.flow.relative_ack(mark.dir, mark.ack));
                shown.number(key!("ack_raw"), mark.ack.0);
            }
        });
    }

    /// What the capture did to it.
    fn capture(&self, object: &mut Object<'_>) {
        let flow = self.flow;
        let copies = flow.client.copies().segments + flow.server.copies().segments;
        let missing = flow.missing();
        if copies + missing == 0 {
            return;
        }
        object.object(key!("capture"), |shown| {
            if copies > 0 {
                shown.number(key!("copies"), copies);
            }
            if missing > 0 {
                shown.number(key!("missing"), missing);
            }
        });
    }

    fn half(&self, key: Key, dir: Dir, object: &mut Object<'_>) {
        let half = self.flow.sender(dir);
        object.object(key, |counts| {
            counts.number(key!("segments"), half.segments);
            counts.number(key!("data_segments"), half.data_segments);
            counts.number(key!("bytes"), half.octets);
            counts.number(key!("bytes_again"), half.octets_again);
            timing::share_again(half, counts);
            counts.number(key!("bytes_unacknowledged"), half.unacknowledged());
            let copies = half.copies();
            if copies.segments > 0 {
                counts.object(key!("copies"), |shown| {
                    shown.number(key!("segments"), copies.segments);
                    shown.number(key!("data_segments"), copies.data_segments);
                    shown.number(key!("bytes"), copies.octets);
                });
            }
            if let Some(all) = half.not_taken() {
                acceptance::half(all, counts);
            }
            if let Some(found) = half.troubles() {
                let digits = self.digits;
                counts.object(key!("troubles"), |object| troubles(found, digits, object));
            }
            path::black_hole(self.flow, dir, counts);
            timing::throughput(self.connection, dir, counts);
            if let Some(classic) = self.classic {
                counters::write(classic, dir, counts);
            }
        });
    }

    fn span(&self, key: Key, span: Option<Span>, object: &mut Object<'_>) {
        if let Some(span) = span {
            object.span(key, span, self.digits);
        }
    }
}

/// Zeek's rows: nearly always one.
fn zeek(zeek: &Zeek, object: &mut Object<'_>) {
    let row = |(state, history): (&str, &str), row: &mut Object<'_>| {
        row.word(key!("conn_state"), state);
        row.word(key!("history"), history);
    };
    let mut rows = zeek.rows().peekable();
    if let Some(first) = rows.next() {
        row(first, object);
    }
    if rows.peek().is_some() {
        object.list(key!("further_rows"), rows, |further, text| {
            Object::write(text, |object| row(further, object));
        });
    }
}

const fn roles(roles: Roles) -> &'static str {
    match roles {
        Roles::BySyn => "syn",
        Roles::BySynAck => "syn_ack",
        Roles::Guessed(_) => "guessed",
    }
}

const fn guessed_by(by: GuessedBy) -> &'static str {
    match by {
        GuessedBy::KnownServer => "known_server",
        GuessedBy::SeveralPeers => "several_peers",
        GuessedBy::Port => "port",
        GuessedBy::FirstSegment => "first_segment",
    }
}

/// Waits are known to a millisecond.
fn waits(key: Key, waits: &Waits, object: &mut Object<'_>) {
    if waits.iter().next().is_none() {
        return;
    }
    object.list(key, waits.iter(), |wait, text| {
        text.decimal(wait.magnitude().as_secs());
        text.octet(b'.');
        text.zero_padded(wait.magnitude().subsec_millis(), 3);
    });
}

/// What happened, each where it did.
fn troubles(found: &Troubles, digits: Resolution, object: &mut Object<'_>) {
    let counts = [
        (key!("timeout"), u64::from(found.timeouts)),
        (key!("fast"), found.fast.into()),
        (key!("tail_probe"), found.tail_probes.into()),
        (key!("spurious"), found.spurious.into()),
        (key!("path_mtu"), found.path_mtu.into()),
        (key!("repeated"), found.repeated.into()),
        (key!("out_of_order"), found.overtaken.into()),
        (key!("duplicate"), found.copied.into()),
        (key!("conflicting"), found.conflicting.into()),
        (key!("gaps"), found.gaps.into()),
        (key!("zero_windows"), found.closed_windows.into()),
        (key!("windows_filled"), found.filled_windows.into()),
        (key!("keep_alives"), found.keep_alives.into()),
        (key!("window_probes"), found.window_probes.into()),
        (key!("urgent"), found.urgent.into()),
        (key!("bytes_after_fin"), found.after_fin),
    ];
    for (key, count) in counts {
        if count > 0 {
            object.number(key, count);
        }
    }
    let stalls = &found.stalls;
    if stalls.times > 0 {
        object.number(key!("windows_closed"), stalls.times);
        object.span(key!("window_closed_time"), stalls.total, digits);
        object.span(key!("window_closed_max"), stalls.longest, digits);
    }
}
