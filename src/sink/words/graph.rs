//! What is said in graphs.

use crate::sink::words::group::texts;

texts! {
    /// What is said in graphs.
    GraphTexts {
        /// What a graph shows, of the end {0} at {1}.
        sequence,
        rtt,
        flight,
        throughput,
        window,
        segments,
        /// What colours and signs stand for.
        data,
        again,
        disordered,
        copied,
        acknowledged,
        offered,
        sacked,
        ack_again,
        closed_window,
        probe,
        keep_alive,
        congested,
        urgent,
        round_trip,
        least,
        median,
        outstanding,
        peer_window,
        beyond,
        half_of_the_way,
        all_data,
        first_data,
        size,
        /// Of a segment: frame {0}, bytes {1} to {2}.
        segment,
        /// Of what is no data: frame {0}.
        frame,
        /// Of a round trip: {0}, until frame {1}.
        took,
        /// The graph has no values.
        nothing,
        /// All connections: {0} of them, of {1}.
        overview,
        /// Behind those that are drawn: {0} others closed in order; {0} others.
        others_closed,
        others,
    }
}
