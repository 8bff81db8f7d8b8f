//! What the capture did to the traffic.

use crate::sink::words::capture::CaptureTexts;

pub(super) const WORDS: CaptureTexts = CaptureTexts {
    copy: "seen before",
    copy_of: "the segment of frame {0} captured again, {1} apart",
    copy_elsewhere: "the segment of frame {0} captured at another point too, {1} apart",
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
    seen_at: "{0} {0|segment was|segments were} captured at other points too ({1}): each counts once, as it stands \
              first in the file; capture at one of them",
    seen_at_both_ends: "{0} {0|segment was|segments were} captured at both ends, and the captures merged: \
                        each counts once, at its sender; for round trips take one of the captures",
    seen_elsewhere: "{0} {0|segment was|segments were} captured at two points of {0|its|their} way: each counts once, \
                     as it stands first in the file; capture at one of them",
    seen_twice: "{0} {0|segment was|segments were} captured twice, as from a port that is mirrored on the way in and \
                 on the way out: each counts once; mirror one way",
    interface: "interface {0}",
    encapsulated: "{0} (tagged or tunnelled)",
    without_acks: "no bare ACK in it, as behind a filter: when a handshake ended, and what arrived, \
                   is not known; capture without the filter",
    without_data: "no segment with data in it, as behind a filter: what was sent is not known; \
                   capture without the filter",
    without_both: "neither data nor bare ACKs in it, as behind a filter: what was sent, what arrived and when a \
                   handshake ended is not known; capture without the filter",
    only_syns_at_all: "nothing but SYN and SYN-ACK in it, as behind a filter: what became of the connections is \
                       not known; capture without the filter",
    by_filter: " (the filter that was given may be why)",
    one_way: "{0} {0|connection was|connections were} captured one way only: what the other end sent is not known; \
              capture where both directions pass",
    translated: "{0} {0|connection is|connections are} there twice, before and after the addresses were translated (NAT): \
                 each is told by its own addresses; capture on one side",
    same_as: "the connection #{0}, with translated addresses (NAT)",
    missing: "it misses segments in {0} {0|place|places}: what they held was acknowledged but counts nowhere; \
              begin before the connection, or enlarge the buffer (-B)",
    reordered: "{0} {0|frame stands|frames stand} behind later ones: which came first may be told wrongly; \
                reordercap sorts a file by its times",
    clock_steps: "the clock of the capturing host was set ({0}×): times across that are wrong",
    truncated: "{0} {0|segment is|segments are} cut short: what was cut off of payload or options is not known; \
                capture with -s 0",
    trailing: "{0} {0|frame has|frames have} octets behind the datagram, a check sequence or a trailer of the link: \
               they count nowhere",
    offload: "{0} {0|segment is|segments are} larger than on the wire, where there were more and smaller ones (offload): \
              ethtool -K INTERFACE tso off gso off gro off shows those",
    scale_cut: "window scale unknown, since the options of a SYN were cut off: windows count as sent and may be larger",
    last_fin_unknown: "both ends sent a FIN; whether the last one was acknowledged is not known, no bare ACK was captured",
    and_ends: ", and ends {0} later",
    refused_unseen: "refused: the {0} answered a SYN that was not captured with a RST",
    handshake_so_far: "handshake, as far as it was captured: SYN-ACK {0} after the SYN",
    opened_unknown: "{0}: whether {1} of the connections opened is not known",
    stray_syn: "SYN on a connection",
    handshake_without_ack: "handshake done: SYN-ACK {0} after the SYN; when the ACK was sent is not known, no bare ACK was captured",
    no_acks: "the capture holds no segments that only acknowledge",
};
