//! Round trips over time, with the shortest and the median.

use crate::sink::draw::graph::pictured::Pictured;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::axis::Unit;
use crate::sink::draw::plot::marks::{MarkSaid, Panel, Pin, Spot};
use crate::sink::draw::scene::Sign;
use crate::sink::duration::shown;
use crate::sink::words::fill::said;
use crate::time::Span;
use crate::track::dir::Dir;

pub(super) fn panels(ends: &Pictured<'_>) -> Vec<Panel> {
    let both = [Dir::ToServer, Dir::ToClient];
    let panels = both.into_iter().map(|dir| panel(ends, dir));
    let mut panels: Vec<_> = panels.filter(|panel| !panel.pins.is_empty()).collect();
    if panels.is_empty() {
        panels.push(panel(ends, Dir::ToServer));
    }
    panels
}

#[expect(clippy::cast_precision_loss, reason = "a line is coarser")]
fn nanoseconds(span: Span) -> f64 {
    span.0 as f64
}

fn panel(ends: &Pictured<'_>, sender: Dir) -> Panel {
    let words = &ends.words.graph;
    let mut panel = Panel::new(ends.heading(words.rtt, sender), Unit::Time);
    let trips = ends.trace.round_trips(sender);
    for trip in &trips.samples {
        panel.key(Ink::Data, Some(Sign::Dot), words.round_trip);
        panel.pins.push(Pin {
            ink: Ink::Data,
            at: ends.spot(trip.time, nanoseconds(trip.took)),
            sign: Sign::Dot,
            label: "",
            said: MarkSaid {
                tip: said!(words.took, trip.took, trip.frame),
                frame: Some(trip.frame),
            },
        });
    }
    let lines = [
        (Ink::Ack, trips.least, words.least),
        (Ink::Again, trips.median, words.median),
    ];
    let mut said = Vec::new();
    for (ink, value, text) in lines {
        if let Some(value) = value {
            said.push(format!("{text} {}", shown(value)));
            let ends = [0, ends.length()].map(|time| Spot {
                time,
                value: nanoseconds(value),
            });
            panel.curve(ink, ends.to_vec(), text);
        }
    }
    if !said.is_empty() {
        panel.heading = format!("{} ({})", panel.heading, said.join(ends.words.count.comma));
    }
    panel.remarks.extend(ends.half_of_the_way(sender));
    panel
}
