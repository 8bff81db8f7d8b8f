//! The channels between the run and the screen, and who stands at the run's end of them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use crate::watch::feed::{Feed, ToTell};
use crate::watch::news::{News, Request};
use crate::watch::teller::Teller;

/// The run's ends.
pub struct Wires {
    pub news: SyncSender<News>,
    pub requests: Receiver<Request>,
    /// Told once, when the run has begun.
    pub begun: Sender<()>,
}

/// The screen's ends.
pub struct ScreenEnds {
    pub news: Receiver<News>,
    pub ask: Sender<Request>,
    pub begun: Receiver<()>,
}

/// Channels in which so many news may wait for the screen.
pub fn laid(room: usize) -> (Wires, ScreenEnds) {
    let (tell, news) = sync_channel(room);
    let (ask, requests) = channel();
    let (tell_begun, begun) = channel();
    let wires = Wires {
        news: tell,
        requests,
        begun: tell_begun,
    };
    (wires, ScreenEnds { news, ask, begun })
}

impl Wires {
    /// Who gathers, frames in so many octets, and who tells what was gathered.
    pub fn attach(self, keep: usize, is_live: bool) -> (Feed, Teller) {
        let gathered = Rc::new(RefCell::new(ToTell::new(keep)));
        let feed = Feed::new(Rc::clone(&gathered));
        (feed, Teller::new(gathered, self, is_live))
    }
}
