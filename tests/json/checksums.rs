//! What a record says of the checksum, with `-v`.

use serde_json::Value;
use tcptrace::sink::json::Segments;

use crate::support::capture::{ETHERNET, Pcap, show};
use crate::support::frame::{ETHERNET_LEN, Segment};
use crate::support::program::run;
use crate::written;

/// Where an IPv4 header has its flags and offset, and where TCP begins.
const FRAGMENT: usize = ETHERNET_LEN + 6;
const TCP: usize = ETHERNET_LEN + 20;
/// Where TCP has its checksum.
const CHECKSUM: usize = TCP + 16;

fn frame() -> Vec<u8> {
    let ends = ("10.0.0.1:1".parse().unwrap(), "10.0.0.2:2".parse().unwrap());
    Segment::new(ends.0, ends.1, "P.", 1, 1)
        .with_payload(9)
        .to_ethernet()
}

/// What the record of a frame says, of which `captured` octets are there.
fn said(frame: &[u8], captured: usize) -> (Option<String>, Option<u64>) {
    let mut file = Pcap::new(ETHERNET);
    file.cut_frame(0, &frame[..captured], frame.len());
    let style = Segments::default().verifying(true);
    let records = written(style, |style| show(file.0, style).unwrap());
    let record: Value = serde_json::from_str(records.lines().next().unwrap()).unwrap();
    let word = record.get("checksum").map(|word| word.as_str().unwrap());
    let right = record.get("checksum_should_be").map(Value::as_u64);
    (word.map(str::to_owned), right.flatten())
}

fn checksum_of(frame: &[u8]) -> u16 {
    u16::from_be_bytes([frame[CHECKSUM], frame[CHECKSUM + 1]])
}

#[test]
fn a_checksum_is_correct_or_should_be_another() {
    let right = frame();
    assert_eq!(said(&right, right.len()), (Some("correct".into()), None));
    let mut wrong = right.clone();
    wrong[CHECKSUM] ^= 0x40;
    let should_be = Some(checksum_of(&right).into());
    assert_eq!(
        said(&wrong, wrong.len()),
        (Some("incorrect".into()), should_be)
    );
}

/// A sending system that leaves the rest to the network card writes the sum of
/// addresses, protocol and length.
#[test]
fn a_sum_of_the_pseudo_header_alone_is_begun() {
    let mut frame = frame();
    let pseudo_header = 0x0a00 + 0x0001 + 0x0a00 + 0x0002 + 6 + 29_u16;
    frame[CHECKSUM..CHECKSUM + 2].copy_from_slice(&pseudo_header.to_be_bytes());
    assert_eq!(said(&frame, frame.len()), (Some("begun".into()), None));
}

#[test]
fn of_what_is_cut_or_in_fragments_nothing_is_said() {
    let mut frame = frame();
    assert_eq!(said(&frame, frame.len() - 1), (None, None));
    frame[FRAGMENT] = 0x20;
    assert_eq!(said(&frame, frame.len()), (None, None));
}

#[test]
fn the_program_verifies_when_it_is_asked_to() {
    let count = |arguments: &str| {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{arguments}");
        ran.out.matches(r#","checksum":"#).count()
    };
    assert_eq!(count("--json -vr hello.pcap"), 9);
    assert_eq!(count("--json -vvr hello.pcap"), 9);
    assert_eq!(count("--json -r hello.pcap"), 0);
    assert_eq!(count("--json -vKr hello.pcap"), 0);
    assert_eq!(count("--json -Kr hello.pcap"), 0);
}
