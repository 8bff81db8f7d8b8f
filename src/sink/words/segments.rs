//! What a segment is, in a word or two.

use crate::sink::words::texts::Words;
use crate::track::judgement::{Cause, Judgement, Kind};
use crate::track::part::Part;

impl Words {
    /// What a segment is whose kind is told without a number or a step.
    #[must_use]
    pub const fn part(&self, part: Part) -> Option<&'static str> {
        let words = &self.annotation;
        Some(match part {
            Part::Ack => words.ack,
            Part::AckAgain => words.ack_again,
            Part::ChallengeAck => self.acceptance.challenge_ack,
            Part::WindowUpdate => words.window_update,
            Part::KeepAlive => words.keep_alive,
            Part::KeepAliveAck => words.keep_alive_ack,
            Part::WindowProbe => words.window_probe,
            Part::WindowProbeAck => words.window_probe_ack,
            Part::StraySyn => self.capture.stray_syn,
            Part::Refusal => words.refused,
            Part::Reset => words.reset,
            Part::Copy => self.capture.copy,
            _ => return None,
        })
    }

    /// What a segment really was, where it was not simply sent.
    #[must_use]
    pub const fn judged(&self, judged: Judgement) -> Option<&'static str> {
        let words = &self.findings;
        match judged.kind {
            Kind::New => None,
            Kind::OutOfOrder => Some(words.out_of_order),
            Kind::Conflicting => Some(self.acceptance.conflicting),
            Kind::Duplicate => Some(words.duplicate),
            Kind::Retransmission => Some(match judged.cause {
                None | Some(Cause::PathMtu) => words.retransmission,
                Some(Cause::Timeout) => words.timeout,
                Some(Cause::Fast) => words.fast,
                Some(Cause::TailProbe) => words.tail_probe,
                Some(Cause::Spurious) => words.spurious,
            }),
        }
    }
}

/// The control bits that open or close a connection, as they stand behind a step.
#[must_use]
pub const fn opening_or_closing(part: Part) -> &'static str {
    match part {
        Part::Syn => " SYN",
        Part::SynAck => " SYN-ACK",
        Part::Fin => " FIN",
        Part::FinAck => " FIN+ACK",
        _ => " ACK",
    }
}
