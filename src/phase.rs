//! The part of a connection's life that a segment belongs to.

/// What a segment serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Opens the connection: SYN, SYN-ACK, and the ACK of that.
    Handshake,
    /// Carries octets.
    Data,
    /// Only acknowledges, or only moves the window.
    Ack,
    /// Asks whether the other end is there, or answers that.
    KeepAlive,
    /// Asks whether the other end's window is still closed, or answers that.
    WindowProbe,
    /// Closes the connection in order: FIN, and the ACK of a FIN.
    Teardown,
    /// Ends or refuses the connection: RST.
    Reset,
    /// Makes no sense as TCP: SYN with FIN, no control bit at all.
    Nonsense,
    /// Was captured before: the same segment, seen again.
    Copy,
}

impl Phase {
    /// All, in the order in which they are counted in words.
    pub const ALL: [Self; 9] = [
        Self::Handshake,
        Self::Data,
        Self::Ack,
        Self::KeepAlive,
        Self::WindowProbe,
        Self::Teardown,
        Self::Reset,
        Self::Nonsense,
        Self::Copy,
    ];

    /// The name, in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Handshake => "handshake",
            Self::Data => "data",
            Self::Ack => "ack",
            Self::KeepAlive => "keep-alive",
            Self::WindowProbe => "window-probe",
            Self::Teardown => "teardown",
            Self::Reset => "reset",
            Self::Nonsense => "nonsense",
            Self::Copy => "copy",
        }
    }
}
