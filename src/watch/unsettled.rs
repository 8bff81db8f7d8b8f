//! Connections of which a time without an answer tells more: what came of a SYN is not
//! known before an answer is overdue.

use std::collections::VecDeque;

use tcptrace::time::Timestamp;
use tcptrace::track::CaptureEnd;
use tcptrace::track::Tracker;
use tcptrace::track::flow_id::FlowId;
use tcptrace::track::verdict::{Due, PATIENCE, Verdict};

use crate::watch::marks::Marks;
use crate::watch::row::WatchRow;

/// Such connections, and when they are to be looked at again.
#[derive(Debug, Default)]
pub struct Unsettled(VecDeque<(Timestamp, FlowId)>);

impl Unsettled {
    /// The row of a connection as it stands, where it is still kept.
    pub fn row(&mut self, id: FlowId, tracker: &Tracker, now: Timestamp) -> Option<WatchRow> {
        let mut row = WatchRow::of(&*tracker.connection(id)?);
        self.judge(&mut row, tracker, now);
        Some(row)
    }

    /// The same as the run left it, which is over.
    pub fn row_as_left(id: FlowId, tracker: &Tracker, at: Timestamp) -> Option<WatchRow> {
        let left = tracker.present_one(id, ended(at));
        let left = left.map(|left| WatchRow::of(&left));
        let row = left.or_else(|| Some(WatchRow::of(&*tracker.connection(id)?)))?;
        Some(WatchRow {
            is_final: !row.is_over(),
            ..row
        })
    }

    /// Gives a row the verdict that it has now, or sees to it that it gets that in time.
    fn judge(&mut self, row: &mut WatchRow, tracker: &Tracker, now: Timestamp) {
        if !matches!(row.verdict, Verdict::Unknown(Due::Answer | Due::Ack)) {
            return;
        }
        if now - row.last < PATIENCE {
            self.0.push_back((row.last + PATIENCE, row.id));
            return;
        }
        if let Some(connection) = tracker.present_one(row.id, ended(now)) {
            row.verdict = Verdict::of(&connection.flow);
        }
    }

    /// Those have changed whose time has come.
    pub fn mark_due(&mut self, now: Timestamp, changed: &mut Marks) {
        while let Some((due, id)) = self.0.front()
            && *due <= now
        {
            changed.mark(*id);
            self.0.pop_front();
        }
    }
}

const fn ended(at: Timestamp) -> CaptureEnd {
    CaptureEnd {
        at: Some(at),
        is_cut_off: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::feed::{Feed, ToTell};
    use std::cell::RefCell;
    use std::rc::Rc;
    use tcptrace::capture::filter::Filter;
    use tcptrace::capture::savefile;
    use tcptrace::pipeline::Pipeline;
    use tcptrace::time::Span;

    #[test]
    fn a_syn_has_no_answer_once_that_is_overdue() {
        let feed = Feed::new(Rc::new(RefCell::new(ToTell::new(16 << 20))));
        // All of one connection, and the SYN of another.
        let mut run = Pipeline::new(feed, Some(10));
        let id = FlowId(1);
        for name in ["hello.pcap", "refused.pcap"] {
            let path = format!("{}/captures/{name}", env!("CARGO_MANIFEST_DIR"));
            let mut source = savefile::open(path, Filter::default()).unwrap();
            run.read(&mut *source, || false).unwrap();
        }
        let tracker = run.tracker();
        let row = || WatchRow::of(&tracker.connection(id).unwrap());
        let sent = row().last;
        let (mut unsettled, mut marks) = (Unsettled::default(), Marks::default());

        let mut early = row();
        unsettled.judge(&mut early, tracker, sent + Span(500_000_000));
        assert_eq!(early.verdict, Verdict::Unknown(Due::Answer));
        unsettled.mark_due(sent + Span(999_999_999), &mut marks);
        assert_eq!(marks.take(), None);
        unsettled.mark_due(sent + PATIENCE, &mut marks);
        assert_eq!(marks.take(), Some(id));

        let mut late = row();
        unsettled.judge(&mut late, tracker, sent + PATIENCE);
        assert_eq!(late.verdict, Verdict::NoAnswer);
    }
}
