//! What the capture did to the traffic.

use crate::sink::words::capture::CaptureTexts;

pub(super) const WORDS: CaptureTexts = CaptureTexts {
    copy: "seen before",
    copy_of: "the segment of frame {0} captured again, {1} later",
    copy_elsewhere: "the segment of frame {0} captured at another point, {1} later",
    unknown: "not known",
    unknown_answer: "whether the SYN was answered is not known: {0}",
    unknown_ack: "whether the SYN-ACK was acknowledged is not known: {0}",
    unknown_window: "whether the {0} opened its window again is not known: {1}",
    ended_soon: "the capture ends {0} later",
    only_syns: "of the clients the capture holds nothing but SYNs",
    no_servers: "of the servers the capture holds nothing",
    handshake_without_ack: "handshake done: SYN-ACK {0} after the SYN; when the ACK was sent is not known, none without data or FIN was captured",
    no_acks: "the capture holds no segments that only acknowledge",
};
