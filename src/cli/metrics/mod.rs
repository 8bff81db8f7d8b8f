//! `--metrics`: what is counted of a run, for Prometheus to fetch over HTTP.
//!
//! A thread of its own answers. It asks the run for the text, which is made in turns
//! between frames, and at most once a second however often it is fetched: no frame waits
//! for whoever is slow to read.

pub mod address;
mod counting;
mod exchange;
mod http;

pub use counting::Counting;

use std::cell::RefCell;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::thread;

use tcptrace::capture::Statistics;
use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;
use tcptrace::sink::Sink;
use tcptrace::sink::metrics::{KernelCounts, Metrics, OpenConnections};

use crate::cli::beside::RunUnderWay;
use crate::cli::failure::Failure;
use crate::cli::metrics::exchange::Exchange;
use crate::cli::turn;

/// What is served of a run.
pub struct Served {
    metrics: Rc<RefCell<Metrics>>,
    exchange: Arc<Exchange>,
    /// The connections that have not ended, while they are counted.
    open: Option<OpenConnections>,
}

/// A port that is taken before the capture begins.
pub fn listen(addr: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(addr).map_err(|source| Failure::Metrics { addr, source })
}

impl Served {
    /// Serves what will be counted, until the program ends.
    pub fn on(listener: TcpListener, stop: &Stop) -> Result<Self, Error> {
        let exchange = Arc::new(Exchange::new(stop.clone()));
        let answered = Arc::clone(&exchange);
        let thread = thread::Builder::new().name("metrics".to_owned());
        thread
            .spawn(move || http::serve(&listener, &answered))
            .map_err(Error::Stop)?;
        Ok(Self {
            metrics: Rc::default(),
            exchange,
            open: None,
        })
    }

    /// A sink, and what is counted of the same run.
    pub fn counting<K: Sink>(&self, shown: K) -> Counting<K> {
        Counting::of(shown, Rc::clone(&self.metrics))
    }

    /// Goes on with the text, where it was asked for; whether that is told.
    pub fn attend(
        &mut self,
        run: &dyn RunUnderWay,
        statistics: Option<Statistics>,
    ) -> Result<bool, Error> {
        if self.exchange.is_asked() {
            self.open.get_or_insert_default();
        }
        let Some(open) = &mut self.open else {
            return Ok(true);
        };
        let metrics = self.metrics.borrow();
        let is_done = turn::take(|| {
            metrics.count_open(open, run.tracker(), turn::A_PART);
            Ok(open.is_done())
        })?;
        if is_done {
            let kernel = statistics.map(|counts| KernelCounts {
                received: counts.received,
                dropped: counts.dropped,
                dropped_by_interface: counts.dropped_by_interface,
            });
            let text = metrics.text(open, &run.totals(), kernel);
            self.exchange.tell(text);
            self.open = None;
        }
        Ok(is_done)
    }
}
