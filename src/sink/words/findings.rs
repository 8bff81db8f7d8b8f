//! What was found about a segment, where its title does not say it.

use crate::sink::words::group::texts;
use crate::track::wireshark::finding::Finding;

texts! {
    /// What was found about a segment, and what it really was.
    FindingTexts {
        ack_lost_segment,
        /// The {0}th of the acknowledgment in frame {1}.
        duplicate_ack,
        window_full,
        zero_window,
        zero_window_probe,
        zero_window_probe_ack,
        reused_ports,
        tfo_ignored,
        /// Behind what a segment is, from here on: what it really was.
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

impl FindingTexts {
    /// The words for what a rule found; `None` where the rest of the annotation
    /// says it: the title, what is missing, what the segment really was.
    #[must_use]
    pub const fn of(&self, finding: Finding) -> Option<&'static str> {
        match finding {
            Finding::AckLostSegment => Some(self.ack_lost_segment),
            Finding::DuplicateAck => Some(self.duplicate_ack),
            Finding::WindowFull => Some(self.window_full),
            Finding::ZeroWindow => Some(self.zero_window),
            Finding::ZeroWindowProbe => Some(self.zero_window_probe),
            Finding::ZeroWindowProbeAck => Some(self.zero_window_probe_ack),
            Finding::ReusedPorts => Some(self.reused_ports),
            Finding::TfoIgnored => Some(self.tfo_ignored),
            Finding::WindowUpdate
            | Finding::KeepAlive
            | Finding::KeepAliveAck
            | Finding::LostSegment
            | Finding::Retransmission
            | Finding::FastRetransmission
            | Finding::SpuriousRetransmission
            | Finding::OutOfOrder
            | Finding::TfoSyn
            | Finding::TfoAck => None,
        }
    }
}
