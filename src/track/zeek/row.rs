//! A row of Zeek's `conn.log`: the two machines that every segment moves, and
//! the letters that it writes.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::dir::Dir;
use crate::track::zeek::conn_state::ConnState;
use crate::track::zeek::endpoint::{Endpoint, Reach, Stage};
use crate::track::zeek::history::{History, is_written};
use crate::track::zeek::order::Ahead;

/// Letters that are written once for each end, or again only where a number
/// differs.
mod once {
    pub(super) const SYN: u8 = 1;
    pub(super) const FIN: u8 = 1 << 1;
    pub(super) const RST: u8 = 1 << 2;
    pub(super) const FIN_AND_RST: u8 = 1 << 3;
    pub(super) const NONSENSE: u8 = 1 << 4;
    pub(super) const DATA: u8 = 1 << 5;
    pub(super) const ACK: u8 = 1 << 6;
}

/// What Zeek takes for one connection.
#[derive(Debug, Clone)]
pub(super) struct Row {
    originator: Endpoint,
    responder: Endpoint,
    history: History,
    /// Whether it began without the SYNs.
    is_partial: bool,
    /// Data of either end behind a hole, where there was some.
    ahead: Option<Box<[Ahead; 2]>>,
}

impl Row {
    /// A connection whose first segment is about to be
    /// [taken](Self::take). `is_turned` where that segment comes from the
    /// responder.
    pub(super) fn new(is_turned: bool) -> Self {
        let mut history = History::default();
        if is_turned {
            history.add(Dir::ToServer, b'^');
        }
        Self {
            originator: Endpoint::new(),
            responder: Endpoint::new(),
            history,
            is_partial: false,
            ahead: None,
        }
    }

    pub(super) const fn history(&self) -> &History {
        &self.history
    }

    /// The first of Zeek's conditions that holds.
    pub(super) fn conn_state(&self) -> ConnState {
        use Stage::{Closed, Established, Inactive, Reset, SynAckSent, SynSent};
        let (ours, theirs) = (self.originator.stage, self.responder.stage);
        match (ours, theirs) {
            (SynSent | SynAckSent, Reset) => ConnState::Rej,
            (Reset, Reset) if self.is_empty() => ConnState::Rej,
            (_, Reset) if ours.is_idle() => ConnState::Rstrh,
            (_, Reset) => ConnState::Rstr,
            (Reset, _) if theirs.is_idle() && self.only_asked() => ConnState::Rstos0,
            (Reset, _) if theirs.is_idle() => ConnState::Oth,
            (Reset, _) => ConnState::Rsto,
            (Closed, Closed) => ConnState::Sf,
            (Closed, _) if theirs.is_idle() => ConnState::Sh,
            (Closed, _) => ConnState::S2,
            (_, Closed) if ours.is_idle() => ConnState::Shr,
            (_, Closed) => ConnState::S3,
            (SynSent, Inactive) => ConnState::S0,
            (Established, Established) => ConnState::S1,
            _ => ConnState::Oth,
        }
    }

    fn is_empty(&self) -> bool {
        let (ours, theirs) = (&self.originator, &self.responder);
        ours.size(theirs) == 0 && theirs.size(ours) == 0
    }

    /// Whether the originator sent a SYN, then a RST, and no other kind of
    /// segment between.
    fn only_asked(&self) -> bool {
        let letters = self.history.as_str();
        let letters = letters.strip_prefix('^').unwrap_or(letters);
        let next = letters.strip_prefix('S').and_then(|rest| {
            rest.find(|letter| "HAFGIQR".contains(letter))
                .map(|at| &rest[at..])
        });
        next.is_some_and(|rest| rest.starts_with('R'))
    }

    /// Whether nothing has answered the SYN yet.
    pub(super) fn is_attempt(&self) -> bool {
        matches!(self.originator.stage, Stage::SynSent | Stage::SynAckSent)
            && self.responder.stage == Stage::Inactive
    }

    /// Whether at least one end has gone further than a SYN.
    pub(super) fn is_established(&self) -> bool {
        let begins = |stage| matches!(stage, Stage::Inactive | Stage::SynSent | Stage::SynAckSent);
        !begins(self.originator.stage) || !begins(self.responder.stage)
    }

    /// Whether it is closed: by a RST, by both ends, or by one where the other
    /// was never heard.
    pub(super) fn is_closed(&self) -> bool {
        let (ours, theirs) = (self.originator.stage, self.responder.stage);
        let is_done = |stage| matches!(stage, Stage::Closed | Stage::Inactive);
        let is_over = is_done(ours) && is_done(theirs) && ours != theirs;
        ours == Stage::Reset
            || theirs == Stage::Reset
            || ours == Stage::Closed && theirs == Stage::Closed
            || is_over
    }

    fn ends_mut(&mut self, dir: Dir) -> (&mut Endpoint, &mut Endpoint) {
        match dir {
            Dir::ToServer => (&mut self.originator, &mut self.responder),
            Dir::ToClient => (&mut self.responder, &mut self.originator),
        }
    }

    /// Takes a segment of an open connection that comes in order and brings
    /// nothing to write, as nearly all do; whether it is one.
    #[inline]
    pub(super) fn takes_usual(&mut self, dir: Dir, segment: &Segment<'_>) -> bool {
        if self.ahead.is_some() {
            return false;
        }
        let (sender, receiver) = self.ends_mut(dir);
        let is_open = sender.stage == Stage::Established && receiver.stage == Stage::Established;
        let control = Flags::SYN | Flags::FIN | Flags::RST;
        let is_plain = segment.is_ack() && !segment.flags.any(control) && segment.window != 0;
        let letter = if segment.payload_len > 0 {
            once::DATA
        } else {
            once::ACK
        };
        let is_whole = segment.payload.len() == segment.payload_len as usize;
        if is_open
            && is_plain
            && is_whole
            && sender.written & letter != 0
            && sender.can_continue(segment.seq, segment.payload_len)
            && receiver.can_acknowledge(segment.ack)
        {
            sender.continue_by(segment.payload_len);
            receiver.acknowledge_seen(segment.ack);
            return true;
        }
        false
    }

    /// Takes any segment.
    pub(super) fn take(&mut self, dir: Dir, segment: &Segment<'_>) {
        let flags = segment.flags;
        self.judge_start(dir, flags);
        let is_reset = flags.has(Flags::RST);
        let data = if is_reset { segment.payload_len } else { 0 };
        let reach = Reach {
            flags,
            start: segment.seq,
            end: segment.seq + segment.seq_len().wrapping_sub(data),
        };
        let (sender, _) = self.ends_mut(dir);
        sender.begin(reach);
        let offset = sender.offset(segment.seq);
        let at = sender.circular_offset(segment.seq);
        self.write_letters(dir, segment, at);
        let (sender, receiver) = self.ends_mut(dir);
        if flags.has(Flags::FIN) {
            sender.fin_end = Some(sender.circular_offset(reach.end));
        }
        let mut acked = None;
        if segment.is_ack() {
            if receiver.stage == Stage::Inactive {
                receiver.begin_before(segment.ack);
            } else {
                acked = receiver.offset(segment.ack);
                if acked.is_some() && !is_reset {
                    receiver.acknowledge(segment.ack);
                }
            }
        }
        if sender.send(reach, segment.payload_len > 0) {
            sender.repeats = sender.repeats.saturating_add(1);
            if is_written(sender.repeats) {
                self.history.add(dir, b'T');
            }
        }
        self.advance(dir, flags, segment.payload_len);
        if let Some(acked) = acked {
            self.acknowledge(dir.reverse(), acked);
        }
        if let Some(offset) = offset.filter(|_| segment.payload_len > 0 && !is_reset) {
            let start = offset.wrapping_add(u32::from(flags.has(Flags::SYN)));
            self.data(dir, start, segment);
        }
        self.ends_mut(dir).0.is_heard = true;
    }

    /// A connection is partial where either end's first segment is no SYN.
    fn judge_start(&mut self, dir: Dir, flags: Flags) {
        let is_syn = flags.has(Flags::SYN);
        match dir {
            Dir::ToServer if !self.originator.is_heard => {
                self.is_partial = !is_syn || flags.has(Flags::ACK);
            }
            Dir::ToClient if !self.responder.is_heard && !self.is_partial => {
                self.is_partial = !is_syn;
            }
            _ => {}
        }
    }

    /// Writes the letters of the control bits, of data and of the window.
    fn write_letters(&mut self, dir: Dir, segment: &Segment<'_>, at: u32) {
        let flags = segment.flags;
        let has = |bit| flags.has(bit);
        let (sender, receiver) = match dir {
            Dir::ToServer => (&mut self.originator, &self.responder),
            Dir::ToClient => (&mut self.responder, &self.originator),
        };
        let bits = [Flags::SYN, Flags::FIN, Flags::RST].map(has);
        let (mask, letter, latest, place) = match bits {
            [true, false, false] if has(Flags::ACK) => {
                (once::SYN, b'H', Some(&mut sender.syn_at), at)
            }
            [true, false, false] => (once::SYN, b'S', Some(&mut sender.syn_at), at),
            // A FIN stands behind the data that comes with it.
            [false, true, false] => (
                once::FIN,
                b'F',
                Some(&mut sender.fin_at),
                at.wrapping_add(segment.payload_len),
            ),
            [false, false, true] => (once::RST, b'R', Some(&mut sender.reset_at), at),
            [_, true, true] => (once::FIN_AND_RST, b'I', None, at),
            [true, _, _] => (once::NONSENSE, b'Q', None, at),
            [false, false, false] if segment.payload_len > 0 => (once::DATA, b'D', None, at),
            [false, false, false] if has(Flags::ACK) => (once::ACK, b'A', None, at),
            [false, false, false] => (0, 0, None, at),
        };
        let moved = latest.is_some_and(|latest| std::mem::replace(latest, place) != place);
        let is_first = sender.written & mask != mask;
        sender.written |= mask;
        if mask != 0 && (is_first || moved) {
            self.history.add(dir, letter);
        }
        let matters = receiver.stage != Stage::Closed && sender.stage != Stage::Reset;
        if segment.window == 0 && !has(Flags::RST) && matters {
            sender.zero_windows = sender.zero_windows.saturating_add(1);
            if is_written(sender.zero_windows) {
                self.history.add(dir, b'W');
            }
        }
    }

    fn advance(&mut self, dir: Dir, flags: Flags, payload_len: u32) {
        let (sender, receiver) = self.ends_mut(dir);
        let has = |bit| flags.has(bit);
        match sender.stage {
            Stage::Inactive => self.awake(dir, flags, payload_len),
            Stage::SynSent | Stage::SynAckSent => {
                if has(Flags::FIN) {
                    sender.enter(Stage::Closed);
                }
                if has(Flags::RST) {
                    sender.enter(Stage::Reset);
                }
            }
            Stage::Established | Stage::Partial => {
                let is_bare_syn = has(Flags::SYN) && !has(Flags::ACK);
                if sender.stage == Stage::Partial
                    && receiver.stage == Stage::Inactive
                    && is_bare_syn
                {
                    sender.enter(Stage::SynSent);
                }
                if has(Flags::FIN) && !has(Flags::RST) {
                    sender.enter(Stage::Closed);
                    // FIN, then RST: that was a normal end after all.
                    if receiver.stage == Stage::Reset && receiver.earlier == Stage::Closed {
                        receiver.enter(Stage::Closed);
                    }
                }
                if has(Flags::RST) {
                    sender.enter(Stage::Reset);
                }
            }
            Stage::Closed if has(Flags::RST) && receiver.stage != Stage::Closed => {
                sender.enter(Stage::Reset);
            }
            Stage::Closed | Stage::Reset => {}
        }
    }

    /// The first segment of an end that counts.
    fn awake(&mut self, dir: Dir, flags: Flags, payload_len: u32) {
        let has = |bit| flags.has(bit);
        let (sender, receiver) = self.ends_mut(dir);
        if has(Flags::SYN) {
            match dir {
                Dir::ToServer if has(Flags::ACK) => sender.enter(Stage::SynAckSent),
                Dir::ToServer => sender.enter(Stage::SynSent),
                Dir::ToClient => {
                    if receiver.stage == Stage::SynSent {
                        receiver.enter(Stage::Established);
                    }
                    sender.enter(Stage::Established);
                }
            }
        }
        if has(Flags::FIN) {
            sender.enter(Stage::Closed);
        }
        if has(Flags::RST) {
            sender.enter(Stage::Reset);
        }
        if sender.stage != Stage::Inactive {
            return;
        }
        let only_answers =
            dir == Dir::ToClient && payload_len == 0 && receiver.stage == Stage::SynSent;
        if only_answers {
            // Some acknowledge a SYN before they answer it.
        } else if has(Flags::ACK) && receiver.stage == Stage::Established {
            // It answers a SYN-ACK, so it has sent a SYN.
            sender.enter(Stage::Established);
            sender.is_heard = true;
            self.is_partial = false;
        } else {
            sender.enter(Stage::Partial);
        }
    }

    /// Looks for data of direction `dir` that was acknowledged and not seen.
    fn acknowledge(&mut self, dir: Dir, acked: u32) {
        let is_partial = self.is_partial;
        let mut nothing = Ahead::default();
        let (sender, receiver, ahead) = match dir {
            Dir::ToServer => (&mut self.originator, &self.responder, 0),
            Dir::ToClient => (&mut self.responder, &self.originator, 1),
        };
        let ahead = match &mut self.ahead {
            Some(both) => &mut both[ahead],
            None => &mut nothing,
        };
        let holes = ahead.acknowledge(sender, acked, is_partial);
        if !(sender.is_clean() && receiver.is_clean()) {
            return;
        }
        for _ in 0..holes {
            sender.gaps = sender.gaps.saturating_add(1);
            if is_written(sender.gaps) {
                self.history.add(dir, b'G');
            }
        }
    }

    /// Takes data into account that the capture has in full.
    fn data(&mut self, dir: Dir, start: u32, segment: &Segment<'_>) {
        if segment.payload.len() < segment.payload_len as usize {
            return;
        }
        let (sender, ahead) = match dir {
            Dir::ToServer => (&mut self.originator, 0),
            Dir::ToClient => (&mut self.responder, 1),
        };
        // Nearly always it follows what is there already.
        if self.ahead.is_none() && sender.complete == start {
            let mut nothing = Ahead::default();
            return nothing.data(sender, start, segment.payload_len);
        }
        let both = self.ahead.get_or_insert_default();
        both[ahead].data(sender, start, segment.payload_len);
    }
}
