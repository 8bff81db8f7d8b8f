//! What an ICMP error changes, and what follows it.

use crate::icmp_error::{IcmpError, Reason};
use crate::segment::Segment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::icmp_errors::IcmpErrors;
use crate::track::judgement::Cause;
use crate::track::look::Look;
use crate::track::state::State;

impl Flow {
    /// Keeps an ICMP error about a segment of direction `dir`, if it tells something new
    /// of one that was sent.
    pub(in crate::track) fn note_icmp(&mut self, dir: Dir, error: &IcmpError) -> bool {
        let sender = self.sender(dir);
        let is_of_syn = sender.state == State::SynSent && sender.iss == error.seq;
        if is_of_syn && error.reason != Reason::TooBig {
            let is_first = self.unreachable().is_none();
            if is_first {
                let errors = self.icmp.get_or_insert_default();
                errors.keep_of_syn(dir, error);
            }
            return is_first;
        }
        if self.is_over() || !sender.has_underway(error) {
            return false;
        }
        let (underway, last) = ((sender.una, sender.nxt), sender.last_frame);
        let errors = self.icmp.get_or_insert_default();
        match errors.find_mut(dir, error) {
            // Nothing was sent that it could be said of again: the capture has it twice.
            Some(notice) if last.is_none_or(|last| last < notice.latest) => return false,
            Some(notice) => {
                notice.times = notice.times.saturating_add(1);
                notice.latest = error.frame;
            }
            None => errors.keep(dir, error, underway),
        }
        true
    }

    /// Takes note that a segment of direction `dir` was cut smaller, if it was.
    pub(super) fn note_resizing(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look) {
        let cause = look.kind.and_then(|judged| judged.cause);
        if cause == Some(Cause::PathMtu) {
            let most = self.max_segment(dir);
            let errors: &mut IcmpErrors = self.icmp.get_or_insert_default();
            errors.note_smaller(dir, segment, most);
        }
    }
}

impl Half {
    /// Whether a segment that an ICMP error quotes may be underway: it was sent and is
    /// not acknowledged (RFC 5927 §4). A keep-alive repeats a number that is.
    fn has_underway(&self, error: &IcmpError) -> bool {
        let is_sent = self.is_known() && self.segments > 0 && error.seq - self.nxt <= 0;
        is_sent && error.seq - self.una >= -1
    }
}
