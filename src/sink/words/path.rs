//! What is said of the path: what ICMP errors say, and for what large segments are
//! lost.

use crate::sink::words::group::texts;

texts! {
    /// What ICMP errors say, and for what large segments are lost.
    PathTexts {
        /// Before an ICMP error, among annotations.
        icmp,
        /// {0} says {1} in frame {2} of the segment of {3} with the number {4}.
        icmp_says,
        /// In the report: the same, and {5} is how often and what followed.
        icmp_line,
        /// How often, {0}.
        icmp_times,
        /// Behind a verdict: {0} says {1} in frame {2}.
        icmp_explains,
        /// [`Reason`](crate::icmp_error::Reason), as RFCs and programs call it.
        net_unreachable,
        host_unreachable,
        protocol_unreachable,
        port_unreachable,
        prohibited,
        /// Too large, over IPv4 and over IPv6.
        fragmentation_needed,
        packet_too_big,
        time_exceeded,
        otherwise_unreachable,
        /// {0}, one of these, and the MTU {1}.
        with_mtu,
        /// [`Aftermath`](crate::track::aftermath::Aftermath): {0} is the sender of the
        /// segment, {1} the frame that shows it.
        sent_smaller,
        arrived,
        aborted,
        silence,
        unheeded,
        /// What a segment is that was cut smaller: the MTU is {0}, the error's frame {1}.
        too_large,
        /// The same where the MTU is not known: {0} is the error's frame.
        too_large_somehow,
        /// What such segments are in a report: {0} of them, of {1}.
        cut_smaller,
        /// The verdict in a word or two.
        black_hole,
    }
}
