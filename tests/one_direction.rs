//! Captures of one direction: where a route differs from the way back.

mod support;

use std::cell::RefCell;
use std::io;

use jiff::tz::TimeZone;
use support::script::show_script;
use tcptrace::segment::Packet;
use tcptrace::sink::choice::When;
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::Connections;
use tcptrace::sink::page::Page;
use tcptrace::sink::report::{Report, ReportOptions};
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

/// What the client sent to a server that answers everything.
const CLIENT: &str = "
    0.00 > S  0:0(0)
    0.01 > .  1:1(0) ack 1
    0.02 > P. 1:11(10) ack 1
    0.22 > P. 1:11(10) ack 1
    0.62 > P. 1:11(10) ack 1
    1.42 > P. 1:11(10) ack 1
";
const FIN: &str = "1.50 > F. 11:11(0) ack 1\n";

fn closed() -> String {
    CLIENT.to_owned() + FIN
}

fn shown(script: &str, lang: Lang) -> String {
    let mut out = Vec::new();
    let options = ReportOptions {
        zone: TimeZone::UTC,
        width: None,
        lang,
        is_long: false,
    };
    show_script(script, Report::new(options, Page::new(&mut out, false)));
    String::from_utf8(out).unwrap()
}

#[test]
fn the_verdict_claims_nothing_of_the_other_direction() {
    let only = "; only what the client sent was captured";
    for (script, said) in [
        (CLIENT.to_owned(), "not closed by the client"),
        (closed(), "closed by the client"),
        (
            CLIENT.to_owned() + "1.50 > R. 11:11(0) ack 1\n",
            "reset by the client after 1.500 s",
        ),
        (
            "0.00 > S 0:0(0)\n 0.01 > . 1:1(0) ack 1\n 0.02 > R. 1:1(0) ack 1".to_owned(),
            "reset by the client after 20.000 ms",
        ),
        (
            "0.00 > P. 1:2(1) ack 1\n 0.01 > P. 2:3(1) ack 1".to_owned(),
            "not closed by the client; began before the capture",
        ),
    ] {
        assert_eq!(verdict(&script), said.to_owned() + only, "{script}");
    }
    let server = "0.00 < S. 0:0(0) ack 1\n 1.00 < S. 0:0(0) ack 1";
    let said = "not closed by the server; only what the server sent was captured";
    assert_eq!(verdict(server), said);
}

#[test]
fn the_report_shows_what_was_captured_and_nothing_else() {
    let report = shown(&closed(), Lang::En);
    assert!(!report.contains("not proved"), "{report}");
    assert!(!report.contains("closed first"), "{report}");
    for line in [
        "    server → client      -         -         -          -\n",
        "  teardown, one direction of it: closed by the client\n",
        "  shown in: client FIN-WAIT-1, server ESTABLISHED; \
         what came after that the other direction would show\n",
    ] {
        assert!(report.contains(line), "{line}{report}");
    }
    let chinese = shown(&closed(), Lang::Zh);
    assert!(
        chinese.contains("  客户端已关闭；只抓到客户端发送的报文段"),
        "{chinese}"
    );
    assert!(!chinese.contains("未能证实"), "{chinese}");
}

#[test]
fn the_table_and_the_record_say_that_there_is_one_direction() {
    let mut table = Vec::new();
    let page = Page::new(&mut table, false);
    show_script(
        &closed(),
        Flows::new(When::CaptureEnds, TimeZone::UTC, Lang::En, page),
    );
    let table = String::from_utf8(table).unwrap();
    assert!(table.contains("  one direction\n"), "{table}");
    let mut record = Vec::new();
    show_script(&closed(), Connections::new(Page::new(&mut record, false)));
    let record = String::from_utf8(record).unwrap();
    assert!(record.contains(r#""only_from":"client""#), "{record}");
    assert!(!record.contains("closed_first"), "{record}");
}
