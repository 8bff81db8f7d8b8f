//! What `--header` draws: every field of a header, also where it is cut short
//! or contradicts itself.

#![cfg(feature = "cli")]

mod support;

use support::capture::{ETHERNET, Pcap, show};
use support::frame::Segment;
use support::program::{recordings, run};
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::line::Line;
use tcptrace::sink::printed::Printed;

/// Where the TCP header begins in a frame of [`segment`].
const TCP: usize = 14 + 20;

fn segment(flags: &str, options: &[u8]) -> Vec<u8> {
    let (src, dst) = ("10.0.0.1:52172", "10.0.0.2:80");
    let (src, dst) = (src.parse().unwrap(), dst.parse().unwrap());
    Segment::new(src, dst, flags, 1000, 7)
        .with_options(options)
        .to_ethernet()
}

/// The rows of a frame of which `captured` octets are there, without the mark.
fn drawn(frame: &[u8], captured: usize) -> Vec<String> {
    let mut file = Pcap::new(ETHERNET);
    file.cut_frame(0, &frame[..captured], frame.len());
    let mut out = Vec::new();
    let options = AnnotationOptions {
        header: true,
        ..AnnotationOptions::default()
    };
    show(
        file.0,
        Printed::new(Annotated::new(Line::default(), options), &mut out),
    )
    .unwrap();
    let out = String::from_utf8(out).unwrap();
    let rows = out.lines().filter_map(|line| line.strip_prefix("  #    "));
    rows.map(str::to_owned).collect()
}

fn whole(frame: &[u8]) -> Vec<String> {
    drawn(frame, frame.len())
}

#[track_caller]
fn assert_drawn(rows: &[String], expected: &[&str]) {
    let mut rest = rows.iter();
    for row in expected {
        let found = rest.any(|drawn| drawn == row);
        assert!(
            found,
            "not drawn, or not in this order: {row}\n{}",
            rows.join("\n")
        );
    }
}

#[test]
fn every_field_has_a_row() {
    assert_drawn(
        &whole(&segment("S.", &[])),
        &[
            "cb cc                source port            52172       the server's",
            "00 50                destination port       80          the client's",
            "00 00 03 e8          sequence number        1000        0, counted from the server's ISN",
            "00 00 00 07          acknowledgment number  7           1, counted from one before the first number seen of the client",
            "50 12                offset and bits",
            "0101 .... .... ....  data offset            5           × 4 = 20 bytes: no options",
            ".... 000. .... ....  reserved               0",
            ".... .... ...1 ....  ACK                    1           the acknowledgment number counts",
            ".... .... .... 0...  PSH                    0",
            ".... .... .... ..1.  SYN                    1           synchronize sequence numbers: a connection begins",
            "00 00                urgent pointer         0           means nothing without URG",
        ],
    );
}

#[test]
fn every_option_is_taken_apart() {
    let options = [
        &[2, 4, 5, 180, 3, 3, 7, 4, 2][..],
        &[34, 2],
        &[254, 4, 0xf9, 0x89],
        &[200, 3, 9],
        &[1, 1, 0, 0],
    ];
    assert_drawn(
        &whole(&segment("S", &options.concat())),
        &[
            "02 04 05 b4          option MSS             1460        kind 2, length 4: the largest segment that the client takes",
            "03 03 07             option Window Scale    7           kind 3, length 3: later windows × 128",
            "04 02                option SACK Permitted              kind 4, length 2: the client understands SACK",
            "22 02                option Fast Open                   kind 34, length 2: asks for a cookie",
            "fe 04                option Experiment 2                kind 254, length 4: asks for a cookie",
            "f9 89",
            "c8 03                option 200                         kind 200, length 3",
            "09",
            "01                   option No-Operation                kind 1",
            "00                   option End of List                 kind 0",
            "00 00 00             padding",
        ],
    );
}

#[test]
fn a_sack_block_shows_its_edges() {
    let options = [&[1, 1, 5, 10][..], &[0, 0, 0, 17, 0, 0, 0, 27]].concat();
    assert_drawn(
        &whole(&segment(".", &options)),
        &[
            "05 0a                option SACK                        kind 5, length 10",
            "00 00 00 11            left edge            17          11, counted from one before the first number seen of the server",
            "00 00 00 1b            right edge           27          21, counted from one before the first number seen of the server; the 10 bytes up to here have arrived",
        ],
    );
}

#[test]
fn a_bad_option_ends_the_options() {
    assert_drawn(
        &whole(&segment("S", &[2, 9, 5, 180])),
        &[
            "02 09                option MSS                         kind 2 with length 9, which cannot be: the rest is not read",
            "05 b4",
        ],
    );
}

#[test]
fn a_cut_header_shows_what_is_there() {
    let frame = segment("S", &[2, 4, 5, 180]);
    for (captured, last) in [
        (3, "cb cc                source port            52172"),
        (13, "00 00 00 07          acknowledgment number  7"),
        (
            20,
            "00 00                urgent pointer         0           means nothing without URG",
        ),
        (21, "02                   option MSS"),
        (23, "05"),
    ] {
        let rows = drawn(&frame, TCP + captured);
        let cut = format!("the capture ends here, {captured} bytes into the header");
        assert_eq!(rows.last().map(|row| row.trim()), Some(&*cut), "{captured}");
        assert_eq!(rows[rows.len() - 2], last, "{captured}");
    }
}

#[test]
fn an_offset_that_cannot_be_is_named() {
    let mut frame = segment("S", &[]);
    frame[TCP + 12] = 0x40;
    let short = "0100 .... .... ....  data offset            4           × 4 = 16 bytes: too short, a header has 20 at least";
    assert_drawn(&whole(&frame), &[short]);
    frame[TCP + 12] = 0x70;
    let long = "0111 .... .... ....  data offset            7           × 4 = 28 bytes: too long, the segment has 20";
    assert_drawn(&whole(&frame), &[long]);
    // What pads the frame to Ethernet's least is no part of the segment.
    frame.extend([0; 6]);
    assert_drawn(&whole(&frame), &[long]);
}

#[test]
fn a_checksum_is_right_or_wrong_or_only_begun() {
    let says = |frame: &[u8]| {
        let rows = whole(frame);
        let row = rows.iter().find(|row| row.contains("checksum")).unwrap();
        row.get(56..).unwrap_or_default().to_owned()
    };
    let mut frame = segment("S", &[]);
    assert_eq!(says(&frame), "right");
    let right = [frame[TCP + 16], frame[TCP + 17]];
    frame[TCP + 16] ^= 1;
    let expected = format!("wrong, 0x{:02x}{:02x} would be right", right[0], right[1]);
    assert_eq!(says(&frame), expected);
    // Addresses 0a00 0001 0a00 0002, protocol 6, length 20.
    frame[TCP + 16..TCP + 18].copy_from_slice(&0x141d_u16.to_be_bytes());
    assert!(says(&frame).starts_with("only begun, over the pseudo header"));
}

#[test]
fn the_lines_without_the_drawing_are_tcpdumps() {
    for capture in recordings() {
        let plain = run(&format!("--plain -r {capture}"));
        let drawn = run(&format!("--header --explain --color always -r {capture}"));
        let lines = drawn.out.lines().filter(|line| !line.starts_with("  #"));
        assert!(lines.eq(plain.out.lines()), "{capture}");
    }
    assert_eq!(run("--header --plain -r hello.pcap").status, Some(2));
}
