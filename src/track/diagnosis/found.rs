//! What is found: a diagnosis, and the evidence for it.

use std::num::NonZeroU64;

use smallvec::SmallVec;

use crate::time::Span;
use crate::track::dir::Dir;

/// Which diagnosis: each is described in its file, and on the page docs/diagnoses.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each has its file")]
pub enum Code {
    MtuBlackHole,
    NagleDelayedAck,
    FullAcceptQueue,
    OldConnectionAnswers,
    ForgottenWhileIdle,
    AboveMss,
    LateTimeouts,
    WindowNeverOpens,
    KeepAlive,
    SackReneged,
    WindowIgnored,
    SynCookies,
    TimestampsBackwards,
    WindowTooSmall,
    SlowStartAfterIdle,
    SackShifted,
    WindowScaleLost,
    TimestampsVanish,
    SynChanged,
    ForgedReset,
    AnsweredByAnother,
    EcnBlackHole,
    FastOpenBlackHole,
    ReusedPortsIgnored,
}

impl Code {
    /// How many there are.
    pub const COUNT: usize = Self::ReusedPortsIgnored as usize + 1;
}

/// What a diagnosis means for the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It does not open, or does not go on, because of it.
    Fails,
    /// It is slower because of it.
    Slows,
    /// Nothing goes wrong: what may look as if something did.
    Harmless,
}

impl Severity {
    /// The word for scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fails => "fails",
            Self::Slows => "slows",
            Self::Harmless => "harmless",
        }
    }
}

/// What came of it, or what else tells one case from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It is so still, as far as was captured.
    Lasts,
    /// The same, though an ICMP error had said so.
    Unheeded,
    /// The end found a way.
    Solved,
    /// The connection opened in the end.
    Opened,
    /// It did not, as far as was captured.
    Never,
    /// It was ended by that.
    Discarded,
    /// A RST came for it.
    Reset,
    /// Nothing came any more.
    Silence,
    /// The other end was there.
    Kept,
    /// It was not any more.
    Failed,
    /// The end did not offer to scale its window.
    Unscaled,
    /// The other end did not, so that neither does.
    OtherUnscaled,
    /// What was agreed on is not there.
    Missing,
    /// What was not agreed on is there.
    Unannounced,
    /// It is about the window scale.
    WindowScale,
    /// About the timestamps.
    Timestamps,
    /// About SACK-permitted.
    Sack,
    /// About the MSS.
    Mss,
    /// About the window.
    Window,
    /// The other end did not take it.
    Ignored,
}

impl Outcome {
    /// The word for scripts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lasts => "lasts",
            Self::Unheeded => "unheeded",
            Self::Solved => "solved",
            Self::Opened => "opened",
            Self::Never => "never",
            Self::Discarded => "discarded",
            Self::Reset => "reset",
            Self::Silence => "silence",
            Self::Kept => "kept",
            Self::Failed => "failed",
            Self::Unscaled => "unscaled",
            Self::OtherUnscaled => "other_unscaled",
            Self::Missing => "missing",
            Self::Unannounced => "unannounced",
            Self::WindowScale => "window_scale",
            Self::Timestamps => "timestamps",
            Self::Sack => "sack",
            Self::Mss => "mss",
            Self::Window => "window",
            Self::Ignored => "ignored",
        }
    }
}

/// Something that was counted or measured, in the order in which records have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// How often it happened.
    Times(u32),
    /// How many of these times were answered.
    Answered(u32),
    /// Octets of data.
    Bytes(u32),
    /// The octets of data that an end asked for at most.
    Asked(u32),
    /// The octets of data that a segment may have.
    Mss(u32),
    /// The largest window, octets.
    Window(u32),
    /// A window that would do, octets.
    Needed(u64),
    /// Octets in a second.
    Rate(u64),
    /// By how many bits it is shifted.
    Shift(u32),
    /// By how much numbers are too high, modulo 2^32.
    Offset(u32),
    /// By how many ticks a timestamp is lower than it would have to be.
    Behind(u32),
    /// The time that it cost in all.
    Cost(Span),
    /// The longest time that it took.
    Longest(Span),
    /// The time for which somebody waited.
    Wait(Span),
    /// How long ago something was.
    Since(Span),
    /// A round trip.
    RoundTrip(Span),
    /// How long it takes until something happens again.
    Interval(Span),
    /// How long nothing passed.
    Idle(Span),
    /// A TTL or hop limit.
    Ttl(u32),
    /// The one that others have.
    UsualTtl(u32),
}

/// What a measure comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// A number.
    Count(u64),
    /// Octets in a second.
    Rate(u64),
    /// A time.
    Time(Span),
}

impl Measure {
    /// The name in records.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Times(_) => "times",
            Self::Answered(_) => "answered",
            Self::Bytes(_) => "bytes",
            Self::Asked(_) => "asked",
            Self::Mss(_) => "mss",
            Self::Window(_) => "window",
            Self::Needed(_) => "needed",
            Self::Rate(_) => "rate",
            Self::Shift(_) => "shift",
            Self::Offset(_) => "offset",
            Self::Behind(_) => "behind",
            Self::Cost(_) => "cost",
            Self::Longest(_) => "longest",
            Self::Wait(_) => "wait",
            Self::Since(_) => "since",
            Self::RoundTrip(_) => "round_trip",
            Self::Interval(_) => "interval",
            Self::Idle(_) => "idle",
            Self::Ttl(_) => "ttl",
            Self::UsualTtl(_) => "usual_ttl",
        }
    }

    /// What it comes to.
    #[must_use]
    pub const fn quantity(self) -> Quantity {
        match self {
            Self::Times(count)
            | Self::Answered(count)
            | Self::Bytes(count)
            | Self::Asked(count)
            | Self::Mss(count)
            | Self::Shift(count)
            | Self::Offset(count)
            | Self::Ttl(count)
            | Self::UsualTtl(count)
            | Self::Window(count)
            | Self::Behind(count) => Quantity::Count(count as u64),
            Self::Needed(count) => Quantity::Count(count),
            Self::Rate(rate) => Quantity::Rate(rate),
            Self::Cost(span)
            | Self::Longest(span)
            | Self::Wait(span)
            | Self::Since(span)
            | Self::RoundTrip(span)
            | Self::Interval(span)
            | Self::Idle(span) => Quantity::Time(span),
        }
    }
}

/// What is wrong with a connection, or only looks wrong, as several of its segments
/// show together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnosis {
    /// Which.
    pub code: Code,
    /// What it means for the connection.
    pub severity: Severity,
    /// The end whose segments show it, by the direction in which it sends.
    pub end: Dir,
    /// What came of it, where that differs.
    pub outcome: Option<Outcome>,
    /// Whether something else may explain it that only a capture elsewhere would show.
    pub is_doubtful: bool,
    /// The frame that shows it.
    pub shown_by: NonZeroU64,
    /// All frames that do, in their order.
    pub frames: SmallVec<[NonZeroU64; 4]>,
    /// What was counted and measured.
    pub measures: SmallVec<[Measure; 4]>,
}

/// What a diagnosis is.
#[derive(Debug)]
pub struct Description {
    /// Which.
    pub code: Code,
    /// The name in records.
    pub name: &'static str,
    /// What it means for a connection, where the case does not tell otherwise.
    pub severity: Severity,
    /// What it is, and by what it is recognised.
    pub means: &'static str,
    /// What looks like it, and by what the two are told apart.
    pub unlike: &'static str,
    /// Where that comes from.
    pub reference: &'static str,
}

impl Description {
    /// What is found of it at an end: the frame that shows it, others that do, and what
    /// was measured, in the order of [`Measure`].
    pub(super) fn found(
        &self,
        end: Dir,
        (shown_by, others): (NonZeroU64, &[NonZeroU64]),
        measures: &[Measure],
    ) -> Diagnosis {
        let mut frames = SmallVec::from_slice(others);
        frames.push(shown_by);
        frames.sort_unstable();
        frames.dedup();
        Diagnosis {
            code: self.code,
            severity: self.severity,
            end,
            outcome: None,
            is_doubtful: false,
            shown_by,
            frames,
            measures: SmallVec::from_slice(measures),
        }
    }
}

impl Diagnosis {
    /// A measure by its name.
    #[must_use]
    pub fn measure(&self, name: &str) -> Option<Measure> {
        let mut measures = self.measures.iter();
        measures.find(|measure| measure.name() == name).copied()
    }

    /// The same, where something else may explain it.
    pub(super) fn doubtful_if(self, is_doubtful: bool) -> Self {
        Self {
            is_doubtful,
            ..self
        }
    }

    /// The same with what came of it, which is as bad as this.
    pub(super) fn with_outcome(self, outcome: Outcome, severity: Severity) -> Self {
        Self {
            outcome: Some(outcome),
            severity,
            ..self
        }
    }
}
