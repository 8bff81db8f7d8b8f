//! What two texts for the same octets change.

use crate::segment::Segment;
use crate::track::conflict::Conflict;
use crate::track::dir::Dir;
use crate::track::flow::Flow;

impl Flow {
    /// Notes a conflict; the numbers of what is not its sender's are taken back, so that
    /// the genuine text comes for the first time.
    #[cold]
    pub(super) fn note_conflict(&mut self, dir: Dir, segment: &Segment<'_>, conflict: Conflict) {
        let (sender, _) = self.ends_mut(dir);
        sender
            .incidents
            .get_or_insert_default()
            .conflicts
            .take(conflict);
        let is_of_other = conflict.odd.is_some_and(|odd| odd.frame == conflict.before);
        let mut latest = sender.transmissions.iter();
        let forged = latest.find(|sent| sent.frame == conflict.before);
        let is_highest = forged.is_some_and(|sent| sent.end() == sender.nxt);
        if is_of_other && is_highest && segment.seq - sender.una <= 0 {
            sender.nxt = segment.seq;
        }
    }
}
