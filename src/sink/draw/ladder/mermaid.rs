//! A ladder for Mermaid: a sequenceDiagram.

use std::fmt::Write as _;

use crate::sink::draw::ladder::asides::Both;
use crate::sink::draw::ladder::rows::{Arrow, Rung};
use crate::sink::draw::ladder::told::Ladder;
use crate::sink::draw::scene::Stroke;
use crate::track::dir::Dir;

/// The same rows as a diagram that Mermaid draws.
pub(super) fn written(ladder: &Ladder) -> String {
    let mut text = String::from("sequenceDiagram\n");
    let count = &ladder.words.count;
    let ends = [("C", count.client), ("S", count.server)];
    for ((id, name), addr) in ends.into_iter().zip(&ladder.addresses) {
        let (name, addr) = (escaped(name), escaped(addr));
        let _ = writeln!(text, "    participant {id} as {name}<br/>{addr}");
    }
    let title = format!("{} {}", ladder.name, ladder.verdict);
    for said in [&title].into_iter().chain(&ladder.remarks) {
        over(&mut text, said);
    }
    for rung in &ladder.rungs {
        match rung {
            Rung::Phase(_, word) => over(&mut text, word),
            Rung::Beside(asides) => beside(&mut text, asides),
            Rung::Segment(arrow) => {
                segment(&mut text, arrow);
                beside(&mut text, &arrow.beside);
            }
            Rung::Folded(run) => {
                let (first, last) = run.frames;
                let said = format!("{first}–{last}: {}", run.text);
                match run.dir {
                    Some(dir) => message(&mut text, dir, "->>", &said),
                    None => over(&mut text, &said),
                }
            }
            Rung::Wait(said) => over(&mut text, said),
            Rung::Note(_, frame, said) => over(&mut text, &format!("{frame}: {said}")),
        }
    }
    text
}

fn over(text: &mut String, said: &str) {
    let _ = writeln!(text, "    Note over C,S: {}", escaped(said));
}

fn beside(text: &mut String, asides: &Both) {
    for (place, aside) in ["left of C", "right of S"].into_iter().zip(asides) {
        if let Some(aside) = aside {
            let _ = writeln!(text, "    Note {place}: {}", escaped(&aside.text));
        }
    }
}

fn segment(text: &mut String, arrow: &Arrow) {
    let is_whole = matches!(arrow.stroke, Stroke::Thin | Stroke::Bold);
    let head = match (is_whole, arrow.is_lost) {
        (true, false) => "->>",
        (true, true) => "-x",
        (false, false) => "-->>",
        (false, true) => "--x",
    };
    let said = format!("{}: {}", arrow.frame, arrow.label.whole());
    message(text, arrow.dir, head, &said);
}

fn message(text: &mut String, dir: Dir, head: &str, said: &str) {
    let (from, to) = match dir {
        Dir::ToServer => ("C", "S"),
        Dir::ToClient => ("S", "C"),
    };
    let _ = writeln!(text, "    {from}{head}{to}: {}", escaped(said));
}

/// Text in which Mermaid finds nothing to obey: it ends a statement at a semicolon, begins
/// a character's number at a `#`, and passes markup on.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '#' | ';' | '<' | '>' | '&' | '"' | '%' | '{' | '}' | '`' => {
                let _ = write!(safe, "#{};", u32::from(letter));
            }
            letter if letter.is_control() => safe.push('?'),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup_for_mermaid() {
        assert_eq!(escaped("#0; <b>\n"), "#35;0#59; #60;b#62;?");
        assert_eq!(escaped("[2001:db8::1]:80 → 5"), "[2001:db8::1]:80 → 5");
    }
}
