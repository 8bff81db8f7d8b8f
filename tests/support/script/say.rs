//! What the tracker says, as a sentence.

use std::fmt::Write;

use tcptrace::phase::Phase;
use tcptrace::track::Observation;
use tcptrace::track::dir::Dir;
use tcptrace::track::flow::FlowId;
use tcptrace::track::judgement::Kind;
use tcptrace::track::moves::Chain;
use tcptrace::track::offer::FastOpen;
use tcptrace::track::part::Part;

use super::{outcome, parse};

/// What is said of a segment that was written as `written`.
///
/// What a script would otherwise repeat on every line is said only where it
/// differs: the connection where it is not the first, the direction and the
/// relative numbers where they are not those of the script.
pub fn observation(seen: &Observation<'_>, written: &parse::Segment) -> String {
    let mut said = String::new();
    if seen.flow.id != FlowId(0) {
        write!(said, "#{} ", seen.flow.id.0).unwrap();
    }
    if seen.flow.stream.0 != seen.flow.id.0 {
        write!(said, "stream {} ", seen.flow.stream.0).unwrap();
    }
    if let Some(copy) = seen.copy() {
        assert!(seen.verdict.is_none() && seen.kind.is_none());
        return format!("copy of {}", copy.of) + &changes(seen);
    }
    if (seen.dir == Dir::ToServer) != written.from_client {
        said.push_str("turned: ");
    }
    said.push_str(&title(seen));
    said.push_str(fast_open(seen));
    if let Some(why) = seen.role.unacceptable {
        write!(said, ", not taken: {}", why.code()).unwrap();
    }
    if let Some(answered) = seen.answers() {
        write!(said, ", answers {}", answered.frame).unwrap();
    }
    if let Some(reset) = seen.outlived {
        write!(said, ", outlives {}", reset.frame).unwrap();
    }
    if seen.role.missing > 0 {
        write!(said, ", {} missing", seen.role.missing).unwrap();
    }
    said.push_str(&acknowledged(seen));
    if let Some(closed_for) = seen.window_closed_for() {
        write!(said, ", open again after {:?}", closed_for.magnitude()).unwrap();
    }
    said.push_str(&numbers(seen, written));
    said.push_str(&changes(seen));
    said
}

/// What it does to the connection.
fn changes(seen: &Observation<'_>) -> String {
    let mut said = String::new();
    let (client, server) = (("client", seen.moves.client), ("server", seen.moves.server));
    let ends = match seen.dir {
        Dir::ToServer => [client, server],
        Dir::ToClient => [server, client],
    };
    for (end, chain) in ends {
        said.push_str(&moves(end, chain));
    }
    if seen.ended {
        said.push_str("; over");
    } else if seen.verdict.is_some() {
        write!(
            said,
            "; so far {}",
            &outcome::verdict(seen.flow)["verdict ".len()..]
        )
        .unwrap();
    }
    said
}

fn title(seen: &Observation<'_>) -> String {
    let (role, segment) = (seen.role, seen.segment);
    let name = match role.part {
        Part::Syn => "SYN",
        Part::SynAck => "SYN-ACK",
        Part::HandshakeAck | Part::AckOfFin => "ACK",
        Part::Data => "data",
        Part::Ack if role.acknowledges > 0 => "ack of",
        Part::Ack => "ack",
        Part::WindowUpdate => "window update",
        Part::AckAgain => "ack again",
        Part::KeepAlive => "keep-alive",
        Part::KeepAliveAck => "keep-alive answered",
        Part::WindowProbe => "window probe",
        Part::WindowProbeAck => "window probe answered, still closed",
        Part::Fin => "FIN",
        Part::FinAck => "FIN+ACK",
        Part::Refusal => "refused",
        Part::Reset => "reset",
        Part::Nonsense => "nonsense",
        Part::StraySyn => "SYN on the connection",
        Part::ChallengeAck => "challenge ACK",
        part => panic!("say what a script calls {part:?}"),
    };
    let mut title = String::new();
    if let Some(step) = role.step {
        let phase = role.phase();
        write!(title, "{} {}", phase.name(), step.first).unwrap();
        if step.last != step.first {
            write!(title, "-{}", step.last).unwrap();
        }
        write!(title, "/{} ", step.of).unwrap();
    }
    title.push_str(name);
    match role.part {
        Part::Data => write!(title, " {}", segment.payload_len).unwrap(),
        Part::Ack if role.acknowledges > 0 => write!(title, " {}", role.acknowledges).unwrap(),
        Part::KeepAlive | Part::WindowProbe => return title,
        _ if segment.payload_len > 0 => write!(title, " + data {}", segment.payload_len).unwrap(),
        _ => {}
    }
    if seen.is_again() {
        title.push_str(" again");
    } else if role.again > 0 {
        write!(title, ", {} again", role.again).unwrap();
    }
    title
}

/// What a SYN or SYN-ACK says about Fast Open, when it is first sent.
fn fast_open(seen: &Observation<'_>) -> &'static str {
    let handshake = &seen.flow.handshake;
    let option = match seen.role.part {
        Part::Syn if seen.role.again == 0 => handshake.offered.fast_open,
        Part::SynAck if seen.role.again == 0 => handshake.answered.fast_open,
        _ => None,
    };
    match (option, seen.role.part) {
        (Some(FastOpen::Request), _) => ", asks for a cookie",
        (Some(FastOpen::Cookie), Part::Syn) => ", has a cookie",
        (Some(FastOpen::Cookie), _) => ", gives a cookie",
        (None, _) => "",
    }
}

fn acknowledged(seen: &Observation<'_>) -> String {
    let mut said = String::new();
    let role = seen.role;
    if role.part != Part::Ack && role.acknowledges > 0 {
        write!(said, ", acks {}", role.acknowledges).unwrap();
    }
    let is_told = matches!(role.phase(), Phase::Ack | Phase::Data);
    if let Some(acked) = seen.acked().filter(|_| is_told) {
        let sign = if acked.after.is_negative() { "-" } else { "" };
        write!(said, " after {sign}{:?}", acked.after.magnitude()).unwrap();
    }
    said
}

/// The relative numbers, where they are not the ones that were written.
fn numbers(seen: &Observation<'_>, written: &parse::Segment) -> String {
    let (mut said, segment) = (String::new(), seen.segment);
    let seq = seen.flow.relative_seq(seen.dir, segment.seq);
    if seq != written.seq {
        write!(said, ", seq {seq}").unwrap();
    }
    let ack = segment
        .is_ack()
        .then(|| seen.flow.relative_ack(seen.dir, segment.ack));
    if ack != written.ack {
        write!(said, ", ack {}", ack.unwrap_or(0)).unwrap();
    }
    said
}

fn moves(end: &str, chain: Chain) -> String {
    let states: Vec<_> = chain.states().iter().map(|state| state.name()).collect();
    if states.is_empty() {
        return String::new();
    }
    format!(", {end} {}", states.join(" → "))
}

/// What the rules find, and the numbers that go with it.
pub fn findings(seen: &Observation<'_>, _: &parse::Segment) -> String {
    let Some(found) = seen.wireshark else {
        return "not asked".to_owned();
    };
    let mut said: Vec<_> = found
        .findings
        .rules()
        .map(|rule| rule.name.to_owned())
        .collect();
    if let Some((number, frame)) = found.duplicate_ack() {
        said.push(format!("#{number} of {frame}"));
    }
    if let Some(rto) = found.rto {
        said.push(format!("{:?} after {}", rto.after.magnitude(), rto.frame));
    }
    if let Some(octets) = found.bytes_in_flight() {
        said.push(format!("flight {octets}"));
    }
    if said.is_empty() {
        said.push("-".to_owned());
    }
    said.join(", ")
}

/// The answer that a segment begins.
pub fn answer(seen: &Observation<'_>, _: &parse::Segment) -> String {
    match seen.answers_turn() {
        Some(turn) => format!("answer after {:?}", turn.first_byte().magnitude()),
        None => "-".to_owned(),
    }
}

/// What a segment with data really was.
pub fn kind(seen: &Observation<'_>, _: &parse::Segment) -> String {
    let Some(judged) = seen.kind else {
        return "-".to_owned();
    };
    let mut said = judged.kind.name().to_owned();
    if let Some(cause) = judged.cause {
        write!(said, ", {}", cause.name()).unwrap();
    }
    assert_eq!(judged.why.is_none(), judged.kind == Kind::New);
    said
}

/// The diagnosis that is known since a segment.
pub fn diagnosed(seen: &Observation<'_>, _: &parse::Segment) -> String {
    seen.diagnosed
        .map_or("-", |code| code.about().name)
        .to_owned()
}
