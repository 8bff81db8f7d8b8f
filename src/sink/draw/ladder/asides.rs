//! What stands beside the lanes: the states of both ends where they change, and the calls
//! that segments imply.

use crate::sink::draw::ink::Ink;
use crate::sink::draw::picture::Subject;
use crate::sink::words::Words;
use crate::track::calls::Implied;
use crate::track::dir::Dir;
use crate::track::moves::Chain;
use crate::track::point::Point;
use crate::track::state::State;

/// What stands beside a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aside {
    pub(super) text: String,
    pub(super) ink: Ink,
}

/// What stands beside the client's lane, and the server's.
pub(super) type Both = [Option<Aside>; 2];

/// What stands beside a segment, and above and below that.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) before: Vec<Both>,
    pub(super) at: Both,
    pub(super) after: Vec<Both>,
}

/// What stands beside the lanes of a connection.
pub(super) struct Asides<'s> {
    words: &'s Words,
    calls: Vec<Implied>,
    next: usize,
    /// The states that the ends had at first, until they are told.
    begun: [Option<State>; 2],
}

/// The ends, by the direction in which they send.
const ENDS: [Dir; 2] = [Dir::ToServer, Dir::ToClient];

impl<'s> Asides<'s> {
    pub(super) fn of(subject: &'s Subject<'_>) -> Self {
        let trace = subject.trace;
        let first = |end| {
            let mut chains = trace.points().map(|point| chain(point, end));
            let first = chains.find_map(|chain| chain.states().first().copied());
            first.filter(|state| *state != State::Unknown)
        };
        Self {
            words: subject.view.words,
            calls: trace.calls(&subject.connection.flow),
            next: 0,
            begun: ENDS.map(first),
        }
    }

    /// What stands around a segment.
    pub(super) fn take(&mut self, point: &Point) -> Around {
        let from = self.next;
        let is_own = |call: &&Implied| call.frame == point.frame;
        self.next += self.calls[from..].iter().take_while(is_own).count();
        let calls = &self.calls[from..self.next];
        let begun = std::mem::take(&mut self.begun);
        let stacks = ENDS.map(|end| {
            let own = calls.iter().filter(|call| call.by == end).copied();
            self.stack(end, begun[end as usize], point, &own.collect::<Vec<_>>())
        });
        beside(stacks)
    }

    fn stack(&self, end: Dir, begun: Option<State>, point: &Point, calls: &[Implied]) -> Stack {
        let ink = [Ink::Client, Ink::Server][end as usize];
        let call = |call: &Implied| Aside {
            text: call.call.name().to_owned(),
            ink,
        };
        let state = |state: State| Aside {
            text: self.words.state(state).to_owned(),
            ink: Ink::Text,
        };
        let (returned, made): (Vec<_>, Vec<_>) = calls.iter().partition(|call| call.call.returns());
        let mut made: Vec<_> = made.iter().map(call).collect();
        let mut stack = Stack::default();
        match begun {
            // It listens by a call.
            Some(State::Listen) if !made.is_empty() => {
                stack.before.push(made.remove(0));
                stack.before.push(state(State::Listen));
            }
            Some(begun) => stack.before.push(state(begun)),
            None => {}
        }
        if let Some((last, passed)) = reached(point, end).split_last() {
            stack.before.extend(passed.iter().copied().map(state));
            stack.before.extend(made);
            stack.at = Some(state(*last));
        } else {
            stack.at = made.pop();
            stack.before.extend(made);
        }
        stack.after.extend(returned.iter().map(call));
        if stack.at.is_none() && !stack.after.is_empty() {
            stack.at = Some(stack.after.remove(0));
        }
        stack
    }
}

/// What stands beside one lane.
#[derive(Default)]
struct Stack {
    before: Vec<Aside>,
    at: Option<Aside>,
    after: Vec<Aside>,
}

/// Both stacks side by side: what comes before ends in the same row.
fn beside([client, server]: [Stack; 2]) -> Around {
    let rows = client.before.len().max(server.before.len());
    let above = |stack: &Stack, row: usize| {
        let missing = rows - stack.before.len();
        stack.before.get(row.wrapping_sub(missing)).cloned()
    };
    let before = (0..rows).map(|row| [above(&client, row), above(&server, row)]);
    let below = client.after.len().max(server.after.len());
    let after = (0..below).map(|row| {
        let of = |stack: &Stack| stack.after.get(row).cloned();
        [of(&client), of(&server)]
    });
    Around {
        before: before.collect(),
        after: after.collect(),
        at: [client.at, server.at],
    }
}

const fn chain(point: &Point, end: Dir) -> &Chain {
    match end {
        Dir::ToServer => &point.moves.client,
        Dir::ToClient => &point.moves.server,
    }
}

/// The states that a segment brought an end to.
fn reached(point: &Point, end: Dir) -> &[State] {
    chain(point, end).states().get(1..).unwrap_or_default()
}
