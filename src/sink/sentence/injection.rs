//! What does not look as its sender's others, in words.

use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::track::conflict::Odd;

/// Which of two segments seems injected, and why; nothing where neither does.
#[must_use]
pub fn odd(odd: Option<Odd>, words: &Words) -> String {
    let (Some(odd), said) = (odd, &words.acceptance) else {
        return String::new();
    };
    let mut sentence = said!(said.seems_injected, odd.frame);
    if let Some((ttl, others)) = odd.ttl {
        sentence.push_str(&said!(said.odd_ttl, ttl, others));
    }
    if odd.lacks_timestamps {
        sentence.push_str(said.odd_timestamps);
    }
    sentence
}
