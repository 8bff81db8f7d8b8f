//! What the end of a connection or of the capture changes.

use crate::time::{Span, Timestamp};
use crate::track::flow::Flow;

/// How long an end waits for an answer before it repeats itself: the first
/// retransmission timeout (RFC 6298 §2.1).
const PATIENCE: Span = Span(1_000_000_000);

impl Flow {
    /// Takes no window for closed any longer than `at`, when the connection
    /// ends, or the capture.
    pub(in crate::track) fn end_stalls(&mut self, at: Timestamp) {
        for half in [&mut self.client, &mut self.server] {
            if let Some(troubles) = &mut half.troubles {
                troubles.stalls.end(at, None);
            }
        }
    }

    /// Takes note that the run was cut off at `at`, where that is in the middle
    /// of the connection: nobody had repeated anything, nor had had to.
    pub(in crate::track) fn cut_off(&mut self, at: Timestamp) {
        let repeats = self.client.unanswered() > 0 || self.server.unanswered() > 0;
        self.is_cut_off = !repeats && at - self.last < PATIENCE;
    }
}
