//! While it is open: what changes nothing.

use std::time::Duration;

use socket2::TcpKeepalive;

use crate::ends::{Between, End, Pair};
use crate::raw;
use crate::stage::{Stage, number};
use crate::support::frame::Segment;

/// A number inside the window that is not the next is answered and not heeded
/// (RFC 5961 §3.2), one outside is not even answered.
pub fn unheeded(stage: &mut Stage, by: End) {
    let pair = Pair::open(stage.address);
    let between = pair.between;
    pair.pass(by, 100);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
    let next = number(&stage.latest(between, !by), "ack_raw");
    for seq in [next.wrapping_add(1000), next.wrapping_sub(100_000)] {
        raw::send(&Segment::new(between.of(by), between.of(!by), "R", seq, 0));
    }
    stage.until_sent(between, by, "R", 2);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
    pair.pass(!by, 100);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
}

/// The capture begins when the connection is open: nothing is known of an end
/// before it has shown its state, and who is seen first is taken for the client.
pub fn midstream(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    stage.until_sent(pair.between, End::Client, ".", 1);
    let address = stage.address;
    *stage = Stage::set(address);
    let between = Between {
        client: pair.between.of(by),
        server: pair.between.of(!by),
    };
    drop(pair.take(by));
    stage.expect(between, "FIN-WAIT-2", "CLOSE-WAIT");
    drop(pair.take(!by));
    stage.expect(between, "TIME-WAIT", "CLOSED");
}

/// A SYN in an open connection is answered with an ACK, and no more (RFC 9293
/// §3.10.7.4).
pub fn stray_syn(stage: &mut Stage, by: End) {
    let pair = Pair::open(stage.address);
    let between = pair.between;
    pair.pass(by, 100);
    stage.until_acknowledged(&pair, by);
    let next = number(&stage.latest(between, !by), "ack_raw");
    let (from, to) = (between.of(by), between.of(!by));
    raw::send(&Segment::new(from, to, "S", next.wrapping_add(500), 0));
    stage.until_sent(between, by, "S", 1 + usize::from(by == End::Client));
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
    pair.pass(!by, 100);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
}

pub fn kept_alive(stage: &mut Stage, by: End) {
    let pair = Pair::open(stage.address);
    let between = pair.between;
    pair.pass(by, 100);
    stage.until_acknowledged(&pair, by);
    let soon = TcpKeepalive::new().with_time(Duration::from_secs(1));
    pair.socket(by).set_tcp_keepalive(&soon).unwrap();
    let acknowledgments = stage.segments(between).len();
    stage.until_segments(between, acknowledgments + 2);
    stage.expect(between, "ESTABLISHED", "ESTABLISHED");
}
