//! What is said in a sequence diagram.

use crate::sink::words::group::texts;
use crate::track::judgement::Cause;

texts! {
    /// What is said in a sequence diagram.
    LadderTexts {
        /// What it is, for those who do not see it: of {0}, {1}.
        title,
        /// Behind the numbers of a segment: {0} bytes of data.
        bytes,
        /// What happened to a segment: it did not arrive, as far as its sender could tell;
        /// nothing answered it; the capture shows that of frame {0} again; the network
        /// copied it; its octets passed before with another text.
        lost,
        unanswered,
        copy_of,
        copied,
        conflicting,
        /// It was sent again, and why.
        again,
        timeout,
        fast,
        tail_probe,
        spurious,
        path_mtu,
        /// Segments that are folded into one row: {0} of them, in the time {1}; with {2}
        /// data; with {2} data of the client and {3} of the server.
        folded,
        folded_data,
        folded_both,
        /// Behind it: of them {0} were sent again, {0} overtaken, {0} copies, and {0}
        /// acknowledged nothing new.
        folded_again,
        folded_overtaken,
        folded_copies,
        folded_repeated,
        /// {0} segments are folded.
        opens,
        /// The first {0} segments are not there.
        left_out,
    }
}

impl LadderTexts {
    /// That a segment was sent again, and why, as far as that shows.
    #[must_use]
    pub const fn again(&self, cause: Option<Cause>) -> &'static str {
        match cause {
            Some(Cause::Timeout) => self.timeout,
            Some(Cause::Fast) => self.fast,
            Some(Cause::TailProbe) => self.tail_probe,
            Some(Cause::Spurious) => self.spurious,
            Some(Cause::PathMtu) => self.path_mtu,
            None => self.again,
        }
    }
}
