//! Classic tcptrace's time-sequence graph.

use crate::flags::Flags;
use crate::sink::draw::picture::Subject;
use crate::sink::draw::xplot::head::XplotHead;
use crate::sink::draw::xplot::pen::{At, Pen, Units, XplotColour};
use crate::track::classic::graphs::{Acknowledged, ClassicReading, Replay};
use crate::track::dir::Dir;
use crate::track::point::Point;
use crate::track::trace::SackBlock;

/// The file for what an end sent.
pub(in crate::sink::draw) fn sequence(subject: &Subject<'_>, sender: Dir) -> String {
    let head = XplotHead {
        units: Units::Numbers,
        name: "time sequence graph",
        values: "sequence number",
    };
    let mut pen = head.begin(subject, sender);
    let mut replay = Replay::default();
    for point in subject.trace.points() {
        let reading = replay.take(point);
        if point.dir == sender {
            sent(&mut pen, point, &reading);
            continue;
        }
        if point.flags.has(Flags::RST) {
            let is_ack = point.flags.has(Flags::ACK);
            let number = if is_ack {
                point.ack.0
            } else {
                reading.last_ack
            };
            let at = (reading.now, number);
            pen.text("atext", at, Some(XplotColour::Magenta), "RST_IN");
        }
        if let Some(acknowledged) = &reading.acknowledged {
            let blocks = subject.trace.sacks_in(point.frame);
            received(&mut pen, point, &reading, acknowledged, blocks);
        }
    }
    pen.end()
}

/// A segment, and its marks in the file of its sender.
struct SentMark<'a> {
    point: &'a Point,
    reading: &'a ClassicReading,
}

impl SentMark<'_> {
    /// So many numbers behind its first.
    fn at(&self, behind: u32) -> At {
        (self.reading.now, (self.point.seq + behind).0)
    }

    fn has(&self, bit: Flags) -> bool {
        self.point.flags.has(bit)
    }

    /// What colour a SYN or a FIN has.
    const fn control_colour(&self) -> XplotColour {
        match self.repeated_colour() {
            Some(colour) => colour,
            None => XplotColour::Orange,
        }
    }

    const fn repeated_colour(&self) -> Option<XplotColour> {
        if self.reading.is_copy {
            Some(XplotColour::Blue)
        } else if self.reading.again > 0 {
            Some(XplotColour::Red)
        } else {
            None
        }
    }

    /// What a SYN or a FIN is called.
    fn control_name(&self, name: &str) -> String {
        let before = if self.reading.is_copy {
            "HD "
        } else if self.reading.again > 0 {
            "R "
        } else {
            ""
        };
        format!("{before}{name}")
    }
}

fn sent(pen: &mut Pen, point: &Point, reading: &ClassicReading) {
    let sent = SentMark { point, reading };
    let end = sent.at(point.payload_len);
    let is_control = point.flags.any(Flags::SYN | Flags::FIN);
    if reading.is_out_of_order {
        pen.colour(XplotColour::Pink);
        pen.text("atext", end, None, "O");
    }
    if reading.again > 0 && !is_control {
        pen.colour(XplotColour::Red);
        let name = if reading.is_copy { "HD" } else { "R" };
        pen.text("atext", end, None, name);
    }
    if reading.is_probe {
        pen.colour(XplotColour::Orange);
        pen.text("btext", end, None, "P");
    }
    pen.colour(XplotColour::White);
    if sent.has(Flags::SYN) {
        syn(pen, &sent);
    } else if sent.has(Flags::FIN) {
        fin(pen, &sent);
    } else if point.payload_len > 0 {
        data(pen, &sent);
    } else {
        pen.mark("darrow", sent.at(0), None);
        pen.mark("uarrow", sent.at(0), None);
    }
    signs(pen, &sent);
}

fn syn(pen: &mut Pen, sent: &SentMark<'_>) {
    let (start, next) = (sent.at(0), sent.at(1));
    if sent.has(Flags::ACK) {
        let first = (sent.reading.start, start.1);
        pen.mark("dot", first, Some(XplotColour::Green));
    }
    pen.colour(sent.control_colour());
    pen.mark("diamond", start, None);
    pen.text("atext", next, None, &sent.control_name("SYN"));
    pen.mark("uarrow", next, None);
    pen.line(start, next);
}

fn fin(pen: &mut Pen, sent: &SentMark<'_>) {
    let len = sent.point.payload_len;
    let (end, next) = (sent.at(len), sent.at(len.wrapping_add(1)));
    if len > 0 {
        pen.mark("darrow", sent.at(0), None);
        pen.line(sent.at(0), end);
        pen.colour(sent.control_colour());
    } else {
        pen.colour(sent.control_colour());
        pen.mark("darrow", end, None);
    }
    pen.line(end, next);
    pen.mark("box", next, None);
    pen.text("atext", next, None, &sent.control_name("FIN"));
}

fn data(pen: &mut Pen, sent: &SentMark<'_>) {
    let (start, end) = (sent.at(0), sent.at(sent.point.payload_len));
    if let Some(colour) = sent.repeated_colour() {
        pen.colour(colour);
    }
    pen.mark("darrow", start, None);
    if sent.has(Flags::PSH) {
        pen.mark("diamond", end, Some(XplotColour::White));
        pen.mark("dot", end, Some(XplotColour::White));
    } else {
        pen.mark("uarrow", end, None);
    }
    pen.line(start, end);
}

/// What else a segment says.
fn signs(pen: &mut Pen, sent: &SentMark<'_>) {
    // IPv6 has no identification, and classic tcptrace looks at IPv4 alone.
    let is_ipv4 = sent.point.identification.is_some();
    let is_marked = is_ipv4 && sent.point.is_congestion_experienced();
    let name = match (sent.has(Flags::CWR), is_marked) {
        (true, true) => "CWR CE",
        (true, false) => "CWR",
        (false, true) => "CE",
        (false, false) => "",
    };
    if !name.is_empty() {
        pen.colour(XplotColour::Yellow);
        pen.mark("diamond", sent.at(0), None);
        pen.text("atext", sent.at(0), None, name);
    }
    let len = sent.point.payload_len;
    if sent.has(Flags::URG) && len > 0 {
        pen.colour(XplotColour::Red);
        pen.text("atext", sent.at(len), None, "U");
    }
    if sent.has(Flags::RST) {
        pen.text("atext", sent.at(0), Some(XplotColour::Magenta), "RST_OUT");
    }
}

/// The marks of an acknowledgment, in the file of the end that it acknowledges.
fn received(
    pen: &mut Pen,
    point: &Point,
    reading: &ClassicReading,
    acknowledged: &Acknowledged,
    blocks: &[SackBlock],
) {
    let now = reading.now;
    #[expect(clippy::cast_possible_truncation, reason = "numbers wrap")]
    let edge = acknowledged.edge as u32;
    if reading.window == 0 {
        pen.text("atext", (now, edge), Some(XplotColour::Magenta), "Z");
    }
    if let Some(since) = acknowledged.since {
        let (before, ack) = (reading.last_ack, point.ack.0);
        pen.colour(XplotColour::Green);
        pen.line((since, before), (now, before));
        if ack == before {
            pen.mark("dtick", (now, ack), None);
            if acknowledged.is_third {
                pen.text("atext", (now, ack), None, "3");
            }
        } else {
            pen.line((now, before), (now, ack));
        }
        if point.flags.has(Flags::ECE) && !point.flags.has(Flags::SYN) {
            pen.colour(XplotColour::Yellow);
            pen.mark("diamond", (now, ack), None);
        }
        let old = acknowledged.old_edge;
        pen.colour(XplotColour::Yellow);
        pen.line((since, old), (now, old));
        // The new edge is not wrapped, and so never the old one behind the wrap.
        if acknowledged.edge == u64::from(old) {
            pen.mark("utick", (now, edge), None);
        } else {
            pen.line((now, old), (now, edge));
        }
    }
    sacks(pen, now, blocks);
}

fn sacks(pen: &mut Pen, now: i64, blocks: &[SackBlock]) {
    let Some(top) = blocks.iter().map(|(_, right)| right.0).max() else {
        return;
    };
    pen.colour(XplotColour::Purple);
    for (nth, (left, right)) in blocks.iter().enumerate() {
        let (left, right) = ((now, left.0), (now, right.0));
        pen.line(left, right);
        pen.mark("htick", left, None);
        pen.mark("htick", right, None);
        if blocks.len() > 1 {
            pen.text("rtext", right, None, &(nth + 1).to_string());
        }
    }
    pen.text("atext", (now, top), None, "S");
}
