//! Shows what TCP does: each segment of a capture, and what it means.
//!
//! A capture goes through four stages, each in a folder of its own. Every arrow
//! is a plain value; no stage knows the one before it.
//!
//! ```text
//! capture ──Frame──▶ decode ──Segment──▶ track ──Observation──▶ sink
//! ```
//!
//! [`pipeline`] is that picture in code. What a stage passes on is borrowed
//! from the capture buffer: reading, decoding and tracking a segment of a known
//! connection allocates nothing.
//!
//! Lengths are octets throughout.

pub mod capture;
pub mod checksum;
pub mod decode;
pub mod error;
pub mod flags;
pub mod flow_index;
pub mod flow_key;
pub mod frame;
pub mod icmp_error;
pub mod layer;
pub mod link_type;
pub mod names;
pub mod options;
pub mod origin;
pub mod phase;
pub mod pipeline;
pub mod segment;
pub mod seq;
pub mod sink;
pub mod skip;
pub mod time;
pub mod totals;
pub mod track;
