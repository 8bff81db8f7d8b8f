//! What a receiver does not take, and what really happened instead.

use crate::sink::words::group::texts;
use crate::track::acceptance::{Reply, Unacceptable};
use crate::track::attempts::Change;

texts! {
    /// What a receiver does not take, and what really happened instead.
    AcceptanceTexts {
        /// [`Unacceptable::AckOfUnsent`], and so on.
        ack_of_unsent,
        ack_below_initial,
        old_connection,
        wrong_syn_ack,
        outside_window,
        below_initial,
        without_ack,
        syn_on_connection,
        reset_outside_window,
        reset_not_expected,
        reset_of_no_syn,
        /// What the receiver has to send for it: [`Reply::Ack`], and so on.
        due_ack,
        due_challenge,
        due_reset,
        due_nothing,
        /// Behind a segment: it is not taken because {0}, and {1} is due.
        not_taken,
        /// An ACK that is due.
        challenge_ack,
        /// Behind what is due: it answers frame {0}.
        answers,
        /// Behind a segment whose sender a RST, frame {0}, seemed to have closed: it has
        /// not sent that; it has not taken it.
        not_its_reset,
        outlives_reset,
        /// {0} segments of {1} that {2} did not take.
        count_not_taken,
        /// One of them: frame {0}, {1} why, {2} what is due.
        one_not_taken,
        /// The RST in frame {0} that {1} has sent seemingly, and {2} did not take.
        reset_ignored,
        /// The server repeats its SYN-ACK, {0} of them, though frame {1} acknowledges it; no
        /// data came; {2} bytes of data came.
        ack_ignored,
        ack_ignored_without_data,
        ack_ignored_with_data,
        /// What a segment is whose octets had another text before.
        conflicting,
        /// Behind that: {0}:{1} have another text here than in frame {2}.
        two_texts,
        /// The same of a connection: {0}:{1} of {2} in frames {3} and {4}.
        two_texts_of,
        /// Behind that: frame {0} does not look as the others of its sender, and why: its
        /// TTL is {0}, that of the others {1}; it has no timestamp.
        seems_injected,
        odd_ttl,
        odd_timestamps,
        /// Behind half-open: the answer in frame {0} was not taken, {1} why.
        ack_not_taken,
        /// A RST came after {1} that had the address of {0}.
        reset_in_name_of,
        /// The first segment answers the SYN of connection {0}, in frame {1}, which asked {2};
        /// the SYN is answered by connection {0}, in frame {1}, from {2}.
        answers_other,
        answered_from,
        /// Behind that no answer came.
        but_elsewhere,
        /// The SYN in frame {0} is the one that was answered.
        answered_syn,
        /// A SYN that was sent again differs: {0} is gone, a list, or is another.
        syn_without,
        syn_with_other,
        /// [`Change::Number`], and so on.
        number,
        ecn,
        fast_open,
        timestamps,
        sack,
        window_scale,
        mss,
        multipath,
        /// [`ResetCause`](crate::track::reset_cause::ResetCause), behind reset.
        injected,
        reset_of_wrong_syn_ack,
        reset_of_old_connection,
        reset_of_ack_of_unsent,
        half_open_discovered,
    }
}

impl AcceptanceTexts {
    /// Why a segment is not taken.
    #[must_use]
    pub const fn why(&self, why: Unacceptable) -> &'static str {
        match why {
            Unacceptable::AckOfUnsent => self.ack_of_unsent,
            Unacceptable::AckBelowInitial => self.ack_below_initial,
            Unacceptable::OldConnection => self.old_connection,
            Unacceptable::WrongSynAck => self.wrong_syn_ack,
            Unacceptable::OutsideWindow => self.outside_window,
            Unacceptable::BelowInitial => self.below_initial,
            Unacceptable::WithoutAck => self.without_ack,
            Unacceptable::SynOnConnection => self.syn_on_connection,
            Unacceptable::ResetOutsideWindow => self.reset_outside_window,
            Unacceptable::ResetNotExpected => self.reset_not_expected,
            Unacceptable::ResetOfNoSyn => self.reset_of_no_syn,
        }
    }

    /// What is due.
    #[must_use]
    pub const fn due(&self, due: Reply) -> &'static str {
        match due {
            Reply::Ack => self.due_ack,
            Reply::ChallengeAck => self.due_challenge,
            Reply::Reset => self.due_reset,
            Reply::Nothing => self.due_nothing,
        }
    }

    /// What has changed.
    #[must_use]
    pub const fn change(&self, change: Change) -> &'static str {
        match change {
            Change::Number => self.number,
            Change::Ecn => self.ecn,
            Change::FastOpen => self.fast_open,
            Change::Timestamps => self.timestamps,
            Change::Sack => self.sack,
            Change::WindowScale => self.window_scale,
            Change::Mss => self.mss,
            Change::Multipath => self.multipath,
        }
    }
}
