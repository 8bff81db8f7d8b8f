//! The names of options.

use crate::options::kind;

/// The names of option kinds, as their RFCs call them.
pub(super) const NAMES: [(u8, &str); 14] = [
    (kind::END, "End of List"),
    (kind::NOP, "No-Operation"),
    (kind::MSS, "MSS"),
    (kind::WINDOW_SCALE, "Window Scale"),
    (kind::SACK_PERMITTED, "SACK Permitted"),
    (kind::SACK, "SACK"),
    (kind::TIMESTAMPS, "Timestamps"),
    (kind::MD5, "MD5 Signature"),
    (kind::USER_TIMEOUT, "User Timeout"),
    (kind::AUTHENTICATION, "TCP-AO"),
    (kind::MPTCP, "Multipath TCP"),
    (kind::FAST_OPEN, "Fast Open"),
    (kind::EXPERIMENT_1, "Experiment 1"),
    (kind::EXPERIMENT_2, "Experiment 2"),
];
