//! Everything a sink says to people, in every language.
//!
//! To add a text: a field with its meaning in `texts.rs`, and its words in
//! `en/` and in `zh/`; the compiler misses none. A text is said by
//! [`said!`](fill) or [`fill!`](fill), which put values where it has braces:
//! `{0}` is the first, `{0|byte|bytes}` the first word if the first value is 1,
//! else the second. The order is each language's own.
//!
//! Names of states, control bits and options stay the RFCs' in all languages,
//! and JSON is not translated.

mod acceptance;
mod capture;
mod derivations;
mod diagnosis;
mod en;
pub mod fill;
pub mod findings;
pub mod graph;
mod group;
mod header;
pub mod ladder;
pub mod page;
pub mod path;
mod roles;
pub mod segments;
pub mod sockets;
pub mod standing;
pub mod summary;
mod texts;
pub mod time_spent;
pub mod timing;
pub mod whys;
mod zh;

pub use acceptance::AcceptanceTexts;
pub use capture::CaptureTexts;
pub use derivations::ExplainTexts;
pub use diagnosis::DiagnosisTexts;
pub use header::HeaderTexts;
pub use texts::{AnnotationTexts, CountTexts, ReportTexts, ServerTexts, VerdictTexts, Words};

use crate::phase::Phase;
use crate::skip::Skip;
use crate::track::dir::Dir;
use crate::track::state::State;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, in simplified characters.
    Zh,
}

impl Lang {
    /// All.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The language of a locale such as `zh_CN.UTF-8`; English where the
    /// program does not speak it.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        match locale.split(['_', '.', '@']).next() {
            Some("zh") => Self::Zh,
            _ => Self::En,
        }
    }

    /// Its tag (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
        }
    }

    /// What is said in it.
    #[must_use]
    pub const fn words(self) -> &'static Words {
        match self {
            Self::En => &en::WORDS,
            Self::Zh => &zh::WORDS,
        }
    }
}

impl Words {
    /// The end that sends in direction `dir`.
    #[must_use]
    pub const fn sender(&self, dir: Dir) -> &'static str {
        match dir {
            Dir::ToServer => self.count.client,
            Dir::ToClient => self.count.server,
        }
    }

    /// The end that receives in direction `dir`.
    #[must_use]
    pub const fn receiver(&self, dir: Dir) -> &'static str {
        self.sender(dir.reverse())
    }

    /// A state, in a sentence.
    #[must_use]
    pub const fn state(&self, state: State) -> &'static str {
        match state {
            State::Unknown => self.count.unknown_state,
            state => state.name(),
        }
    }

    /// What a segment serves.
    #[must_use]
    pub const fn phase(&self, phase: Phase) -> &'static str {
        let words = &self.count;
        match phase {
            Phase::Handshake => words.handshake,
            Phase::Data => words.data,
            Phase::Ack => words.ack,
            Phase::KeepAlive => words.keep_alive,
            Phase::WindowProbe => words.window_probe,
            Phase::Teardown => words.teardown,
            Phase::Reset => words.reset,
            Phase::Nonsense => words.nonsense,
            Phase::Copy => self.capture.copy,
        }
    }

    /// Why a frame is no segment.
    #[must_use]
    pub const fn skip(&self, skip: Skip) -> &'static str {
        let words = &self.count;
        match skip {
            Skip::UnknownLink => words.unknown_link,
            Skip::NotIp => words.not_ip,
            Skip::NotTcp | Skip::Icmp => words.not_tcp,
            Skip::CutBelowTcp => words.cut_below_tcp,
            Skip::BadHeader => words.bad_header,
            Skip::FirstFragment => words.first_fragment,
            Skip::LaterFragment => words.later_fragment,
            Skip::CutTcp => words.cut_tcp,
            Skip::ShortOffset | Skip::LongOffset => words.bad_offset,
            Skip::BadRecord => words.bad_record,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_say_the_same_values() {
        let (english, chinese) = (Lang::En.words().all(), Lang::Zh.words().all());
        assert!(english.len() > 80);
        for ((name, english), (_, chinese)) in english.into_iter().zip(chinese) {
            let (english, chinese) = (values(english), values(chinese));
            assert_eq!(english, chinese, "{name}: values in English, in Chinese");
        }
    }

    #[test]
    fn no_text_is_left_in_the_other_language() {
        let is_han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for (name, text) in Lang::En.words().all() {
            assert!(!is_han(text), "{name}: {text}");
        }
        // What has only names and marks in it says the same in both.
        let is_named = |text: &str| {
            let words = text.split(|c: char| !c.is_ascii_lowercase());
            words.into_iter().all(|word| word.len() < 3)
        };
        for (name, text) in Lang::Zh.words().all() {
            assert!(is_han(text) || is_named(text), "{name}: {text}");
        }
    }

    /// The places of values in a text.
    fn values(text: &str) -> BTreeSet<&str> {
        let inside = text.split('{').skip(1);
        inside
            .map(|rest| rest.split(['|', '}']).next().unwrap())
            .collect()
    }

    #[test]
    fn the_language_is_the_locales() {
        for (locale, lang) in [
            ("zh_CN.UTF-8", Lang::Zh),
            ("zh", Lang::Zh),
            ("zh_TW", Lang::Zh),
            ("zha", Lang::En),
            ("en_GB.UTF-8", Lang::En),
            ("C", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(Lang::of_locale(locale), lang, "{locale}");
        }
    }
}
