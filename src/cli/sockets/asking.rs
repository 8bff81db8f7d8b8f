//! What is worth asking: a connection that begins, changes state or ends, and one that
//! goes on, once a second.

use std::collections::HashMap;
use std::io;
use std::sync::mpsc::SyncSender;

use tcptrace::sink::{Event, Sink};
use tcptrace::socket::SocketPair;
use tcptrace::time::{Span, Timestamp};
use tcptrace::track::flow::Flow;
use tcptrace::track::flow_id::FlowId;
use tcptrace::track::{Observation, Wants};

use crate::cli::sockets::{Inquiry, SharedLocals};

/// How often a connection that goes on is asked about. By the frames' times: there is no
/// clock to be read for each.
const PERIOD: Span = Span(1_000_000_000);

/// A sink, and who asks about the connections that it is shown.
pub struct Asking<K> {
    sink: K,
    questions: SyncSender<Inquiry>,
    locals: SharedLocals,
    /// The connections that have an end here.
    ours: HashMap<FlowId, Ours>,
}

/// A connection that has an end here.
#[derive(Debug, Clone, Copy)]
struct Ours {
    ends: [Option<SocketPair>; 2],
    /// When it was asked about last, or will be.
    asked: Timestamp,
}

impl<K> Asking<K> {
    pub(super) fn new(sink: K, questions: SyncSender<Inquiry>, locals: SharedLocals) -> Self {
        Self {
            sink,
            questions,
            locals,
            ours: HashMap::new(),
        }
    }

    fn look(&mut self, seen: &Observation<'_>) {
        let (id, time) = (seen.flow.id, seen.segment.time);
        if seen.flow.client.segments + seen.flow.server.segments <= 1 {
            let ends = self.ends_here(seen.flow);
            if ends != [None, None] {
                self.ours.insert(id, Ours { ends, asked: time });
                self.ask(ends, false);
            }
            return;
        }
        let Some(ours) = self.ours.get_mut(&id) else {
            return;
        };
        let ends = ours.ends;
        if !seen.moves.is_empty() || seen.ended {
            self.ask(ends, false);
        } else if time >= ours.asked {
            // Not now: what this segment brings is not read yet, and what comes after it
            // would not be asked about.
            ours.asked = time + PERIOD;
            self.ask(ends, true);
        }
    }

    fn ends_here(&self, flow: &Flow) -> [Option<SocketPair>; 2] {
        let (client, server) = (flow.client_addr(), flow.server_addr());
        let locals = self.locals.get();
        [(client, server), (server, client)].map(|(local, remote)| {
            locals
                .holds(local.ip())
                .then_some(SocketPair { local, remote })
        })
    }

    /// Where the queue is full the question is left out.
    fn ask(&self, ends: [Option<SocketPair>; 2], is_for_later: bool) {
        let _ = self.questions.try_send(Inquiry { ends, is_for_later });
    }
}

impl<K: Sink> Sink for Asking<K> {
    fn wants(&self) -> Wants {
        self.sink.wants() | Wants::OURS
    }

    #[inline]
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Packet(_, Some(seen)) => self.look(seen),
            Event::Connection(connection) => {
                self.ours.remove(&connection.flow.id);
            }
            _ => {}
        }
        self.sink.take(event)
    }
}
