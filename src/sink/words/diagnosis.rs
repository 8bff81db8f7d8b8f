//! What is said of diagnoses.

use crate::sink::words::group::texts;
use crate::track::diagnosis::{Code, Diagnosis, Outcome};

texts! {
    /// What is wrong with a connection, or only looks wrong. In each {0} is the end that a
    /// diagnosis is about, {1} the other one, {2} the frame that shows it, and from {3} on
    /// what was measured, in the order of [`Measure`](crate::track::diagnosis::Measure).
    DiagnosisTexts {
        /// Before one, among annotations, and in a report.
        title,
        heading,
        /// Below all connections: {0} connections have the diagnosis {1}, the first of them
        /// are {2}.
        tally,
        /// {4} bytes in a segment, sent {3} times: smaller ones arrive, an ICMP error was
        /// not heeded, and the sender found out.
        black_hole_lasts,
        black_hole_unheeded,
        black_hole_solved,
        /// {3} times, {4} in all, {5} the longest.
        nagle_delayed_ack,
        /// {3} segments of {1} were not taken for {4}; then they were, or never.
        accept_queue_opened,
        accept_queue_never,
        /// Behind either: nothing may have reached {0}.
        accept_queue_doubtful,
        /// {0} answered the SYN of {1} with {3} ACKs of an old connection; a later SYN opened
        /// it {4} after the first, or none did for {4}.
        old_connection_opened,
        old_connection_never,
        /// Behind either: the earlier connection was in TIME-WAIT since {5}.
        old_connection_in_time_wait,
        /// The ACK in frame {2} answered a SYN, and the RST of {1} ended the connection.
        old_connection_discarded,
        /// Nothing had passed for {3} when {0} sent something: a RST came for it, or nothing.
        /// Behind the first: its TTL is {4}, that of all else of {1} {5}.
        idle_reset,
        idle_silence,
        idle_reset_ttls,
        /// Segments of {0} with up to {3} bytes, where {1} asked for {4} at most.
        above_mss,
        /// {3} times, {4} in all, {5} the longest, for a round trip of {6}.
        late_timeouts,
        /// The window of {0} was closed for {5} and probed {3} times, of which {4} were
        /// answered: to the end, or until a RST.
        window_never_opens,
        window_never_opens_reset,
        /// {0} asked {3} times whether {1} is there, {4} times with an answer, each {5} or
        /// later, for {6} in all; in the end there was none.
        keep_alive,
        keep_alive_failed,
        /// {0} took back {4} bytes that it had acknowledged by SACK; it did so {3} times.
        sack_reneged,
        /// {3} acknowledgments of {1} offered less than {0} had sent, by up to {4} bytes.
        window_ignored,
        /// {0} answered the SYN with a cookie, as its timestamp shows, {3} ticks too low.
        syn_cookies,
        /// {0} sent the SYN {3} times, and its timestamp is {4} ticks lower than that of one
        /// that {1} answered in frame {2}; it was answered in the end, or never.
        timestamps_backwards,
        timestamps_backwards_opened,
        /// The window of {0} was {3} bytes at the most, which allows {5} with a round trip of
        /// {7}; {1} waited {6} in all; {4} bytes allow ten times as much. Or windows are not
        /// scaled, since {0}, or {1}, did not offer it.
        window_too_small,
        window_too_small_unscaled,
        window_too_small_other_unscaled,
        /// {3} times {0} began again with at most half of that after {7} or longer, though it had sent
        /// {4} bytes in a round trip of {6}: {5} in all.
        slow_start_after_idle,
        /// {3} segments of {0} have SACK blocks {4} too high, modulo 2^32.
        sack_shifted,
        /// The first window of {0} behind its SYN, in frame {2}, is {3} bytes as captured, and
        /// shifted by {4} bits more.
        window_scale_lost,
        /// None of {3} segments with data of {0} has the timestamps that both SYNs offer; or
        /// all have, and its SYN has not.
        timestamps_missing,
        timestamps_unannounced,
        /// Between two places of the capture the SYN of {0} lost its window scale, or got
        /// another, its timestamps, SACK-permitted, got an MSS of {4} instead of {3}, or
        /// another window.
        syn_changed_scale,
        syn_changed_timestamps,
        syn_changed_sack,
        syn_changed_mss,
        syn_changed_window,
        /// The RST in frame {2} was not sent by {0}; or nor was it taken. Behind the first:
        /// its TTL is {3}, that of all else {4}.
        forged_reset,
        forged_reset_ignored,
        forged_reset_ttls,
        /// The SYN-ACK has a TTL of {3}, all else of {0} one of {4}.
        answered_by_another,
        /// {3} SYNs in vain in all, {4} of this connection; the SYN in frame {2} was answered.
        ecn_black_hole,
        fast_open_black_hole,
        /// {3} SYNs of {0} were ignored for {4}, {5} after TIME-WAIT began, while {1}
        /// answered another in frame {2}; then one was answered, or never.
        reused_ports_opened,
        reused_ports_never,
    }
}

impl DiagnosisTexts {
    /// What is said behind it: what else there may be, or what is known besides.
    #[must_use]
    pub fn behind(&self, found: &Diagnosis) -> &'static str {
        match found.code {
            Code::FullAcceptQueue if found.is_doubtful => self.accept_queue_doubtful,
            Code::OldConnectionAnswers if found.measure("since").is_some() => {
                self.old_connection_in_time_wait
            }
            Code::ForgottenWhileIdle if found.measure("ttl").is_some() => self.idle_reset_ttls,
            Code::ForgedReset if found.measure("ttl").is_some() => self.forged_reset_ttls,
            _ => "",
        }
    }

    /// The sentence for a diagnosis, a row for each that there is.
    #[must_use]
    pub const fn of(&self, found: &Diagnosis) -> &'static str {
        use Code as C;
        use Outcome as O;
        match (found.code, found.outcome) {
            (C::MtuBlackHole, Some(O::Solved)) => self.black_hole_solved,
            (C::MtuBlackHole, Some(O::Unheeded)) => self.black_hole_unheeded,
            (C::MtuBlackHole, _) => self.black_hole_lasts,
            (C::NagleDelayedAck, _) => self.nagle_delayed_ack,
            (C::FullAcceptQueue, Some(O::Opened)) => self.accept_queue_opened,
            (C::FullAcceptQueue, _) => self.accept_queue_never,
            (C::OldConnectionAnswers, Some(O::Opened)) => self.old_connection_opened,
            (C::OldConnectionAnswers, Some(O::Discarded)) => self.old_connection_discarded,
            (C::OldConnectionAnswers, _) => self.old_connection_never,
            (C::ForgottenWhileIdle, Some(O::Reset)) => self.idle_reset,
            (C::ForgottenWhileIdle, _) => self.idle_silence,
            (C::AboveMss, _) => self.above_mss,
            (C::LateTimeouts, _) => self.late_timeouts,
            (C::WindowNeverOpens, Some(O::Reset)) => self.window_never_opens_reset,
            (C::WindowNeverOpens, _) => self.window_never_opens,
            (C::KeepAlive, Some(O::Failed)) => self.keep_alive_failed,
            (C::KeepAlive, _) => self.keep_alive,
            (C::SackReneged, _) => self.sack_reneged,
            (C::WindowIgnored, _) => self.window_ignored,
            (C::SynCookies, _) => self.syn_cookies,
            (C::TimestampsBackwards, Some(O::Opened)) => self.timestamps_backwards_opened,
            (C::TimestampsBackwards, _) => self.timestamps_backwards,
            (C::WindowTooSmall, Some(O::Unscaled)) => self.window_too_small_unscaled,
            (C::WindowTooSmall, Some(O::OtherUnscaled)) => self.window_too_small_other_unscaled,
            (C::WindowTooSmall, _) => self.window_too_small,
            (C::SlowStartAfterIdle, _) => self.slow_start_after_idle,
            (C::SackShifted, _) => self.sack_shifted,
            (C::WindowScaleLost, _) => self.window_scale_lost,
            (C::TimestampsVanish, Some(O::Unannounced)) => self.timestamps_unannounced,
            (C::TimestampsVanish, _) => self.timestamps_missing,
            (C::SynChanged, Some(changed)) => self.syn_changed(changed),
            (C::SynChanged, None) => self.syn_changed_window,
            (C::ForgedReset, Some(O::Ignored)) => self.forged_reset_ignored,
            (C::ForgedReset, _) => self.forged_reset,
            (C::AnsweredByAnother, _) => self.answered_by_another,
            (C::EcnBlackHole, _) => self.ecn_black_hole,
            (C::FastOpenBlackHole, _) => self.fast_open_black_hole,
            (C::ReusedPortsIgnored, Some(O::Opened)) => self.reused_ports_opened,
            (C::ReusedPortsIgnored, _) => self.reused_ports_never,
        }
    }

    /// The sentence for a SYN of which something was changed.
    const fn syn_changed(&self, what: Outcome) -> &'static str {
        match what {
            Outcome::WindowScale => self.syn_changed_scale,
            Outcome::Timestamps => self.syn_changed_timestamps,
            Outcome::Sack => self.syn_changed_sack,
            Outcome::Mss => self.syn_changed_mss,
            _ => self.syn_changed_window,
        }
    }
}
