//! Captures of one direction: where a route differs from the way back.

mod support;

use std::cell::RefCell;
use std::io;

use support::script::show_script;
use tcptrace::segment::Packet;
use tcptrace::sink::words::Lang;
use tcptrace::sink::{Sink, sentence};
use tcptrace::totals::Totals;
use tcptrace::track::Observation;
use tcptrace::track::flow::Flow;

/// Keeps the verdict on the connection.
struct Judge<'a>(&'a RefCell<String>);

impl Sink for Judge<'_> {
    fn packet(&mut self, _: &Packet<'_>, _: Option<&Observation<'_>>) -> io::Result<()> {
        Ok(())
    }

    fn connection(&mut self, flow: &Flow) -> io::Result<()> {
        let said = sentence::verdict(flow, Lang::En.words());
        self.0.replace(said);
        Ok(())
    }

    fn quiet(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        Ok(())
    }
}

fn verdict(script: &str) -> String {
    let kept = RefCell::default();
    show_script(script, Judge(&kept));
    kept.into_inner()
}

#[test]
fn a_capture_of_one_direction_says_so() {
    let only_client = "
        0.00 > S  0:0(0)
        0.01 > .  1:1(0) ack 1
        0.02 > P. 1:11(10) ack 1
    ";
    let only_server = "
        0.01 < S. 0:0(0) ack 1
        0.02 < .  1:1(0) ack 11
    ";
    let of = |script| verdict(script);
    let client = "; only what the client sent was captured";
    let server = "; only what the server sent was captured";
    assert!(of(only_client).ends_with(client), "{}", of(only_client));
    assert!(of(only_server).ends_with(server), "{}", of(only_server));
    // A SYN that nobody answers is all there was.
    assert!(!of("0.0 > S 0:0(0)").contains("only what"));
    assert!(!of("opened\n").contains("only what"));
}
