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
    never_heard: "whether the {0} answered is not known: the capture holds nothing of it",
    data_not_captured: "no data captured; by the numbers the client sent {0} {0|byte|bytes}, the server {1}",
    ended_soon: "the capture ends {0} later",
    only_syns: "of the clients the capture holds nothing but SYNs",
    no_servers: "of the servers the capture holds nothing",
    cut_off: "cut off",
    capture: "capture: ",
    seen_at: "{0} {0|segment was|segments were} captured again at another point, of {1}: each counts once, \
              where it was seen first; capture at one of them",
    seen_at_both_ends: "{0} {0|segment was|segments were} captured at both ends, and the captures merged: \
                        each counts once, at its sender; take one of the captures for round trips",
    seen_twice: "{0} {0|segment was|segments were} captured twice, as from a port that is mirrored on the way in and \
                 on the way out: each counts once; mirror one way",
    interface: "interface {0}",
    encapsulated: "{0} (tagged or tunnelled)",
    without_acks: "it holds no segment that only acknowledges, as behind a filter: when a handshake ended, \
                   and what arrived, is not known; capture without the filter",
    without_data: "it holds no segment with data, as behind a filter: what was sent is not known; \
                   capture without the filter",
    without_both: "it holds neither segments with data nor any that only acknowledge, as behind a filter: \
                   what was sent, what arrived and when a handshake ended is not known; capture without the filter",
    by_filter: " (the filter that was given may be why)",
    one_way: "{0} {0|connection was|connections were} captured one way only: what the other end sent is not known; \
              capture where both directions pass",
    missing: "it misses segments in {0} {0|place|places}: what they held was acknowledged but counts nowhere; \
              begin before the connection, or enlarge the buffer (-B)",
    reordered: "{0} {0|frame stands|frames stand} behind later ones: who was first, and times shorter than that, \
                may be wrong; reordercap sorts a file by its times",
    clock_steps: "the clock of the capturing host was set {0} {0|time|times}: times across that are wrong; \
                  those within the parts are right",
    truncated: "{0} {0|segment is|segments are} cut short: their lengths are known, their text is not; \
                capture with -s 0",
    offload: "{0} {0|segment was|segments were} captured before the network card cut or completed them (offload): \
              larger than on the wire, or with an unfinished checksum, which is no fault",
    handshake_without_ack: "handshake done: SYN-ACK {0} after the SYN; when the ACK was sent is not known, none without data or FIN was captured",
    no_acks: "the capture holds no segments that only acknowledge",
};
