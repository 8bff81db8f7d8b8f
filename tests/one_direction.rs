//! Captures of one direction: where a route differs from the way back.

mod support;

use std::io;

use jiff::tz::TimeZone;
use support::script::show_script;
use tcptrace::sink::choice::When;
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::Connections;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::words::Lang;
use tcptrace::sink::{Event, Sink, sentence};
use tcptrace::track::Wants;

/// Keeps the verdict on the connection.
struct Judge<'a>(&'a mut String);

impl Sink for Judge<'_> {
    fn wants(&self) -> Wants {
        Wants::OURS
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Event::Connection(connection) = event {
            *self.0 = sentence::verdict(&connection.flow, Lang::En.words());
        }
        Ok(())
    }
}

fn verdict(script: &str) -> String {
    let mut said = String::new();
    show_script(script, Judge(&mut said));
    said
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
        is_coloured: false,
    };
    show_script(script, Printed::new(Report::new(options), &mut out));
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
    let said =
        "capture: 1 connection was captured one way only: what the other end sent is not known";
    let block = report.split_once("\n\n").unwrap();
    assert!(block.0.starts_with(said), "{report}");
    assert!(!block.1.contains("not known"), "{report}");
    assert!(!report.contains("closed first"), "{report}");
    for line in [
        "    server → client      -              -         -          -\n",
        "  teardown, only one direction captured: closed by the client\n",
        "  states shown: client FIN-WAIT-1, server ESTABLISHED; \
         later ones would show in the direction that was not captured\n",
    ] {
        assert!(report.contains(line), "{line}{report}");
    }
    let chinese = shown(&closed(), Lang::Zh);
    assert!(
        chinese.contains("  客户端已关闭；只抓到客户端发送的报文段"),
        "{chinese}"
    );
    assert!(!chinese.contains("无从得知"), "{chinese}");
}

#[test]
fn the_table_and_the_record_say_that_there_is_one_direction() {
    let mut table = Vec::new();
    let rows = Flows::new(When::CaptureEnds, TimeZone::UTC, Lang::En, false);
    show_script(&closed(), Printed::new(rows, &mut table));
    let table = String::from_utf8(table).unwrap();
    assert!(table.contains("  one direction\n"), "{table}");
    let mut record = Vec::new();
    show_script(&closed(), Printed::new(Connections::default(), &mut record));
    let record = String::from_utf8(record).unwrap();
    assert!(record.contains(r#""only_from":"client""#), "{record}");
    assert!(!record.contains("closed_first"), "{record}");
}
