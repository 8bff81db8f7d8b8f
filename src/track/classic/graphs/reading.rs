//! What classic tcptrace reads from a segment.

/// What classic tcptrace reads from a segment, for its graphs.
#[derive(Debug, Clone, Copy)]
pub struct ClassicReading {
    /// When it was captured, microseconds since the epoch.
    pub now: i64,
    /// When the connection's first segment was.
    pub start: i64,
    /// Numbers in it that were sent before.
    pub again: u32,
    /// Whether it begins before something that was sent before it.
    pub is_out_of_order: bool,
    /// Whether it has the number and the IP identification of one shortly before it.
    pub is_copy: bool,
    /// Whether it was sent against a window of 0.
    pub is_probe: bool,
    /// The window that it offers, octets; 0 without SYN and ACK.
    pub window: u32,
    /// What its sender had acknowledged before it; 0 where nothing.
    pub last_ack: u32,
    /// What the other end had acknowledged of its sender's; 0 where nothing.
    pub peer_ack: u32,
    /// The window that the other end offered last.
    pub peer_window: u32,
    /// What its acknowledgment does, where it has one and is no RST.
    pub acknowledged: Option<Acknowledged>,
    /// How long before it was sent what it acknowledges, microseconds; where classic
    /// tcptrace takes that for a round trip.
    pub round_trip: Option<u32>,
}

/// What an acknowledgment does.
#[derive(Debug, Clone, Copy)]
pub struct Acknowledged {
    /// When its sender acknowledged something last, where that is known.
    pub since: Option<i64>,
    /// The window's edge before; meaningless without `since`.
    pub old_edge: u32,
    /// The window's edge now, not wrapped.
    pub edge: u64,
    /// Whether it is the third that repeats one.
    pub is_third: bool,
}
