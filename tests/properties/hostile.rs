//! Any octets, anywhere: shown in every style without a panic, and without a
//! control character in the output.

use std::fs;
use std::sync::LazyLock;

use jiff::tz::TimeZone;
use proptest::collection::vec;
use proptest::prelude::*;
use tcptrace::error::Error;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::choice::When;
use tcptrace::sink::explain::HowOften;
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::{Connections, Segments};
use tcptrace::sink::line::clock::TimeStyle;
use tcptrace::sink::line::dump::DumpStyle;
use tcptrace::sink::line::{Line, LineOptions};
use tcptrace::sink::plain::Plain;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::style::Style;
use tcptrace::sink::wireshark::PacketList;
use tcptrace::sink::words::Lang;
use tcptrace::time::Resolution;

use super::support::capture::{ETHERNET, MICRO, NANO, Pcap, header, show};
use super::support::program::{captures, recordings};
use super::{damage, damaged, frame, place, segment};

/// Every recording, to be damaged.
static RECORDINGS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let names = recordings().into_iter();
    names
        .map(|name| fs::read(captures().join(name)).unwrap())
        .collect()
});

/// Every line that an annotation can have.
fn everything() -> AnnotationOptions {
    AnnotationOptions {
        explain: Some(HowOften::Always),
        header: true,
        width: Some(80),
        ..AnnotationOptions::default()
    }
}

/// Shows a file in every style. It may be damaged; nothing else may go wrong.
fn show_in_every_style(file: &[u8], options: &LineOptions) {
    let report = ReportOptions {
        is_long: true,
        is_coloured: false,
        zone: TimeZone::UTC,
        width: None,
        lang: Lang::Zh,
    };
    let (at_end, as_they_end) = (When::CaptureEnds, When::ConnectionEnds);
    let line = || Line::new(options.clone());
    assert_shown(file, Plain::new(line()), at_end);
    assert_shown(file, Annotated::new(line(), everything()), at_end);
    assert_shown(file, PacketList::new(false), at_end);
    assert_shown(file, Segments::default(), at_end);
    assert_shown(file, Connections::default(), as_they_end);
    assert_shown(file, Report::new(report), as_they_end);
    assert_shown(
        file,
        Flows::new(as_they_end, TimeZone::UTC, Lang::Zh, false),
        as_they_end,
    );
}

fn assert_shown(file: &[u8], style: impl Style, when: When) {
    let mut out = Vec::new();
    let printed = Printed::new(style, &mut out).choosing(when);
    let result = show(file.to_vec(), printed);
    assert!(
        matches!(
            result,
            Ok(()) | Err(Error::Damaged { .. } | Error::Format { .. })
        ),
        "{result:?}"
    );
    assert_harmless(out);
}

/// Checks that what was printed is text and steers no terminal.
fn assert_harmless(out: Vec<u8>) {
    let text = String::from_utf8(out).unwrap();
    let is_control = |c: char| c.is_control() && c != '\n' && c != '\t';
    let control = text.find(is_control);
    assert_eq!(control, None, "{text:?}");
}

/// Any of tcpdump's options.
fn line_options() -> impl Strategy<Value = LineOptions> {
    let dumps = [
        None,
        Some(DumpStyle::Hex),
        Some(DumpStyle::HexAndText),
        Some(DumpStyle::Text),
    ];
    let switches = any::<[bool; 7]>();
    (0..6_u8, 0..4_u8, 0..dumps.len(), switches).prop_map(move |(time, verbose, dump, switches)| {
        let [
            numbered,
            nano,
            link_header,
            quiet,
            absolute_numbers,
            checks,
            dumps_link,
        ] = switches;
        LineOptions {
            numbered,
            time: TimeStyle::of_count(time).unwrap(),
            digits: if nano {
                Resolution::Nano
            } else {
                Resolution::Micro
            },
            link_header,
            quiet,
            very_quiet: quiet && nano,
            absolute_numbers,
            verbose,
            checks_checksums: checks,
            dump: dumps[dump],
            dumps_link_header: dumps_link,
            interfaces: vec![(1, "lo".to_owned())],
            ..LineOptions::default()
        }
    })
}

/// The beginning of a file of any format, and what it may be followed by.
fn beginning() -> impl Strategy<Value = Vec<u8>> {
    let pcap = (any::<bool>(), 0..300_u32).prop_map(|(is_nano, link_type)| {
        header(if is_nano { NANO } else { MICRO }, (2, 4), 0, link_type)
    });
    let pcapng = (0..300_u16).prop_map(|link_type| {
        let mut file = words(&[0x0a0d_0d0a, 28, 0x1a2b_3c4d, 1, u32::MAX, u32::MAX, 28]);
        file.extend(words(&[1, 20, u32::from(link_type), 0, 20]));
        file
    });
    prop_oneof![Just(Vec::new()), pcap, pcapng]
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Octets in which a record or block header is likely: small numbers, four
/// octets each.
fn likely_octets() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![3 => 0..64_u32, 1 => any::<u32>()];
    let lengths = vec(word, 0..60).prop_map(|numbers| words(&numbers));
    prop_oneof![vec(any::<u8>(), 0..400), lengths]
}

/// A packet block of pcapng around a frame.
fn block(frame: &[u8], wire_len: u32) -> Vec<u8> {
    let mut body = words(&[0, 0, 1, u32::try_from(frame.len()).unwrap(), wire_len]);
    body.extend(frame);
    body.resize(body.len().next_multiple_of(4), 0);
    let total = u32::try_from(body.len() + 12).unwrap();
    [words(&[6, total]), body, words(&[total])].concat()
}

proptest! {
    #[test]
    fn any_octets_may_be_a_file(
        beginning in beginning(),
        rest in likely_octets(),
        options in line_options(),
    ) {
        show_in_every_style(&[beginning, rest].concat(), &options);
    }

    #[test]
    fn any_frame_may_be_in_a_file(
        frames in vec((frame(), any::<u32>(), 0..100_u32), 1..20),
        options in line_options(),
    ) {
        // One file for each frame: a file has one link type.
        for ((link_type, frame), time, more) in frames {
            let mut file = Pcap::new(link_type);
            file.cut_frame(u64::from(time), &frame, frame.len() + more as usize);
            show_in_every_style(&file.0, &options);
        }
    }

    #[test]
    fn any_segments_may_follow_each_other(
        segments in vec((segment(), 0..2_000_000_000_u64), 1..60),
        options in line_options(),
    ) {
        let mut file = Pcap::new(ETHERNET);
        for (segment, time) in segments {
            file.frame(time, &segment.to_ethernet());
        }
        show_in_every_style(&file.0, &options);
    }

    #[test]
    fn any_octets_may_be_options(
        options in vec(any::<u8>(), 0..=40),
        segment in segment(),
        verbose in 0..3_u8,
        missing in 0..40_usize,
    ) {
        let frame = segment.with_options(&options).to_ethernet();
        let mut file = Pcap::new(ETHERNET);
        file.frame(0, &frame);
        // And with the end of them not captured.
        let captured = frame.len().saturating_sub(missing);
        file.cut_frame(1, &frame[..captured], frame.len());
        let options = LineOptions { verbose, ..LineOptions::default() };
        show_in_every_style(&file.0, &options);
    }

    #[test]
    fn any_recording_may_be_damaged(
        nth in 0..RECORDINGS.len(),
        damage in damage(20),
        cut in 0.5..1.5,
        options in line_options(),
    ) {
        let mut file = damaged(RECORDINGS[nth].clone(), &damage);
        file.truncate(place(cut, file.len()));
        show_in_every_style(&file, &options);
    }

    #[test]
    fn any_block_may_be_in_a_pcapng_file(
        beginning in beginning(),
        frames in vec((frame(), any::<u32>()), 1..10),
        damage in damage(3),
        options in line_options(),
    ) {
        let blocks = frames.iter().flat_map(|((_, frame), len)| block(frame, *len));
        let file = damaged(beginning.into_iter().chain(blocks).collect(), &damage);
        show_in_every_style(&file, &options);
    }
}
