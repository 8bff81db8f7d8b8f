//! The commands that show more, as a shell takes them.

use crate::time::Span;
use crate::track::flow_id::FlowId;
use crate::track::servers::Server;

/// What stands before a command.
pub(super) const PROMPT: &str = "$ ";

/// The commands that show more of a capture; none where it cannot be read again.
#[derive(Debug, Clone)]
pub(super) struct Commands {
    /// The options that name the capture, as a shell takes them.
    again: Option<String>,
}

impl Commands {
    pub(super) const fn new(again: Option<String>) -> Self {
        Self { again }
    }

    /// Whether there are any.
    pub(super) const fn are_there(&self) -> bool {
        self.again.is_some()
    }

    fn of(&self, command: &str) -> Option<String> {
        let again = self.again.as_ref()?;
        Some(format!("tcptrace {command} {again}"))
    }

    /// All connections, a row each.
    pub(super) fn flows(&self) -> Option<String> {
        self.of("flows")
    }

    /// Those that failed.
    pub(super) fn failed(&self) -> Option<String> {
        self.of("report --failed")
    }

    /// One of them.
    pub(super) fn connection(&self, FlowId(number): FlowId) -> Option<String> {
        self.of(&format!("report --connection {number}"))
    }

    /// Those that waited as long for a handshake or an answer, or longer.
    pub(super) fn slow(&self, time: Span) -> Option<String> {
        let limit = below(time)?;
        self.of(&format!("report --slow {limit}ms"))
    }

    /// All servers.
    pub(super) fn servers(&self) -> Option<String> {
        self.of("flows --by server")
    }

    /// What is in trouble of a server: what failed, or else what is slow.
    pub(super) fn server(&self, server: &Server) -> Option<String> {
        let addr = server.addr;
        match server.slow().and_then(below) {
            Some(limit) if server.failed() == 0 => {
                self.of(&format!("report --slow {limit}ms --server {addr}"))
            }
            _ => self.of(&format!("report --failed --server {addr}")),
        }
    }
}

/// Whole milliseconds, one at least, that are less than a time.
fn below(Span(nanoseconds): Span) -> Option<i64> {
    let milliseconds = (nanoseconds - 1) / 1_000_000;
    (milliseconds > 0).then_some(milliseconds)
}
