//! The turns of a connection, summed up.

use crate::time::Span;
use crate::track::distribution::{Distribution, Times};
use crate::track::turns::dialogue::Dialogue;
use crate::track::turns::turn::{Speech, Turn};

/// How the requests of a connection were answered.
///
/// Times are those that passed the capture. As the client waited they are longer by the
/// round trip between the capture and the client, and as the server took them shorter by
/// that between the capture and the server, the shortest of each that was seen.
#[derive(Debug, Clone)]
pub struct Responses {
    /// Turns of all kinds.
    pub count: u64,
    /// Those whose request or answer began before the other was whole: the client sent
    /// more before it had the whole answer, or the server answered before it had all.
    pub pipelined: u64,
    /// Those in which both ends began to send before they had heard each other.
    pub overlapping: u64,
    /// Those of which the capture lacks something, or has it in another order.
    pub unclear: u64,
    /// Whether the latest request was never answered.
    pub is_unanswered: bool,
    /// What the server said in the latest turn, or as its greeting, where it spoke last.
    pub last_answer: Option<Speech>,
    /// What the server said before the client did.
    pub greeting: Option<Speech>,
    /// Octets of requests.
    pub request_octets: u64,
    /// Octets of what answered them.
    pub answer_octets: u64,
    /// From the end of a request to the first octets of its answer, as they passed the
    /// capture.
    pub first_bytes: Distribution,
    /// The same as the server may have got the requests: from when each was sent for the
    /// last time.
    since_sent_again: Option<Box<Distribution>>,
    /// Turns with the longest waits for the first octets, the longest first, eight at
    /// most.
    pub longest: Vec<Turn>,
    /// From the capture to the server and back; `None` where it is not known.
    pub to_server: Option<Span>,
    /// From the capture to the client and back.
    pub to_client: Option<Span>,
}

impl Responses {
    /// Of the turns of a connection, as they are where nothing more comes; `to_server` and
    /// `to_client` are the round trips between the capture and the ends.
    pub(in crate::track) fn of(
        dialogue: &Dialogue,
        to_server: Option<Span>,
        to_client: Option<Span>,
    ) -> Self {
        let (past, is_unanswered) = dialogue.ended();
        Self {
            count: past.count,
            pipelined: past.pipelined,
            overlapping: past.overlapping,
            unclear: past.unclear,
            is_unanswered,
            last_answer: dialogue.last_answer(),
            greeting: past.greeting,
            request_octets: past.octets[0],
            answer_octets: past.octets[1],
            first_bytes: past.first_bytes,
            since_sent_again: past.since_sent_again,
            longest: past.longest,
            to_server,
            to_client,
        }
    }

    /// From requests to first octets, as they passed the capture.
    #[must_use]
    pub fn first_byte(&self) -> Option<Times> {
        self.first_bytes.times()
    }

    /// The same as the client waited.
    #[must_use]
    pub fn first_byte_at_client(&self) -> Option<Times> {
        Some(self.first_byte()?.later(self.to_client?))
    }

    /// The same as the server took.
    #[must_use]
    pub fn first_byte_at_server(&self) -> Option<Times> {
        let times = self.since_arrival().times()?;
        Some(times.later(Span(-self.to_server?.0)))
    }

    /// As the client waited, as far as that is known; else as it passed the capture.
    #[must_use]
    pub fn waited(&self) -> Option<Times> {
        self.first_byte_at_client().or_else(|| self.first_byte())
    }

    /// From when the requests were sent for the last time.
    #[must_use]
    pub fn since_arrival(&self) -> &Distribution {
        self.since_sent_again
            .as_deref()
            .unwrap_or(&self.first_bytes)
    }

    /// How long the client waited for the first octets of an answer, where that is known.
    #[must_use]
    pub fn at_client(&self, turn: &Turn) -> Option<Span> {
        let to_client = self.to_client?;
        Some(Span(turn.first_byte().0.saturating_add(to_client.0)))
    }

    /// How long the server took for them, where that is known.
    #[must_use]
    pub fn at_server(&self, turn: &Turn) -> Option<Span> {
        let (took, to_server) = (turn.since_sent_again(), self.to_server?);
        Some(Span(took.0.saturating_sub(to_server.0).max(0)))
    }
}
