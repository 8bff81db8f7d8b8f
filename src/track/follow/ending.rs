//! What the end of a connection or of the capture changes.

use crate::time::Timestamp;
use crate::track::flow::Flow;
use crate::track::held::{Held, Sort};
use crate::track::verdict::PATIENCE;

impl Flow {
    /// Counts a window as closed up to `at`, when the connection ends, or the capture.
    pub(in crate::track) fn count_stalls(&mut self, at: Timestamp) {
        for half in [&mut self.client, &mut self.server] {
            if let Some(incidents) = &mut half.incidents {
                incidents.troubles.stalls.count(at);
            }
        }
    }

    /// Takes note of what the capture had held when it ended at `at`.
    pub(in crate::track) fn end(&mut self, at: Timestamp, held: Held) {
        self.take_unchallenged_reset();
        self.held = held;
        self.silence = at - self.last;
        let has_acks = held.has_any(Sort::BareAck);
        self.handshake.is_ack_timely |= has_acks && self.handshake.ack.is_some();
    }

    /// Takes note that the run was cut off at `at`, where that is in the middle
    /// of the connection: nobody had repeated anything, nor had had to, nor had a window
    /// been closed for long.
    pub(in crate::track) fn cut_off(&mut self, at: Timestamp) {
        let repeats = self.client.unanswered() > 0 || self.server.unanswered() > 0;
        let since = self.stalled_since().unwrap_or(self.last);
        self.is_cut_off = !repeats && at - since < PATIENCE;
    }

    /// Since when a window is closed.
    fn stalled_since(&self) -> Option<Timestamp> {
        let ends = [&self.client, &self.server];
        let since = ends.map(|end| end.troubles().and_then(|all| all.stalls.since()));
        since.into_iter().flatten().min()
    }
}
