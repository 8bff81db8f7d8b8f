//! Annotations in the columns of a terminal. Numbers in the scripts are relative
//! to the client's ISN.

mod support;

use support::script::show_script;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::line::Line;
use tcptrace::sink::plain::Plain;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::words::Lang;
use unicode_width::UnicodeWidthStr;

/// A connection with a loss, SACK and a reset.
const SCRIPT: &str = "
    opened
    1.000 > .  1:1001(1000) ack 1
    1.001 > .  2001:3001(1000) ack 1
    1.002 < .  1:1(0) ack 1001 <sack 1999:2999>
    1.003 < .  1:1(0) ack 1001 <sack 1999:2999>
    1.030 > .  1001:2001(1000) ack 1
    1.031 < .  1:1(0) ack 3001 win 0
    2.000 < R. 1:1(0) ack 3001
    port 41000
    3.000 > S  0:0(0)
    4.000 > S  0:0(0)
    5.000 > S  0:0(0)
    6.000 > S  0:0(0)
";

fn annotated(width: Option<usize>, lang: Lang) -> String {
    let mut out = Vec::new();
    let options = AnnotationOptions {
        width,
        lang,
        header: true,
        ..AnnotationOptions::default()
    };
    let style = Annotated::new(Line::default(), options);
    show_script(SCRIPT, Printed::new(style, &mut out));
    String::from_utf8(out).unwrap()
}

fn annotations(shown: &str) -> impl Iterator<Item = &str> {
    shown.lines().filter(|line| line.starts_with("  #"))
}

/// What annotations say, whatever their lines.
fn words(shown: &str) -> String {
    let lines = annotations(shown);
    let lines = lines.map(|line| line.strip_prefix("  #").unwrap());
    lines.flat_map(str::split_whitespace).collect()
}

#[test]
fn a_narrow_terminal_folds_annotations_and_nothing_else() {
    let mut plain = Vec::new();
    show_script(
        SCRIPT,
        Printed::new(Plain::new(Line::default()), &mut plain),
    );
    let plain = String::from_utf8(plain).unwrap();
    for lang in Lang::ALL {
        let whole = annotated(None, lang);
        for width in [62, 70, 80, 100, 120] {
            let shown = annotated(Some(width), lang);
            let widest = annotations(&shown).map(UnicodeWidthStr::width).max();
            assert!(widest <= Some(width), "{width}: {widest:?}\n{shown}");
            assert_eq!(words(&shown), words(&whole), "{width}\n{shown}");
            let lines = shown.lines().filter(|line| !line.starts_with("  #"));
            assert_eq!(lines.collect::<Vec<_>>(), plain.lines().collect::<Vec<_>>());
        }
    }
}

#[test]
fn further_lines_stand_where_the_numbers_do() {
    let shown = annotated(Some(80), Lang::En);
    let expected = "
  #0 → handshake 3/3 ACK       seq 1 (4294967295)  ack 1 (2147483647)
  #                            client SYN-SENT → ESTABLISHED,
  #                            server SYN-RECEIVED → ESTABLISHED;
  #                            handshake took 20.000 ms
";
    assert!(shown.contains(expected), "{shown}");
    let expected = "
  #1 verdict so far  no answer to 4 SYNs, retransmitted after 1.000 s, 1.000 s,
  #                  1.000 s  [frames 11, 14]
";
    assert!(shown.contains(expected), "{shown}");
}
