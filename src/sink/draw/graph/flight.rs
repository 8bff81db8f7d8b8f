//! What is outstanding over time, the window that it may fill, and what the connection
//! waits for.

use crate::sink::draw::graph::pictured::Pictured;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::axis::Unit;
use crate::sink::draw::plot::marks::Panel;

pub(super) fn panels(ends: &Pictured<'_>) -> Vec<Panel> {
    let words = &ends.words.graph;
    let dirs = ends.dirs().into_iter();
    let panels = dirs.map(|dir| {
        let mut panel = Panel::new(ends.heading(words.flight, dir), Unit::Octets);
        let (mut octets, mut window) = (Vec::new(), Vec::new());
        for at in ends.trace.outstanding(dir) {
            octets.push(ends.spot(at.time, at.octets));
            window.extend(at.window.map(|window| ends.spot(at.time, window)));
        }
        panel.steps(Ink::Window, window, words.peer_window);
        panel.let_leave(words.beyond);
        panel.steps(Ink::Data, octets, words.outstanding);
        ends.add_course(&mut panel);
        panel.remarks.extend(ends.half_of_the_way(dir));
        panel
    });
    panels.collect()
}
