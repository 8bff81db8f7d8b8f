//! How long an end waited before each SYN, or SYN-ACK, that it sent again, and
//! what these waits show.

use crate::sink::duration::shown;
use crate::sink::explain::{Situation, tell};
use crate::sink::words::ExplainTexts;
use crate::time::Span;
use crate::track::waits::Waits;

impl Situation<'_, '_> {
    /// A segment `what` that is the `again`th repetition, after `waits`.
    pub(super) fn again(&mut self, what: &'static str, again: u8, waits: Waits) {
        let waits: Vec<_> = waits.iter().collect();
        let Some(&wait) = waits.last() else {
            return;
        };
        // No more than the first waits are kept.
        if waits.len() != usize::from(again) {
            return;
        }
        tell!(self, syn_again, what, wait);
        if waits.len() > 1 {
            let list: Vec<_> = waits.iter().copied().map(shown).collect();
            let list = list.join(self.names.count.list);
            let words = Growth::of(&waits).words(self.words);
            self.tell(words, &[what.into(), (&list).into()]);
        }
    }
}

/// What waits show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Growth {
    Equal,
    /// The first ones are equal, and each later one doubles.
    EqualThenDouble,
    Double,
    None,
}

impl Growth {
    fn of(waits: &[Span]) -> Self {
        let pairs = || waits.windows(2).map(|pair| (pair[0], pair[1]));
        let equal = pairs().take_while(|&(a, b)| is_times(1, a, b)).count();
        let mut later = pairs().skip(equal);
        match (equal, pairs().len() - equal) {
            (_, 0) => Self::Equal,
            _ if !later.all(|(a, b)| is_times(2, a, b)) => Self::None,
            (0, _) => Self::Double,
            _ => Self::EqualThenDouble,
        }
    }

    const fn words(self, texts: &ExplainTexts) -> &'static str {
        match self {
            Self::Equal => texts.waits_equal,
            Self::EqualThenDouble => texts.waits_equal_then_double,
            Self::Double => texts.waits_double,
            Self::None => texts.waits_listed,
        }
    }
}

/// Whether `b` is `times` as long as `a`, within a fifth: a kernel's timers are
/// late by a tick or two, and the first wait may include a round trip.
const fn is_times(times: i64, a: Span, b: Span) -> bool {
    let expected = a.0.saturating_mul(times);
    (b.0 - expected).saturating_abs() <= expected / 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(milliseconds: &[i64]) -> Growth {
        let waits = milliseconds.iter().map(|wait| Span(wait * 1_000_000));
        Growth::of(&waits.collect::<Vec<_>>())
    }

    #[test]
    fn waits_double_only_where_their_times_do() {
        assert_eq!(order(&[1024, 2016, 4096]), Growth::Double);
        assert_eq!(order(&[1010, 1024, 1024]), Growth::Equal);
        assert_eq!(
            order(&[1010, 1024, 1024, 1024, 2048, 4096]),
            Growth::EqualThenDouble
        );
        assert_eq!(order(&[1000, 1500]), Growth::None);
        assert_eq!(order(&[1000, 1000, 2000, 2000]), Growth::None);
        assert_eq!(order(&[1000, 3000, 6000]), Growth::None);
    }
}
