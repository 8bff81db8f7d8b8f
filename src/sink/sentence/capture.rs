//! What a capture did to the traffic, in sentences: what happened to it, what that means
//! for the figures, and what to do.

use crate::sink::words::fill::said;
use crate::sink::words::{CaptureTexts, Words};
use crate::track::flaws::{CapturePoint, Filtered, Flaws};
use crate::vantage::Vantage;

/// A sentence for each thing that the capture did; none where it did nothing.
pub fn flaws(flaws: &Flaws, words: &Words) -> impl Iterator<Item = String> + use<> {
    let texts = &words.capture;
    let counted = |count: u64, text: &str| (count > 0).then(|| said!(text, count));
    // What is missing by kind has been said.
    let is_by_kind = flaws.filtered != Filtered::default();
    let missing = if is_by_kind { 0 } else { flaws.missing };
    let why = if flaws.has_filter {
        texts.by_filter
    } else {
        ""
    };
    let lacks = |sentence: Option<String>| sentence.map(|sentence| sentence + why);
    [
        copies(flaws, words),
        lacks(filtered(flaws.filtered, texts)),
        lacks(counted(flaws.one_way, texts.one_way)),
        lacks(counted(missing, texts.missing)),
        counted(flaws.translated, texts.translated),
        counted(flaws.reordered, texts.reordered),
        counted(flaws.clock_steps, texts.clock_steps),
        counted(flaws.truncated, texts.truncated),
        counted(flaws.trailing, texts.trailing),
        counted(flaws.large, texts.offload),
    ]
    .into_iter()
    .flatten()
}

fn copies(flaws: &Flaws, words: &Words) -> Option<String> {
    let texts = &words.capture;
    if flaws.copies == 0 {
        return None;
    }
    if flaws.points.len() > 1 {
        let points: Vec<_> = flaws
            .points
            .iter()
            .map(|point| shown(point, texts))
            .collect();
        let points = points.join(words.count.comma);
        return Some(said!(texts.seen_at, flaws.copies, &points));
    }
    let text = match () {
        () if flaws.is_merged() => texts.seen_at_both_ends,
        () if flaws.copies_elsewhere > flaws.copies / 2 => texts.seen_elsewhere,
        () => texts.seen_twice,
    };
    Some(said!(text, flaws.copies))
}

/// The name of an interface, or its number, and whether something stands around the
/// datagram there.
fn shown(point: &CapturePoint, texts: &CaptureTexts) -> String {
    let CapturePoint { vantage, name } = point;
    let number = vantage.interface & !Vantage::OF_HOST;
    let unnamed = || said!(texts.interface, number);
    let name = name.as_deref().map_or_else(unnamed, str::to_owned);
    if vantage.path == 0 {
        name
    } else {
        said!(texts.encapsulated, &name)
    }
}

fn filtered(filtered: Filtered, texts: &CaptureTexts) -> Option<String> {
    match (filtered.acks, filtered.data) {
        _ if filtered.all_but_syns => Some(texts.only_syns_at_all.to_owned()),
        (false, false) => None,
        (true, false) => Some(texts.without_acks.to_owned()),
        (false, true) => Some(texts.without_data.to_owned()),
        (true, true) => Some(texts.without_both.to_owned()),
    }
}
