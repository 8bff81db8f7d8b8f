//! The line under the line.

use crate::sink::words::texts::AnnotationTexts;

pub(super) const WORDS: AnnotationTexts = AnnotationTexts {
    data: "data {0} {0|byte|bytes}",
    ack_of: "ack of {0} {0|byte|bytes}",
    ack: "ack",
    ack_again: "repeated ACK",
    duplicate_ack: "duplicate ACK",
    window_update: "window update",
    keep_alive: "keep-alive",
    keep_alive_ack: "keep-alive ACK",
    window_probe: "window probe",
    window_probe_ack: "window probe ACK, window still 0",
    refused: "refused (RST)",
    reset: "reset (RST)",
    nonsense: "nonsense flags [{0}]",
    plus_data: " + data {0} {0|byte|bytes}",
    frame_after: ", acks frame {0} after {1}",
    handshake_took: "handshake took {0}",
    client_guessed: "began before the capture: which end is the client is a guess by {0}",
    missing: "{0} {0|byte|bytes} before it not seen yet: lost, delayed or not captured",
    uncaptured: "{0} {0|byte|bytes} before it acknowledged but not captured",
    partly_again: "{0} {0|byte|bytes} of it sent before",
    asks_for_cookie: "asks for a Fast Open cookie",
    with_cookie: "Fast Open with a cookie",
    fast_open_accepted: "Fast Open data accepted",
    arrived_twice: "D-SACK: {0}:{1} arrived twice",
    window_now: "window now {0} {0|byte|bytes}",
    window_open_again: "window open again after {1}: {0} {0|byte|bytes}",
    not_followed: "not analysed: {0}",
    comment: "comment: ",
};
