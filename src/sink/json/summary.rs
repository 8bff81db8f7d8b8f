//! The record of a whole capture.

use crate::phase::Phase;
use crate::sink::json::object::{Object, WideKey, key};
use crate::sink::json::{capture, server, time_spent, timing};
use crate::sink::text::Text;
use crate::skip::Skip;
use crate::time::{Resolution, Timestamp};
use crate::totals::Totals;
use crate::track::flaws::Flaws;
use crate::track::summary::{Extent, Summary, TimeWaited, WaitingConnection};
use crate::track::time_spent::TimeCause;

/// The most servers in it: those in most trouble.
const MOST_SERVERS: usize = 10;

/// Writes the record and its newline: of a capture that stands so at a time, or in the end.
pub fn write(
    names: &[String],
    (summary, at): (&Summary, Option<Timestamp>),
    flaws: &Flaws,
    totals: &Totals,
    text: &mut Text,
) {
    Object::write(text, |record| {
        record.object(key!("summary"), |object| {
            if let Some(at) = at {
                object.time(key!("at"), at, Resolution::Nano);
            }
            extent(names, &summary.extent, totals, object);
            if !flaws.is_empty() {
                object.object(key!("capture"), |shown| capture::found(flaws, shown));
            }
            connections(summary, totals, object);
        });
    });
    text.octet(b'\n');
}

fn extent(names: &[String], extent: &Extent, totals: &Totals, object: &mut Object<'_>) {
    let string = |name: &str, text: &mut Text| Object::quote(name, text);
    if !names.is_empty() {
        object.list(key!("files"), names, |name, text| string(name, text));
    }
    if !extent.interfaces.is_empty() {
        object.list(key!("interfaces"), &extent.interfaces, |name, text| {
            string(name, text);
        });
    }
    object.list(key!("link_types"), &extent.link_types, |link_type, text| {
        text.decimal(link_type.0);
    });
    object.number(key!("frames"), totals.frames);
    object.number(key!("bytes"), extent.octets);
    object.number(key!("bytes_captured"), extent.captured_octets);
    if let Some((first, last)) = extent.times {
        object.time(key!("start"), first, extent.resolution);
        object.time(key!("end"), last, extent.resolution);
        object.span(key!("duration"), extent.lasted(), extent.resolution);
    }
    if totals.is_filtered {
        object.holds(key!("filtered"));
    }
    object.number(key!("segments"), totals.segments);
    object.object(key!("phases"), |shown| {
        let phases = Phase::ALL.map(|phase| (phase.name(), totals.of(phase)));
        counts(phases, shown);
    });
    object.object(key!("other_frames"), |shown| {
        counts(
            totals.skipped().map(|(skip, count)| (name(skip), count)),
            shown,
        );
    });
}

/// Each where it is not 0.
fn counts<'n>(counts: impl IntoIterator<Item = (&'n str, u64)>, object: &mut Object<'_>) {
    for (name, count) in counts {
        if count > 0 {
            object.number(&WideKey::of(name), count);
        }
    }
}

const fn name(skip: Skip) -> &'static str {
    match skip {
        Skip::UnknownLink => "unknown_link",
        Skip::NotIp => "not_ip",
        Skip::NotTcp => "not_tcp",
        Skip::Icmp => "icmp",
        Skip::CutBelowTcp => "cut_below_tcp",
        Skip::BadHeader => "bad_header",
        Skip::FirstFragment => "first_fragment",
        Skip::LaterFragment => "later_fragment",
        Skip::CutTcp => "cut_tcp",
        Skip::ShortOffset => "short_offset",
        Skip::LongOffset => "long_offset",
        Skip::BadRecord => "bad_record",
    }
}

fn connections(summary: &Summary, totals: &Totals, object: &mut Object<'_>) {
    let digits = summary.extent.resolution;
    object.number(key!("connections"), totals.connections);
    object.list(key!("verdicts"), summary.verdicts(), |one, text| {
        let (verdict, count) = one;
        Object::write(text, |shown| {
            shown.word(key!("verdict"), verdict.code());
            shown.number(key!("count"), count);
        });
    });
    object.list(key!("diagnoses"), summary.diagnosed.each(), |one, text| {
        let (about, count, first) = one;
        Object::write(text, |shown| {
            shown.word(key!("code"), about.name);
            shown.number(key!("count"), count);
            shown.list(key!("connections"), first, |id, text| text.decimal(id.0));
        });
    });
    object.list(key!("captured_at"), summary.positions(), |one, text| {
        let (position, count) = one;
        Object::write(text, |shown| {
            shown.word(key!("position"), position.code());
            shown.number(key!("count"), count);
        });
    });
    object.number(key!("timed"), summary.timed);
    waits(&summary.waited, digits, object);
    object.list(
        key!("waited_longest"),
        summary.waited_most(),
        |one, text| Object::write(text, |object| waiting(one, digits, object)),
    );
    let servers = summary.servers.in_trouble();
    object.number(key!("servers_in_trouble"), servers.len() as u64);
    object.list(
        key!("servers"),
        servers.iter().take(MOST_SERVERS),
        |one, text| Object::write(text, |object| server::record(one, object)),
    );
    object.number(key!("answers"), summary.answers());
    timing::times(key!("first_byte"), summary.first_byte(), digits, object);
}

fn waits(waited: &TimeWaited, digits: Resolution, object: &mut Object<'_>) {
    object.span(key!("waited"), waited.total(), digits);
    if waited.idle.0 > 0 {
        object.span(key!("idle_before_close"), waited.idle, digits);
    }
    if waited.before_news.0 > 0 {
        object.span(key!("idle_before_news"), waited.before_news, digits);
    }
    let sums = TimeCause::ALL.map(|cause| waited.spent(cause));
    time_spent::sums(sums, digits, object);
}

fn waiting(one: &WaitingConnection, digits: Resolution, object: &mut Object<'_>) {
    object.number(key!("connection"), one.id.0);
    object.address(key!("client"), one.client.ip());
    object.number(key!("client_port"), one.client.port());
    object.address(key!("server"), one.server.ip());
    object.number(key!("server_port"), one.server.port());
    object.word(key!("verdict"), one.verdict.code());
    object.span(key!("duration"), one.lasted, digits);
    waits(&one.waited, digits, object);
    if let Some(wait) = &one.longest {
        object.object(key!("longest_wait"), |shown| {
            time_spent::write_wait(wait, digits, shown);
        });
    }
}
