//! What the kernel says of sockets.

use crate::sink::words::group::texts;

texts! {
    /// What the kernel says of sockets.
    SocketTexts {
        /// Before what the kernel says, among annotations.
        title,
        /// A socket in the state {0} that is {1}'s.
        owned,
        /// The same where it is not known whose.
        owner_unknown,
        /// A connection in the state {0} that {1}, who listens, has not accepted.
        not_accepted,
        /// The same where it is not known who listens.
        not_accepted_yet,
        /// A socket in the state {0} that its program has closed.
        no_owner,
        /// The same, and it was {1}'s.
        no_owner_was,
        /// There is no socket.
        gone,
        /// The same, and it was {0}'s.
        gone_was,
        /// {0}, a process, and {1} more that share its socket.
        shared,
        /// The segments show the state {0}.
        the_wire,
        /// Above the block of a report, and what its columns hold.
        sockets,
        state,
        process,
        receive_queue,
        send_queue,
        cwnd,
        ssthresh,
        rtt,
        rto,
        retransmitted,
        /// How long after the connection began the kernel was asked.
        asked,
        /// There is no socket (any more).
        none,
        /// {0}, a process, had the socket, or listens for the connection.
        was,
        listens,
        /// A process of each end, in a row: the client's {0}, the server's {1}.
        both_ends,
        /// Under the table: {0} is an end that had something to send for {1}, of which the
        /// other end's window left no room for {2}, and its own buffer for {3}.
        busy,
        /// A figure of the kernel's, {0}, beside what the segments show, {1}.
        by_the_wire,
    }
}
