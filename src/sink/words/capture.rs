//! What is said of what the capture did to the traffic.

use crate::sink::words::group::texts;

texts! {
    /// What the capture did to the traffic, not the network nor the ends.
    CaptureTexts {
        copy,
        /// A segment that was seen before: `{0}` the frame, `{1}` the time since.
        copy_of,
        /// The same, where it was seen somewhere else.
        copy_elsewhere,
        /// The verdict where the capture could not hold what was due, for a column.
        unknown,
        /// The same in a sentence, `{0}` why.
        unknown_answer,
        unknown_ack,
        /// `{0}` the end whose window was closed, `{1}` why.
        unknown_window,
        /// `{0}` how long after what was to be answered.
        ended_soon,
        /// Why a SYN-ACK may have been acknowledged.
        only_syns,
        /// Why a SYN may have been answered.
        no_servers,
        /// Why a window may have opened.
        no_acks,
        /// A handshake whose ACK was not captured; `{0}` from the SYN to the SYN-ACK.
        handshake_without_ack,
    }
}
