//! What was found about a segment, where its title does not say it.

use crate::sink::words::group::texts;

texts! {
    /// What was found about a segment, and what it really was.
    FindingTexts {
        ack_lost_segment,
        /// The {0}th after frame {1}.
        duplicate_ack,
        window_full,
        zero_window,
        zero_window_probe,
        zero_window_probe_ack,
        reused_ports,
        tfo_ignored,
        out_of_order,
        duplicate,
        /// Sent again, and why.
        retransmission,
        timeout,
        fast,
        tail_probe,
        spurious,
    }
}
