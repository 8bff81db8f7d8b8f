//! What an annotation says behind the numbers, each after a semicolon.

use crate::sink::annotation::meaning::Annotation;
use crate::sink::sentence;
use crate::sink::words::fill::{self, Value, fill};
use crate::track::agreement::FastOpenOutcome;
use crate::track::offer::FastOpen;
use crate::track::part::Part;
use crate::track::time_spent::TimeCause;
use crate::track::wireshark::acked::Acked;
use crate::track::wireshark::finding::Finding;

impl Annotation<'_, '_> {
    /// What else is worth knowing.
    pub(super) fn remarks(&mut self) {
        let (segment, role, flow) = (self.seen.segment, self.seen.role, self.seen.flow);
        let words = &self.words.annotation;
        self.acceptance();
        if role.part == Part::HandshakeAck
            && role.again == 0
            && let Some(took) = flow.handshake.duration()
        {
            self.remark(words.handshake_took, took.into());
        }
        if let Some(by) = flow.roles.guessed_by()
            && flow.client.segments + flow.server.segments == 1
        {
            let by = self.words.count.guessed_by(by);
            self.remark(words.client_guessed, by.into());
        }
        if role.missing > 0 {
            let missing = if role.not_captured {
                words.uncaptured
            } else {
                words.missing
            };
            self.remark(missing, role.missing.into());
        }
        if role.again > 0 && !self.seen.is_again() {
            self.remark(words.partly_again, role.again.into());
        }
        if role.part == Part::Syn && role.again == 0 {
            match flow.handshake.offered.fast_open {
                Some(FastOpen::Request) => self.plain_remark(words.asks_for_cookie),
                Some(FastOpen::Cookie) => self.plain_remark(words.with_cookie),
                None => {}
            }
        }
        if let Some(FastOpenOutcome::Accepted { .. }) = self.seen.fast_open() {
            self.plain_remark(words.fast_open_accepted);
        }
        self.answer();
        self.wait();
        let window = || flow.window(self.seen.dir, segment);
        if let Some(closed_for) = self.seen.window_closed_for() {
            self.text.str(self.words.count.semicolon);
            fill!(self.text, words.window_open_again, window(), closed_for);
        } else if role.part == Part::WindowUpdate {
            self.remark(words.window_now, window().into());
        }
    }

    /// How long an answer took that the segment begins; not again where it acknowledges
    /// the request and that tells it.
    fn answer(&mut self) {
        let Some(turn) = self.seen.answers_turn() else {
            return;
        };
        let request = turn.request.last_frame.get();
        let is_said = |acked: Acked| acked.frame.get() == request;
        if !self.seen.acked().is_some_and(is_said) {
            let after = turn.first_byte();
            self.remark(self.words.timing.answer_after, after.into());
        }
    }

    /// A wait that the segment ends. That a server was at work is told by its answer.
    fn wait(&mut self) {
        let Some(wait) = self.seen.ends_wait() else {
            return;
        };
        let is_told =
            wait.cause == TimeCause::ServerApplication && self.seen.answers_turn().is_some();
        if !is_told {
            let words = &self.words.time_spent;
            self.text.str(self.words.count.semicolon);
            fill!(self.text, words.waited, words.by(wait.cause), wait.length);
        }
    }

    /// What the receiver does not take, and what really happened.
    fn acceptance(&mut self) {
        let (seen, words) = (self.seen, &self.words.acceptance);
        if let (Some(why), Some(due)) = (seen.role.unacceptable, seen.due()) {
            self.text.str(self.words.count.semicolon);
            fill!(self.text, words.not_taken, words.why(why), words.due(due));
        } else if let Some(answered) = seen.answers() {
            self.remark(words.answers, answered.frame.into());
        }
        let is_first = seen.flow.client.segments + seen.flow.server.segments == 1;
        if let Some(asked) = seen.flow.answers.as_ref().filter(|_| is_first) {
            let addr = asked.addr.to_string();
            self.text.str(self.words.count.semicolon);
            fill!(
                self.text,
                words.answers_other,
                asked.id.0,
                asked.frame,
                &*addr
            );
        }
        if let Some(conflict) = seen.conflict {
            let relative = |seq| seen.flow.relative_seq(seen.dir, seq);
            let (start, end) = (relative(conflict.start), relative(conflict.end));
            self.text.str(self.words.count.semicolon);
            fill!(self.text, words.two_texts, start, end, conflict.before);
            let odd = sentence::odd(conflict.odd, self.words);
            self.text.str(&odd);
        }
        if let Some(reset) = seen.outlived {
            let is_forged = reset.dir == seen.dir;
            let said = if is_forged {
                words.not_its_reset
            } else {
                words.outlives_reset
            };
            self.remark(said, reset.frame.into());
        }
    }

    /// What arrived twice, and what arrived behind a gap.
    #[cold]
    pub(super) fn sacks(&mut self) {
        let (flow, dir, segment) = (self.seen.flow, self.seen.dir, self.seen.segment);
        let relative = |edge| flow.relative_ack(dir, edge);
        let twice = segment.duplicate_sack();
        if let Some((left, right)) = twice {
            let words = self.words.annotation.arrived_twice;
            self.text.str(self.words.count.semicolon);
            fill!(self.text, words, relative(left), relative(right));
        }
        let blocks = segment.sack_blocks().skip(usize::from(twice.is_some()));
        for (nth, (left, right)) in blocks.enumerate() {
            if nth == 0 {
                self.plain_remark("sack ");
            } else {
                self.text.str(self.words.count.comma);
            }
            self.text.decimal(relative(left));
            self.text.octet(b':');
            self.text.decimal(relative(right));
        }
    }

    /// What the rules found that the title does not say.
    pub(super) fn findings(&mut self) {
        if !self.seen.findings().is_empty() {
            self.found();
        }
    }

    #[cold]
    fn found(&mut self) {
        let seen = self.seen;
        let acknowledges_missing =
            seen.role.unacceptable.is_none() && seen.flow.receiver(seen.dir).lacks_acknowledged();
        let says_closed = seen.role.part == Part::WindowProbeAck;
        for rule in seen.findings().rules() {
            let is_closed = matches!(
                rule.finding,
                Finding::ZeroWindow | Finding::ZeroWindowProbeAck
            );
            let words = self.words.findings.of(rule.finding);
            let is_said = is_closed && says_closed
                || rule.finding == Finding::AckLostSegment && !acknowledges_missing;
            let Some(words) = words.filter(|_| !is_said) else {
                continue;
            };
            let repeated = seen.wireshark.and_then(|found| found.duplicate_ack());
            // What Wireshark takes for one of an acknowledgment that it never saw.
            if repeated.is_some_and(|(_, frame)| frame == 0) {
                continue;
            }
            self.text.str(self.words.count.semicolon);
            match repeated {
                Some((number, frame)) if rule.finding == Finding::DuplicateAck => {
                    fill!(self.text, words, number, frame);
                }
                _ => self.text.str(words),
            }
        }
    }

    fn plain_remark(&mut self, words: &str) {
        self.text.str(self.words.count.semicolon);
        self.text.str(words);
    }

    fn remark(&mut self, words: &str, value: Value<'_>) {
        self.text.str(self.words.count.semicolon);
        fill::write(words, &[value], self.text);
    }
}
