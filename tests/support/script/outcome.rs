//! What is said in the end: of a connection, and of the capture.

use std::fmt::Write;

use tcptrace::track::connection::Connection;
use tcptrace::track::diagnosis::Quantity;
use tcptrace::track::flaws::Flaws;
use tcptrace::track::flow::Flow;
use tcptrace::track::verdict::{Blind, Due, Verdict};

/// What is said of a connection at the end.
pub fn verdict(flow: &Flow) -> String {
    let verdict = Verdict::of(flow);
    let mut said = format!("verdict {}", verdict.code().replace('_', " "));
    if let Verdict::HalfClosed { by }
    | Verdict::Closed { by }
    | Verdict::Reset { by }
    | Verdict::Stalled { by } = verdict
    {
        write!(said, " by {}", by.sender()).unwrap();
    }
    if let Verdict::BlackHole { by } = verdict {
        write!(said, ": {}", by.sender()).unwrap();
    }
    if let Verdict::Vanished { silent } = verdict {
        write!(said, ": {}", silent.sender()).unwrap();
    }
    if let Verdict::Unknown(due) = verdict {
        write!(said, ": {}", unknown(flow, due)).unwrap();
    }
    if let (Verdict::Reset { .. }, Some(cause)) = (verdict, flow.reset_cause()) {
        write!(said, ": {}", cause.code().replace('_', " ")).unwrap();
    }
    said
}

/// What was due, and why the capture could not hold it.
fn unknown(flow: &Flow, due: Due) -> String {
    let what = match due {
        Due::Answer => "answer",
        Due::Ack => "ack",
        Due::Sign { .. } => "sign",
        Due::Window { .. } => "window",
        due => panic!("say what a script calls {due:?}"),
    };
    let why = match flow.blindness(due).unwrap() {
        Blind::Ended => "ended",
        Blind::OnlySyns => "only syns",
        Blind::NoDirection => "no direction",
        Blind::NoAcks => "no acks",
        blind => panic!("say what a script calls {blind:?}"),
    };
    format!("{what}, {why}")
}

/// What is wrong with a connection.
pub fn diagnoses(connection: &Connection) -> String {
    let spent = connection.time_spent();
    let told = connection.diagnoses_in(spent.as_ref()).map(|found| {
        let mut said = format!("{} {}", found.code.about().name, found.end.sender());
        if let Some(outcome) = found.outcome {
            write!(said, ", {}", outcome.name()).unwrap();
        }
        if found.is_doubtful {
            said.push_str(", doubtful");
        }
        for measure in &found.measures {
            match measure.quantity() {
                Quantity::Count(count) | Quantity::Rate(count) => {
                    write!(said, ", {} {count}", measure.name())
                }
                Quantity::Time(span) => {
                    write!(said, ", {} {:?}", measure.name(), span.magnitude())
                }
            }
            .unwrap();
        }
        said
    });
    let told: Vec<_> = told.collect();
    let told = if told.is_empty() {
        "-".to_owned()
    } else {
        told.join("; ")
    };
    format!("diagnosis {told}")
}

/// What each end of a connection sent, once.
pub fn sent(flow: &Flow) -> [String; 2] {
    [("client", &flow.client), ("server", &flow.server)].map(|(end, half)| {
        let mut said = format!("{end} sent {}", half.segments);
        if half.data_segments > 0 {
            let (segments, octets) = (half.data_segments, half.octets);
            write!(said, ", {segments} with {octets}").unwrap();
        }
        if half.octets_again > 0 {
            write!(said, ", {} again", half.octets_again).unwrap();
        }
        let copies = half.copies();
        if copies.segments > 0 {
            write!(said, ", copies {}", copies.segments).unwrap();
        }
        if copies.data_segments > 0 {
            let (segments, octets) = (copies.data_segments, copies.octets);
            write!(said, ", {segments} with {octets}").unwrap();
        }
        said
    })
}

/// How the requests of a connection were answered: a line, and one for each of the turns
/// with times, the longest wait first.
pub fn responses(connection: &Connection) -> Vec<String> {
    let Some(all) = connection.responses() else {
        return Vec::new();
    };
    let mut said = format!("responses {}", all.count);
    let counts = [
        ("pipelined", all.pipelined),
        ("overlapping", all.overlapping),
        ("unclear", all.unclear),
        ("unanswered", all.is_unanswered.into()),
        (
            "greeting",
            all.greeting.map_or(0, |greeting| greeting.octets),
        ),
    ];
    for (what, count) in counts.into_iter().filter(|&(_, count)| count > 0) {
        write!(said, ", {what} {count}").unwrap();
    }
    let turns = all.longest.iter().map(|turn| {
        let (request, answer) = (&turn.request, &turn.answer);
        let mut said = format!(
            "turn {}-{} {} asked, {} answered in {:?}, first after {:?}",
            request.last_frame,
            answer.frame,
            request.octets,
            answer.octets,
            answer.took().magnitude(),
            turn.first_byte().magnitude(),
        );
        if let Some(waited) = all.at_client(turn) {
            write!(said, ", waited {:?}", waited.magnitude()).unwrap();
        }
        if let Some(took) = all.at_server(turn) {
            write!(said, ", took {:?}", took.magnitude()).unwrap();
        }
        if turn.is_open {
            said.push_str(", open");
        }
        said
    });
    [said].into_iter().chain(turns).collect()
}

/// What the capture did; not that frames were cut where each way of the script cuts
/// others.
pub fn flaws(flaws: &Flaws, is_cut: bool) -> String {
    let points = if flaws.places() > 1 {
        flaws.places() as u64
    } else {
        0
    };
    let counts = [
        ("copies", flaws.copies),
        ("points", points),
        ("missing", flaws.missing),
        ("reordered", flaws.reordered),
        ("clock steps", flaws.clock_steps),
        ("one way", flaws.one_way),
        ("offload", flaws.offload),
        ("truncated", if is_cut { 0 } else { flaws.truncated }),
    ];
    let counts = counts.into_iter().filter(|&(_, count)| count > 0);
    let mut said: Vec<_> = counts
        .map(|(what, count)| format!("{what} {count}"))
        .collect();
    let kinds = [
        (flaws.filtered.acks, "without acks"),
        (flaws.filtered.data, "without data"),
        (flaws.filtered.all_but_syns, "only syns"),
    ];
    let lacking = kinds.into_iter().filter(|&(is_lacking, _)| is_lacking);
    said.extend(lacking.map(|(_, what)| what.to_owned()));
    if said.is_empty() {
        said.push("-".to_owned());
    }
    format!("capture {}", said.join(", "))
}
