//! How fast each end sent over time.

use crate::sink::draw::graph::pictured::Pictured;
use crate::sink::draw::ink::Ink;
use crate::sink::draw::plot::axis::Unit;
use crate::sink::draw::plot::marks::{Panel, Spot};
use crate::track::dir::Dir;

pub(super) fn panels(ends: &Pictured<'_>) -> Vec<Panel> {
    let dirs = ends.dirs().into_iter();
    dirs.map(|dir| panel(ends, dir)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a line is coarser")]
fn panel(ends: &Pictured<'_>, sender: Dir) -> Panel {
    let words = &ends.words.graph;
    let mut panel = Panel::new(ends.heading(words.throughput, sender), Unit::Rate);
    let rates = ends.trace.rates(sender, ends.begin());
    let is_again = rates.iter().any(|rate| rate.first < rate.sent);
    let spots = |value: fn(&(u64, u64)) -> u64| {
        let mut spots: Vec<_> = rates
            .iter()
            .map(|rate| Spot {
                time: rate.begin.0,
                value: value(&(rate.sent, rate.first)) as f64,
            })
            .collect();
        // The last while ends with the connection.
        spots.extend(spots.last().copied().map(|last| Spot {
            time: ends.length(),
            ..last
        }));
        spots
    };
    if is_again {
        panel.steps(Ink::Again, spots(|rates| rates.0), words.all_data);
        panel.steps(Ink::Data, spots(|rates| rates.1), words.first_data);
    } else {
        panel.steps(Ink::Data, spots(|rates| rates.0), words.data);
    }
    panel
}
