//! Zeek's `conn_state`: what became of a connection, in a code.

/// The codes, named as Zeek writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConnState {
    /// A SYN, nothing back.
    S0,
    /// Open.
    S1,
    /// Closed by the originator, not by the responder.
    S2,
    /// Closed by the responder, not by the originator.
    S3,
    /// Opened and closed by both.
    Sf,
    /// Refused.
    Rej,
    /// Reset by the originator.
    Rsto,
    /// Reset by the responder.
    Rstr,
    /// A SYN, then a RST, both of the originator.
    Rstos0,
    /// A SYN-ACK, then a RST, both of the responder.
    Rstrh,
    /// A SYN, then a FIN, both of the originator.
    Sh,
    /// A SYN-ACK, then a FIN, both of the responder.
    Shr,
    /// None of these.
    Oth,
}

impl ConnState {
    /// The code.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::S0 => "S0",
            Self::S1 => "S1",
            Self::S2 => "S2",
            Self::S3 => "S3",
            Self::Sf => "SF",
            Self::Rej => "REJ",
            Self::Rsto => "RSTO",
            Self::Rstr => "RSTR",
            Self::Rstos0 => "RSTOS0",
            Self::Rstrh => "RSTRH",
            Self::Sh => "SH",
            Self::Shr => "SHR",
            Self::Oth => "OTH",
        }
    }
}
