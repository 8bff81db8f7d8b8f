//! What ICMP errors said of a connection, and large segments that were lost.

use crate::sink::json::object::{Object, key};
use crate::time::Resolution;
use crate::track::diagnosis::mtu_black_hole::{BlackHole, ShownBy};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::icmp_errors::Notice;

/// The ICMP errors about the segments of a connection; nothing where there were none.
pub(super) fn icmp_errors(flow: &Flow, digits: Resolution, object: &mut Object<'_>) {
    let mut errors = flow.icmp_errors().peekable();
    if errors.peek().is_none() {
        return;
    }
    object.list(key!("icmp"), errors, |notice, text| {
        Object::write(text, |shown| icmp_error(flow, notice, digits, shown));
    });
}

fn icmp_error(flow: &Flow, notice: &Notice, digits: Resolution, shown: &mut Object<'_>) {
    let error = &notice.error;
    shown.number(key!("frame"), error.frame);
    shown.time(key!("time"), error.time, digits);
    shown.address(key!("from"), error.from);
    shown.word(key!("reason"), error.reason.code());
    if let Some(mtu) = error.mtu {
        shown.number(key!("mtu"), mtu.get());
    }
    shown.word(key!("about"), notice.dir.sender());
    shown.number(key!("seq"), flow.relative_seq(notice.dir, error.seq));
    shown.number(key!("seq_raw"), error.seq.0);
    shown.number(key!("times"), notice.times);
    let aftermath = flow.aftermath(notice);
    shown.word(key!("aftermath"), aftermath.code());
    if let Some(frame) = aftermath.frame() {
        shown.number(key!("aftermath_frame"), frame);
    }
}

/// The black hole into which large segments of direction `dir` went; nothing where there
/// was none.
pub(super) fn black_hole(flow: &Flow, dir: Dir, object: &mut Object<'_>) {
    let Some(hole) = flow.black_hole(dir) else {
        return;
    };
    let BlackHole {
        len,
        times,
        latest,
        shown_by,
    } = hole;
    object.object(key!("mtu_black_hole"), |shown| {
        shown.number(key!("bytes"), len);
        shown.number(key!("times"), times);
        shown.number(key!("frame"), latest);
        match shown_by {
            ShownBy::Behind { frame } => shown.number(key!("smaller_acked_frame"), frame),
            ShownBy::Icmp { frame } => shown.number(key!("icmp_frame"), frame),
            ShownBy::Smaller { frame } => shown.number(key!("solved_frame"), frame),
        }
    });
}
