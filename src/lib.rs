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
//!
//! # Without the pipeline
//!
//! A loop of one's own is as short as the picture:
//!
//! ```
//! use tcptrace::capture::filter::Filter;
//! use tcptrace::capture::{Next, savefile};
//! use tcptrace::decode::Decoder;
//! use tcptrace::error::Error;
//! use tcptrace::track::verdict::Verdict;
//! use tcptrace::track::{CaptureEnd, Tracker};
//!
//! let mut source = savefile::open("captures/hello.pcap", Filter::default())?;
//! let (mut decoder, mut tracker) = (Decoder::default(), Tracker::default());
//! while let Next::Frame(frame) = source.next_frame()? {
//!     if let Ok(segment) = decoder.decode(&frame).received() {
//!         tracker.observe(segment);
//!     }
//! }
//! for connection in tracker.into_connections(CaptureEnd::default()) {
//!     assert_eq!(Verdict::of(&connection.flow).code(), "closed");
//! }
//! # Ok::<(), Error>(())
//! ```
//!
//! What such a loop should know:
//!
//! * One decoder and one tracker see all frames, over all files of a run: the
//!   decoder puts fragments together, and connections go on.
//! * [`received`](segment::Packet::received) is the segment that a receiver has,
//!   of a fragmented datagram the whole one. An `Err` says why a frame brings
//!   none, and is no failure.
//! * A connection that has been over for a minute of the capture's time leaves. Who
//!   asks [`left`](track::Tracker::left) for those now and then follows a capture
//!   of any length in bounded memory; who does not gets them all in the end.
//! * A file that is cut short or damaged ends with an
//!   [`Error`](error::Error), and what came before it holds all the same.
//! * A live source also says [`Quiet`](capture::Next::Quiet), and goes on; so does a
//!   pipe that `capture::live::stream` opened.
//! * ICMP errors are not segments: with [`icmp::error`](decode::icmp::error) and
//!   [`Tracker::icmp`](track::Tracker::icmp) a connection that was not answered
//!   is found unreachable.
//! * A second source goes on with the numbers of frames that the first one leaves
//!   in [`numbers`](capture::Source::numbers).
//!
//! What else a connection has to say is asked for beforehand: with
//! [`Tracker::new`](track::Tracker::new) and [`Wants`](track::Wants), Zeek's and
//! classic tcptrace's words are in
//! [`accounts`](track::connection::Connection::accounts), its segments in
//! [`trace`](track::connection::Connection::trace).
//!
//! # With the pipeline
//!
//! A [`Pipeline`](pipeline::Pipeline) does all of that, and brings what it finds to
//! the styles in [`sink`] or to one of your own; it has an example.
//!
//! # Features
//!
//! `cli` is the program, `live` captures on interfaces and compiles filters, both
//! by libpcap. Both are on by default; without them there are the readers of
//! files, the decoder, the tracker and the styles, and nothing to install. A
//! [filter](capture::filter::Filter) that is not empty then ends in an error.

pub mod address_family;
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
pub mod octets;
pub mod options;
pub mod origin;
pub mod phase;
pub mod pipeline;
pub mod ports;
pub mod segment;
pub mod seq;
pub mod sink;
pub mod skip;
pub mod socket;
pub mod time;
pub mod totals;
pub mod track;
pub mod vantage;
pub mod verification;
