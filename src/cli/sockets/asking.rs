//! What is worth asking: a connection that begins, changes state or ends, and one that
//! goes on, once a second.

use std::collections::HashMap;
use std::io;

use tcptrace::sink::{Event, Sink};
use tcptrace::socket::SocketPair;
use tcptrace::time::{Span, Timestamp};
use tcptrace::track::flow::Flow;
use tcptrace::track::flow_id::FlowId;
use tcptrace::track::{Observation, Wants};

use crate::cli::sockets::SharedLocals;
use crate::cli::sockets::questions::Questions;
use crate::cli::sockets::unasked::Unasked;

/// How often a connection that goes on is asked about. By the frames' times: there is no
/// clock to be read for each.
const PERIOD: Span = Span(1_000_000_000);

/// A sink, and who asks about the connections that it is shown.
pub struct Asking<K> {
    sink: K,
    questions: Questions,
    locals: SharedLocals,
    unasked: Unasked,
    /// The connections that have an end here.
    ours: HashMap<FlowId, Ours>,
}

/// A connection that has an end here.
#[derive(Debug, Clone, Copy)]
struct Ours {
    ends: [Option<SocketPair>; 2],
    /// When it was asked about last, or will be.
    asked: Timestamp,
    /// Whether any question about it found room in the queue.
    is_asked_about: bool,
}

impl<K> Asking<K> {
    pub(super) fn new(
        sink: K,
        questions: Questions,
        locals: SharedLocals,
        unasked: Unasked,
    ) -> Self {
        Self {
            sink,
            questions,
            locals,
            unasked,
            ours: HashMap::new(),
        }
    }

    fn look(&mut self, seen: &Observation<'_>) {
        let (id, time) = (seen.flow.id, seen.segment.time);
        if seen.flow.client.segments + seen.flow.server.segments <= 1 {
            let ends = self.ends_here(seen.flow);
            if ends != [None, None] {
                let is_asked_about = self.questions.ask(ends, false);
                if !is_asked_about {
                    self.unasked.add(count(ends));
                }
                let ours = Ours {
                    ends,
                    asked: time,
                    is_asked_about,
                };
                self.ours.insert(id, ours);
            }
            return;
        }
        let Some(ours) = self.ours.get_mut(&id) else {
            return;
        };
        let is_for_later = if !seen.moves.is_empty() || seen.ended {
            false
        } else if time >= ours.asked {
            // Not now: what this segment brings is not read yet, and what comes after it
            // would not be asked about.
            ours.asked = time + PERIOD;
            true
        } else {
            return;
        };
        if self.questions.ask(ours.ends, is_for_later) && !ours.is_asked_about {
            ours.is_asked_about = true;
            self.unasked.take_back(count(ours.ends));
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
}

/// How many sockets there are to be asked about.
fn count(ends: [Option<SocketPair>; 2]) -> u64 {
    ends.iter().flatten().count() as u64
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::mpsc::{Receiver, sync_channel};

    use tcptrace::capture::filter::Filter;
    use tcptrace::capture::savefile;
    use tcptrace::pipeline::Pipeline;

    use super::*;
    use crate::cli::sockets::{Inquiry, QUEUE};

    /// Takes what was asked from some packet on.
    struct Hearing {
        questions: Receiver<Inquiry>,
        left: u32,
    }

    impl Sink for Hearing {
        fn wants(&self) -> Wants {
            Wants::NOTHING
        }

        fn take(&mut self, _: Event<'_>) -> io::Result<()> {
            self.left = self.left.saturating_sub(1);
            if self.left == 0 {
                self.questions.try_iter().for_each(drop);
            }
            Ok(())
        }
    }

    /// How many of the two sockets of a connection on loopback are not asked about, where
    /// so many questions have room of which one is asked already, and are heard from the
    /// packet of this number on.
    fn unasked(room: usize, heard_from: u32) -> u64 {
        let (queue, questions) = sync_channel(room);
        let ends = [None, None];
        let asking = Questions::into(queue);
        assert!(asking.ask(ends, false));
        let hearing = Hearing {
            questions,
            left: heard_from,
        };
        let unasked = Unasked::default();
        let sink = Asking::new(hearing, asking, SharedLocals::default(), unasked.clone());
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("captures/hello.pcap");
        let mut source = savefile::open(&path, Filter::default()).unwrap();
        let mut pipeline = Pipeline::new(sink, None);
        pipeline.read(&mut *source, || false).unwrap();
        unasked.count()
    }

    #[test]
    fn sockets_for_whose_questions_there_is_no_room_are_counted() {
        assert_eq!(unasked(1, u32::MAX), 2);
        assert_eq!(unasked(2, u32::MAX), 0);
        assert_eq!(unasked(QUEUE, u32::MAX), 0);
    }

    #[test]
    fn sockets_that_are_asked_about_later_are_not_counted() {
        assert_eq!(unasked(1, 2), 0);
    }
}
