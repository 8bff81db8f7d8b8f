//! Closing: in order, at once, and cut short.

use std::net::Shutdown;

use crate::ends::{self, Between, End, Pair, accept, deafen, heal};
use crate::raw;
use crate::stage::{Stage, number, until};
use crate::support::frame::Segment;

/// The states of the ends, `by` in the first.
fn expect(stage: &mut Stage, between: Between, by: End, states: [&'static str; 2]) {
    let [own, other] = states;
    match by {
        End::Client => stage.expect(between, own, other),
        End::Server => stage.expect(between, other, own),
    }
}

pub fn in_order(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
    pair.pass(by, 100);
    pair.pass(!by, 5000);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
    drop(pair.take(by));
    expect(stage, between, by, ["FIN-WAIT-2", "CLOSE-WAIT"]);
    drop(pair.take(!by));
    expect(stage, between, by, ["TIME-WAIT", "CLOSED"]);
}

pub fn half_closed(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    pair.send(by, 100);
    pair.socket(by).shutdown(Shutdown::Write).unwrap();
    expect(stage, between, by, ["FIN-WAIT-2", "CLOSE-WAIT"]);
    pair.pass(!by, 3000);
    expect(stage, between, by, ["FIN-WAIT-2", "CLOSE-WAIT"]);
    pair.socket(!by).shutdown(Shutdown::Write).unwrap();
    expect(stage, between, by, ["TIME-WAIT", "CLOSED"]);
    drop(pair.take(by));
}

pub fn no_ack_of_fin(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    deafen(pair.socket(!by));
    drop(pair.take(by));
    expect(stage, between, by, ["FIN-WAIT-1", "ESTABLISHED"]);
    stage.until_sent(between, by, "F.", 2);
    expect(stage, between, by, ["FIN-WAIT-1", "ESTABLISHED"]);
    heal(pair.socket(!by));
    expect(stage, between, by, ["FIN-WAIT-2", "CLOSE-WAIT"]);
}

pub fn no_last_ack(stage: &mut Stage, by: End) {
    let pair = Pair::open(stage.address);
    let between = pair.between;
    pair.socket(by).shutdown(Shutdown::Write).unwrap();
    expect(stage, between, by, ["FIN-WAIT-2", "CLOSE-WAIT"]);
    deafen(pair.socket(by));
    pair.socket(!by).shutdown(Shutdown::Write).unwrap();
    expect(stage, between, by, ["FIN-WAIT-2", "LAST-ACK"]);
    stage.until_sent(between, !by, "F.", 2);
    expect(stage, between, by, ["FIN-WAIT-2", "LAST-ACK"]);
    heal(pair.socket(by));
    expect(stage, between, by, ["TIME-WAIT", "CLOSED"]);
}

/// The other end gets neither the FIN nor the acknowledgment of its own one; so
/// it has, as far as it knows, closed first.
pub fn both_close(stage: &mut Stage, by: End) {
    let pair = Pair::open(stage.address);
    let between = pair.between;
    deafen(pair.socket(!by));
    pair.socket(by).shutdown(Shutdown::Write).unwrap();
    pair.socket(!by).shutdown(Shutdown::Write).unwrap();
    expect(stage, between, by, ["CLOSING", "FIN-WAIT-1"]);
    heal(pair.socket(!by));
    expect(stage, between, by, ["TIME-WAIT", "TIME-WAIT"]);
}

pub fn aborted(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(!by, 100);
    stage.expect(pair.between, "ESTABLISHED", "ESTABLISHED");
    pair.abort(by);
    stage.expect(pair.between, "CLOSED", "CLOSED");
}

pub fn aborted_half_closed(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    pair.socket(!by).shutdown(Shutdown::Write).unwrap();
    expect(stage, between, by, ["CLOSE-WAIT", "FIN-WAIT-2"]);
    pair.abort(by);
    stage.expect(between, "CLOSED", "CLOSED");
}

/// Nobody sees that an end forgets, until it is asked.
pub fn forgotten(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
    pair.forget(by);
    stage.until_kernel(between, by, "CLOSED");
    stage.expect_end(between, !by, "ESTABLISHED");
    pair.send(!by, 10);
    stage.expect(between, "CLOSED", "CLOSED");
}

/// The client has forgotten, and begins again from the same port: it is shown the
/// open connection, resets it, and asks again.
pub fn begun_again(stage: &mut Stage, _: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    pair.pass(End::Client, 100);
    stage.until_acknowledged(&pair, End::Client);
    pair.forget(End::Client);
    stage.until_kernel(between, End::Client, "CLOSED");
    let client = ends::socket(stage.address);
    assert!(until(|| client.bind(&between.client.into()).is_ok()));
    client.connect(&between.server.into()).unwrap();
    stage.until_sent(between, End::Client, "R", 1);
    stage.until_sent(between, End::Server, "S.", 2);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
    drop(client);
    stage.until_kernel(between, End::Server, "CLOSE-WAIT");
    stage.expect(between, "FIN-WAIT-2", "CLOSE-WAIT");
}

/// The server has the earlier connection in TIME-WAIT.
pub fn used_again(stage: &mut Stage, _: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    drop(pair.take(End::Server));
    stage.expect(between, "CLOSE-WAIT", "FIN-WAIT-2");
    drop(pair.take(End::Client));
    stage.expect(between, "CLOSED", "TIME-WAIT");
    let client = ends::socket(stage.address);
    assert!(until(|| client.bind(&between.client.into()).is_ok()));
    client.connect(&between.server.into()).unwrap();
    let server = accept(&pair.listener);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
    drop(server);
    stage.expect(between, "CLOSE-WAIT", "FIN-WAIT-2");
}

/// An old segment in TIME-WAIT is acknowledged, to an end that knows of nothing,
/// and whose RST is heeded (RFC 1337).
pub fn assassinated(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    pair.pass(!by, 100);
    stage.until_acknowledged(&pair, !by);
    let old = stage.latest(between, !by);
    let old = ["seq_raw", "ack_raw"].map(|key| number(&old, key));
    drop(pair.take(by));
    expect(stage, between, by, ["FIN-WAIT-2", "CLOSE-WAIT"]);
    drop(pair.take(!by));
    expect(stage, between, by, ["TIME-WAIT", "CLOSED"]);
    let old = Segment::new(between.of(!by), between.of(by), ".", old[0], old[1]);
    raw::send(&old.with_payload(100));
    stage.expect(between, "CLOSED", "CLOSED");
}
