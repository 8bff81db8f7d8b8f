//! The rules: written down in docs/rules.md, known to the schema, listed by
//! `--list-rules`. To write the page again: `BLESS=1 cargo test --test rules`.

#![cfg(feature = "cli")]

use std::fmt::Write;
use std::fs;

use serde_json::Value;
use support::page;
use support::program::{Ran, tcptrace};
use tcptrace::track::wireshark::rules::RULES;

mod support;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema.json");

/// Behind this the page is written from the rules, before it by hand.
const MARK: &str = "<!-- What follows is written from the rules; see tests/rules.rs. -->\n";

#[test]
fn the_page_is_fresh() {
    let mut rest = String::new();
    for rule in &RULES {
        write!(
            rest,
            "\n## {}\n\n{}\n\n{}\n",
            rule.name, rule.help, rule.reference
        )
        .unwrap();
    }
    page::check(PAGE, MARK, &rest, "tests/rules.rs");
}

#[test]
fn the_schema_knows_every_rule() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(SCHEMA).unwrap()).unwrap();
    let known = &schema["$defs"]["segment"]["properties"]["analysis"]["items"]["enum"];
    let names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(*known, Value::from(names));
}

#[test]
fn the_program_lists_every_rule() {
    let ran = Ran::from(tcptrace().arg("--list-rules").output().unwrap());
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    for rule in &RULES {
        for words in [rule.name, rule.help, rule.reference] {
            assert!(ran.out.contains(words), "{words} is not in\n{}", ran.out);
        }
    }
}
