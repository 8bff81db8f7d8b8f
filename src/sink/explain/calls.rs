//! What the programs of both ends called, so that the segment came about.

use crate::sink::explain::{Situation, tell};
use crate::track::dir::Dir;
use crate::track::part::Part;
use crate::track::reset_cause::ResetCause;
use crate::track::state::State;

impl Situation<'_, '_> {
    pub(super) fn calls(&mut self) {
        let (sender, receiver) = (self.sender(), self.receiver());
        let len = self.seen.segment.payload_len;
        match self.seen.role.part {
            Part::Syn if self.moved_from(State::Closed) => tell!(self, called_connect, sender),
            Part::SynAck if self.moved_from(State::Listen) => tell!(self, called_listen, sender),
            Part::Refusal => tell!(self, called_in_vain, sender, receiver),
            Part::Reset if self.aborts() => tell!(self, called_abort, sender),
            _ => {}
        }
        self.accepted();
        match self.seen.role.part {
            Part::Data if self.seen.role.again == 0 => {
                tell!(self, called_send, sender, len, receiver);
            }
            Part::Fin | Part::FinAck => tell!(self, called_close, sender, receiver),
            _ => {}
        }
        for end in [Dir::ToServer, Dir::ToClient] {
            if self.states_of(end).last() == Some(&State::TimeWait) {
                tell!(self, called_no_more, self.names.sender(end));
            }
        }
    }

    /// The client has opened, and the server has a connection for its program.
    fn accepted(&mut self) {
        let opens = [State::SynReceived, State::Established];
        let is_open = self.states_of(Dir::ToClient).starts_with(&opens);
        if is_open && !self.seen.flow.handshake.is_simultaneous {
            let count = &self.names.count;
            tell!(self, called_accept, count.server, count.client);
        }
    }

    fn states_of(&self, end: Dir) -> &[State] {
        match end {
            Dir::ToServer => self.seen.moves.client.states(),
            Dir::ToClient => self.seen.moves.server.states(),
        }
    }

    /// Whether the sender left a state.
    fn moved_from(&self, state: State) -> bool {
        self.states_of(self.seen.dir).first() == Some(&state)
    }

    /// Whether its RST is a program's doing.
    fn aborts(&self) -> bool {
        let reset = self.seen.flow.teardown.reset;
        let is_first = reset.is_some_and(|reset| reset.frame == self.seen.segment.frame);
        is_first
            && self
                .seen
                .flow
                .reset_cause()
                .is_some_and(ResetCause::is_of_program)
    }
}
