//! What a connection waited long for: the one home of what `--slow` asks about.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::time_spent::{TimeCause, TimeSpent, Waited};
use crate::track::turns::Turn;

/// Something that a connection waited for. Who can tell of another kind of wait adds it
/// here and in [`LongWait::over`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LongWait {
    /// The handshake, from the first SYN to the ACK that ends it.
    Handshake(Span),
    /// The first octets of an answer: as long as the client waited, where that is known.
    FirstByte(Span, Turn),
    /// Something else that either end waited for, but a client that had nothing to ask
    /// and octets on their way.
    Other(Waited),
}

impl LongWait {
    /// What a connection waited for longer than a limit; of answers the eight longest
    /// at most, where its [turns](crate::track::Wants::turns) were wanted.
    pub fn over(limit: Span, connection: &Connection) -> impl Iterator<Item = Self> {
        let spent = connection.time_spent();
        Self::over_in(limit, connection, spent.as_ref())
    }

    /// The same of a connection whose time [went so](Connection::time_spent).
    pub fn over_in(
        limit: Span,
        connection: &Connection,
        spent: Option<&TimeSpent>,
    ) -> impl Iterator<Item = Self> + use<> {
        let handshake = connection.flow.handshake.duration();
        let responses = connection.responses();
        let turns = responses.into_iter().flat_map(|all| {
            let longest = all.longest.clone();
            longest.into_iter().map(move |turn| {
                let waited = all.at_client(&turn).unwrap_or(turn.first_byte());
                Self::FirstByte(waited, turn)
            })
        });
        let answers: Vec<_> = turns.collect();
        let answered: Vec<_> = answers.iter().filter_map(Self::answer).collect();
        let spent = spent.map(|spent| spent.longest.clone());
        let others = spent.into_iter().flatten();
        let others = others.filter(move |wait| {
            let is_answer = wait.frames.1.is_some_and(|frame| answered.contains(&frame));
            wait.cause.is_trouble() && !(is_answer && wait.cause == TimeCause::ServerApplication)
        });
        let waits = handshake.map(Self::Handshake).into_iter().chain(answers);
        let waits = waits.chain(others.map(Self::Other));
        waits.filter(move |wait| wait.lasted() > limit)
    }

    /// The frame with which an answer begins.
    const fn answer(&self) -> Option<NonZeroU64> {
        match self {
            Self::FirstByte(_, turn) => Some(turn.answer.frame),
            _ => None,
        }
    }

    /// How long.
    #[must_use]
    pub const fn lasted(&self) -> Span {
        match self {
            Self::Handshake(lasted) | Self::FirstByte(lasted, _) => *lasted,
            Self::Other(wait) => wait.length,
        }
    }
}
