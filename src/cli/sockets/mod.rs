//! `--sockets`: what the kernel says of the sockets at the ends of connections.
//!
//! Who shows a run asks: [`Asking`] stands before its sink, sees each segment, and puts
//! what is worth asking into a queue that it never waits for. A [courier](courier) in a
//! thread of its own asks the kernel and brings the answers back; between two frames the
//! [`Courier`] tells them to the run.

mod asking;
mod courier;
mod ownerless;
mod questions;
mod unasked;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use tcptrace::capture::live::sockets::locals::Locals;
use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;
use tcptrace::sink::Sink;
use tcptrace::socket::SocketPair;

pub use crate::cli::sockets::asking::Asking;
pub use crate::cli::sockets::courier::Courier;
use crate::cli::sockets::questions::Questions;
use crate::cli::sockets::unasked::Unasked;

/// How many connections may wait to be asked about. What comes while there are more is
/// left out, and asked again with a later segment; of which there was none is counted.
const QUEUE: usize = 16_384;

/// What is asked about a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Inquiry {
    /// The ends that are this host's.
    ends: [Option<SocketPair>; 2],
    /// Whether it waits until the connection may be asked about again.
    is_for_later: bool,
}

/// Which addresses are this host's, as was read last.
#[derive(Debug, Clone, Default)]
struct SharedLocals(Arc<RwLock<Locals>>);

impl SharedLocals {
    fn get(&self) -> RwLockReadGuard<'_, Locals> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_again(&self) {
        let locals = Locals::read();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = locals;
    }
}

/// Begins to ask of the connections that `sink` is shown: it goes into a run in the place
/// of `sink`, and the courier beside that run, which `stop` interrupts.
pub fn begin<K: Sink>(sink: K, stop: &Stop) -> Result<(Asking<K>, Courier), Error> {
    let locals = SharedLocals::default();
    locals.read_again();
    let unasked = Unasked::default();
    let (courier, queue) = Courier::send_out(stop, locals.clone(), unasked.clone())?;
    let asking = Asking::new(sink, Questions::into(queue), locals, unasked);
    Ok((asking, courier))
}
