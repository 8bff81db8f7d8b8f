//! English.

mod acceptance;
mod annotation;
mod capture;
mod count;
mod diagnosis;
mod explain;
mod findings;
mod graph;
mod header;
mod ladder;
mod page;
mod path;
mod report;
mod server;
mod sockets;
mod standing;
mod summary;
mod time_spent;
mod timing;
mod verdict;
mod whys;

use crate::sink::words::texts::Words;

pub(super) static WORDS: Words = Words {
    count: count::WORDS,
    acceptance: acceptance::WORDS,
    annotation: annotation::WORDS,
    verdict: verdict::WORDS,
    report: report::WORDS,
    server: server::WORDS,
    explain: explain::WORDS,
    findings: findings::WORDS,
    whys: whys::WORDS,
    header: header::WORDS,
    capture: capture::WORDS,
    path: path::WORDS,
    time_spent: time_spent::WORDS,
    diagnosis: diagnosis::WORDS,
    timing: timing::WORDS,
    sockets: sockets::WORDS,
    summary: summary::WORDS,
    standing: standing::WORDS,
    graph: graph::WORDS,
    ladder: ladder::WORDS,
    page: page::WORDS,
};
