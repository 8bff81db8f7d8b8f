//! SYNs that are lost since they ask for explicit congestion notification.

use crate::track::diagnosis::found::{Code, Description, Severity};

pub(super) const ABOUT: Description = Description {
    code: Code::EcnBlackHole,
    name: "ecn_black_hole",
    severity: Severity::Slows,
    means: "No SYN of an address that asks for ECN (with ECE and CWR) is answered by this server, and each time one \
        that does not is: something on the way, or the server, drops what has these bits, and each connection \
        begins a timeout later, `wait` here. It takes two connections, and three such SYNs in vain (`times`, of \
        all connections so far): earlier connections do not tell it. Without ECN (net.ipv4.tcp_ecn=0 on Linux) \
        it does not happen.",
    unlike: "One SYN that is lost by chance is sent again without ECN as well: one connection shows nothing. Where any \
        SYN that asks for ECN is answered there is no such hole, nor is one seen where the SYN asks for Fast Open \
        and gives up both at once. What data with an ECN mark suffers is not looked at.",
    reference: "RFC 3168 §6.1.1.1, RFC 8311 §4.4",
};
