//! SYNs that are lost since they use Fast Open.

use crate::track::diagnosis::found::{Code, Description, Severity};

pub(super) const ABOUT: Description = Description {
    code: Code::FastOpenBlackHole,
    name: "fast_open_black_hole",
    severity: Severity::Slows,
    means: "No SYN of an address that has a Fast Open cookie, data, or the request for a cookie is answered by this \
        server, and each time one without is: something on the way drops such SYNs, and each connection begins a \
        timeout later, `wait` here. It takes two connections, and three such SYNs in vain (`times`, of all \
        connections so far): earlier connections do not tell it. Clients that find it out leave Fast Open alone \
        for a while (net.ipv4.tcp_fastopen_blackhole_timeout_sec on Linux).",
    unlike: "One SYN that is lost by chance is sent again without Fast Open as well: one connection shows nothing. A \
        server that answers, and takes no data of the SYN, only does not use it. Data that is lost behind a Fast \
        Open that worked is not looked at.",
    reference: "RFC 7413 §4.1.3 and §7.1",
};
