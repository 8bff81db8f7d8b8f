//! The likely reason of a RST: the values, see
//! `look/` for how one is found.

/// The likely reason of a RST.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResetCause {
    /// Its number is none that the other end expects, so that another than its
    /// sender may have sent it (RFC 5961 §3).
    StrangeNumber,
    /// Its sender went on after it, so that another has sent it.
    Injected,
    /// It answers a SYN-ACK that does not acknowledge the SYN (RFC 9293 §3.10.7.3).
    WrongSynAck,
    /// It answers an ACK from a connection before this one (RFC 9293 §3.5.1).
    OldConnection,
    /// It answers an ACK of a number that was never sent (RFC 9293 §3.10.7.4).
    AckOfUnsent,
    /// It came another way than its sender's other segments, by the TTL.
    StrangeTtl,
    /// It answers what a connection expects of which its sender has lost the state:
    /// it has just asked for a new one (RFC 9293 §3.5.1).
    HalfOpen,
    /// Its sender asked several times whether the other end was alive.
    KeepAliveFailed,
    /// Its sender sent the same several times without an answer.
    GaveUp,
    /// It answers data that came after its sender had closed (RFC 1122
    /// §4.2.2.13).
    DataAfterClose,
    /// It answers a segment of a connection that its sender does not know
    /// (RFC 9293 §3.5.2, group 1).
    UnknownConnection,
    /// Its sender closed with data of its own on the way.
    DataInFlight,
    /// Its sender closed with data that it had received and not read (RFC 1122
    /// §4.2.2.13).
    UnreadData,
    /// Its sender aborted, all data on both sides acknowledged.
    Aborted,
}

impl ResetCause {
    /// Whether its sender's program closed, so that data may be lost (RFC 9293 §3.9.1, CLOSE
    /// and ABORT).
    #[must_use]
    pub const fn is_of_program(self) -> bool {
        matches!(self, Self::UnreadData | Self::DataInFlight | Self::Aborted)
    }

    /// Every cause, in the order in which they are looked for.
    pub const ALL: [Self; 14] = [
        Self::Injected,
        Self::WrongSynAck,
        Self::OldConnection,
        Self::AckOfUnsent,
        Self::StrangeNumber,
        Self::StrangeTtl,
        Self::HalfOpen,
        Self::KeepAliveFailed,
        Self::GaveUp,
        Self::DataAfterClose,
        Self::UnknownConnection,
        Self::UnreadData,
        Self::DataInFlight,
        Self::Aborted,
    ];

    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Injected => "injected",
            Self::WrongSynAck => "wrong_syn_ack",
            Self::OldConnection => "old_connection",
            Self::AckOfUnsent => "ack_of_unsent",
            Self::HalfOpen => "half_open_discovered",
            Self::StrangeNumber => "strange_number",
            Self::StrangeTtl => "strange_ttl",
            Self::KeepAliveFailed => "keep_alive_failed",
            Self::GaveUp => "gave_up",
            Self::DataAfterClose => "data_after_close",
            Self::UnknownConnection => "unknown_connection",
            Self::DataInFlight => "data_in_flight",
            Self::UnreadData => "unread_data",
            Self::Aborted => "aborted",
        }
    }

    /// Whether the RST was provoked by what the other end had sent just before.
    #[must_use]
    pub const fn is_answer(self) -> bool {
        matches!(
            self,
            Self::DataAfterClose
                | Self::UnknownConnection
                | Self::UnreadData
                | Self::WrongSynAck
                | Self::OldConnection
                | Self::AckOfUnsent
                | Self::HalfOpen
        )
    }
}
