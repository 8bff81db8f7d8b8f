//! A sink, and what is counted of the run that goes to it.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use tcptrace::sink::metrics::Metrics;
use tcptrace::sink::{Event, Sink};
use tcptrace::track::Wants;

/// A sink, and what is counted.
pub struct Counting<K> {
    shown: K,
    /// None where nobody may ask.
    metrics: Option<Rc<RefCell<Metrics>>>,
}

impl<K> Counting<K> {
    pub(super) const fn of(shown: K, metrics: Rc<RefCell<Metrics>>) -> Self {
        let metrics = Some(metrics);
        Self { shown, metrics }
    }

    /// The sink alone.
    pub const fn without(shown: K) -> Self {
        let metrics = None;
        Self { shown, metrics }
    }
}

impl<K: Sink> Sink for Counting<K> {
    fn wants(&self) -> Wants {
        match self.metrics {
            Some(_) => self.shown.wants() | Metrics::wants(),
            None => self.shown.wants(),
        }
    }

    #[inline]
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Some(metrics) = &self.metrics {
            match event {
                Event::Packet(_, Some(seen)) => metrics.borrow_mut().segment(seen),
                Event::Connection(connection) => metrics.borrow_mut().connection(connection),
                _ => {}
            }
        }
        self.shown.take(event)
    }
}
