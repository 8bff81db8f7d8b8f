//! A whole capture in short.

use crate::sink::words::group::texts;

texts! {
    /// A whole capture in short.
    SummaryTexts {
        /// {0} frames, {1} octets of them on the wire.
        frames,
        /// Behind that: {0} octets of them were captured.
        captured_bytes,
        /// {0}, the names of link types.
        link_types,
        /// From {0} to {1}, which is {2}.
        from_to,
        /// {0}, a list of places.
        captured,
        /// [`Position`](crate::track::position::Position): {0} connections of each.
        at_client,
        at_server,
        in_middle,
        near_both,
        /// {0} remarks on the capture were left out.
        more_flaws,
        /// {0}, counts of verdicts.
        verdicts,
        /// Of {0} that {1} connections waited {2}, a cause, took {3} percent.
        took,
        /// What is not in the sum of what was waited for: {0}, a list.
        not_waited,
        /// {0} of that.
        client_application,
        idle,
        before_news,
        closing,
        unknown,
        /// Headings of the connections that waited longest, and their columns.
        waited_longest,
        waited,
        most_for,
        then_for,
        longest_wait,
        command,
        /// {0} between the frames {1} and {2}; until the frame {1}.
        wait_between,
        wait_until,
        /// {0} further diagnoses.
        more_diagnoses,
        /// Heading of the servers in trouble, and a column.
        in_trouble,
        trouble,
        /// Connections that ended by a RST, and those in which an end stopped for good.
        reset,
        stuck,
        /// 95 of 100 answers began within {0}.
        slow,
        /// {0} more of them.
        more_servers,
        /// First octets of {3} answers: median {0}, 95th percentile {1}, longest {2}.
        first_byte,
        /// How to get at what an interface brings once more.
        save_first,
    }
}
