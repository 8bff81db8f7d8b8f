//! What a segment with data really was, and what shows it: the values, see
//! `look/kind.rs` for how they are found.

/// What a segment was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Sent for the first time.
    New,
    /// Sent once, and overtaken on the way.
    OutOfOrder,
    /// Sent again.
    Retransmission,
    /// One transmission that the network copied.
    Duplicate,
    /// Octets that passed before with another text: one of the two is not its sender's.
    Conflicting,
}

/// Why a segment was sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// Nothing was heard for a retransmission timeout (RFC 6298).
    Timeout,
    /// Duplicate acknowledgments or SACK asked for it (RFC 5681, RFC 6675).
    Fast,
    /// The last segment, sent again to hear whether it arrived (RFC 8985 §7).
    TailProbe,
    /// It had been acknowledged.
    Spurious,
    /// An ICMP error had said that it was too large for the path: the same octets in
    /// smaller segments (RFC 1191 §6.4, RFC 8201 §5.4).
    PathMtu,
}

/// What a segment was, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// What it was.
    pub kind: Kind,
    /// The evidence; `None` for what is new.
    pub why: Option<Why>,
    /// Of a retransmission, why it was sent, as far as that shows.
    pub cause: Option<Cause>,
}

/// What shows what a segment was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// One transmission is missing, and no octets are.
    OneMissing,
    /// Its IP identification is older than that of what overtook it.
    OlderIdentification,
    /// Its IP identification is newer than that of what came behind the hole.
    NewerIdentification,
    /// It acknowledges more than something behind the hole.
    NewerAcknowledgment,
    /// It acknowledges less than what overtook it.
    OlderAcknowledgment,
    /// The other end had told of the hole a round trip before.
    Requested,
    /// It was sent before a request for it could reach its sender.
    BeforeRequest,
    /// Others were underway for as long.
    LateAsOthers,
    /// Nobody had asked for it.
    Unasked,
    /// It acknowledges more than the first time.
    LaterAcknowledgment,
    /// It acknowledges less than what was sent for it.
    AcknowledgmentBeforeRepeat,
    /// Its header is not that of the first time.
    OtherHeader,
    /// It was sent before all that is remembered.
    SentLongAgo,
    /// Its timestamp is newer than that of what came behind the hole.
    NewerTimestamp,
    /// Its timestamp is older than that of what overtook it.
    OlderTimestamp,
    /// Its timestamp is that of what overtook it.
    SameTimestamp,
    /// It came sooner than a round trip could ask for it.
    TooSoon,
    /// It came a round trip after what lies behind it.
    RoundTripBehind,
    /// Its IP identification passed before.
    PassedIdentification,
    /// Its IP identification is older than that of what was sent for it.
    OvertakenByRepeat,
    /// Its octets passed before, its IP identification did not.
    NewIdentification,
    /// Its timestamp is that of the first time.
    FirstTimestamp,
    /// Its timestamp is newer than that of the first time.
    LaterTimestamp,
    /// It came sooner than a round trip after the first time.
    SoonAfter,
    /// It came a round trip after the first time.
    RoundTripLater,
    /// Its timestamp is older than that of what was sent for it.
    TimestampBeforeRepeat,
    /// What filled the hole came so late that it was sent again.
    LateFilling,
    /// Its octets passed before in a segment that was said to be too large.
    SaidTooLarge,
    /// Its octets passed before with another text.
    OtherText,
}

impl Judgement {
    /// Another text than before.
    pub(super) const CONFLICTING: Self = Self::of(Kind::Conflicting, Why::OtherText);

    /// Sent for the first time.
    pub(super) const NEW: Self = Self {
        kind: Kind::New,
        why: None,
        cause: None,
    };

    pub(super) const fn of(kind: Kind, why: Why) -> Self {
        Self {
            kind,
            why: Some(why),
            cause: None,
        }
    }
}

impl Kind {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::OutOfOrder => "out_of_order",
            Self::Retransmission => "retransmission",
            Self::Duplicate => "duplicate",
            Self::Conflicting => "conflicting",
        }
    }
}

impl Cause {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Fast => "fast",
            Self::TailProbe => "tail_probe",
            Self::Spurious => "spurious",
            Self::PathMtu => "path_mtu",
        }
    }
}
