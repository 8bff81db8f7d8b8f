//! The windows that each end offers over time.

use crate::flags::Flags;
use crate::sink::draw::graph::pictured::Pictured;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::axis::Unit;
use crate::sink::draw::plot::marks::{Panel, Pin};
use crate::sink::draw::scene::Sign;
use crate::track::dir::Dir;

pub(super) fn panels(ends: &Pictured<'_>) -> Vec<Panel> {
    // What limits the end that sends most is the other end's window.
    let dirs = ends.dirs();
    let first = dirs.first().map_or(Dir::ToClient, |dir| dir.reverse());
    let both = [first, first.reverse()];
    both.into_iter().map(|dir| panel(ends, dir)).collect()
}

fn panel(ends: &Pictured<'_>, sender: Dir) -> Panel {
    let words = &ends.words.graph;
    let mut panel = Panel::new(ends.heading(words.window, sender), Unit::Octets);
    let mut spots = Vec::new();
    let mut is_closed = false;
    for point in ends.own_points().filter(|point| point.dir == sender) {
        if !point.flags.any(Flags::SYN | Flags::ACK) || point.flags.has(Flags::RST) {
            continue;
        }
        spots.push(ends.spot(point.time, point.window));
        if point.window == 0 && !is_closed {
            panel.key(Ink::Lost, Some(Sign::Box), words.closed_window);
            panel.pins.push(Pin {
                ink: Ink::Lost,
                at: ends.spot(point.time, 0),
                sign: Sign::Box,
                label: "0",
                said: ends.frame(point),
            });
        }
        is_closed = point.window == 0;
    }
    panel.steps(Ink::Window, spots, words.peer_window);
    panel
}
