//! The sizes of segments over time.

use crate::sink::draw::graph::pictured::Pictured;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::axis::Unit;
use crate::sink::draw::plot::marks::{Panel, Pin};
use crate::sink::draw::scene::Sign;
use crate::track::dir::Dir;

pub(super) fn panels(ends: &Pictured<'_>) -> Vec<Panel> {
    let dirs = ends.dirs().into_iter();
    dirs.map(|dir| panel(ends, dir)).collect()
}

fn panel(ends: &Pictured<'_>, sender: Dir) -> Panel {
    let words = &ends.words.graph;
    let mut panel = Panel::new(ends.heading(words.segments, sender), Unit::Octets);
    let points = ends.own_points().filter(|point| point.dir == sender);
    for point in points.filter(|point| point.payload_len > 0) {
        let ink = if point.again > 0 {
            Ink::Again
        } else {
            Ink::Data
        };
        let text = if point.again > 0 {
            words.again
        } else {
            words.size
        };
        panel.key(ink, Some(Sign::Dot), text);
        panel.pins.push(Pin {
            ink,
            at: ends.spot(point.time, point.payload_len),
            sign: Sign::Dot,
            label: "",
            said: ends.frame(point),
        });
    }
    panel
}
