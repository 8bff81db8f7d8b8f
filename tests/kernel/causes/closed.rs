//! Resets of those who closed, or were closed.

use std::io::Read;
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};

use socket2::Socket;

use crate::ends::{End, Pair, deafen};
use crate::kernel;
use crate::network;
use crate::stage::{Stage, until};

pub fn at_once(stage: &mut Stage, by: End) {
    Pair::open(stage.address).abort(by);
    stage.until_reset();
}

pub fn after_own_data(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(!by, 100);
    pair.pass(by, 2000);
    stage.until_acknowledged(&pair, by);
    pair.abort(by);
    stage.until_reset();
}

pub fn after_data(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(by, 100);
    pair.pass(!by, 2000);
    stage.until_acknowledged(&pair, !by);
    pair.abort(by);
    stage.until_reset();
}

pub fn with_data_in_flight(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    deafen(pair.socket(!by));
    pair.send(by, 100);
    pair.abort(by);
    stage.until_reset();
}

pub fn after_fin(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.socket(!by).shutdown(Shutdown::Write).unwrap();
    stage.until_kernel(pair.between, by, "CLOSE-WAIT");
    pair.abort(by);
    stage.until_reset();
}

pub fn after_own_fin(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.socket(by).shutdown(Shutdown::Write).unwrap();
    stage.until_kernel(pair.between, by, "FIN-WAIT-2");
    pair.abort(by);
    stage.until_reset();
}

/// The other end reads nothing; all that it could take it has.
pub fn at_closed_window(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    let between = pair.between;
    let socket = pair.socket(by);
    socket.set_nonblocking(true).unwrap();
    let is_closed = || {
        while socket.send(&[0; 8192]).is_ok() {}
        let segments = stage.segments(between);
        segments.iter().any(|segment| segment["window_raw"] == 0)
    };
    assert!(until(is_closed));
    pair.abort(by);
    stage.until_reset();
}

/// Linux is told not to wait in FIN-WAIT-2.
pub fn without_linger(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(by, 100);
    stage.until_acknowledged(&pair, by);
    pair.socket(by).shutdown(Shutdown::Write).unwrap();
    stage.until_kernel(pair.between, by, "FIN-WAIT-2");
    network::set_option(pair.socket(by), network::TCP_LINGER2, -1);
    drop(pair.take(by));
    stage.until_reset();
}

/// As an administrator does it, where the kernel lets him.
pub fn destroyed(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(by, 100);
    stage.until_acknowledged(&pair, by);
    let (own, other) = (pair.between.of(by), pair.between.of(!by));
    let ports = [own, other].map(|address| address.port().to_string());
    let ends = ["sport", "=", &ports[0], "and", "dport", "=", &ports[1]];
    let destroyed = network::run("ss", &[&["-K", "-t"], &ends[..]].concat());
    if destroyed.is_err() || kernel::state(own, other) != "CLOSED" {
        pair.abort(by);
    }
    stage.until_reset();
}

pub fn unread(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.send(!by, 100);
    stage.until_acknowledged(&pair, !by);
    drop(pair.take(by));
    stage.until_reset();
}

pub fn partly_unread(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(by, 300);
    pair.send(!by, 3000);
    stage.until_acknowledged(&pair, !by);
    let mut reader = pair.socket(by);
    reader.read_exact(&mut [0; 1000]).unwrap();
    drop(pair.take(by));
    stage.until_reset();
}

pub fn unread_and_fin(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.send(!by, 100);
    pair.socket(!by).shutdown(Shutdown::Write).unwrap();
    stage.until_kernel(pair.between, by, "CLOSE-WAIT");
    drop(pair.take(by));
    stage.until_reset();
}

pub fn unread_after_own_fin(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.socket(by).shutdown(Shutdown::Write).unwrap();
    stage.until_kernel(pair.between, by, "FIN-WAIT-2");
    pair.send(!by, 100);
    stage.until_acknowledged(&pair, !by);
    drop(pair.take(by));
    stage.until_reset();
}

pub fn unread_with_data_in_flight(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.send(!by, 100);
    stage.until_acknowledged(&pair, !by);
    deafen(pair.socket(!by));
    pair.send(by, 100);
    drop(pair.take(by));
    stage.until_reset();
}

/// Gives a socket to a process, and kills that.
fn kill_with(socket: Socket) {
    let mut process = Command::new("sleep")
        .arg("60")
        .stdin(Stdio::from(OwnedFd::from(socket)))
        .spawn()
        .unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
}

pub fn killed_unread(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.send(!by, 100);
    stage.until_acknowledged(&pair, !by);
    kill_with(pair.take(by));
    stage.until_reset();
}

pub fn killed_then_data(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(by, 100);
    kill_with(pair.take(by));
    stage.until_kernel(pair.between, by, "FIN-WAIT-2");
    pair.send(!by, 100);
    stage.until_reset();
}

pub fn data_after_close(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(!by, 100);
    drop(pair.take(by));
    stage.until_kernel(pair.between, by, "FIN-WAIT-2");
    pair.send(!by, 100);
    stage.until_reset();
}

/// The end has waited long enough in FIN-WAIT-2.
pub fn data_long_after_close(stage: &mut Stage, by: End) {
    network::set("tcp_fin_timeout", "1");
    let mut pair = Pair::open(stage.address);
    drop(pair.take(by));
    stage.until_kernel(pair.between, by, "FIN-WAIT-2");
    stage.until_kernel(pair.between, by, "CLOSED");
    pair.send(!by, 100);
    stage.until_reset();
}

/// The other end has not got the FIN when it sends.
pub fn data_meets_fin(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    pair.pass(!by, 100);
    deafen(pair.socket(!by));
    drop(pair.take(by));
    stage.until_kernel(pair.between, by, "FIN-WAIT-1");
    pair.send(!by, 100);
    stage.until_reset();
}

/// The socket is still there, and takes nothing any more.
pub fn data_after_shutdown(stage: &mut Stage, by: End) {
    let pair = Pair::open(stage.address);
    pair.pass(!by, 100);
    pair.socket(by).shutdown(Shutdown::Both).unwrap();
    stage.until_kernel(pair.between, by, "FIN-WAIT-2");
    pair.send(!by, 100);
    stage.until_reset();
}

/// The end closes while the other sends to it.
pub fn stream_after_close(stage: &mut Stage, by: End) {
    let mut pair = Pair::open(stage.address);
    for _ in 0..3 {
        pair.pass(!by, 5000);
    }
    drop(pair.take(by));
    stage.until_kernel(pair.between, by, "FIN-WAIT-2");
    pair.send(!by, 50_000);
    stage.until_reset();
}
