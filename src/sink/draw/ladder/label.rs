//! What stands on an arrow: the control bits, numbers and length of a segment, and what
//! there is to say of it. What matters least goes first where room is short.

use crate::flags::Flags;
use crate::sink::draw::picture::Subject;
use crate::sink::width;
use crate::sink::words::fill::said;
use crate::track::judgement::Kind;
use crate::track::part::Part;
use crate::track::point::Point;

/// How much a part of a label matters: what is greater goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Importance {
    Name,
    Remark,
    Seq,
    Ack,
    Sack,
    Length,
}

/// A label in parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Label {
    parts: Vec<(Importance, String)>,
}

/// The control bits by name, those that open and close first and ACK last, as one says
/// "SYN-ACK".
const BITS: [(Flags, &str); 9] = [
    (Flags::SYN, "SYN"),
    (Flags::FIN, "FIN"),
    (Flags::RST, "RST"),
    (Flags::PSH, "PSH"),
    (Flags::URG, "URG"),
    (Flags::ECE, "ECE"),
    (Flags::CWR, "CWR"),
    (Flags::AE, "AE"),
    (Flags::ACK, "ACK"),
];

impl Label {
    /// A label of one part.
    pub(super) fn of_text(text: String) -> Self {
        Self {
            parts: vec![(Importance::Name, text)],
        }
    }

    /// What a segment has to say, and whether it was lost.
    pub(super) fn of(subject: &Subject<'_>, point: &Point, is_lost: bool) -> Self {
        let mut label = Self::of_text(name(point.flags));
        let flow = &subject.connection.flow;
        let carries = point.payload_len > 0;
        if carries || point.flags.any(Flags::SYN | Flags::FIN | Flags::RST) || point.part.asks() {
            let first = flow.relative_seq(point.dir, point.seq);
            let range = match first.wrapping_add(point.payload_len) {
                end if carries => format!("seq={first}:{end}"),
                _ => format!("seq={first}"),
            };
            label.add(Importance::Seq, range);
        }
        if carries {
            let bytes = subject.view.words.ladder.bytes;
            label.add(Importance::Length, said!(bytes, point.payload_len));
        }
        if point.flags.has(Flags::ACK) {
            let ack = flow.relative_ack(point.dir, point.ack);
            label.add(Importance::Ack, format!("ack={ack}"));
        }
        for &(left, right) in subject.trace.sacks_in(point.frame) {
            let [left, right] = [left, right].map(|edge| flow.relative_ack(point.dir, edge));
            label.add(Importance::Sack, format!("sack={left}:{right}"));
        }
        for remark in remarks(subject, point, is_lost) {
            label.add(Importance::Remark, remark);
        }
        label
    }

    fn add(&mut self, importance: Importance, text: String) {
        self.parts.push((importance, text));
    }

    /// As it stands where there is no lack of room.
    pub(super) fn whole(&self) -> String {
        self.up_to(Importance::Length)
    }

    /// As much as finds room in so many columns.
    pub(super) fn fitted(&self, columns: usize) -> String {
        let most = [
            Importance::Length,
            Importance::Sack,
            Importance::Ack,
            Importance::Seq,
            Importance::Remark,
            Importance::Name,
        ];
        let mut texts = most.into_iter().map(|most| self.up_to(most));
        let fits = texts.find(|text| width::of(text) <= columns);
        fits.unwrap_or_else(|| cut(&self.up_to(Importance::Name), columns))
    }

    fn up_to(&self, most: Importance) -> String {
        let parts = self.parts.iter().filter(|(kind, _)| *kind <= most);
        let texts: Vec<_> = parts.map(|(_, text)| text.as_str()).collect();
        texts.join(" ")
    }
}

/// A text cut off where so many columns end.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width::of(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if width::of(&kept) + 1 > columns {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

fn name(flags: Flags) -> String {
    let names = BITS.iter().filter(|(bit, _)| flags.has(*bit));
    let names: Vec<_> = names.map(|(_, name)| *name).collect();
    if names.is_empty() {
        return "[]".to_owned();
    }
    names.join("-")
}

/// What there is to say of a segment beside its numbers.
fn remarks(subject: &Subject<'_>, point: &Point, is_lost: bool) -> Vec<String> {
    let words = subject.view.words;
    let said = &words.ladder;
    let mut remarks = Vec::new();
    if let Some(of) = subject.trace.copy_of(point.frame) {
        remarks.push(said!(said.copy_of, of));
        return remarks;
    }
    let judged = point.judged.map(|judged| (judged.kind, judged.cause));
    let was = match (judged, point.part) {
        (Some((Kind::Retransmission, cause)), _) => Some(said.again(cause)),
        (Some((Kind::OutOfOrder, _)), _) => Some(words.findings.out_of_order),
        (Some((Kind::Duplicate, _)), _) => Some(said.copied),
        (Some((Kind::Conflicting, _)), _) => Some(said.conflicting),
        (_, Part::KeepAlive) => Some(words.annotation.keep_alive),
        (_, Part::KeepAliveAck) => Some(words.annotation.keep_alive_ack),
        (_, Part::WindowProbe) => Some(words.annotation.window_probe),
        (_, Part::WindowProbeAck) => Some(words.annotation.window_probe_ack),
        (_, Part::WindowUpdate) => Some(words.annotation.window_update),
        (_, Part::AckAgain) if !subject.trace.sacks_in(point.frame).is_empty() => {
            Some(words.annotation.duplicate_ack)
        }
        (_, Part::AckAgain) => Some(words.annotation.ack_again),
        (_, Part::Nonsense) => Some(words.count.nonsense),
        _ if point.again > 0 && point.payload_len == 0 => Some(said.again),
        _ => None,
    };
    remarks.extend(was.map(str::to_owned));
    // The answer to a probe says so.
    let is_told = point.part == Part::WindowProbeAck;
    if point.window == 0 && !point.flags.any(Flags::RST | Flags::SYN) && !is_told {
        remarks.push(words.findings.zero_window.to_owned());
    }
    if is_lost {
        let is_syn = point.flags.has(Flags::SYN);
        let lost = if is_syn { said.unanswered } else { said.lost };
        remarks.push(lost.to_owned());
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label() -> Label {
        let mut label = Label::of_text("PSH-ACK".to_owned());
        label.add(Importance::Seq, "seq=1:101".to_owned());
        label.add(Importance::Length, "(100 bytes)".to_owned());
        label.add(Importance::Ack, "ack=1".to_owned());
        label.add(Importance::Remark, "lost".to_owned());
        label
    }

    #[test]
    fn what_matters_least_goes_first_where_room_is_short() {
        let at = |columns| label().fitted(columns);
        assert_eq!(at(80), "PSH-ACK seq=1:101 (100 bytes) ack=1 lost");
        assert_eq!(at(39), "PSH-ACK seq=1:101 ack=1 lost");
        assert_eq!(at(27), "PSH-ACK seq=1:101 lost");
        assert_eq!(at(21), "PSH-ACK lost");
        assert_eq!(at(11), "PSH-ACK");
        assert_eq!(at(5), "PSH-…");
    }

    #[test]
    fn control_bits_are_named_with_ack_last() {
        assert_eq!(name(Flags::ACK | Flags::SYN), "SYN-ACK");
        assert_eq!(name(Flags::ACK | Flags::FIN | Flags::PSH), "FIN-PSH-ACK");
        assert_eq!(name(Flags::default()), "[]");
    }

    #[test]
    fn a_text_is_cut_by_columns() {
        assert_eq!(cut("数据数据", 5), "数据…");
        assert_eq!(cut("abc", 3), "abc");
    }
}
