//! The line under the line.

use crate::sink::words::texts::AnnotationTexts;

pub(super) const WORDS: AnnotationTexts = AnnotationTexts {
    data: "data {0} {0|byte|bytes}",
    ack_of: "ack of {0} {0|byte|bytes}",
    ack: "ack",
    ack_again: "ack again",
    window_update: "window update",
    keep_alive: "keep-alive",
    keep_alive_ack: "keep-alive answered",
    window_probe: "window probe",
    window_probe_ack: "window probe answered, still closed",
    refused: "refused RST",
    reset: "reset RST",
    nonsense: "nonsense [{0}]",
    plus_data: " + data {0} {0|byte|bytes}",
    again: " again",
    frame_after: ", frame {0} after {1}",
    handshake_took: "handshake {0}",
    client_guessed: "began before the capture, which end is the client is a guess",
    missing: "{0} {0|byte|bytes} before it lost, late or not captured",
    uncaptured: "{0} {0|byte|bytes} before it arrived and {0|was|were} not captured",
    partly_again: "{0} {0|byte|bytes} of it again",
    asks_for_cookie: "asks for a Fast Open cookie",
    with_cookie: "Fast Open with a cookie",
    fast_open_accepted: "Fast Open accepted",
    arrived_twice: "D-SACK {0}:{1}, arrived twice",
    window_now: "window now {0} {0|byte|bytes}",
    window_open_again: "window open again: {0} {0|byte|bytes}, after {1}",
    not_followed: "not followed: {0}",
    comment: "comment: ",
};
