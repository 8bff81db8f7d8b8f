//! What ICMP errors say, in words.

use std::num::NonZeroU64;

use crate::icmp_error::{IcmpError, Reason};
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::track::aftermath::Aftermath;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::icmp_errors::Notice;

/// What an ICMP error says of a segment, while it comes.
#[must_use]
pub fn icmp(flow: &Flow, notice: &Notice, words: &Words) -> String {
    said!(
        words.path.icmp_says,
        &notice.error.from.to_string(),
        &reason(&notice.error, words),
        notice.latest,
        words.sender(notice.dir),
        flow.relative_seq(notice.dir, notice.error.seq),
    )
}

/// The same, and what followed.
#[must_use]
pub fn icmp_and_aftermath(flow: &Flow, notice: &Notice, words: &Words) -> String {
    let said = &words.path;
    let mut after = match notice.times {
        1 => String::new(),
        times => said!(said.icmp_times, times),
    };
    let aftermath = flow.aftermath(notice);
    let what = match aftermath {
        Aftermath::Smaller { .. } => said.sent_smaller,
        Aftermath::Arrived => said.arrived,
        Aftermath::Aborted { .. } => said.aborted,
        Aftermath::Silence => said.silence,
        Aftermath::Unheeded => said.unheeded,
    };
    let frame = aftermath.frame().map_or(0, NonZeroU64::get);
    after.push_str(&said!(what, words.sender(notice.dir), frame));
    said!(
        said.icmp_line,
        &notice.error.from.to_string(),
        &reason(&notice.error, words),
        notice.error.frame,
        words.sender(notice.dir),
        flow.relative_seq(notice.dir, notice.error.seq),
        &after,
    )
}

/// Behind a verdict: the ICMP error about what the end that sends in direction `dir`
/// sent in vain; nothing where there was none.
pub(super) fn explained(flow: &Flow, dir: Dir, words: &Words) -> String {
    let explain = |notice: &Notice| {
        said!(
            words.path.icmp_explains,
            &notice.error.from.to_string(),
            &reason(&notice.error, words),
            notice.error.frame,
        )
    };
    flow.told_in_vain(dir).map(explain).unwrap_or_default()
}

fn reason(error: &IcmpError, words: &Words) -> String {
    let said = &words.path;
    let reason = match error.reason {
        Reason::NetUnreachable => said.net_unreachable,
        Reason::HostUnreachable => said.host_unreachable,
        Reason::ProtocolUnreachable => said.protocol_unreachable,
        Reason::PortUnreachable => said.port_unreachable,
        Reason::Prohibited => said.prohibited,
        Reason::TooBig if error.src.is_ipv4() => said.fragmentation_needed,
        Reason::TooBig => said.packet_too_big,
        Reason::TimeExceeded => said.time_exceeded,
        Reason::Other => said.otherwise_unreachable,
    };
    match error.mtu {
        Some(mtu) => said!(said.with_mtu, reason, mtu.get()),
        None => reason.to_owned(),
    }
}
