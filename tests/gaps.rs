//! What an annotation says of octets that did not come before a segment. Numbers
//! in the scripts are relative to the client's ISN.

mod support;

use support::script::show_script;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::line::Line;
use tcptrace::sink::printed::Printed;

/// The annotations of a script.
fn annotations(script: &str) -> String {
    let mut out = Vec::new();
    let options = AnnotationOptions::default();
    show_script(
        script,
        Printed::new(Annotated::new(Line::default(), options), &mut out),
    );
    String::from_utf8(out).unwrap()
}

#[test]
fn what_is_missing_may_be_lost_late_or_not_captured() {
    let said = annotations("opened\n 0.03 > . 1:11(10) ack 1\n 0.04 > . 21:31(10) ack 1");
    assert!(
        said.contains("; 10 bytes before it not seen yet: lost, delayed or not captured\n"),
        "{said}"
    );
}

#[test]
fn what_was_acknowledged_and_is_missing_was_not_captured() {
    let said = annotations(
        "opened\n 0.03 > . 1:11(10) ack 1\n 0.04 < . 1:1(0) ack 21\n 0.05 > . 21:31(10) ack 1",
    );
    assert!(
        said.contains("; 10 bytes before it acknowledged but not captured\n"),
        "{said}"
    );
}
