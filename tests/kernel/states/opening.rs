//! Opening: what arrives, what does not, and what is not taken.

use std::io::Read;
use std::net::Shutdown;

use socket2::Socket;

use crate::ends::{self, Between, End, address, begin, between, bound, deafen, heal};
use crate::kernel;
use crate::network;
use crate::raw;
use crate::stage::{Stage, number, until};
use crate::support::frame::Segment;

pub fn no_answer(stage: &mut Stage, _: End) {
    let listener = ends::listener(stage.address, 1);
    deafen(&listener);
    let client = bound(stage.address);
    begin(&client, address(&listener));
    stage.expect_end(between(&client, &listener), End::Client, "SYN-SENT");
}

pub fn refused(stage: &mut Stage, _: End) {
    let (client, nobody) = (bound(stage.address), bound(stage.address));
    begin(&client, address(&nobody));
    stage.expect_end(between(&client, &nobody), End::Client, "CLOSED");
}

pub fn no_ack(stage: &mut Stage, _: End) {
    let (listener, client) = (ends::listener(stage.address, 1), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&client);
    assert!(kernel::listens(between.server));
    begin(&client, between.server);
    stage.expect(between, "SYN-SENT", "SYN-RECEIVED");
    let begins = |end, state| {
        let segments = stage.segments(between);
        let mut chains = segments.iter().map(|segment| &segment["states"][end]);
        chains.any(|chain| chain[0] == state)
    };
    assert!(begins("client", "CLOSED") && begins("server", "LISTEN"));
    // And when it is repeated.
    stage.until_sent(between, End::Server, "S.", 2);
    stage.expect(between, "SYN-SENT", "SYN-RECEIVED");
    heal(&client);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
}

/// The client is gone when the SYN-ACK is repeated; its kernel says so, and the
/// server waits for others.
pub fn client_goes(stage: &mut Stage, _: End) {
    let (listener, client) = (ends::listener(stage.address, 1), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&client);
    begin(&client, between.server);
    stage.expect(between, "SYN-SENT", "SYN-RECEIVED");
    drop(client);
    stage.expect(between, "CLOSED", "LISTEN");
}

/// A SYN-ACK of an older attempt is answered with a RST, and one waits on (RFC
/// 9293 §3.5.2); a RST that does not acknowledge the SYN is nothing.
pub fn wrong_answers(stage: &mut Stage, _: End) {
    let (listener, client) = (ends::listener(stage.address, 1), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&listener);
    begin(&client, between.server);
    stage.expect_end(between, End::Client, "SYN-SENT");
    let ack = number(&stage.latest(between, End::Client), "seq_raw").wrapping_add(1);
    for (flags, ack) in [("S.", ack.wrapping_sub(5000)), ("R.", ack.wrapping_add(7))] {
        raw::send(&Segment::new(
            between.server,
            between.client,
            flags,
            77,
            ack,
        ));
    }
    stage.until_sent(between, End::Server, "R.", 1);
    stage.until_sent(between, End::Client, "R", 1);
    stage.expect_end(between, End::Client, "SYN-SENT");
    heal(&listener);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
    let server = ends::accept(&listener);
    deafen(&server);
    client.shutdown(Shutdown::Write).unwrap();
    stage.expect(between, "FIN-WAIT-1", "ESTABLISHED");
}

/// A server without memory of whom it has answered is as open as any.
pub fn cookies(stage: &mut Stage, _: End) {
    network::set("tcp_syncookies", "2");
    let pair = ends::Pair::open(stage.address);
    stage.expect(pair.between, "ESTABLISHED", "ESTABLISHED");
    pair.pass(End::Client, 100);
    stage.expect(pair.between, "ESTABLISHED", "ESTABLISHED");
}

/// The server's SYN is a client's, too. It gets nothing at first: the listener,
/// so that the port is not refused, and its own socket.
pub fn both_open(stage: &mut Stage, _: End) {
    let listener = ends::listener(stage.address, 1);
    deafen(&listener);
    let (client, server) = (bound(stage.address), ends::socket(stage.address));
    let between = between(&client, &listener);
    begin(&client, between.server);
    stage.expect_end(between, End::Client, "SYN-SENT");
    drop(listener);
    assert!(until(|| server.bind(&between.server.into()).is_ok()));
    deafen(&server);
    begin(&server, between.client);
    stage.expect(between, "SYN-RECEIVED", "SYN-SENT");
    heal(&server);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
}

/// The SYN brings the request, and the server has answered and closed before it
/// hears that its SYN-ACK arrived (RFC 7413).
pub fn fast_open(stage: &mut Stage, _: End) {
    const IN_SYN: i32 = 0x2000_0000;
    // Both roles, and no cookie needed.
    network::set("tcp_fastopen", "1543");
    let (listener, client) = (ends::listener(stage.address, 1), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&client);
    client.set_nonblocking(true).unwrap();
    let to = between.server.into();
    let _ = client.send_to_with_flags(b"hello", &to, IN_SYN);
    let server = ends::accept(&listener);
    stage.expect(between, "SYN-SENT", "SYN-RECEIVED");
    (&server).read_exact(&mut [0; 5]).unwrap();
    server.send(b"bye").unwrap();
    drop(server);
    stage.expect(between, "SYN-SENT", "FIN-WAIT-1");
    heal(&client);
    stage.expect(between, "CLOSE-WAIT", "FIN-WAIT-2");
}

/// A connection whose last ACK finds the server's queue full, which another has
/// filled: the server does not take it, and repeats its SYN-ACK. One ACK in vain
/// may have been lost, so that it is the second one that shows it.
fn overflow(stage: &mut Stage) -> (Between, [Socket; 3]) {
    let listener = ends::listener(stage.address, 0);
    let (client, other) = (bound(stage.address), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&client);
    begin(&client, between.server);
    stage.expect(between, "SYN-SENT", "SYN-RECEIVED");
    other.connect(&between.server.into()).unwrap();
    heal(&client);
    stage.until_kernel(between, End::Client, "ESTABLISHED");
    (between, [listener, client, other])
}

pub fn full_queue(stage: &mut Stage, _: End) {
    let (between, _sockets) = overflow(stage);
    stage.until_sent(between, End::Server, "S.", 4);
    stage.expect(between, "ESTABLISHED", "SYN-RECEIVED");
}

pub fn full_queue_and_data(stage: &mut Stage, _: End) {
    let (between, [_listener, client, _other]) = overflow(stage);
    client.send(b"hello").unwrap();
    stage.until_sent(between, End::Server, "S.", 4);
    stage.expect(between, "ESTABLISHED", "SYN-RECEIVED");
}

/// The server does not take a connection before there is data in it.
pub fn deferred(stage: &mut Stage, _: End) {
    let listener = ends::listener(stage.address, 1);
    network::set_option(&listener, network::TCP_DEFER_ACCEPT, 5);
    let client = bound(stage.address);
    let between = between(&client, &listener);
    client.connect(&between.server.into()).unwrap();
    stage.until_kernel(between, End::Server, "SYN-RECEIVED");
    stage.expect_end(between, End::Client, "ESTABLISHED");
    client.send(b"hello").unwrap();
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
}
