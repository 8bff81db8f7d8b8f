//! Resets of those who heard nothing any more.
//!
//! Linux gives data up without a word; it is keep-alives that it ends with a RST.

use std::time::Duration;

use socket2::TcpKeepalive;

use crate::ends::{End, Pair, deafen};
use crate::stage::Stage;

const SECOND: Duration = Duration::from_secs(1);

fn lost(stage: &mut Stage, by: End) -> Pair {
    let pair = Pair::open(stage.address);
    pair.pass(by, 100);
    pair.pass(!by, 100);
    stage.until_acknowledged(&pair, !by);
    deafen(pair.socket(!by));
    pair
}

fn keep_alives(stage: &mut Stage, by: End, retries: u32) {
    let pair = lost(stage, by);
    let often = TcpKeepalive::new().with_time(SECOND).with_interval(SECOND);
    let often = often.with_retries(retries);
    pair.socket(by).set_tcp_keepalive(&often).unwrap();
    stage.until_reset();
}

pub fn keep_alive(stage: &mut Stage, by: End) {
    keep_alives(stage, by, 2);
}

pub fn one_keep_alive(stage: &mut Stage, by: End) {
    keep_alives(stage, by, 1);
}

pub fn keep_alive_timeout(stage: &mut Stage, by: End) {
    let pair = lost(stage, by);
    let often = TcpKeepalive::new().with_time(SECOND).with_interval(SECOND);
    pair.socket(by).set_tcp_keepalive(&often).unwrap();
    let timeout = Some(Duration::from_millis(2500));
    pair.socket(by).set_tcp_user_timeout(timeout).unwrap();
    stage.until_reset();
}

/// There is no RST, but silence.
pub fn user_timeout(stage: &mut Stage, by: End) {
    let mut pair = given_up(stage, by);
    stage.keep(pair.take(!by));
}

/// The other end did not know.
pub fn user_timeout_then_fin(stage: &mut Stage, by: End) {
    let mut pair = given_up(stage, by);
    drop(pair.take(!by));
    stage.until_reset();
}

fn given_up(stage: &mut Stage, by: End) -> Pair {
    let pair = lost(stage, by);
    let timeout = Some(Duration::from_millis(1500));
    pair.socket(by).set_tcp_user_timeout(timeout).unwrap();
    pair.send(by, 100);
    stage.until_kernel(pair.between, by, "CLOSED");
    pair
}
