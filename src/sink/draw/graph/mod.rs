//! Graphs: values of a connection over time, a file a graph.

mod flight;
mod pictured;
mod rtt;
mod sequence;
mod sizes;
mod throughput;
mod window;

use crate::sink::draw::graph::pictured::Pictured;
use crate::sink::draw::picture::{Picture, Subject};
use crate::sink::draw::plot::layout;
use crate::sink::draw::plot::marks::Panel;
use crate::sink::draw::scene::Scene;
use crate::sink::draw::xplot;
use crate::sink::line::clock::{Clock, TimeStyle};
use crate::sink::sentence;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::time::Resolution;
use crate::track::dir::Dir;

/// A graph of a connection.
struct ConnectionGraph<'c> {
    subject: Subject<'c>,
    panels: fn(&Pictured<'_>) -> Vec<Panel>,
    xplot: Option<fn(&Subject<'_>, Dir) -> String>,
}

impl Picture for ConnectionGraph<'_> {
    fn scene(&self, columns: usize) -> Scene {
        let Subject {
            connection,
            trace,
            view,
        } = self.subject;
        let flow = &connection.flow;
        let mut panels = (self.panels)(&Pictured::of(self.subject));
        if let (0, Some(last)) = (trace.left_out(), panels.last_mut()) {
            let is_empty = last.curves.is_empty() && last.bars.is_empty() && last.pins.is_empty();
            if is_empty {
                last.remarks.push(view.words.graph.nothing.to_owned());
            }
        } else if let Some(last) = panels.last_mut() {
            last.remarks
                .push(said!(view.words.ladder.left_out, trace.left_out()));
        }
        let mut began = Text::default();
        let zone = view.zone.clone();
        let mut clock = Clock::new(TimeStyle::TimeOfDay, Resolution::Micro, zone);
        clock.write(flow.first, &mut began);
        let title = format!(
            "{}{} → {}{}{}",
            String::from_utf8_lossy(began.octets()),
            flow.client_addr(),
            flow.server_addr(),
            view.words.count.colon,
            sentence::verdict(flow, view.words)
        );
        let length = flow.duration().0.max(1_000);
        layout::scene(title, panels, length, (columns, view.height))
    }

    fn xplot(&self, sender: Dir) -> Option<String> {
        self.xplot.map(|xplot| xplot(&self.subject, sender))
    }
}

/// Sequence numbers.
pub(super) fn sequence<'c>(subject: &Subject<'c>) -> Box<dyn Picture + 'c> {
    Box::new(ConnectionGraph {
        subject: *subject,
        panels: sequence::panels,
        xplot: Some(xplot::sequence),
    })
}

/// Round trips.
pub(super) fn rtt<'c>(subject: &Subject<'c>) -> Box<dyn Picture + 'c> {
    Box::new(ConnectionGraph {
        subject: *subject,
        panels: rtt::panels,
        xplot: Some(xplot::rtt),
    })
}

/// What is outstanding.
pub(super) fn flight<'c>(subject: &Subject<'c>) -> Box<dyn Picture + 'c> {
    Box::new(ConnectionGraph {
        subject: *subject,
        panels: flight::panels,
        xplot: Some(xplot::flight),
    })
}

/// Throughput.
pub(super) fn throughput<'c>(subject: &Subject<'c>) -> Box<dyn Picture + 'c> {
    Box::new(ConnectionGraph {
        subject: *subject,
        panels: throughput::panels,
        xplot: Some(xplot::throughput),
    })
}

/// Windows.
pub(super) fn window<'c>(subject: &Subject<'c>) -> Box<dyn Picture + 'c> {
    Box::new(ConnectionGraph {
        subject: *subject,
        panels: window::panels,
        xplot: None,
    })
}

/// Sizes of segments.
pub(super) fn segments<'c>(subject: &Subject<'c>) -> Box<dyn Picture + 'c> {
    Box::new(ConnectionGraph {
        subject: *subject,
        panels: sizes::panels,
        xplot: Some(xplot::segments),
    })
}
