//! The record of a segment.

use crate::frame::Frame;
use crate::options::{TcpOption, TcpOptions, Usual, kind};
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::sink::json::acceptance;
use crate::sink::json::object::{Object, key};
use crate::sink::step;
use crate::sink::text::Text;
use crate::sink::words::Lang;
use crate::time::{Resolution, Span};
use crate::track::Observation;
use crate::track::judgement::Judgement;
use crate::track::moves::Moves;
use crate::track::state::State;
use crate::track::wireshark::analysis::Analysis;
use crate::track::wireshark::rule::Rule;
use crate::verification::Verification;

/// Writes the record and its newline; `frame` is the one that the segment came
/// with, `checksum` what is said of its checksum, where it was verified.
pub(super) fn write(
    seen: &Observation<'_>,
    frame: &Frame<'_>,
    checksum: Option<Verification>,
    text: &mut Text,
) {
    let (segment, digits) = (seen.segment, frame.resolution);
    Object::write(text, |record| {
        record.number(key!("frame"), segment.frame);
        record.time(key!("time"), segment.time, digits);
        record.number(key!("stream"), seen.flow.stream.0);
        record.number(key!("connection"), seen.flow.id.0);
        ends(segment, record);
        numbers(seen, record);
        if let Some(checksum) = checksum {
            verification(checksum, record);
        }
        options(segment.options, record);
        meaning(seen, record);
        acceptance::segment(seen, record);
        duplicate(seen, record);
        moves(&seen.moves, record);
        if let Some(found) = &seen.wireshark {
            analysis(found, digits, record);
        }
        if let Some(judged) = seen.kind {
            kind(judged, record);
        }
        if let Some(notice) = seen.cut_smaller() {
            record.number(key!("icmp_frame"), notice.error.frame);
        }
        acceptance::conflict(seen, record);
        if let Some(code) = seen.diagnosed {
            record.word(key!("diagnosis"), code.about().name);
        }
        if let Some(copy) = seen.copy() {
            record.number(key!("copy_of"), copy.of);
        }
        if let Some(comment) = frame.comment {
            record.string(key!("comment"), comment);
        }
    });
    text.octet(b'\n');
}

#[inline]
fn ends(segment: &Segment<'_>, record: &mut Object<'_>) {
    record.address(key!("src"), segment.src.ip());
    record.number(key!("srcport"), segment.src.port());
    record.address(key!("dst"), segment.dst.ip());
    record.number(key!("dstport"), segment.dst.port());
}

#[inline]
fn numbers(seen: &Observation<'_>, record: &mut Object<'_>) {
    let segment = seen.segment;
    record.word(key!("flags"), segment.flags.letters());
    if let Some(found) = &seen.wireshark {
        record.number(key!("seq"), found.relative_seq());
    }
    record.number(key!("seq_raw"), segment.seq.0);
    if let Some(found) = &seen.wireshark {
        record.number(key!("ack"), found.relative_ack());
    }
    record.number(key!("ack_raw"), segment.ack.0);
    record.number(key!("len"), segment.payload_len);
    record.number(key!("window_raw"), segment.window);
    if let Some(found) = &seen.wireshark {
        record.number(key!("window"), found.window());
    }
}

/// Nothing where it cannot be told.
fn verification(checksum: Verification, record: &mut Object<'_>) {
    match checksum {
        Verification::Correct => record.word(key!("checksum"), "correct"),
        Verification::Begun => record.word(key!("checksum"), "begun"),
        Verification::Incorrect(right) => {
            record.word(key!("checksum"), "incorrect");
            record.number(key!("checksum_should_be"), right);
        }
        Verification::Cut | Verification::Fragment | Verification::Routed => {}
    }
}

/// What the options hold. Gathered before it is written, so that the keys keep
/// their order and stand once, whatever the header repeats.
#[derive(Default)]
struct Gathered<'a> {
    mss: Option<u16>,
    sack_permitted: bool,
    timestamps: Option<(u32, u32)>,
    window_scale: Option<u8>,
    sack: Option<TcpOption<'a>>,
    fast_open: Option<TcpOption<'a>>,
}

#[inline]
fn options(options: TcpOptions<'_>, record: &mut Object<'_>) {
    let gathered = match options.usual() {
        Some(Usual::Nothing) => return,
        Some(Usual::Timestamps { value, echo }) => Gathered {
            timestamps: Some((value, echo)),
            ..Gathered::default()
        },
        None => options.iter().fold(Gathered::default(), Gathered::with),
    };
    if !gathered.is_empty() {
        record.object(key!("options"), |shown| gathered.write(shown));
    }
}

impl<'a> Gathered<'a> {
    fn with(self, option: TcpOption<'a>) -> Self {
        Self {
            mss: option.mss().or(self.mss),
            sack_permitted: self.sack_permitted || option.kind == kind::SACK_PERMITTED,
            timestamps: option.timestamps().or(self.timestamps),
            window_scale: option.window_scale().or(self.window_scale),
            sack: Some(option)
                .filter(|option| option.kind == kind::SACK)
                .or(self.sack),
            fast_open: Some(option)
                .filter(|option| option.fast_open_cookie().is_some())
                .or(self.fast_open),
        }
    }

    fn is_empty(&self) -> bool {
        self.mss.is_none()
            && !self.sack_permitted
            && self.timestamps.is_none()
            && self.window_scale.is_none()
            && self.sack.is_none()
            && self.fast_open.is_none()
    }

    #[inline]
    fn write(&self, shown: &mut Object<'_>) {
        if let Some(mss) = self.mss {
            shown.number(key!("mss"), mss);
        }
        if self.sack_permitted {
            shown.holds(key!("sack_permitted"));
        }
        if let Some((value, echo)) = self.timestamps {
            shown.number(key!("tsval"), value);
            shown.number(key!("tsecr"), echo);
        }
        if let Some(shift) = self.window_scale {
            shown.number(key!("wscale"), shift);
        }
        if let Some(sack) = self.sack {
            shown.list(key!("sack"), sack.sack_blocks(), block);
        }
        if let Some(cookie) = self
            .fast_open
            .as_ref()
            .and_then(TcpOption::fast_open_cookie)
        {
            let text = shown.member(key!("fast_open_cookie"));
            text.octet(b'"');
            for &octet in cookie {
                text.hex_octet(octet);
            }
            text.octet(b'"');
        }
    }
}

fn block((left, right): (SeqNum, SeqNum), text: &mut Text) {
    text.octet(b'[');
    text.decimal(left.0);
    text.octet(b',');
    text.decimal(right.0);
    text.octet(b']');
}

#[inline]
fn meaning(seen: &Observation<'_>, record: &mut Object<'_>) {
    let role = seen.role;
    record.word(key!("phase"), role.phase().name());
    if let Some(place) = role.step {
        let text = record.member(key!("step"));
        text.octet(b'"');
        step::write(place, text);
        text.octet(b'"');
    }
    if role.again > 0 {
        record.number(key!("again"), role.again);
    }
    if role.missing > 0 {
        record.number(key!("missing"), role.missing);
    }
    if role.not_captured {
        record.holds(key!("not_captured"));
    }
    if let Some(outcome) = seen.fast_open() {
        record.word(key!("fast_open"), outcome.name());
    }
}

/// What arrived twice, in relative numbers.
#[inline]
fn duplicate(seen: &Observation<'_>, record: &mut Object<'_>) {
    let segment = seen.segment;
    if segment.options.are_usual() {
        return;
    }
    if let Some((left, right)) = segment.duplicate_sack() {
        let edges = [left, right].map(|edge| seen.flow.relative_ack(seen.dir, edge));
        let number = |edge: u32, text: &mut Text| text.decimal(edge);
        record.list(key!("dsack"), edges, number);
    }
}

#[inline]
fn moves(moves: &Moves, record: &mut Object<'_>) {
    if moves.is_empty() {
        return;
    }
    record.object(key!("states"), |ends| {
        for (end, chain) in [
            (key!("client"), &moves.client),
            (key!("server"), &moves.server),
        ] {
            if !chain.states().is_empty() {
                ends.list(end, chain.states().iter().copied(), state);
            }
        }
    });
}

fn state(state: State, text: &mut Text) {
    text.octet(b'"');
    text.str(state.name());
    text.octet(b'"');
}

/// Wireshark's analysis, under its names.
#[inline]
fn analysis(found: &Analysis<'_>, digits: Resolution, record: &mut Object<'_>) {
    if let Some(octets) = found.bytes_in_flight() {
        record.number(key!("bytes_in_flight"), octets);
    }
    if let Some(acked) = found.acked {
        record.number(key!("acks_frame"), acked.frame);
        // Wireshark takes a zero for unknown.
        if acked.after != Span(0) {
            record.span(key!("ack_rtt"), acked.after, digits);
        }
    }
    if let Some(rtt) = found.initial_rtt() {
        record.span(key!("initial_rtt"), rtt, digits);
    }
    if let Some((number, frame)) = found.duplicate_ack() {
        record.number(key!("duplicate_ack_num"), number);
        record.number(key!("duplicate_ack_frame"), frame);
    }
    if let Some(rto) = found.rto {
        record.span(key!("rto"), rto.after, digits);
        record.number(key!("rto_frame"), rto.frame);
    }
    if found.findings.is_empty() {
        record.member(key!("analysis")).str("[]");
    } else {
        record.list(key!("analysis"), found.findings.rules(), finding);
    }
}

/// What the segment really was.
#[inline]
fn kind(judged: Judgement, record: &mut Object<'_>) {
    record.word(key!("kind"), judged.kind.name());
    if let Some(why) = judged.why {
        record.word(key!("kind_why"), Lang::En.words().whys.of(why));
    }
    if let Some(cause) = judged.cause {
        record.word(key!("cause"), cause.name());
    }
}

fn finding(rule: &Rule, text: &mut Text) {
    text.octet(b'"');
    text.str(rule.name);
    text.octet(b'"');
}
