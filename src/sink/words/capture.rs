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
        /// `{0}` an end of which nothing was captured.
        never_heard,
        /// Where no octets were captured though the numbers tell of some: `{0}` those of
        /// the client, `{1}` those of the server.
        data_not_captured,
        /// `{0}` how long after what was to be answered.
        ended_soon,
        /// Why a SYN-ACK may have been acknowledged.
        only_syns,
        /// Why a SYN may have been answered.
        no_servers,
        /// Why a window may have opened.
        no_acks,
        /// An option that may have been there.
        cut_off,
        /// Before each sentence about the capture.
        capture,
        /// Segments seen at several points: `{0}` how many sights, `{1}` the points.
        seen_at,
        /// The same at both ends, by two captures in one.
        seen_at_both_ends,
        /// The same at two places that have no name.
        seen_elsewhere,
        /// The same at one point.
        seen_twice,
        /// An interface by its number.
        interface,
        /// The interface `{0}`, with something around the datagram.
        encapsulated,
        /// Kinds that were not captured.
        without_acks,
        without_data,
        without_both,
        /// Nothing but SYNs and SYN-ACKs.
        only_syns_at_all,
        /// Behind what is missing, where there was a filter.
        by_filter,
        /// `{0}` connections of which one direction was captured.
        one_way,
        /// `{0}` connections seen behind a translation of addresses too.
        translated,
        /// Of one of these, `{0}` the number of the other.
        same_as,
        /// `{0}` gaps.
        missing,
        /// `{0}` frames behind later ones.
        reordered,
        /// How often the clock was set.
        clock_steps,
        /// `{0}` segments that were cut short.
        truncated,
        /// `{0}` frames with octets behind their datagram.
        trailing,
        /// `{0}` segments in front of the network card.
        offload,
        /// Where options were cut off, so that no window scale is known.
        scale_cut,
        /// A FIN that may have been acknowledged.
        last_fin_unknown,
        /// Behind why something is not known: the capture also ends `{0}` later.
        and_ends,
        /// A RST in answer to a SYN that was not captured.
        refused_unseen,
        /// A handshake that may have gone on behind the capture.
        handshake_so_far,
        /// A server `{0}`, of `{1}` of whose connections it is not known.
        opened_unknown,
        /// A SYN on an open connection.
        stray_syn,
        /// A handshake whose ACK was not captured; `{0}` from the SYN to the SYN-ACK.
        handshake_without_ack,
    }
}
