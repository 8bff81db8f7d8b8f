//! English.

mod acceptance;
mod annotation;
mod capture;
mod count;
mod explain;
mod findings;
mod header;
mod path;
mod report;
mod server;
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
};
