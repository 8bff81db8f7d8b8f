//! What is said of diagnoses.

use crate::sink::words::diagnosis::DiagnosisTexts;

pub(super) const WORDS: DiagnosisTexts = DiagnosisTexts {
    title: "diagnosis  ",
    heading: "diagnosis: ",
    tally: "{0} {0|connection|connections} with {1}: {2}",
    black_hole_lasts: "MTU black hole: large segments of the {0} never arrive ({4} bytes, sent {3} times), \
                       smaller ones do, as frame {2} shows",
    black_hole_unheeded: "MTU black hole: large segments of the {0} never arrive ({4} bytes, sent {3} times), \
                          and it did not heed the ICMP error in frame {2}",
    black_hole_solved: "MTU black hole: large segments of the {0} did not arrive ({4} bytes, sent {3} times), \
                        the same bytes in smaller ones did, from frame {2} on",
    nagle_delayed_ack: "Nagle against delayed ACK: {3} {3|time|times} the {0} held a small segment back until the \
                        {1} acknowledged the one before, and the {1} delayed that ACK: {4} in all, {5} at the \
                        longest; one write for each message, or TCP_NODELAY at the {0}, avoids it",
    accept_queue_opened: "full accept queue: for {4} the {0} took none of {3} segments that the {1} sent behind the \
                          handshake; accept sooner, or listen with a larger backlog",
    accept_queue_never: "full accept queue: the {0} took none of {3} segments that the {1} sent behind the handshake, \
                         for {4}; accept sooner, or listen with a larger backlog",
    accept_queue_doubtful: ". Or nothing reached the {0}: a capture there would tell",
    old_connection_opened: "an old connection answers: the {0} met the SYN of the {1} with {3} {3|ACK|ACKs} of a \
                            connection from before, which a RST ended; a later SYN opened this one, {4} after the first",
    old_connection_never: "an old connection answers: the {0} met the SYN of the {1} with {3} {3|ACK|ACKs} of a \
                           connection from before, and no SYN opened this one in {4}; another port would",
    old_connection_in_time_wait: "; that one was in TIME-WAIT for {5}",
    old_connection_discarded: "an old connection answers: the {1} had forgotten this one and asked for another; the {0} \
                               answered with the ACK in frame {2}, for which the {1} reset it",
    idle_reset: "forgotten while idle: nothing passed for {3}, then what the {0} sent was answered with a RST (frame \
                 {2}): a firewall, NAT or load balancer, or the {1} itself, no longer knew the connection; \
                 keep-alives at shorter intervals prevent that",
    idle_silence: "forgotten while idle: nothing passed for {3}, then what the {0} sent was never answered: a firewall, \
                   NAT or load balancer, or the {1} itself, no longer knew the connection; keep-alives at shorter \
                   intervals prevent that",
    idle_reset_ttls: "; the RST came with a TTL of {4}, all else of the {1} with {5}: so rather from somebody on the way",
    above_mss: "segments above the MSS: the {0} sends up to {3} bytes in one, the {1} asked for {4} at most",
    late_timeouts: "late timeouts: {3} {3|time|times} the {0} waited many round trips before it sent a lost segment \
                    again, {4} in all, {5} at the longest, with a round trip of {6}",
    window_never_opens: "the window never opens: the {0} has kept it closed for {5}, and answered {4} of {3} probes; its \
                         application does not read",
    window_never_opens_reset: "the window never opened: the {0} kept it closed for {5}, and answered {4} of {3} probes, \
                               until a RST ended it; its application did not read",
    keep_alive: "keep-alive: the {0} asked {3} times whether the {1} is there, {4} with an answer, after {5} of \
                 silence at least; {6} without anything else in all",
    keep_alive_failed: "keep-alive: the {0} asked {3} times whether the {1} is there, {4} with an answer, after {5} of \
                        silence at least; in the end there was none; {6} without anything else in all",
    sack_reneged: "SACK reneging: {3} {3|time|times} the {0} took back what it had acknowledged by SACK, {4} bytes the \
                   first time; it lacks memory for what comes out of order",
    window_ignored: "the window is ignored: the {0} sent up to {4} bytes beyond what the {1} offered, as {3} \
                     acknowledgments show; or the window was changed on the way",
    syn_cookies: "SYN cookie: the {0} kept nothing of the SYN, as the timestamp of its SYN-ACK shows, which is {3} ms too \
                  old: as Linux answers where its queue of half-open connections is full, or to any SYN where \
                  net.ipv4.tcp_syncookies is 2",
    timestamps_backwards: "timestamps run backwards: {3} SYNs of the {0} were ignored, with a timestamp {4} lower than that \
                           of another from the same address, which the {1} answered in frame {2}: several hosts behind \
                           a NAT, and a {1} that remembers one clock for each address (tcp_tw_recycle)",
    timestamps_backwards_opened: "timestamps run backwards: the {1} answered late, after {3} SYNs of the {0} with a \
                                  timestamp {4} lower than that of another from the same address, answered in frame {2}: \
                                  several hosts behind a NAT, and a {1} that remembers one clock for each address \
                                  (tcp_tw_recycle)",
    window_too_small: "window too small: the {0} offers {3} bytes at the most, which with a round trip of {7} lets the {1} \
                       send {5}; it waited {6} in all for room; ten times as fast takes a receive buffer for a window of \
                       {4} bytes at the {0}",
    window_too_small_unscaled: "window too small: the {0} does not scale its window, so that it offers {3} bytes at the most, \
                                which with a round trip of {7} lets the {1} send {5}; it waited {6} in all for room; with \
                                window scaling (RFC 7323) and a window of {4} bytes it is ten times as fast",
    window_too_small_other_unscaled: "window too small: the {1} did not offer window scaling, so that the {0} can offer no \
                                      more than {3} bytes, which with a round trip of {7} lets the {1} send {5}; it waited \
                                      {6} in all for room; with window scaling (RFC 7323) and a window of {4} bytes it is \
                                      ten times as fast",
    slow_start_after_idle: "slow start after idle: {3} {3|time|times} the {0} had been silent for {7} or longer and began again \
                            with a few segments, though it had sent {4} bytes in a round trip before; until it had \
                            caught up it stood still for {5} in all, with a round trip of {6}; \
                            net.ipv4.tcp_slow_start_after_idle=0 avoids it on Linux",
    sack_shifted: "SACK shifted: {3} segments of the {0} have SACK blocks of numbers that the {1} never sent, too high by \
                   {4} modulo 2^32: a firewall on the way to the {0} changes sequence numbers and not those in SACK, so that \
                   the {1} cannot use it; it should leave sequence numbers alone",
    window_scale_lost: "window scale lost: the {0} scales its window, and somebody on the way changed what the SYNs say of that, \
                        so the {1} takes it for {3} bytes in frame {2}, while shifted by {4} bits more it is as large as in the \
                        SYN; the {1} sends little at once",
    timestamps_missing: "timestamps vanish: both SYNs offer them, and none of {3} segments with data of the {0} has them: \
                         somebody on the way took them out, of these or of the SYN that the {0} was sent",
    timestamps_unannounced: "timestamps vanish: all of {3} segments with data of the {0} have them, and its SYN has not: \
                             somebody on the way took them out of that",
    syn_changed_scale: "SYN changed on the way: that of the {0} has another window scale, or none, in frame {2} than in \
                        another place of the capture; somebody between them changed it",
    syn_changed_timestamps: "SYN changed on the way: that of the {0} has timestamps in one place of the capture and none in \
                             another (frame {2}); somebody between them took them out",
    syn_changed_sack: "SYN changed on the way: that of the {0} permits SACK in one place of the capture and not in another \
                       (frame {2}); somebody between them changed that",
    syn_changed_mss: "MSS changed on the way: that of the {0} was {3} and became {4} between two places of the capture, as a \
                      router does in front of a tunnel",
    syn_changed_window: "SYN changed on the way: that of the {0} has another window in frame {2} than in another place of \
                         the capture; somebody between them changed it",
    forged_reset: "forged RST: the {0} did not send the RST in frame {2}; somebody on the way did in its name",
    forged_reset_ignored: "forged RST: the {0} did not send the RST in frame {2}, somebody on the way did in its name, and the \
                           {1} did not take it",
    forged_reset_ttls: ": its TTL is {3}, that of the other segments of the {0} {4}",
    answered_by_another: "answered by another: the SYN-ACK came with a TTL of {3}, all else of the {0} with {4}: a firewall, SYN \
                          proxy or load balancer answered the SYN, or somebody forged the answer",
    ecn_black_hole: "ECN black hole: none of {3} SYNs of the {0} that ask for ECN was answered, here for {4}, and that in frame \
                     {2} without it was, as in every connection between the two: something drops them; net.ipv4.tcp_ecn=0 at \
                     the {0} avoids it on Linux",
    fast_open_black_hole: "Fast Open black hole: none of {3} SYNs of the {0} with Fast Open was answered, here for {4}, and that \
                           in frame {2} without it was, as in every connection between the two: something drops them; without \
                           Fast Open at the {0} it does not happen",
    reused_ports_opened: "reused ports ignored: {3} SYNs of the {0}, sent {5} after the connection before went into TIME-WAIT, \
                          were ignored for {4}, while the {1} answered another (frame {2}): a firewall, NAT or the {1} may have \
                          held the old connection still",
    reused_ports_never: "reused ports ignored: {3} SYNs of the {0}, sent {5} after the connection before went into TIME-WAIT, \
                         were ignored for {4} and never answered, while the {1} answered another (frame {2}): a firewall, NAT or \
                         the {1} may hold the old connection still",
};
