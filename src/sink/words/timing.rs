//! What is said of times: round trips, requests and answers, throughput, silence.

use crate::sink::words::group::texts;

texts! {
    /// Round trips, requests and answers, throughput, silence.
    TimingTexts {
        /// Behind an annotation: the segment begins an answer, {0} after the request.
        answer_after,
        /// The headings of the table of times, and its rows.
        times,
        least,
        median,
        longest,
        to_server,
        to_client,
        round_trip,
        first_byte,
        at_client,
        at_server,
        /// {0} requests, of which the answer in frame {2} to frame {1} was waited for
        /// longest.
        requests,
        /// The headings of the table of requests that were waited for longest: octets of the
        /// request and the answer, and how long the answer took from its first octets on.
        longest_turns,
        request_octets,
        answer_octets,
        answer_took,
        /// One request, in frame {0}, answered in frame {1}.
        request,
        /// The server spoke first, {0} octets in frame {1}.
        greeting,
        /// {0} turns without times.
        pipelined,
        overlapping,
        unclear,
        /// The latest request was not answered.
        unanswered,
        /// From {0} to {1}: {2} octets a second.
        throughput,
        /// The same, and {3} octets in the best second.
        throughput_best,
        /// {0} without a segment, ended by frame {1}.
        silence,
        /// Retransmitted: {0} octets, in percent {1}.
        share,
        /// That something took longer than {0}: {1}.
        slower,
        /// The handshake took {0}.
        slow_handshake,
        /// The answer in frame {2} came {0} after the request in frame {1}.
        slow_answer,
        /// Columns of the table of connections: round trip, first byte, octets a second,
        /// silence.
        rtt,
        first_byte_column,
        rate_to_server,
        rate_to_client,
        silence_column,
        /// Columns of the table of servers.
        first_byte_p95,
        first_byte_longest,
    }
}
