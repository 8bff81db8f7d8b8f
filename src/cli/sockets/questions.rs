//! The queue of what is to be asked, which is never waited for.

use std::sync::mpsc::SyncSender;

use tcptrace::socket::SocketPair;

use crate::cli::sockets::Inquiry;

/// Where questions are put.
#[derive(Debug)]
pub(super) struct Questions(SyncSender<Inquiry>);

impl Questions {
    pub(super) const fn into(queue: SyncSender<Inquiry>) -> Self {
        Self(queue)
    }

    /// Puts a question about these ends, now or for later; whether there was room. Where
    /// nobody asks any more, that is said already.
    pub(super) fn ask(&self, ends: [Option<SocketPair>; 2], is_for_later: bool) -> bool {
        self.0.try_send(Inquiry { ends, is_for_later }).is_ok()
    }
}
