//! What the rules may find about a segment.

/// Declares the findings, and counts them.
macro_rules! findings {
    ($($finding:ident,)*) => {
        /// What a rule finds: each finding has one
        /// [rule](crate::track::wireshark::rules::RULES).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "its rule says what it is")]
        pub enum Finding {
            $($finding,)*
        }

        impl Finding {
            /// How many there are.
            pub const COUNT: usize = [$(Self::$finding),*].len();
        }
    };
}

findings! {
    Retransmission,
    FastRetransmission,
    SpuriousRetransmission,
    OutOfOrder,
    LostSegment,
    AckLostSegment,
    DuplicateAck,
    WindowUpdate,
    WindowFull,
    KeepAlive,
    KeepAliveAck,
    ZeroWindow,
    ZeroWindowProbe,
    ZeroWindowProbeAck,
    ReusedPorts,
    TfoSyn,
    TfoAck,
    TfoIgnored,
}

/// What was found about a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Findings(u32);

impl Findings {
    /// The findings of a list.
    pub(super) fn of(list: impl IntoIterator<Item = Finding>) -> Self {
        Self(
            list.into_iter()
                .fold(0, |bits, finding| bits | Self::bit(finding)),
        )
    }

    /// Whether nothing was found.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether there is anything about its numbers, not only about Fast Open.
    pub(super) const fn is_of_numbers(self) -> bool {
        let of_fast_open = Self::bit(Finding::TfoSyn)
            | Self::bit(Finding::TfoAck)
            | Self::bit(Finding::TfoIgnored);
        self.0 & !of_fast_open != 0
    }

    const fn bit(finding: Finding) -> u32 {
        1 << finding as u32
    }

    /// Whether `finding` is among them.
    #[must_use]
    #[inline]
    pub const fn has(self, finding: Finding) -> bool {
        self.0 & Self::bit(finding) != 0
    }
}
