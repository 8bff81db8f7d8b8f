//! What stands around every page: its head, its style sheet and its script.
//!
//! Nothing else may run or be loaded: the page says so itself (CSP3 §3.3), naming style
//! sheet and script by their hashes.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::sink::draw::ink::{Ink, variables};
use crate::sink::draw::svg::rules;
use crate::sink::words::Lang;

const STYLE: &str = include_str!("page.css");
/// Says first of all that there are scripts: what only they need is shown, what only others
/// need is not.
const EARLY: &str = "document.documentElement.className='scripted'";
const SCRIPT: &str = include_str!("page.js");

/// A page: a title, and what is below it.
pub(super) fn around(title: &str, body: &Markup, lang: Lang) -> Markup {
    let words = &lang.words().page;
    let style = style();
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(&style));
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(&style)) }
                script { (PreEscaped(EARLY)) }
            }
            body {
                label #light title=(words.light_and_dark) {
                    input #turn type="checkbox";
                    " " (words.light_and_dark)
                }
                h1 { (title) }
                main { (body) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// A page around pictures, which are SVG of [`draw`](crate::sink::draw)'s.
#[must_use]
pub fn around_pictures(title: &str, pictures: &str, lang: Lang) -> String {
    let body = html! { div.picture { (PreEscaped(pictures)) } };
    around(title, &body, lang).0
}

/// Colours, pictures, and the page's own sheet. It is dark where that is preferred, or the
/// other way round where the switch is turned; on paper it is light.
fn style() -> String {
    let light = format!("color-scheme:light;{}", variables(false));
    let dark = format!("color-scheme:dark;{}", variables(true));
    let legend = Ink::ALL.map(|ink| format!(".legend .{0}{{color:var(--{0})}}", ink.class()));
    let legend = legend.concat();
    format!(
        ":root{{{light}}}@media screen{{:root:has(#turn:checked){{{dark}}}}}\
         @media screen and (prefers-color-scheme:dark){{:root{{{dark}}}:root:has(#turn:checked){{{light}}}}}\
         {}{legend}{STYLE}",
        rules()
    )
}

fn policy(style: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; script-src {} {}; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(EARLY),
        hash(SCRIPT)
    )
}

/// A text's hash, as a policy names it.
fn hash(text: &str) -> String {
    format!(
        "'sha256-{}'",
        base64(&hmac_sha256::Hash::hash(text.as_bytes()))
    )
}

/// RFC 4648 §4.
fn base64(octets: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in octets.chunks(3) {
        let at = |nth: usize| u32::from(three.get(nth).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for nth in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * nth) & 63) as usize];
            text.push(if nth > three.len() {
                '='
            } else {
                letter.into()
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (octets, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(base64(octets.as_bytes()), text);
        }
    }

    #[test]
    fn neither_sheet_nor_script_ends_early_or_names_an_address() {
        for text in [style(), SCRIPT.to_owned()] {
            for bad in [
                "</",
                "http:",
                "https:",
                "//",
                "url(",
                "@import",
                "fetch",
                "eval",
                "innerHTML",
            ] {
                assert!(!text.contains(bad), "{bad}");
            }
        }
    }
}
