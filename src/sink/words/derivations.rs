//! Which derivations there are, and what each has to say.

use crate::sink::words::group::texts;

texts! {
    /// How the numbers of an annotation follow from earlier ones. Each is a kind
    /// of fact, told once in a run. "Of an end" is said of {0}, where a text
    /// speaks of one.
    ExplainTexts {
        /// SYN of {0}: its ISN is {1}.
        isn,
        /// {0} opens with MSS {1}: packets of {2} less an IP header of {3}.
        mss,
        /// A SYN of {0} with the window {1}.
        window_of_syn,
        /// Acknowledgment {1} of the SYN of {0}, whose ISN is {2}.
        ack_of_syn,
        /// The same with {3} bytes of data in the SYN.
        ack_of_syn_and_data,
        /// {0}, a kind of segment, was sent again {1} after the one before.
        syn_again,
        /// {0} was sent again after each of the waits {1}: they show no order; all
        /// are about the same; the first are, and then each is about twice the one
        /// before; each is.
        waits_listed,
        waits_equal,
        waits_equal_then_double,
        waits_double,
        /// A SYN-ACK answers the SYN of frame {0}.
        step_two,
        /// An ACK answers the SYN-ACK of frame {0}.
        step_three,
        /// Each end answered the other's SYN: frames {0} and {1}.
        opened_at_once,
        /// Both SYNs scale the window: the client's by {0}, the server's by {1}.
        scales,
        /// Only one SYN scales the window, or none does.
        no_scales,
        /// Both SYNs permit SACK.
        sack_permitted,
        /// Timestamps make segments to {0} smaller: {1} bytes of its MSS {2}.
        room_for_timestamps,
        /// The echo {0} is the value of the SYN in frame {1}.
        echo_of_syn,
        /// SYN of {0} with ECE and CWR.
        asks_for_ecn,
        /// SYN-ACK with ECE.
        accepts_ecn,
        /// The handshake took {0}: {1} from frame {2} to {3}, {4} to frame {5}.
        handshake_time,
        /// The same where the SYN or the SYN-ACK was sent again.
        handshake_time_with_waits,
        /// `MP_CAPABLE` in the SYN of {0}, of version {1}.
        multipath_asked,
        /// `MP_CAPABLE` in the SYN-ACK of {0} too, of version {1}, with the key {2}.
        multipath_agreed,
        /// `MP_CAPABLE` in the SYN alone.
        multipath_refused,
        /// The keys of both ends: of {0} {1}, of {2} {3}.
        multipath_keys,
        /// `MP_JOIN` in the SYN of {0}, with the token {1} of {2}; its address has
        /// the number {3}.
        path_asked,
        /// The path is a backup, as {0} wants it.
        path_is_backup,
        /// `MP_JOIN` in the SYN-ACK of {0} too, with the HMAC {1}.
        path_agreed,
        /// `MP_JOIN` in the SYN of {0} alone.
        path_refused,
        /// `MP_JOIN` in the ACK of {0}, which {1} is to acknowledge.
        path_proved,
        /// An MD5 signature in the SYN of {0}.
        md5_asked,
        /// In both SYNs.
        md5_agreed,
        /// In the SYN of {0} alone.
        md5_missing,
        /// TCP-AO in the SYN of {0}: {1} bytes by the key {2}, answers by {3}.
        ao_asked,
        /// In both SYNs.
        ao_agreed,
        /// In the SYN of {0} alone.
        ao_missing,
        /// {0} sends its first number after the SYN: {1} as sent, ISN {2}.
        seq_after_syn,
        /// The window {1} of {0}: {2} as sent, scaled by {3}, said in frame {4}.
        window_scaled,
        /// The window {1} of {0}, as sent, although the SYNs were captured.
        window_unscaled,
        /// The window {1} of {0}, as sent, the SYNs not captured.
        window_of_unknown_scale,
        /// Numbers count from one before the first, since no SYN was captured.
        numbers_guessed,

        /// Relative {1}, as sent {2}, of {0}, whose ISN is {3}.
        relative,
        /// {0}:{1} are {2} bytes.
        data_numbers,
        /// In flight {1}: {0} sent up to {2}, and {3} is acknowledged.
        in_flight,
        /// Acknowledgment {1} of {2} bytes after {3} of {0}.
        ack_of_data,
        /// Time {0} from frame {1}, which it acknowledges to the end, to {2}.
        ack_time,
        /// Acknowledgment {1} again, all that {0} sent is acknowledged.
        ack_again,
        /// Acknowledgment {1} again, {0} sent up to {2}: {3} bytes more.
        ack_again_behind,
        /// A SACK block {0}:{1}, the acknowledgment {2}: {3} bytes missing.
        sack_block,
        /// A D-SACK {0}:{1}, the acknowledgment {2}, of what {3} sent.
        sack_of_copy,
        /// {1}:{2} of {0} ends before its next number {3}.
        data_again,
        /// What shows that a segment was sent again, {0}; that it was overtaken;
        /// that it is a copy.
        sent_again,
        overtaken,
        copied,
        conflicting,
        /// {1} bytes of {0} are missing: seq {2}, expected {3}.
        missing,
        /// The checksum {0} is the sum of the pseudo header: {1} bytes of TCP.
        checksum_begun,
        /// The checksum {0} should be {1}.
        checksum_wrong,
        /// {0} acknowledges {1} as before, with another window.
        window_update,
        /// The window of {0} is 0.
        zero_window,
        /// {0} said in frame {1} that a segment of {2} was too large, and that {3} bytes
        /// pass, or not how many.
        path_mtu,
        path_mtu_unknown,
        /// A keep-alive of {0}: seq {1}, next {2}.
        keep_alive,
        /// The answer of {0}: acknowledgment {1}.
        keep_alive_ack,
        /// A window probe of {0}: seq {1}, {2} acknowledged of what it sent.
        window_probe,
        /// The answer of {0}, whose window is still closed: acknowledgment {1}.
        window_probe_ack,

        /// The FIN of {0} takes the number {1}, so its acknowledgment is {2}.
        fin_number,
        /// Acknowledgment {1} of the FIN of {0}, its number is {2}, frame {3}.
        ack_of_fin,
        /// {0} closes first.
        closes_first,
        /// {0} acknowledges the FIN of frame {1} and closes in one segment.
        closes_in_one,
        /// {0} closes, and had not acknowledged the FIN of frame {1}.
        closes_at_once,
        /// {0} closes, after it had acknowledged the FIN of frame {1}.
        closes_second,
        /// {0} holds TIME-WAIT.
        time_wait,

        /// RST of {0} to the SYN of frame {1}: acknowledgment {2}, ISN {3}.
        refusal,
        /// RST of {0} without ACK: seq {1} is what {2} acknowledged.
        reset_from_ack,
        /// RST of {0} with seq {1}, its own next number.
        reset_at_next,
        /// RST of {0} with seq {1}, while its own next number is {2}.
        reset_elsewhere,

        /// Why a state changed, in front of the texts below: {0} of {1} to {2}.
        moved,
        closed_to_syn_sent,
        listen_to_syn_received,
        syn_sent_to_established,
        syn_sent_to_syn_received,
        syn_received_to_established,
        to_fin_wait_1,
        fin_wait_1_to_fin_wait_2,
        fin_wait_1_to_closing,
        fin_wait_2_to_time_wait,
        closing_to_time_wait,
        to_close_wait,
        close_wait_to_last_ack,
        last_ack_to_closed,
        /// Closed by a RST that it sent.
        closed_by_own_reset,
        /// Closed by a RST that it got.
        closed_by_reset,
        syn_received_to_listen,
        from_unknown,

        /// What programs call (POSIX.1): {0} opened; {0} had listened; {1} is open, and {0}
        /// gets the connection; {0} sent {1} bytes to {2}; {0} closed, which {1} is told;
        /// {0} closed so that data is lost; the opening of {1} failed since {0} refused;
        /// {0} holds TIME-WAIT.
        called_connect,
        called_listen,
        called_accept,
        called_send,
        called_close,
        called_abort,
        called_in_vain,
        called_no_more,
    }
}
