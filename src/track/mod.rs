//! Stage 3: what a segment means to its connection.
//!
//! For each segment the tracker looks, then moves:
//!
//! 1. find the connection, or begin one;
//! 2. say what the segment is, with the connection as it was before;
//! 3. advance the connection.
//!
//! The look only reads and the move only writes, so neither depends on what
//! the other will do. Time is the frames' time; there is no other clock.

pub mod advance;
pub mod agreement;
mod analysis;
mod awake;
pub mod counters;
mod dormant;
pub mod flow;
pub mod handshake;
mod holes;
pub mod kind;
pub mod ledger;
pub mod oddity;
mod outstanding;
pub mod position;
pub mod repeated;
pub mod reset;
pub mod role;
pub mod rules;
mod sending;
pub mod servers;
pub mod stall;
pub mod state;
mod table;
pub mod teardown;
mod trail;
pub mod troubles;
pub mod unproved;
mod usual;
pub mod verdict;
pub mod zeek;

pub use outstanding::Acked;

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::icmp_error::{IcmpError, Reason};
use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::advance::Moves;
use crate::track::analysis::Found;
use crate::track::awake::Place;
use crate::track::flow::{Dir, Flow, Half, Roles};
use crate::track::kind::Judgement;
use crate::track::ledger::Ledger;
use crate::track::role::{Role, Scene};
use crate::track::rules::{Finding, Findings};
use crate::track::stall::Asks;
use crate::track::state::State;
use crate::track::table::Table;
use crate::track::verdict::{UNANSWERED, Verdict};

/// The most connections kept at a time, unless said otherwise.
const MOST_CONNECTIONS: usize = 1 << 20;
/// The most that are awake: more than are spoken on at a time in nearly any
/// capture. A million in a flood are so kept in a sixth of the memory (measured).
const MOST_AWAKE: usize = 4096;

/// What a segment means.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Observation<'t> {
    /// Its connection, as it is after the segment.
    pub flow: &'t Flow,
    /// Which way it went.
    pub dir: Dir,
    /// What it is.
    pub role: Role,
    /// The states it moved.
    pub moves: Moves,
    /// The segment that it acknowledges exactly.
    pub acked: Option<Acked>,
    /// What the rules found about it.
    pub findings: Findings,
    /// Of a retransmission that nobody asked for, the segment that was waited
    /// for, and how long.
    pub rto: Option<Acked>,
    /// What it really was, of a segment with data or FIN.
    pub kind: Option<Judgement>,
    /// Whether the connection ended with it.
    pub ended: bool,
    /// What became of the connection, where this segment settles it.
    pub verdict: Option<Verdict>,
}

/// How a capture ended. By default as a file does that was read to its end: with
/// its last segment.
#[derive(Debug, Clone, Copy, Default)]
pub struct CaptureEnd {
    /// When, as silence lasted until then; with the last segment where nothing
    /// is said.
    pub at: Option<Timestamp>,
    /// Whether it goes on behind its end, as nobody wanted more.
    pub is_cut_off: bool,
}

/// The connection of a segment, as it was before it.
struct Placed<'t> {
    flow: &'t mut Flow,
    dir: Dir,
    /// Whether it begins with the segment, between ports that had one before.
    reuses_ports: bool,
}

/// Follows every connection of a capture.
pub struct Tracker {
    table: Table,
    /// Whether connections have a ledger.
    keeps_ledgers: bool,
    /// When the latest segment was captured.
    latest: Timestamp,
}

impl Default for Tracker {
    fn default() -> Self {
        Self::bounded(MOST_CONNECTIONS)
    }
}

impl Tracker {
    /// A tracker that keeps up to `most` connections and then gives up the
    /// oldest, see [`overflow`](Self::overflow).
    #[must_use]
    pub fn bounded(most: usize) -> Self {
        Self {
            table: Table::new(most, MOST_AWAKE),
            keeps_ledgers: false,
            latest: Timestamp::default(),
        }
    }

    /// Keeps a [`Ledger`] for each connection that begins from now on.
    pub fn keep_ledgers(&mut self) {
        self.keeps_ledgers = true;
    }

    /// Places a segment in its connection and says what it means there.
    pub fn observe(&mut self, segment: &Segment<'_>) -> Option<Observation<'_>> {
        self.latest = segment.time;
        let Placed {
            flow,
            dir,
            reuses_ports,
        } = self.place(segment)?;
        if let Some(ledger) = &mut flow.ledger {
            ledger.observe(dir, segment);
        }
        Some(match flow.usual_role(dir, segment) {
            Some(role) => flow.go_on(dir, segment, role),
            None => flow.go_on_closely(dir, segment, reuses_ports),
        })
    }

    /// Finds the connection of a segment, or begins one.
    #[inline]
    fn place(&mut self, segment: &Segment<'_>) -> Option<Placed<'_>> {
        let (key, sender) = FlowKey::of(&segment.src, &segment.dst);
        let known = self.table.find(&key);
        let (place, reuses_ports) = match known {
            Some(known) if !self.is_new_connection(known, sender, segment) => (known, false),
            _ => {
                let earlier = known.and_then(|known| Some(self.table.get_mut(known)?.id));
                let place = self.begin(key, sender, segment);
                if earlier.is_some() {
                    self.table.get_mut(place)?.earlier = earlier;
                }
                (place, earlier.is_some())
            }
        };
        let flow = self.table.get_mut(place)?;
        let dir = direction(flow, sender);
        Some(Placed {
            flow,
            dir,
            reuses_ports,
        })
    }

    /// Places an ICMP error in the connection whose SYN it is about; `None`
    /// where it is about another segment or none that was seen.
    pub fn icmp(&mut self, error: &IcmpError) -> Option<&Flow> {
        let (key, sender) = FlowKey::of(&error.src, &error.dst);
        let place = self.table.find(&key)?;
        let flow = self.table.get_mut(place)?;
        let asker = flow.sender(direction(flow, sender));
        let is_about_syn = asker.state == State::SynSent && asker.iss == error.seq;
        if !is_about_syn || error.reason == Reason::TooBig || flow.unreachable.is_some() {
            return None;
        }
        flow.unreachable = Some(Box::new(*error));
        Some(flow)
    }

    /// Whether a SYN asks for a connection of its own although its addresses
    /// and ports are known: its number is not the one that this end's earlier
    /// SYN had (Wireshark's rule for reused ports).
    fn is_new_connection(&mut self, known: Place, sender: End, segment: &Segment<'_>) -> bool {
        if !segment.flags.has(Flags::SYN) || segment.is_ack() {
            return false;
        }
        self.table.get_mut(known).is_none_or(|flow| {
            let half = flow.sender(direction(flow, sender));
            half.is_known() && half.iss != segment.seq
        })
    }

    fn begin(&mut self, key: FlowKey, sender: End, segment: &Segment<'_>) -> Place {
        let id = self.table.next_id();
        let is_syn = segment.flags.has(Flags::SYN);
        let (client, roles) = match (is_syn, segment.is_ack()) {
            (true, false) => (sender, Roles::BySyn),
            (true, true) => (sender.other(), Roles::BySynAck),
            (false, _) => (sender, Roles::Guessed),
        };
        let mut flow = Flow::new(id, key, client, segment.time);
        flow.roles = roles;
        if self.keeps_ledgers {
            let dir = direction(&flow, sender);
            flow.ledger = Some(Box::new(Ledger::new(roles, dir, segment.time)));
        }
        self.table.insert(flow)
    }

    /// Connections given up because there are more than the bound: a group of
    /// the oldest. Those that had not ended are left as they were.
    #[inline]
    pub fn overflow(&mut self) -> Option<Vec<Flow>> {
        if !self.table.is_over_bound() {
            return None;
        }
        let mut given_up = self.table.give_up()?;
        for flow in &mut given_up {
            flow.end_stalls(flow.last);
        }
        Some(given_up)
    }

    /// How many connections were seen.
    #[must_use]
    pub fn connections(&self) -> u64 {
        u64::from(self.table.next_id().0)
    }

    /// Every connection still kept, in the order of first segments, as it is
    /// when the capture has ended.
    pub fn into_flows(self, end: CaptureEnd) -> impl Iterator<Item = Flow> {
        let at = end.at.unwrap_or(self.latest);
        self.table.into_flows().map(move |mut flow| {
            if let Some(ledger) = &mut flow.ledger {
                ledger.end(at);
            }
            if end.is_cut_off {
                flow.cut_off(at);
            }
            flow.end_stalls(at.max(flow.last));
            flow
        })
    }
}

impl Flow {
    /// Goes on by a usual segment.
    #[inline]
    fn go_on(&mut self, dir: Dir, segment: &Segment<'_>, role: Role) -> Observation<'_> {
        let now = segment.time - self.first;
        let found = Found::nothing(segment, now);
        let kind = Self::usual_kind(segment);
        self.ends_mut(dir).0.note_sending(segment, kind, now);
        self.count(dir, segment, role, now);
        let acked = self.follow(dir, segment, &found);
        Observation {
            flow: self,
            dir,
            role,
            moves: Moves::default(),
            acked,
            findings: found.findings,
            rto: None,
            kind,
            ended: false,
            verdict: None,
        }
    }

    /// Looks at any segment, then goes on by it.
    #[inline(never)]
    fn go_on_closely(
        &mut self,
        dir: Dir,
        segment: &Segment<'_>,
        reuses_ports: bool,
    ) -> Observation<'_> {
        let flow = &*self;
        let role = Scene { flow, dir, segment }.role();
        let found = self.look(dir, segment, reuses_ports);
        let kind = self.judge(dir, segment, found.now);
        let answers_probe = self.answers_probe(dir, segment);
        self.note_troubles(dir, segment, role.part, found.findings, kind);
        self.ends_mut(dir).0.note_sending(segment, kind, found.now);
        let moves = self.advance(dir, segment, role, found.now);
        let acked = self.follow(dir, segment, &found);
        let ended = self.is_over() && !self.is_reported;
        self.is_reported |= ended;
        let lacks_answer = self.sender(dir).lacks_answer(role) && self.only_direction().is_none();
        let is_settled =
            ended || lacks_answer || answers_probe && self.settles_stall(dir, segment.time);
        if found.findings.has(Finding::ZeroWindowProbe) {
            self.ends_mut(dir).0.asks = Asks::WhetherOpen;
        }
        if ended {
            self.end_stalls(segment.time);
            self.client.outstanding.shrink();
            self.server.outstanding.shrink();
        }
        Observation {
            dir,
            role,
            moves,
            acked,
            findings: found.findings,
            rto: found.rto,
            kind,
            ended,
            verdict: is_settled.then(|| Verdict::of(self)),
            flow: self,
        }
    }
}

impl Half {
    /// Whether its latest segment, which was what `role` says, is the last of
    /// so many without an answer that the other end has vanished.
    const fn lacks_answer(&self, role: Role) -> bool {
        let repeats = role.again > 0 || !matches!(self.asks, Asks::Nothing);
        self.unanswered() == UNANSWERED && repeats
    }
}

fn direction(flow: &Flow, sender: End) -> Dir {
    if flow.client_end == sender {
        Dir::ToServer
    } else {
        Dir::ToClient
    }
}
