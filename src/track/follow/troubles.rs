//! What went wrong or stood still, counted.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::{Cause, Judgement, Kind};
use crate::track::look::Look;
use crate::track::part::Part;
use crate::track::troubles::Troubles;

impl Flow {
    /// Counts what is worth counting about a segment, of which most are not.
    pub(super) fn note_troubles(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look) {
        let is_new = look.kind.is_none_or(|judged| judged.kind == Kind::New);
        let is_late = segment.payload_len > 0 && self.receiver(dir).fin.is_some();
        let asks = look.role.part.asks();
        let is_plain = !is_late && !asks && !segment.flags.has(Flags::URG);
        if is_new && look.finds_nothing() && is_plain {
            return;
        }
        self.count_troubles(dir, segment, look);
    }

    #[cold]
    fn count_troubles(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look) {
        let mut troubles = self.sender(dir).troubles().copied().unwrap_or_default();
        let before = troubles;
        let has_fin = self.receiver(dir).fin.is_some() && !look.is_late;
        troubles.note(segment, look.kind, has_fin);
        troubles.note_look(look);
        if troubles != before {
            let (sender, _) = self.ends_mut(dir);
            sender.incidents.get_or_insert_default().troubles = troubles;
        }
    }
}

impl Troubles {
    fn note(&mut self, segment: &Segment<'_>, judged: Option<Judgement>, after_fin: bool) {
        match judged.map(|judged| (judged.kind, judged.cause)) {
            Some((Kind::Retransmission, cause)) => *self.of_cause(cause) += 1,
            Some((Kind::OutOfOrder, _)) => self.overtaken += 1,
            Some((Kind::Duplicate, _)) => self.copied += 1,
            Some((Kind::Conflicting, _)) => self.conflicting += 1,
            Some((Kind::New, _)) if after_fin => self.after_fin += u64::from(segment.payload_len),
            Some((Kind::New, _)) | None => {}
        }
        self.urgent += u32::from(segment.flags.has(Flags::URG));
    }

    fn note_look(&mut self, look: &Look) {
        self.gaps += u32::from(look.leaves_gap);
        self.closed_windows += u32::from(look.closes_window);
        self.filled_windows += u32::from(look.fills_window);
        self.window_probes += u32::from(look.role.part == Part::WindowProbe);
        self.keep_alives += u32::from(look.role.part == Part::KeepAlive);
    }

    const fn of_cause(&mut self, cause: Option<Cause>) -> &mut u32 {
        match cause {
            Some(Cause::Timeout) => &mut self.timeouts,
            Some(Cause::Fast) => &mut self.fast,
            Some(Cause::TailProbe) => &mut self.tail_probes,
            Some(Cause::Spurious) => &mut self.spurious,
            Some(Cause::PathMtu) => &mut self.path_mtu,
            None => &mut self.repeated,
        }
    }
}
