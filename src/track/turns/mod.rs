//! Requests and answers: who spoke when, and how long the other end took to answer.
//!
//! A turn is what the client sends and then what the server sends, new octets alone:
//! what is sent again, keep-alives and window probes say nothing new. Whether one end
//! had heard the other when it spoke is told by its acknowledgments, wherever the
//! capture stood:
//!
//! * octets of the server that acknowledge all of a request answer it;
//! * octets of the client that acknowledge all that the server has sent begin the next
//!   turn; more of them before any answer are the same request, since nothing tells
//!   whether they are another one;
//! * in any other order both were under way at once. Such a turn is counted for what it
//!   is, lasts until either end has heard all of the other again, and has no times.
//!
//! What the server says before the client has said anything is its greeting.
//!
//! A request ends with its last octets, or with a FIN behind them that the answer
//! acknowledges: who reads to the end of a stream cannot answer before. One that was lost
//! before the capture, in part, ends with what fills the hole; one that was lost behind
//! it is timed from its end and, as the server may have got it, from when it was sent
//! for the last time.

mod dialogue;
mod past;
mod responses;
mod turn;

pub(super) use dialogue::Dialogue;
pub use responses::Responses;
pub use turn::{Speech, Turn};
