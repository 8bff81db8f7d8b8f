//! The states of an end and the arrows between them: RFC 9293 figure 5 as a
//! table, on one screen.

use std::fmt;

/// The state of one end, as far as the segments show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum State {
    /// The capture began too late to tell.
    #[default]
    Unknown,
    /// No connection.
    Closed,
    /// Waiting for a SYN.
    Listen,
    /// SYN sent, waiting for the other one.
    SynSent,
    /// Both SYNs seen, waiting for the acknowledgment of the own one.
    SynReceived,
    /// Open.
    Established,
    /// FIN sent, not acknowledged.
    FinWait1,
    /// FIN sent and acknowledged, waiting for the other one.
    FinWait2,
    /// FIN received, own one not yet sent.
    CloseWait,
    /// FIN sent and received at once, own one not acknowledged.
    Closing,
    /// FIN received, then sent, not acknowledged.
    LastAck,
    /// Closed in order; holds the port pair for 2 MSL.
    TimeWait,
}

/// What happened to an end, as far as a segment shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// It sent a SYN without ACK.
    SentSyn,
    /// It sent a SYN with ACK.
    SentSynAck,
    /// It sent a FIN.
    SentFin,
    /// It sent a RST.
    SentRst,
    /// It has the other end's SYN without ACK, as its answer shows.
    GotSyn,
    /// It has the other end's SYN with ACK, as its answer shows.
    GotSynAck,
    /// Its SYN is acknowledged.
    GotAckOfSyn,
    /// It has the other end's FIN, as its answer shows.
    GotFin,
    /// Its FIN is acknowledged.
    GotAckOfFin,
    /// A RST was sent to it.
    GotRst,
    /// It sent its SYN-ACK again, though that had been acknowledged.
    AskedAgain,
}

impl State {
    /// The state after `signal`, or `None` where RFC 9293 draws no arrow.
    #[must_use]
    #[expect(clippy::match_same_arms, reason = "a table: one row, one arrow")]
    pub const fn after(self, signal: Signal) -> Option<Self> {
        use Signal::{AskedAgain, SentFin, SentRst, SentSyn, SentSynAck};
        use Signal::{GotAckOfFin, GotAckOfSyn, GotFin, GotRst, GotSyn, GotSynAck};
        use State::{CloseWait, Closed, Closing, Established, FinWait1, FinWait2};
        use State::{LastAck, Listen, SynReceived, SynSent, TimeWait, Unknown};

        Some(match (self, signal) {
            // Opening, §3.5 figure 6.
            (Closed, SentSyn) => SynSent,
            (Listen, SentSynAck) => SynReceived,
            (SynSent, GotSynAck) => Established,
            (SynReceived, GotAckOfSyn) => Established,
            // What had been caused has not happened.
            (Established, AskedAgain) => SynReceived,

            // Opening from both sides at once, §3.5 figure 7.
            (SynSent, GotSyn) => SynReceived,
            (SynSent, SentSynAck) => SynReceived,

            // Closing first, §3.6 case 1.
            (SynReceived | Established, SentFin) => FinWait1,
            (FinWait1, GotAckOfFin) => FinWait2,
            (FinWait2, GotFin) => TimeWait,

            // Closing second, §3.6 case 2.
            (SynReceived | Established, GotFin) => CloseWait,
            (CloseWait, SentFin) => LastAck,
            (LastAck, GotAckOfFin) => Closed,

            // Closing from both sides at once, §3.6 case 3.
            (FinWait1, GotFin) => Closing,
            (Closing, GotAckOfFin) => TimeWait,

            // Reset, §3.5.3 and §3.10.7.4: a passive opener listens on.
            (Closed, SentRst | GotRst) => return None,
            (SynReceived | Listen, GotRst) => Listen,
            (_, SentRst | GotRst) => Closed,

            // The capture began too late to see the start.
            (Unknown, GotSynAck | GotAckOfSyn) => Established,
            (Unknown, SentFin) => FinWait1,
            (Unknown, GotFin) => CloseWait,

            _ => return None,
        })
    }

    /// Whether the connection is over for this end.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Listen | Self::TimeWait)
    }

    /// The name as RFC 9293 §3.3.2 writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Closed => "CLOSED",
            Self::Listen => "LISTEN",
            Self::SynSent => "SYN-SENT",
            Self::SynReceived => "SYN-RECEIVED",
            Self::Established => "ESTABLISHED",
            Self::FinWait1 => "FIN-WAIT-1",
            Self::FinWait2 => "FIN-WAIT-2",
            Self::CloseWait => "CLOSE-WAIT",
            Self::Closing => "CLOSING",
            Self::LastAck => "LAST-ACK",
            Self::TimeWait => "TIME-WAIT",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Signal::{GotAckOfFin, GotAckOfSyn, GotFin, GotRst, GotSyn, GotSynAck};
    use super::Signal::{SentFin, SentRst, SentSyn, SentSynAck};
    use super::State::{CloseWait, Closed, Closing, Established, FinWait1, FinWait2};
    use super::State::{LastAck, Listen, SynReceived, SynSent, TimeWait, Unknown};
    use super::*;

    fn path(from: State, signals: &[Signal]) -> Vec<State> {
        let mut state = from;
        let mut follow = |signal: &Signal| {
            state = state
                .after(*signal)
                .unwrap_or_else(|| panic!("no arrow: {state} {signal:?}"));
            state
        };
        signals.iter().map(&mut follow).collect()
    }

    #[test]
    fn the_client_opens_and_closes_first() {
        assert_eq!(
            path(Closed, &[SentSyn, GotSynAck, SentFin, GotAckOfFin, GotFin]),
            [SynSent, Established, FinWait1, FinWait2, TimeWait]
        );
    }

    #[test]
    fn the_server_answers_and_closes_second() {
        assert_eq!(
            path(
                Listen,
                &[SentSynAck, GotAckOfSyn, GotFin, SentFin, GotAckOfFin]
            ),
            [SynReceived, Established, CloseWait, LastAck, Closed]
        );
    }

    #[test]
    fn both_open_and_close_at_once() {
        let signals = [SentSyn, GotSyn, GotAckOfSyn, SentFin, GotFin, GotAckOfFin];
        assert_eq!(
            path(Closed, &signals),
            [
                SynSent,
                SynReceived,
                Established,
                FinWait1,
                Closing,
                TimeWait
            ]
        );
        assert_eq!(path(SynSent, &[SentSynAck]), [SynReceived]);
    }

    #[test]
    fn a_reset_closes_every_state_but_a_passive_opener_listens_on() {
        for state in [
            SynSent,
            Established,
            FinWait1,
            FinWait2,
            CloseWait,
            Closing,
            LastAck,
        ] {
            assert_eq!(path(state, &[GotRst]), [Closed]);
            assert_eq!(path(state, &[SentRst]), [Closed]);
        }
        assert_eq!(path(SynReceived, &[GotRst]), [Listen]);
        assert_eq!(path(TimeWait, &[GotRst]), [Closed]);
        assert_eq!(Closed.after(GotRst), None);
    }

    #[test]
    fn an_unseen_start_is_left_only_by_what_proves_a_state() {
        assert_eq!(path(Unknown, &[SentFin]), [FinWait1]);
        assert_eq!(path(Unknown, &[GotFin]), [CloseWait]);
        assert_eq!(path(Unknown, &[SentRst]), [Closed]);
        assert_eq!(Unknown.after(GotAckOfFin), None);
    }
}
