//! Round-trip times, by classic tcptrace's reading of Karn's rule.

use crate::time::Span;
use crate::track::classic::samples::Samples;

/// What the acknowledgments of an end's segments measured.
#[derive(Debug, Clone, Default)]
pub struct Rtt {
    /// Of segments that were sent once, with nothing before them sent later.
    pub samples: Samples,
    /// Of the largest of these. A segment of a single number, as SYN and FIN
    /// are, counts as the largest of all: classic tcptrace has it so.
    pub full_size: Samples,
    largest: u32,
    /// Microseconds of the latest sample; 0 where the latest acknowledgment of
    /// a segment gave none.
    pub(super) latest: u32,
    /// Microseconds from the only SYN to its acknowledgment.
    pub(super) handshake: u32,
    /// Acknowledgments of a segment that was sent before one that stands in
    /// front of it.
    pub after_loss: u32,
    /// Segments that only a later one's acknowledgment covered.
    pub cumulative: u32,
    /// Acknowledgments that repeat one, by BSD's rule.
    pub duplicate: u32,
    /// Third duplicates.
    pub triple: u32,
    /// What only repeated segments bring.
    repeated: Option<Box<RepeatedTimes>>,
}

/// Times of segments that were sent more than once.
#[derive(Debug, Clone, Copy, Default)]
pub struct RepeatedTimes {
    /// From the last transmission to the acknowledgment, which may be the
    /// first one's.
    pub ambiguous: Samples,
    /// From one transmission to the next.
    pub intervals: Samples,
    /// The most repetitions of a segment.
    pub most: u8,
}

impl RepeatedTimes {
    const NONE: Self = Self {
        ambiguous: Samples::NONE,
        intervals: Samples::NONE,
        most: 0,
    };
}

/// What the acknowledgment of a segment says about times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// It measures the round trip.
    Sample,
    /// The segment was sent more than once.
    Ambiguous,
    /// Something in front of it was sent after it.
    AfterLoss,
}

impl Rtt {
    /// From the only SYN to its acknowledgment; 0 where there was none.
    #[must_use]
    pub const fn handshake(&self) -> Span {
        Span(self.handshake as i64 * 1_000)
    }

    /// What only repeated segments bring.
    #[must_use]
    pub fn repeated(&self) -> &RepeatedTimes {
        self.repeated.as_deref().unwrap_or(&RepeatedTimes::NONE)
    }

    /// Takes the acknowledgment of a segment of `len` numbers.
    pub(super) fn acknowledged(&mut self, worth: Worth, micros: u32, len: u32) {
        self.latest = 0;
        match worth {
            Worth::AfterLoss => self.after_loss += 1,
            Worth::Ambiguous => self.repeated_mut().ambiguous.add(micros),
            Worth::Sample => {
                self.latest = micros;
                self.samples.add(micros);
                let size = if len == 1 { u32::MAX } else { len };
                if size > self.largest {
                    self.largest = size;
                    self.full_size = Samples::default();
                }
                if size == self.largest {
                    self.full_size.add(micros);
                }
            }
        }
    }

    /// Takes the `again`th repetition of a segment that is not acknowledged.
    pub(super) fn sent_again(&mut self, again: u8, micros: u32) {
        let repeated = self.repeated_mut();
        repeated.most = repeated.most.max(again);
        repeated.intervals.add(micros);
    }

    fn repeated_mut(&mut self) -> &mut RepeatedTimes {
        self.repeated.get_or_insert_default()
    }
}
