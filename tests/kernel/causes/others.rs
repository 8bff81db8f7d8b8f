//! Resets of those who know nothing of a connection, or have no part in it.

use std::net::Shutdown;
use std::time::Duration;

use socket2::TcpKeepalive;

use crate::ends::{self, End, Pair, begin, between, bound, deafen, heal};
use crate::network;
use crate::raw;
use crate::stage::{Stage, number, until};
use crate::support::frame::Segment;

/// A connection of which `by` has kept nothing.
fn forgotten(stage: &mut Stage, by: End) -> Pair {
    let mut pair = Pair::open(stage.address);
    pair.pass(by, 100);
    pair.pass(!by, 100);
    stage.until_acknowledged(&pair, !by);
    pair.forget(by);
    stage.until_kernel(pair.between, by, "CLOSED");
    pair
}

pub fn forgotten_then_data(stage: &mut Stage, by: End) {
    let pair = forgotten(stage, by);
    pair.send(!by, 100);
    stage.until_reset();
}

pub fn forgotten_then_fin(stage: &mut Stage, by: End) {
    let pair = forgotten(stage, by);
    pair.socket(!by).shutdown(Shutdown::Write).unwrap();
    stage.until_reset();
}

pub fn forgotten_then_keep_alive(stage: &mut Stage, by: End) {
    let pair = forgotten(stage, by);
    let soon = TcpKeepalive::new().with_time(Duration::from_secs(1));
    pair.socket(!by).set_tcp_keepalive(&soon).unwrap();
    stage.until_reset();
}

/// The client begins again from the same port; the server's ACK shows it that
/// there is something to be reset.
pub fn forgotten_then_syn(stage: &mut Stage, by: End) {
    let pair = forgotten(stage, by);
    let again = ends::socket(stage.address);
    let is_bound = || again.bind(&pair.between.client.into()).is_ok();
    assert!(until(is_bound));
    begin(&again, pair.between.server);
    stage.until_reset();
}

/// A segment that was sent before the close arrives behind it: the end in
/// TIME-WAIT acknowledges what it has, to an end that knows of nothing.
pub fn assassinated(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    pair.pass(by, 100);
    stage.until_acknowledged(&pair, by);
    let old = stage.latest(between, by);
    drop(pair.take(!by));
    stage.until_kernel(between, !by, "FIN-WAIT-2");
    drop(pair.take(by));
    stage.expect_end(between, by, "CLOSED");
    let (seq, ack) = (number(&old, "seq_raw"), number(&old, "ack_raw"));
    let old = Segment::new(between.of(by), between.of(!by), "P.", seq, ack).with_payload(100);
    raw::send(&old);
    stage.until_reset();
}

/// The SYN does not arrive, as behind a firewall, which answers it.
pub fn firewall_refuses(stage: &mut Stage, by: End) {
    let (listener, client) = (ends::listener(stage.address, 1), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&listener);
    begin(&client, between.server);
    stage.until_sent(between, End::Client, "S", 1);
    let ack = number(&stage.latest(between, End::Client), "seq_raw").wrapping_add(1);
    raw::send(&Segment::new(between.of(by), between.of(!by), "R.", 0, ack));
    stage.expect_end(between, End::Client, "CLOSED");
}

/// Data does not arrive, and is answered, as a firewall does that has a new rule.
pub fn firewall_answers(stage: &mut Stage, by: End) {
    let pair = Pair::open(stage.address);
    let between = pair.between;
    pair.pass(by, 100);
    pair.pass(!by, 100);
    stage.until_acknowledged(&pair, !by);
    deafen(pair.socket(by));
    pair.send(!by, 10);
    stage.until_sent(between, !by, "P.", 2);
    let seq = number(&stage.latest(between, !by), "ack_raw");
    raw::send(&Segment::new(between.of(by), between.of(!by), "R", seq, 0));
    stage.until_kernel(between, !by, "CLOSED");
    pair.send(by, 10);
    stage.until_sent(between, by, "P.", 2);
}

/// A rule of a real firewall that answers TCP to `port` with RSTs; whether the
/// kernel knows such rules.
fn reject(port: u16) -> bool {
    let chain = "{ type filter hook input priority 0; }";
    let port = port.to_string();
    let rule = ["tcp", "dport", &port, "reject", "with", "tcp", "reset"];
    let ruleset = [
        &["table", "inet", "t"][..],
        &["chain", "inet", "t", "c", chain],
        &[&["rule", "inet", "t", "c"], &rule[..]].concat(),
    ];
    let add = |words: &&[&str]| network::run("nft", &[&["add"], *words].concat()).is_ok();
    ruleset.iter().all(add)
}

pub fn rule_refuses(stage: &mut Stage, by: End) {
    let (listener, client) = (ends::listener(stage.address, 1), bound(stage.address));
    let server = ends::address(&listener);
    if !reject(server.port()) {
        return firewall_refuses(stage, by);
    }
    begin(&client, server);
    stage.until_reset();
}

pub fn rule_answers(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(by, 100);
    pair.pass(!by, 100);
    stage.until_acknowledged(&pair, !by);
    if !reject(pair.between.of(by).port()) {
        return firewall_answers(stage, by);
    }
    pair.send(!by, 10);
    stage.until_reset();
    // It knows nothing of the RST, and its FIN would show that.
    pair.forget(by);
}

/// What a third party sends in the name of `by`, `ahead` of the right number.
fn inject(stage: &mut Stage, pair: &Pair, by: End, ahead: u32) -> Segment {
    let between = pair.between;
    pair.pass(!by, 100);
    pair.pass(by, 100);
    stage.until_acknowledged(pair, by);
    let answer = stage.latest(between, !by);
    let (ack, seq) = (number(&answer, "seq_raw"), number(&answer, "ack_raw"));
    let seq = seq.wrapping_add(ahead);
    Segment::new(between.of(by), between.of(!by), "R.", seq, ack)
}

/// The number is one of the window, which is not enough (RFC 5961 §3.2).
fn unheeded_one(stage: &mut Stage, by: End) -> Pair {
    let pair = Pair::open(stage.address);
    raw::send(&inject(stage, &pair, by, 1000));
    stage.until_sent(pair.between, by, "R.", 1);
    pair.pass(by, 100);
    stage.until_acknowledged(&pair, by);
    pair
}

pub fn unheeded_and_open(stage: &mut Stage, by: End) {
    let mut pair = unheeded_one(stage, by);
    pair.pass(!by, 100);
    stage.until_acknowledged(&pair, !by);
    stage.keep(pair.take(by));
    stage.keep(pair.take(!by));
}

pub fn unheeded_and_closed(stage: &mut Stage, by: End) {
    let mut pair = unheeded_one(stage, by);
    drop(pair.take(by));
    drop(pair.take(!by));
    stage.until_sent(pair.between, by, "F.", 1);
    stage.until_sent(pair.between, !by, "F.", 1);
    stage.until_acknowledged(&pair, !by);
}

/// A SYN-ACK of nobody; the RST for it ends nothing.
pub fn wrong_answer(stage: &mut Stage, _: End) {
    let (listener, client) = (ends::listener(stage.address, 1), bound(stage.address));
    let between = between(&client, &listener);
    deafen(&listener);
    begin(&client, between.server);
    stage.until_sent(between, End::Client, "S", 1);
    let ack = number(&stage.latest(between, End::Client), "seq_raw").wrapping_add(5000);
    raw::send(&Segment::new(between.server, between.client, "S.", 77, ack));
    stage.until_reset();
    heal(&listener);
    stage.until_kernel(between, End::Client, "ESTABLISHED");
    let server = ends::accept(&listener);
    drop(client);
    stage.until_kernel(between, End::Server, "CLOSE-WAIT");
    drop(server);
    stage.until_kernel(between, End::Server, "CLOSED");
    stage.until_sent(between, End::Server, "F.", 1);
}

/// Nothing tells it from a RST of the end itself.
pub fn injected(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    raw::send(&inject(stage, &pair, by, 0));
    stage.until_kernel(pair.between, !by, "CLOSED");
    stage.keep(pair.take(by));
}

/// The end goes on, to one that knows nothing any more.
pub fn injected_then_data(stage: &mut Stage, by: End) {
    let pair = Pair::open(stage.address);
    raw::send(&inject(stage, &pair, by, 0));
    stage.until_kernel(pair.between, !by, "CLOSED");
    pair.send(by, 100);
    stage.until_kernel(pair.between, by, "CLOSED");
}

/// The number is right, the way it came is another.
pub fn injected_far(stage: &mut Stage, by: End) {
    let pair = Pair::open(stage.address);
    let mut reset = inject(stage, &pair, by, 0);
    reset.ttl = 51;
    raw::send(&reset);
    stage.until_kernel(pair.between, !by, "CLOSED");
    pair.send(by, 10);
    stage.until_sent(pair.between, by, "P.", 2);
}
