//! The graphs as classic tcptrace writes them for xplot (`tcptrace -S -R -N -T -F`), mark
//! for mark: a file for what an end sent.

mod head;
mod lines;
mod pen;
mod sequence;
mod values;

pub(super) use lines::{flight, rtt, segments, throughput};
pub(super) use sequence::sequence;
