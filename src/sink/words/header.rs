//! The fields of a TCP header, and what there is to say of them.

use crate::sink::words::group::texts;

texts! {
    /// The fields of a TCP header, and what there is to say of them.
    HeaderTexts {
        source_port,
        destination_port,
        sequence_number,
        acknowledgment_number,
        /// The two octets with data offset, reserved and control bits.
        bits,
        data_offset,
        reserved,
        window,
        checksum,
        urgent_pointer,
        /// Before the name {0} of an option.
        option,
        /// What stands behind the end of the options.
        padding,
        left_edge,
        right_edge,
        /// The port of {0}.
        port_of,
        /// Number {0}, counted from the ISN of {1}.
        relative,
        /// Number {0}, counted from one before the first number seen of {1}.
        relative_guessed,
        /// Of an acknowledgment number in a segment without ACK.
        needs_ack,
        /// Of an urgent pointer in a segment without URG.
        needs_urg,
        /// The header has {0} bytes, {1} of them options.
        header_of,
        header_without_options,
        /// The header would have {0} bytes.
        header_too_short,
        /// The header would have {0} bytes, the segment {1}.
        header_too_long,
        should_be_zero,
        /// What each control bit means where it is set.
        ae,
        cwr,
        ece,
        urg,
        ack,
        psh,
        rst,
        syn,
        fin,
        /// The window is {0} bytes, {1} scaled by {2}.
        window_scaled,
        window_as_sent,
        window_unknown,
        window_of_syn,
        checksum_right,
        checksum_begun,
        /// {0} would be right.
        checksum_wrong,
        checksum_cut,
        checksum_fragment,
        checksum_routed,
        /// Urgent data ends {0} bytes behind the sequence number.
        urgent,
        /// Kind {0}, one octet.
        kind_alone,
        /// Kind {0}, length {1}.
        kind_and_length,
        /// The largest segment that {0} takes.
        mss,
        /// Windows are multiplied by {0}.
        scale,
        sack_permitted,
        /// A SACK block has {0} bytes.
        block,
        /// The clock of {0}.
        clock_of,
        /// The latest clock of {0}, sent back.
        echo_of,
        echo_of_nothing,
        asks_for_cookie,
        cookie,
        /// The length {0} of kind {1} cannot be right.
        bad_length,
        /// The capture ends within the header, {0} bytes of it here.
        cut,
    }
}
