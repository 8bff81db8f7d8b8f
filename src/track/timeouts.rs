//! The timeouts of retransmissions, as far as they are the same everywhere.

use crate::time::Span;

/// The first retransmission timeout (RFC 6298 §2.1): for so long at least a SYN or a
/// SYN-ACK waits for its answer.
pub(super) const FIRST_TIMEOUT: Span = Span(1_000_000_000);

/// The smallest retransmission timeout in use: Linux's.
pub(super) const LEAST_TIMEOUT: Span = Span(200_000_000);
