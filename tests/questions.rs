//! docs/questions.md: each of its commands prints the lines that stand below it.
//!
//! A block of ```` ```console ```` holds a command behind `$ ` and lines of what it prints,
//! run where the recordings are.

#![cfg(feature = "cli")]

use std::fs;

use support::program::captures;
use support::shown::{LEFT_OUT, Shown, difference, differences};

mod support;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/questions.md");

/// A question, and what answers it.
#[derive(Debug, Default)]
struct Question {
    title: String,
    shown: Vec<Shown>,
}

fn questions(page: &str) -> Vec<Question> {
    let mut questions = Vec::<Question>::new();
    let mut is_console = false;
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            questions.push(Question {
                title: title.to_owned(),
                ..Question::default()
            });
        } else if line.starts_with("```") {
            is_console = line == "```console";
        } else if is_console {
            let question = questions.last_mut().expect("a question before a command");
            if let Some(shown) = Shown::command(line) {
                question.shown.push(shown);
            } else {
                let shown = question.shown.last_mut().expect("a command before lines");
                shown.lines.push(line.to_owned());
            }
        }
    }
    questions
}

#[test]
fn every_command_prints_the_lines_below_it() {
    let page = fs::read_to_string(PAGE).unwrap();
    let questions = questions(&page);
    let shown = questions.iter().flat_map(|question| &question.shown);
    let wrong = differences(shown, &captures());
    assert!(wrong.is_empty(), "docs/questions.md:\n{wrong}");
}

#[test]
fn there_are_twenty_five_questions_and_each_is_answered_by_a_command() {
    let questions = questions(&fs::read_to_string(PAGE).unwrap());
    assert!(questions.len() >= 25, "{}", questions.len());
    for question in &questions {
        assert!(question.title.ends_with('?'), "{}", question.title);
        assert!(!question.shown.is_empty(), "{}", question.title);
        for shown in &question.shown {
            let lines = shown.lines.iter().filter(|line| *line != LEFT_OUT);
            assert!(lines.count() > 0, "{}", shown.command);
            assert!(shown.command.starts_with("tcptrace "), "{}", shown.command);
        }
    }
}

/// Whether the lines of a text, divided by `|`, are those of `a b c d`.
fn is_right(shown: &str) -> bool {
    let shown: Vec<_> = shown.split('|').map(str::to_owned).collect();
    difference(&shown, &["a", "b", "c", "d"]).is_none()
}

#[test]
fn lines_are_right_that_are_printed_in_this_order_without_a_gap() {
    for right in [
        "a|b|c|d",
        "…|d",
        "a|…",
        "a|…|d",
        "…|b|c|…",
        "a|…|c|…",
        "a|b|…|c|d",
        "a|b…|c|…",
    ] {
        assert!(is_right(right), "{right}");
    }
    for wrong in [
        "a|b|c",
        "b|c|d",
        "…|c",
        "b|…",
        "a|c|…",
        "…|c|b|…",
        "…|x|…",
        "a|b|c|d|d",
        "a|…|b",
        "a|B|…",
        "a|bc…|c|d",
    ] {
        assert!(!is_right(wrong), "{wrong}");
    }
}

#[test]
fn a_difference_shows_what_is_printed_instead() {
    let shown = ["…", "took 12 ms", "…"].map(str::to_owned);
    assert_eq!(
        difference(&shown, &["one", "took 10 ms", "ms"]).unwrap(),
        "  shown   took 12 ms\n  printed took 10 ms\n"
    );
}
