//! Sequence numbers over time, relative to the first: what was sent and what became of it,
//! what was acknowledged, and how far the window went.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::seq::SeqNum;
use crate::sink::draw::graph::pictured::Pictured;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::axis::Unit;
use crate::sink::draw::plot::marks::{Bar, MarkSaid, NEAR, Panel, Pin, Spot};
use crate::sink::draw::scene::Sign;
use crate::sink::words::fill::said;
use crate::track::dir::Dir;
use crate::track::judgement::Kind;
use crate::track::part::Part;
use crate::track::point::Point;

pub(super) fn panels(ends: &Pictured<'_>) -> Vec<Panel> {
    let lost = ends.trace.lost();
    let dirs = ends.dirs().into_iter();
    dirs.map(|dir| SequenceGraph::of(ends, dir, &lost).panel)
        .collect()
}

/// Numbers as they go on, however often they come round.
struct RisingNumbers {
    latest: SeqNum,
    value: i64,
}

impl RisingNumbers {
    fn of(&mut self, number: SeqNum) -> f64 {
        let value = self.value + i64::from(number - self.latest);
        if value > self.value {
            (self.latest, self.value) = (number, value);
        }
        #[expect(clippy::cast_precision_loss, reason = "a line is coarser")]
        let value = value as f64;
        value
    }
}

/// The graph of what an end sent, under construction.
struct SequenceGraph<'e, 'c> {
    ends: &'e Pictured<'c>,
    lost: &'e [NonZeroU64],
    numbers: RisingNumbers,
    panel: Panel,
    /// The end of the data that went farthest.
    highest: f64,
    acknowledged: Vec<Spot>,
    edge: Vec<Spot>,
    is_closed: bool,
}

impl<'e, 'c> SequenceGraph<'e, 'c> {
    fn of(ends: &'e Pictured<'c>, sender: Dir, lost: &'e [NonZeroU64]) -> Self {
        let words = &ends.words.graph;
        let heading = ends.heading(words.sequence, sender);
        let mut graph = Self {
            ends,
            lost,
            numbers: RisingNumbers {
                latest: ends.first_number(sender),
                value: 0,
            },
            panel: Panel::new(heading, Unit::Octets),
            highest: 0.0,
            acknowledged: Vec::new(),
            edge: Vec::new(),
            is_closed: false,
        };
        graph.panel.key(Ink::Data, None, words.data);
        graph.panel.waits = ends.waits();
        for point in ends.trace.points() {
            if point.dir == sender {
                graph.send(point);
            } else if point.part != Part::Copy {
                graph.hear(point);
            }
        }
        let (acknowledged, edge) = (graph.acknowledged, graph.edge);
        graph.acknowledged = Vec::new();
        graph.edge = Vec::new();
        graph
            .panel
            .steps(Ink::Ack, acknowledged, words.acknowledged);
        graph.panel.steps(Ink::Window, edge, words.offered);
        graph.panel.let_leave(words.beyond);
        graph
    }

    fn send(&mut self, point: &Point) {
        let is_copy = point.part == Part::Copy;
        let low = self.numbers.of(point.seq);
        let high = self.numbers.of(point.seq + point.payload_len);
        if point.payload_len > 0 {
            self.highest = self.highest.max(high);
            self.data(point, (low, high));
        }
        if is_copy {
            return;
        }
        let words = &self.ends.words.graph;
        if point.part.asks() {
            let is_probe = point.part == Part::WindowProbe;
            let text = if is_probe {
                words.probe
            } else {
                words.keep_alive
            };
            self.panel.key(Ink::Sign, Some(Sign::Diamond), text);
            self.pin(point, (Ink::Sign, Sign::Diamond), high, "");
        }
        let signs = [
            (Flags::SYN, Ink::Opening, Sign::Diamond, "SYN"),
            (Flags::FIN, Ink::Closing, Sign::Box, "FIN"),
            (Flags::RST, Ink::Reset, Sign::Cross, "RST"),
        ];
        for (bit, ink, sign, label) in signs {
            if point.flags.has(bit) {
                self.pin(point, (ink, sign), high, label);
            }
        }
        if point.is_congestion_experienced() {
            self.panel.key(Ink::Sign, Some(Sign::Up), words.congested);
            self.pin(point, (Ink::Sign, Sign::Up), high, "CE");
        }
        if point.flags.has(Flags::URG) && point.payload_len > 0 {
            self.panel.key(Ink::Sign, Some(Sign::Down), words.urgent);
            self.pin(point, (Ink::Sign, Sign::Down), high, "URG");
        }
    }

    /// A segment with data: what it was, and that it was lost.
    fn data(&mut self, point: &Point, (low, high): (f64, f64)) {
        let words = &self.ends.words.graph;
        let (ink, what) = self.judged(point);
        let key = match ink {
            Ink::Again => words.again,
            _ => what,
        };
        self.panel.key(ink, None, key);
        #[expect(clippy::cast_possible_truncation, reason = "whole numbers")]
        #[expect(clippy::cast_sign_loss, reason = "negative below the first")]
        let (from, until) = (low.max(0.0) as u64, high.max(0.0) as u64);
        let mut tip = said!(words.segment, point.frame, from, until);
        if ink != Ink::Data {
            tip = tip + self.ends.words.count.comma + what;
        }
        let is_lost = point.part != Part::Copy && self.lost.binary_search(&point.frame).is_ok();
        if is_lost {
            tip = tip + self.ends.words.count.comma + self.ends.words.ladder.lost;
        }
        let said = MarkSaid {
            tip,
            frame: Some(point.frame),
        };
        let time = self.ends.since(point.time);
        let bar = Bar {
            ink: if is_lost { Ink::Lost } else { ink },
            time,
            low,
            high,
            said: said.clone(),
        };
        self.panel.bars.push(bar);
        if is_lost {
            self.panel
                .key(Ink::Lost, Some(Sign::Cross), self.ends.words.ladder.lost);
            let value = f64::midpoint(low, high);
            self.panel.pins.push(Pin {
                ink: Ink::Lost,
                at: Spot { time, value },
                sign: Sign::Cross,
                label: "",
                said,
            });
        }
    }

    /// What a segment was.
    fn judged(&self, point: &Point) -> (Ink, &'static str) {
        let words = &self.ends.words.graph;
        let judged = point.judged;
        match judged.map(|judged| judged.kind) {
            _ if point.part == Part::Copy => (Ink::Copy, words.copied),
            Some(Kind::Retransmission) => {
                let cause = judged.and_then(|judged| judged.cause);
                (Ink::Again, self.ends.words.ladder.again(cause))
            }
            Some(Kind::OutOfOrder) => (Ink::Disordered, words.disordered),
            Some(Kind::Duplicate) => (Ink::Copy, words.copied),
            Some(Kind::Conflicting) => (Ink::Lost, self.ends.words.ladder.conflicting),
            _ => (Ink::Data, words.data),
        }
    }

    /// A segment of the other end.
    fn hear(&mut self, point: &Point) {
        if point.flags.has(Flags::RST) {
            let at = self.acknowledged.last().map_or(0.0, |spot| spot.value);
            self.pin(point, (Ink::Reset, Sign::Cross), at, "RST");
            return;
        }
        if !point.flags.has(Flags::ACK) {
            return;
        }
        let ends = self.ends;
        let words = &ends.words.graph;
        let ack = self.numbers.of(point.ack);
        let is_older = self
            .acknowledged
            .last()
            .is_some_and(|last| last.value > ack);
        if !is_older {
            self.acknowledged.push(ends.spot(point.time, ack));
            let edge = ack + f64::from(point.window);
            self.edge.push(ends.spot(point.time, edge));
        }
        let closes = point.window == 0 && !self.is_closed;
        self.is_closed = point.window == 0;
        if closes {
            self.panel
                .key(Ink::Lost, Some(Sign::Box), words.closed_window);
            self.pin(point, (Ink::Lost, Sign::Box), ack, "0");
        }
        if matches!(point.part, Part::AckAgain | Part::ChallengeAck) {
            self.panel.key(Ink::Ack, Some(Sign::Dot), words.ack_again);
            self.pin(point, (Ink::Ack, Sign::Dot), ack, "");
        }
        // What lies far above all data is of other numbers, which somebody on the way has made.
        let far = NEAR * self.highest.max(ack);
        for &(left, right) in ends.trace.sacks_in(point.frame) {
            if f64::from(right - point.ack) + ack > far {
                continue;
            }
            self.panel.key(Ink::Sack, None, words.sacked);
            let bar = Bar {
                ink: Ink::Sack,
                time: ends.since(point.time),
                low: self.numbers.of(left),
                high: self.numbers.of(right),
                said: ends.frame(point),
            };
            self.panel.bars.push(bar);
        }
    }

    fn pin(&mut self, point: &Point, (ink, sign): (Ink, Sign), value: f64, label: &'static str) {
        let pin = Pin {
            ink,
            at: self.ends.spot(point.time, value),
            sign,
            label,
            said: self.ends.frame(point),
        };
        self.panel.pins.push(pin);
    }
}
