//! A SYN that the capture shows in two places, changed between them.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::offer::Offer;

pub(super) const ABOUT: Description = Description {
    code: Code::SynChanged,
    name: "syn_changed",
    severity: Severity::Harmless,
    means: "The capture shows a SYN, or SYN-ACK, in two places, and somebody between them changed it: took out the \
        window scale or changed it (`window_scale`), took out the timestamps (`timestamps`) or SACK-permitted \
        (`sack`), lowered or raised the MSS (`mss`, from `asked` to `mss`), or changed the window (`window`); of \
        several changes the first of these is told. It is recognised by the number, which is the same, and by \
        the TTL, which is not, within 200 ms. To clamp the MSS is what routers do in front of a tunnel; without \
        window scale, timestamps or SACK a long path is slower.",
    unlike: "A SYN that its own end sends again, with other options, has the same TTL, and comes 200 ms later or more. \
        Of a capture in one place nobody knows what the SYN was before or became behind it: what the ends do later \
        tells at times (window_scale_lost, timestamps_vanish, above_mss). Segments that are smaller than the MSS \
        allows show nothing.",
    reference: "RFC 9293 §3.7.1, RFC 7323 §1.3, RFC 2018 §2",
};

/// How far apart two sights are at most: less than any SYN waits for its answer.
const FAR: Span = Span(200_000_000);

/// A change to a SYN on its way.
#[derive(Debug, Clone, Copy)]
pub(in crate::track) struct ChangedSyn {
    what: Outcome,
    /// The MSS before, and behind.
    mss: [u16; 2],
    frames: [NonZeroU64; 2],
    /// How long after the first sight the second one was captured.
    pub(in crate::track) after: Span,
}

impl ChangedSyn {
    /// The frame that showed it first.
    pub(in crate::track) const fn first_sight(&self) -> NonZeroU64 {
        self.frames[0]
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(&self, end: Dir) -> Diagnosis {
        let [first, second] = self.frames;
        let [asked, mss] = self.mss.map(|mss| Measure::Mss(u32::from(mss)));
        let measures: &[Measure] = match (self.what, asked) {
            (Outcome::Mss, Measure::Mss(asked)) => &[Measure::Asked(asked), mss],
            _ => &[],
        };
        let severity = match self.what {
            Outcome::Mss | Outcome::Window => Severity::Harmless,
            _ => Severity::Slows,
        };
        let found = ABOUT.found(end, (second, &[first]), measures);
        found.with_outcome(self.what, severity)
    }
}

impl Flow {
    /// The SYN that a segment of direction `dir` is, seen before in another place where
    /// it was another.
    #[cold]
    pub(in crate::track) fn changed_syn(
        &self,
        dir: Dir,
        segment: &Segment<'_>,
    ) -> Option<ChangedSyn> {
        let (handshake, sender) = (&self.handshake, self.sender(dir));
        let (mark, known) = if segment.is_ack() {
            (handshake.syn_ack?, handshake.answered)
        } else {
            (handshake.syn?, handshake.offered)
        };
        let after = segment.time - mark.time;
        let is_same = mark.dir == dir
            && (mark.seq, mark.flags) == (segment.seq, segment.flags)
            && (mark.ack == segment.ack || !segment.flags.has(Flags::ACK))
            && sender.segments == 1;
        let ttl = sender.ttls.usual()?;
        if !is_same || after.0.abs() > FAR.0 || ttl == segment.ttl {
            return None;
        }
        let now = Offer::of(segment.options);
        let other_time = known.timestamps.zip(now.timestamps);
        if other_time.is_some_and(|(before, now)| before != now) || known.is_cut || now.is_cut {
            return None;
        }
        let what = if known.window_scale != now.window_scale {
            Outcome::WindowScale
        } else if known.timestamps != now.timestamps {
            Outcome::Timestamps
        } else if known.sack_permitted != now.sack_permitted {
            Outcome::Sack
        } else if known.mss != now.mss {
            Outcome::Mss
        } else if sender.window != segment.window {
            Outcome::Window
        } else {
            return None;
        };
        let mut mss = [known.mss, now.mss].map(Option::unwrap_or_default);
        if ttl < segment.ttl {
            // The second sight was before the first, on its way.
            mss.reverse();
        }
        Some(ChangedSyn {
            what,
            mss,
            frames: [mark.frame, segment.frame],
            after,
        })
    }
}
