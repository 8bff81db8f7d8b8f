//! What stands between a style and a writer: when text is written, and which
//! connections are shown when.

mod support;

use std::io::{self, Write};

use support::script::show_script;
use tcptrace::segment::Packet;
use tcptrace::sink::annotation::Annotated;
use tcptrace::sink::choice::{Choice, When};
use tcptrace::sink::count::Count;
use tcptrace::sink::csv::Csv;
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::{Connections, Segments};
use tcptrace::sink::plain::Plain;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::Report;
use tcptrace::sink::servers::ByServer;
use tcptrace::sink::style::Style;
use tcptrace::sink::text::Text;
use tcptrace::sink::wireshark::PacketList;
use tcptrace::time::Span;
use tcptrace::totals::Totals;
use tcptrace::track::connection::Connection;
use tcptrace::track::{Observation, Wants};

/// Keeps what was flushed, piece by piece, and what was written since.
#[derive(Debug, Default)]
struct Pieces {
    flushed: Vec<String>,
    written: Vec<u8>,
}

impl Write for Pieces {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.written.extend(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = String::from_utf8(std::mem::take(&mut self.written)).unwrap();
        self.flushed.push(piece);
        Ok(())
    }
}

/// Keeps how much was written each time.
#[derive(Debug, Default)]
struct Lengths(Vec<usize>);

impl Write for Lengths {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.push(octets.len());
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Says what it was asked to show, in as many letters as are wanted.
struct Diary {
    letters: usize,
}

impl Diary {
    fn entry(&self, letter: &str, text: &mut Text) {
        text.str(&letter.repeat(self.letters));
    }
}

impl Style for Diary {
    fn wants(&self) -> Wants {
        Wants::OURS
    }

    /// Only data is worth an entry.
    fn packet(&mut self, _: &Packet<'_>, seen: Option<&Observation<'_>>, text: &mut Text) {
        if seen.unwrap().segment.payload_len > 0 {
            self.entry("p", text);
        }
    }

    fn connection(&mut self, _: &Connection, text: &mut Text) {
        self.entry("c", text);
    }

    fn none(&mut self, _: &Choice, _: u64, text: &mut Text) {
        self.entry("n", text);
    }

    fn pause(&mut self, text: &mut Text) {
        self.entry("z", text);
    }

    fn end(&mut self, _: &Totals, text: &mut Text) {
        self.entry("e", text);
    }
}

/// A connection that is reset, and data of another one.
const RESET_AND_OPEN: &str = "
    opened
    0.1 > P. 1:11(10) ack 1
    0.2 > R. 11:11(0) ack 1
    port 40001
    1.0 > P. 1:11(10) ack 1
    1.1 > P. 11:21(10) ack 1
";

fn pieces(choice: impl Into<Choice>, by_line: bool) -> Vec<String> {
    let mut pieces = Pieces::default();
    let printed = Printed::new(Diary { letters: 1 }, &mut pieces);
    show_script(RESET_AND_OPEN, printed.by_line(by_line).choosing(choice));
    pieces.flushed
}

#[test]
fn text_is_kept_until_the_end_where_nobody_waits_for_it() {
    assert_eq!(pieces(When::CaptureEnds, false), ["pppcce"]);
}

#[test]
fn a_packet_with_text_is_written_at_once_where_lines_are_wanted() {
    let expected = ["p", "p", "p", "c", "c", "e"];
    assert_eq!(pieces(When::CaptureEnds, true), expected);
}

#[test]
fn a_connection_that_is_shown_as_it_ends_is_written_at_once() {
    assert_eq!(pieces(When::ConnectionEnds, false), ["pcz", "ppce"]);
}

#[test]
fn a_connection_is_shown_where_it_is_one_of_those_that_were_asked_for() {
    let failed = Choice {
        failed: true,
        ..When::CaptureEnds.into()
    };
    assert_eq!(pieces(failed, false), ["pppce"]);
    let slow = Choice {
        slower_than: Some(Span(1_000_000_000)),
        ..When::CaptureEnds.into()
    };
    assert_eq!(pieces(slow, false), ["pppne"]);
}

#[test]
fn those_that_failed_are_counted_shown_or_not() {
    let mut printed = Printed::new(Diary { letters: 1 }, io::sink());
    show_script(RESET_AND_OPEN, &mut printed);
    assert_eq!(printed.troubled(), 1);
}

/// Two entries are more than a page holds.
#[test]
fn a_full_page_is_written_before_the_end() {
    let mut lengths = Lengths::default();
    let style = Diary { letters: 40_000 };
    let printed = Printed::new(style, &mut lengths);
    show_script(RESET_AND_OPEN, printed);
    assert_eq!(lengths.0, [80_000; 3]);
}

/// So that one may be told what to show in a thread of its own.
#[test]
fn every_style_may_go_to_another_thread_with_its_writer() {
    fn goes<S: Style>() {
        fn is_send<T: Send>() {}
        is_send::<Printed<S, io::Stdout>>();
    }
    goes::<Annotated>();
    goes::<Connections>();
    goes::<Count>();
    goes::<Csv>();
    goes::<ByServer>();
    goes::<Flows>();
    goes::<Plain>();
    goes::<Report>();
    goes::<Segments>();
    goes::<PacketList>();
}
