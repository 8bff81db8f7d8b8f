//! What the tracker found out about a connection, in words.

mod capture;
mod diagnosis;
mod evidence;
mod injection;
mod path;
mod socket;
mod verdict;

use std::collections::BTreeMap;

pub use capture::flaws;
pub use diagnosis::{diagnosis, diagnosis_with_evidence, is_in_verdict};
pub use injection::odd;
pub use path::{icmp, icmp_and_aftermath};
pub use socket::{owner, socket};
pub use verdict::{closing_order, verdict, verdict_with_evidence, waits, word, word_of};

use crate::phase::Phase;
use crate::sink::choice::Choice;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::totals::Totals;
use crate::track::oddity::Oddity;
use crate::track::unproved::Unproved;

/// How many connections there were, and what the segments were.
#[must_use]
pub fn totals(totals: &Totals, words: &Words) -> String {
    let connections = said!(words.count.connections, totals.connections);
    connections + words.count.comma + &segments(totals, words)
}

/// That none of the connections is one that was asked for.
#[must_use]
pub fn none(asked: &Choice, connections: u64, words: &Words) -> String {
    let words = &words.count;
    match asked.slower_than {
        _ if !asked.is_about_all() => said!(words.none_such, connections),
        Some(limit) if asked.failed => said!(words.none_in_trouble, connections, limit),
        Some(limit) => said!(words.none_slow, connections, limit),
        None => said!(words.none_failed, connections),
    }
}

/// The count in words: `9 segments: 3 handshake, 1 data, 1 ack, 4 teardown`,
/// with what was skipped after it, and that a filter chose of what there is.
#[must_use]
pub fn segments(totals: &Totals, words: &Words) -> String {
    let mut sentence = if totals.is_filtered {
        said!(words.count.segments_passed, totals.segments)
    } else {
        said!(words.count.segments, totals.segments)
    };
    let phases = Phase::ALL.map(|phase| (words.phase(phase), totals.of(phase)));
    sentence.push_str(&counted(phases, words));
    let mut skips = BTreeMap::new();
    for (skip, count) in totals.skipped() {
        *skips.entry(words.skip(skip)).or_insert(0) += count;
    }
    let skipped: u64 = skips.values().sum();
    if skipped > 0 {
        sentence.push_str(words.count.semicolon);
        sentence.push_str(&said!(words.count.other_frames, skipped));
        sentence.push_str(&counted(skips, words));
    }
    sentence
}

/// `: 3 handshake, 1 data`; nothing where nothing was counted.
fn counted<'w>(kinds: impl IntoIterator<Item = (&'w str, u64)>, words: &Words) -> String {
    let mut sentence = String::new();
    let seen = kinds.into_iter().filter(|(_, count)| *count > 0);
    for (nth, (kind, count)) in seen.enumerate() {
        let separators = [words.count.colon, words.count.comma];
        sentence.push_str(separators[nth.min(1)]);
        sentence.push_str(&said!(words.count.counted, count, kind));
    }
    sentence
}

/// What is odd about an opening.
#[must_use]
pub fn oddity(oddity: Oddity, words: &Words) -> String {
    let said = &words.report;
    match oddity {
        Oddity::ScaleUnasked => said!(said.unasked, said.window_scale),
        Oddity::SackUnasked => said!(said.unasked, "SACK"),
        Oddity::TimestampsUnasked => said!(said.unasked, said.timestamps),
        Oddity::MssOutsideSyn => said.mss_outside_syn.to_owned(),
        Oddity::LargeScale { by } => said!(said.large_scale, words.sender(by)),
        Oddity::DataInSyn => said.data_in_syn.to_owned(),
        Oddity::PlainNumber { by } => said!(said.plain_number, words.sender(by)),
    }
}

/// What was caused and never proved.
#[must_use]
pub fn unproved(unproved: Unproved, words: &Words) -> String {
    let said = &words.verdict;
    match unproved {
        Unproved::Syn => said.syn_unanswered.to_owned(),
        Unproved::SynAck { state } => said!(said.syn_ack_unacknowledged, words.state(state)),
        Unproved::Data { by, octets } => {
            said!(said.data_unacknowledged, octets, words.sender(by))
        }
        Unproved::Fin { by, state } => said!(
            said.fin_unacknowledged,
            words.sender(by),
            words.receiver(by),
            words.state(state),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::words::Lang;
    use crate::skip::Skip;

    #[test]
    fn the_count_reads_as_a_sentence() {
        let mut totals = Totals::default();
        let said = |totals: &Totals| segments(totals, Lang::En.words());
        assert_eq!(said(&totals), "0 segments");
        totals.segment(Phase::Teardown);
        totals.segment(Phase::Data);
        totals.segment(Phase::Data);
        assert_eq!(said(&totals), "3 segments: 2 data, 1 teardown");
        totals.skip(Skip::NotTcp);
        assert_eq!(
            said(&totals),
            "3 segments: 2 data, 1 teardown; 1 other frame: 1 not TCP"
        );
        totals.skip(Skip::ShortOffset);
        totals.skip(Skip::LongOffset);
        assert_eq!(
            segments(&totals, Lang::Zh.words()),
            "3 个报文段：数据 2，挥手 1；另有 3 帧：不是 TCP 1，数据偏移有误 2"
        );
    }

    #[test]
    fn the_count_says_that_a_filter_chose() {
        let mut totals = Totals::default();
        totals.is_filtered = true;
        totals.segment(Phase::Data);
        let said = |lang: Lang| segments(&totals, lang.words());
        assert_eq!(said(Lang::En), "1 segment passed the filter: 1 data");
        assert_eq!(said(Lang::Zh), "1 个报文段通过过滤器：数据 1");
    }
}
