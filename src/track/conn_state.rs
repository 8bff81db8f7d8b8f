//! Zeek's `conn_state`: thirteen words for how far a connection came, for
//! readers who know them.
//!
//! Zeek moves two small machines with every packet. Here they are read from
//! the record of the connection, which keeps the first RST only; so a
//! connection that both ends reset may be called after the wrong one.

use crate::track::flow::{Dir, Flow};

/// Zeek's state of one end, coarser than RFC 9293's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Endpoint {
    /// Sent nothing.
    Inactive,
    /// Sent a SYN, unanswered.
    SynSent,
    /// Its SYN was not captured.
    Partial,
    /// Opened.
    Established,
    /// Sent a FIN.
    Closed,
    /// Sent a RST.
    Reset,
}

/// The `conn_state` of a connection; the client is Zeek's originator.
#[must_use]
pub fn of(flow: &Flow) -> &'static str {
    use Endpoint::{Closed, Established, Inactive, Partial, Reset, SynSent};
    let (client, server) = (endpoint(flow, Dir::ToServer), endpoint(flow, Dir::ToClient));
    let is_empty = flow.client.octets == 0 && flow.server.octets == 0;
    match (client, server) {
        (SynSent, Reset) => "REJ",
        (Reset, Reset) if is_empty => "REJ",
        (Inactive | Partial, Reset) => "RSTRH",
        (_, Reset) => "RSTR",
        (Reset, Inactive | Partial) if only_asked(flow) => "RSTOS0",
        (Reset, Inactive | Partial) => "OTH",
        (Reset, _) => "RSTO",
        (Closed, Closed) => "SF",
        (Closed, Inactive | Partial) => "SH",
        (Closed, _) => "S2",
        (Inactive | Partial, Closed) => "SHR",
        (_, Closed) => "S3",
        (SynSent, Inactive) => "S0",
        (Established, Established) => "S1",
        _ => "OTH",
    }
}

fn endpoint(flow: &Flow, dir: Dir) -> Endpoint {
    let (own, peer) = (flow.sender(dir), flow.receiver(dir));
    match () {
        () if resets(flow, dir) => Endpoint::Reset,
        () if own.fin.is_some() => Endpoint::Closed,
        () if own.segments == 0 => Endpoint::Inactive,
        () if own.has_syn() && (peer.has_syn() || dir == Dir::ToClient) => Endpoint::Established,
        () if own.has_syn() => Endpoint::SynSent,
        // It acknowledges a SYN-ACK, so it has sent a SYN.
        () if dir == Dir::ToServer && peer.has_syn() => Endpoint::Established,
        // Whatever answers a SYN and is none has not opened anything.
        () if dir == Dir::ToClient && peer.has_syn() && own.octets == 0 => Endpoint::Inactive,
        () => Endpoint::Partial,
    }
}

/// Whether an end sent a RST that counts: not after both had sent a FIN.
fn resets(flow: &Flow, dir: Dir) -> bool {
    let teardown = &flow.teardown;
    let Some(reset) = teardown.reset.filter(|reset| reset.dir == dir) else {
        return false;
    };
    let closed_before = [teardown.first_fin, teardown.second_fin]
        .into_iter()
        .flatten()
        .any(|fin| fin.dir == dir && fin.frame < reset.frame);
    !(closed_before && flow.receiver(dir).fin.is_some())
}

/// Whether the client sent no more than a SYN before its RST.
fn only_asked(flow: &Flow) -> bool {
    flow.client.opened && flow.client.fin.is_none() && flow.handshake.ack.is_none()
}
