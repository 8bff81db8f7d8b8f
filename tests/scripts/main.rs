//! What the tracker says about connections, as scripts: see
//! `support/script/mod.rs` for the notation. What stands behind the `;` follows
//! from RFC 9293 and from the rule of `track::advance`, when a change of state
//! is shown.

mod acceptance;
mod attempts;
mod black_hole;
mod capture;
mod closing;
mod data;
mod diagnosis;
mod evidence;
mod fast_open;
mod half_open;
mod icmp;
mod ignored_reset;
mod kinds;
mod midstream;
mod nonsense;
mod opening;
mod probes;
mod reset;
mod reset_number;
mod reuse;
mod rules;
mod third_step;
mod turns;
mod verdict;
mod windows;

#[path = "../support/mod.rs"]
mod support;

use support::script::{
    check, check_answers, check_diagnosed, check_findings, check_kinds, check_kinds_over_ipv4,
    turned,
};

/// Of an open connection, what either end may be the one to send.
fn check_both_ways(script: &str) {
    for script in [script.to_owned(), turned(script)] {
        check(&format!("opened\n{script}"));
    }
}

/// The same with what is told of the client's segments behind the handshake, as the
/// script is written, and of the server's: how many, and what with.
fn check_sent_both_ways(script: &str, client: (u64, &str), server: (u64, &str)) {
    let ways = [
        (script.to_owned(), client, server),
        (turned(script), server, client),
    ];
    for (script, client, server) in ways {
        let sent = [
            format!("client sent {}{}", client.0 + 2, client.1),
            format!("server sent {}{}", server.0 + 1, server.1),
        ];
        check(&format!("opened\n{script}\n{}", sent.join("\n")));
    }
}
