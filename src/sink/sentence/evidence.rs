//! The frames that show something, in words.

use crate::sink::words::Words;
use crate::sink::words::fill::said;

/// The frames that show what stands before.
pub(super) fn frames(frames: impl Iterator<Item = u64>, words: &Words) -> String {
    let frames: Vec<_> = frames.map(|frame| frame.to_string()).collect();
    let evidence = match frames.len() {
        1 => words.verdict.evidence,
        _ => words.verdict.evidence_frames,
    };
    said!(evidence, &frames.join(words.count.list))
}
