//! Texts in which numbers of frames lead to those frames.

use maud::{Markup, html};

use crate::sink::words::Words;

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
enum LinkedPiece<'t> {
    Plain(&'t str),
    Frame(&'t str),
}

/// A text, with links from each frame that it names to where the page shows that; `is_here`
/// says of which frames it does.
pub(super) fn linked(text: &str, words: &Words, is_here: impl Fn(u64) -> bool) -> Markup {
    let is_here = |number: &str| number.parse().is_ok_and(&is_here);
    html! {
        @for piece in pieces(text, words) {
            @match piece {
                LinkedPiece::Frame(number) if is_here(number) => { a href={ "#f" (number) } { (number) } }
                LinkedPiece::Frame(text) | LinkedPiece::Plain(text) => (text),
            }
        }
    }
}

/// A text, with links from each connection that it names (`#3`) to where the page shows
/// that; `is_here` says of which it does.
pub(super) fn linked_connections(text: &str, is_here: impl Fn(u32) -> bool) -> Markup {
    let mut parts = text.split('#');
    let first = parts.next().unwrap_or_default();
    let others = parts.map(|part| part.split_at(digits(part).unwrap_or(0)));
    html! {
        (first)
        @for (number, behind) in others {
            @if number.parse().is_ok_and(&is_here) { a href={ "#c" (number) } { "#" (number) } }
            @else { "#" (number) }
            (behind)
        }
    }
}

/// Numbers behind a word for frames are frames; behind the first of these words they may
/// be several, in a list.
fn pieces<'t>(text: &'t str, words: &Words) -> Vec<LinkedPiece<'t>> {
    let befores: Vec<_> = words.page.before_frames.split('|').collect();
    let betweens: Vec<_> = words.page.between_frames.split('|').collect();
    let mut pieces = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while let Some((nth, behind)) = behind_next(text, at, &befores) {
        at = behind;
        let may_be_list = nth == 0;
        while let Some(len) = digits(&text[at..]) {
            pieces.push(LinkedPiece::Plain(&text[plain..at]));
            pieces.push(LinkedPiece::Frame(&text[at..at + len]));
            at += len;
            plain = at;
            let rest = &text[at..];
            let between = betweens.iter().find(|between| rest.starts_with(**between));
            match between {
                Some(between) if may_be_list && digits(&rest[between.len()..]).is_some() => {
                    at += between.len();
                }
                _ => break,
            }
        }
    }
    pieces.push(LinkedPiece::Plain(&text[plain..]));
    pieces
}

/// Which of some words comes first from a place on, and the place behind it.
fn behind_next(text: &str, from: usize, words: &[&str]) -> Option<(usize, usize)> {
    let places = words.iter().enumerate().filter_map(|(nth, word)| {
        let place = text[from..].find(word)?;
        Some((nth, from + place + word.len()))
    });
    places.min_by_key(|(_, place)| *place)
}

/// How many digits a text begins with.
fn digits(text: &str) -> Option<usize> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    (len > 0).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::words::Lang;

    fn frames(text: &str, lang: Lang) -> Vec<&str> {
        let pieces = pieces(text, lang.words()).into_iter();
        let frames = pieces.filter_map(|piece| match piece {
            LinkedPiece::Frame(number) => Some(number),
            LinkedPiece::Plain(_) => None,
        });
        frames.collect()
    }

    #[test]
    fn numbers_behind_the_word_for_frames_are_frames_and_others_are_not() {
        let said =
            "3 waits, from frame 3 to frame 12; [frames 4, 5 and 77], 12 frames, frame 8, 20 ms";
        assert_eq!(frames(said, Lang::En), ["3", "12", "4", "5", "77", "8"]);
        let said = "12 帧，从第 3 帧到第 12 帧；[第 4、5 帧] 第 9 至 11 帧";
        assert_eq!(frames(said, Lang::Zh), ["3", "12", "4", "5", "9", "11"]);
    }

    #[test]
    fn connections_that_are_here_are_links() {
        let markup = linked_connections("2 of #1, #22<, # and #3", |id| id == 22).0;
        let link = "<a href=\"#c22\">#22</a>";
        assert_eq!(markup, format!("2 of #1, {link}&lt;, # and #3"));
    }

    #[test]
    fn only_frames_that_are_here_are_links_and_nothing_is_lost() {
        let said = "<b> frame 3 & frame 4";
        let markup = linked(said, Lang::En.words(), |frame| frame == 4).0;
        assert_eq!(
            markup,
            "&lt;b&gt; frame 3 &amp; frame <a href=\"#f4\">4</a>"
        );
    }
}
