//! News on their way to the screen, through a channel that is never waited for.

use std::collections::VecDeque;
use std::sync::mpsc::{SyncSender, TrySendError};

use crate::watch::news::News;

/// What is sent, and what the channel has no room for yet.
pub struct Outbox {
    news: SyncSender<News>,
    /// In order.
    unsent: VecDeque<News>,
    /// Whether nobody looks any more.
    pub is_left: bool,
}

impl Outbox {
    pub const fn new(news: SyncSender<News>) -> Self {
        Self {
            news,
            unsent: VecDeque::new(),
            is_left: false,
        }
    }

    /// Whether something waits for room.
    pub fn is_full(&self) -> bool {
        !self.unsent.is_empty()
    }

    /// Sends something, behind what waits for room; whether there was room for all.
    pub fn offer(&mut self, news: News) -> bool {
        self.unsent.push_back(news);
        self.offer_again()
    }

    /// Sends what waits for room; whether there was room for all.
    pub fn offer_again(&mut self) -> bool {
        while let Some(news) = self.unsent.pop_front() {
            match self.news.try_send(news) {
                Ok(()) => continue,
                Err(TrySendError::Full(news)) => self.unsent.push_front(news),
                Err(TrySendError::Disconnected(_)) => self.is_left = true,
            }
            return false;
        }
        !self.is_left
    }
}
