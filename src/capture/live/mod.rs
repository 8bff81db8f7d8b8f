//! Live interfaces, by libpcap or by a raw socket, and what files that are read while
//! they are written need; the feature `live`.

pub mod interfaces;
mod kernel_filter;
pub mod libpcap;
pub mod link_types;
mod merge;
pub mod options;
pub mod over_tcp;
pub mod queue;
pub mod raw;
pub mod several;
mod sleep;
pub mod sockets;
pub mod stop;
pub mod stream;
pub mod tap;
mod timer;
mod wait;

/// A counter of 32 bits that wraps, carried on in 64.
#[derive(Debug, Clone, Copy)]
struct Counter {
    last: u32,
    total: u64,
}

impl From<u32> for Counter {
    /// Counts from `now` on.
    fn from(now: u32) -> Self {
        Self {
            last: now,
            total: 0,
        }
    }
}

impl Counter {
    fn advance(&mut self, now: u32) {
        self.total += u64::from(now.wrapping_sub(self.last));
        self.last = now;
    }
}
