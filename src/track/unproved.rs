//! What a segment caused, if it arrived, and no later segment proved.

use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::state::{Signal, State};

/// Something that was sent and that no captured segment answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unproved {
    /// The SYN. If it arrived, the server did not answer it.
    Syn,
    /// The SYN-ACK.
    SynAck {
        /// The client's state if it arrived.
        state: State,
    },
    /// Data.
    Data {
        /// The end that sent it.
        by: Dir,
        /// Octets not acknowledged.
        octets: u32,
    },
    /// A FIN.
    Fin {
        /// The end that sent it.
        by: Dir,
        /// The other end's state if it arrived.
        state: State,
    },
}

/// What is unproved about a connection, in the order of its life; nothing where
/// the direction that would prove it was not captured.
pub fn of(flow: &Flow) -> impl Iterator<Item = Unproved> {
    let is_whole = flow.only_direction().is_none();
    let ends = [Dir::ToServer, Dir::ToClient];
    let data = ends.map(|by| {
        let octets = flow.sender(by).unacknowledged();
        (octets > 0).then_some(Unproved::Data { by, octets })
    });
    let fins = ends.map(|by| fin(flow, by));
    [opening(flow), data[0], data[1], fins[0], fins[1]]
        .into_iter()
        .flatten()
        .filter(move |_| is_whole)
}

fn opening(flow: &Flow) -> Option<Unproved> {
    if flow.teardown.reset.is_some() || flow.client.state != State::SynSent {
        return None;
    }
    if flow.server.segments == 0 {
        return Some(Unproved::Syn);
    }
    flow.handshake.syn_ack?;
    let state = flow.client.state.after(Signal::GotSynAck)?;
    Some(Unproved::SynAck { state })
}

fn fin(flow: &Flow, by: Dir) -> Option<Unproved> {
    let (sender, receiver) = (flow.sender(by), flow.receiver(by));
    if flow.teardown.reset.is_some() || sender.fin.is_none() || sender.fin_acked {
        return None;
    }
    // Closing at once: its own FIN is acknowledged, it is still to answer.
    let before = match receiver.state {
        State::FinWait1 if receiver.fin_acked => State::FinWait2,
        state => state,
    };
    let state = before.after(Signal::GotFin)?;
    Some(Unproved::Fin { by, state })
}
