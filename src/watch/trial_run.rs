//! For tests: a run over a recording, with the feed and the teller of a screen.

use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};

use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Source, savefile};
use tcptrace::pipeline::Pipeline;

use crate::cli::beside::Present;
use crate::watch::feed::Feed;
use crate::watch::news::{News, Request};
use crate::watch::teller::Teller;
use crate::watch::wires::{self, ScreenEnds};

/// A run over a recording, between any two frames.
pub struct TrialRun {
    pub run: Pipeline<Feed>,
    source: Box<dyn Source>,
    pub teller: Teller,
    pub news: Receiver<News>,
    pub ask: Sender<Request>,
    /// Who is told that the run has begun.
    _begun: Receiver<()>,
}

impl TrialRun {
    /// A run over `captures/NAME`, whose channel has room for so many news.
    pub fn of(name: &str, room: usize) -> Self {
        let path = format!("{}/captures/{name}", env!("CARGO_MANIFEST_DIR"));
        let source = savefile::open(path, Filter::default()).unwrap();
        let (wires, ScreenEnds { news, ask, begun }) = wires::laid(room);
        let (feed, teller) = wires.attach(16 << 20, false);
        Self {
            run: Pipeline::new(feed, None),
            source,
            teller,
            news,
            ask,
            _begun: begun,
        }
    }

    /// Takes so many frames.
    pub fn step(&mut self, frames: u64) {
        let left = std::cell::Cell::new(frames + 1);
        self.run
            .read(&mut *self.source, || {
                left.set(left.get() - 1);
                left.get() == 0
            })
            .unwrap();
    }

    /// The screen goes.
    pub fn hang_up(&mut self) {
        self.news = sync_channel(1).1;
        self.ask = channel().0;
    }

    /// What is told between two frames.
    pub fn present(&mut self) -> (&mut Teller, Present<'_>) {
        let present = Present {
            run: &mut self.run,
            statistics: None,
        };
        (&mut self.teller, present)
    }
}
