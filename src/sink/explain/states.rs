//! Why the state of an end changed.

use crate::sink::explain::{Situation, tell};
use crate::sink::words::ExplainTexts;
use crate::sink::words::fill;
use crate::track::dir::Dir;
use crate::track::part::Part;
use crate::track::state::State;

impl Situation<'_, '_> {
    /// The sender's moves first: they are what the segment proves.
    pub(super) fn states(&mut self) {
        let own = self.seen.dir;
        for dir in [own, own.reverse()] {
            let chain = match dir {
                Dir::ToServer => self.seen.moves.client,
                Dir::ToClient => self.seen.moves.server,
            };
            for arrow in chain.states().windows(2) {
                if let &[from, to] = arrow {
                    self.moved(dir, from, to);
                }
            }
            if chain.states().last() == Some(&State::TimeWait) {
                tell!(self, time_wait, self.names.sender(dir));
            }
        }
    }

    fn moved(&mut self, end: Dir, from: State, to: State) {
        let is_own = end == self.seen.dir;
        let is_reset = matches!(self.seen.role.part, Part::Refusal | Part::Reset);
        let Some(why) = why(self.words, from, to, is_reset.then_some(is_own)) else {
            return;
        };
        if !self.explainer.is_due(why) {
            return;
        }
        let (from, to) = (self.names.state(from), self.names.state(to));
        let arrow = [self.names.sender(end).into(), from.into(), to.into()];
        fill::write(self.words.moved, &arrow, &mut self.explainer.line);
        self.explainer.line.str(why);
        self.explainer.finish(self.text);
    }
}

/// What an arrow of RFC 9293's figure 5 means; `reset` says whether the end that
/// moved sent the RST, where the segment is one.
fn why(
    words: &'static ExplainTexts,
    from: State,
    to: State,
    reset: Option<bool>,
) -> Option<&'static str> {
    use State::{CloseWait, Closed, Closing, Established, FinWait1, FinWait2};
    use State::{LastAck, Listen, SynReceived, SynSent, TimeWait, Unknown};

    Some(match (from, to) {
        (_, Closed) if reset == Some(true) => words.closed_by_own_reset,
        (_, Closed) if reset == Some(false) => words.closed_by_reset,
        (_, Listen) => words.syn_received_to_listen,
        (Unknown, _) => words.from_unknown,
        (Closed, SynSent) => words.closed_to_syn_sent,
        (Listen, SynReceived) => words.listen_to_syn_received,
        (SynSent, Established) => words.syn_sent_to_established,
        (SynSent, SynReceived) => words.syn_sent_to_syn_received,
        (SynReceived, Established) => words.syn_received_to_established,
        (_, FinWait1) => words.to_fin_wait_1,
        (FinWait1, FinWait2) => words.fin_wait_1_to_fin_wait_2,
        (FinWait1, Closing) => words.fin_wait_1_to_closing,
        (FinWait2, TimeWait) => words.fin_wait_2_to_time_wait,
        (Closing, TimeWait) => words.closing_to_time_wait,
        (_, CloseWait) => words.to_close_wait,
        (CloseWait, LastAck) => words.close_wait_to_last_ack,
        (LastAck, Closed) => words.last_ack_to_closed,
        _ => return None,
    })
}
