//! What selective acknowledgments say, in the annotation, in its explanation
//! and in the record. Edges in the scripts are as sent; the client begins at
//! 4294967294.

mod support;

use support::script::show_script;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::explain::HowOften;
use tcptrace::sink::json::Segments;
use tcptrace::sink::line::Line;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::words::Lang;

/// Four segments of ten bytes, and an acknowledgment with SACK blocks.
fn script(ack: u32, blocks: &str) -> String {
    format!(
        "
        opened
        0.1 > . 1:11(10) ack 1
        0.1 > . 11:21(10) ack 1
        0.1 > . 21:31(10) ack 1
        0.1 > . 31:41(10) ack 1
        0.2 < . 1:1(0) ack {ack} <nop,nop,sack {blocks}>
        "
    )
}

/// What is said of the last segment, from its annotation on.
fn said(script: &str, options: AnnotationOptions) -> String {
    let mut out = Vec::new();
    show_script(
        script,
        Printed::new(Annotated::new(Line::default(), options), &mut out),
    );
    let out = String::from_utf8(out).unwrap();
    let last = out.rfind("\n  #0 ").unwrap();
    out[last + 1..].to_owned()
}

fn remark(ack: u32, blocks: &str, lang: Lang) -> String {
    let options = AnnotationOptions {
        lang,
        ..AnnotationOptions::default()
    };
    let said = said(&script(ack, blocks), options);
    let line = said.lines().next().unwrap();
    let separators = ["; ", "；"];
    let place = separators.iter().filter_map(|mark| line.find(mark)).min();
    place.map_or_else(String::new, |place| line[place..].to_owned())
}

/// Ack 11 is as sent 9.
#[test]
fn what_arrived_behind_a_gap_is_named() {
    for (blocks, named) in [
        ("19:29", "; sack 21:31"),
        ("29:39 19:25", "; sack 31:41, 21:27"),
    ] {
        assert_eq!(remark(11, blocks, Lang::En), named, "{blocks}");
    }
    assert_eq!(remark(11, "29:39 19:25", Lang::Zh), "；sack 31:41，21:27");
}

#[test]
fn what_arrived_twice_is_named() {
    for (ack, blocks, named) in [
        // All of it before the acknowledgment, and beside a gap.
        (41, "9:19", "; D-SACK: 11:21 arrived twice"),
        (41, "4294967295:9", "; D-SACK: 1:11 arrived twice"),
        (
            11,
            "4294967295:9 19:29",
            "; D-SACK: 1:11 arrived twice; sack 21:31",
        ),
        // Inside the second block, also where it is all of that.
        (
            11,
            "19:29 19:39",
            "; D-SACK: 21:31 arrived twice; sack 21:41",
        ),
        (
            11,
            "19:29 19:29",
            "; D-SACK: 21:31 arrived twice; sack 21:31",
        ),
        // The second block lies inside the first, or has nothing of it.
        (11, "19:39 19:29", "; sack 21:41, 21:31"),
        (11, "29:39 19:29", "; sack 31:41, 21:31"),
    ] {
        assert_eq!(remark(ack, blocks, Lang::En), named, "{ack} {blocks}");
    }
    assert_eq!(remark(41, "9:19", Lang::Zh), "；D-SACK：11:21 到达了两次");
}

#[test]
fn a_block_that_ends_before_it_begins_says_nothing_of_copies() {
    assert_eq!(remark(41, "19:9", Lang::En), "; sack 21:11");
}

#[test]
fn a_d_sack_is_explained_and_not_taken_for_a_gap() {
    let options = AnnotationOptions {
        explain: Some(HowOften::Always),
        ..AnnotationOptions::default()
    };
    let told = said(&script(11, "19:29 19:39"), options);
    assert!(told.contains("· D-SACK 21:31: a first SACK block that begins before the ack, 11,"));
    assert!(told.contains("· SACK 21:41: these bytes have arrived although 10 = 21 - 11"));
    let told = said(&script(41, "9:19"), options);
    assert!(
        told.contains("a spurious retransmission of the client"),
        "{told}"
    );
    assert!(!told.contains("· SACK"), "{told}");
}

#[test]
fn the_record_has_what_arrived_twice() {
    for (ack, blocks, dsack) in [
        (41, "9:19", Some(r#""phase":"ack","dsack":[11,21],"#)),
        (11, "19:29 19:39", Some(r#""phase":"ack","dsack":[21,31],"#)),
        (11, "19:29", None),
    ] {
        let mut out = Vec::new();
        show_script(
            &script(ack, blocks),
            Printed::new(Segments::default(), &mut out),
        );
        let out = String::from_utf8(out).unwrap();
        let record = out.lines().nth(7).unwrap();
        match dsack {
            Some(dsack) => assert!(record.contains(dsack), "{record}"),
            None => assert!(!out.contains("dsack\""), "{out}"),
        }
    }
}
