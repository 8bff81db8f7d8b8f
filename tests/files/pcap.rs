//! The pcap format and its dialects.

use tcptrace::time::Resolution;

use super::{Kept, Order, assert_damaged, assert_refused, frames, kept};

const MICRO: u32 = 0xa1b2_c3d4;
const NANO: u32 = 0xa1b2_3c4d;
const MODIFIED: u32 = 0xa1b2_cd34;

fn header(order: Order, magic: u32, version: (u16, u16), snapshot: u32, link_type: u32) -> Vec<u8> {
    let mut file = order.u32(magic).to_vec();
    file.extend(order.u16(version.0));
    file.extend(order.u16(version.1));
    file.extend(order.words(&[0, 0, snapshot, link_type]));
    file
}

/// An Ethernet file of the usual version.
fn usual(order: Order, magic: u32) -> Vec<u8> {
    header(order, magic, (2, 4), 65_535, 1)
}

/// Adds a record whose header is `words`.
fn record(file: &mut Vec<u8>, order: Order, words: [u32; 4], bytes: &[u8]) {
    file.extend(order.words(&words));
    file.extend(bytes);
}

#[test]
fn both_byte_orders_and_both_resolutions_are_read() {
    for order in Order::BOTH {
        for (magic, resolution, nanoseconds) in [
            (MICRO, Resolution::Micro, 123_456_000),
            (NANO, Resolution::Nano, 123_456),
        ] {
            let mut file = usual(order, magic);
            record(&mut file, order, [7, 123_456, 3, 3], b"abc");
            record(&mut file, order, [8, 0, 2, 1500], b"de");
            let first = Kept {
                resolution,
                ..kept((7, nanoseconds), b"abc")
            };
            let second = Kept {
                resolution,
                len: 1500,
                ..kept((8, 0), b"de")
            };
            assert_eq!(frames(&file), [first, second], "{order:?} {magic:x}");
        }
    }
}

#[test]
fn a_time_after_2038_is_no_time_before_1970() {
    let mut file = usual(Order::Little, MICRO);
    record(&mut file, Order::Little, [0xf000_0000, 0, 1, 1], b"a");
    assert_eq!(frames(&file)[0].seconds, 0xf000_0000);
}

#[test]
fn more_than_a_second_of_microseconds_is_carried() {
    let mut file = usual(Order::Little, MICRO);
    record(&mut file, Order::Little, [1, 2_500_000, 1, 1], b"a");
    assert_eq!(frames(&file), [kept((3, 500_000_000), b"a")]);
}

#[test]
fn the_modified_format_has_longer_record_headers() {
    for order in Order::BOTH {
        let mut file = usual(order, MODIFIED);
        for bytes in [b"abc", b"def"] {
            file.extend(order.words(&[7, 1, 3, 3, 2, 0x0800_0000]));
            file.extend(bytes);
        }
        let expected = [kept((7, 1_000), b"abc"), kept((7, 1_000), b"def")];
        assert_eq!(frames(&file), expected, "{order:?}");
    }
}

#[test]
fn versions_before_2_3_have_the_wire_length_first() {
    for version in [(2, 0), (2, 2), (543, 0)] {
        let mut file = header(Order::Big, MICRO, version, 65_535, 1);
        record(&mut file, Order::Big, [7, 0, 60, 3], b"abc");
        let cut = Kept {
            len: 60,
            ..kept((7, 0), b"abc")
        };
        assert_eq!(frames(&file), [cut], "{version:?}");
    }
}

#[test]
fn version_2_3_has_the_lengths_in_any_order() {
    let mut file = header(Order::Little, MICRO, (2, 3), 65_535, 1);
    record(&mut file, Order::Little, [7, 0, 60, 3], b"abc");
    record(&mut file, Order::Little, [7, 0, 3, 60], b"abc");
    let cut = Kept {
        len: 60,
        ..kept((7, 0), b"abc")
    };
    assert_eq!(frames(&file), [cut.clone(), cut]);
}

#[test]
fn the_snapshot_length_of_the_file_cuts_its_frames() {
    let mut file = header(Order::Little, MICRO, (2, 4), 2, 1);
    record(&mut file, Order::Little, [7, 0, 3, 3], b"abc");
    record(&mut file, Order::Little, [7, 0, 1, 1], b"d");
    let cut = Kept {
        len: 3,
        ..kept((7, 0), b"ab")
    };
    assert_eq!(frames(&file), [cut, kept((7, 0), b"d")]);
    // No snapshot length, or one that is none.
    for snapshot in [0, 0x8000_0000, u32::MAX] {
        let mut file = header(Order::Little, MICRO, (2, 4), snapshot, 1);
        record(&mut file, Order::Little, [7, 0, 3, 3], b"abc");
        assert_eq!(frames(&file), [kept((7, 0), b"abc")], "{snapshot}");
    }
}

#[test]
fn the_upper_bits_of_the_link_type_mean_something_else() {
    let mut file = header(Order::Little, MICRO, (2, 4), 65_535, 0x5400_0071);
    record(&mut file, Order::Little, [7, 0, 1, 1], b"a");
    assert_eq!(frames(&file)[0].link_type, 113);
}

#[test]
fn a_file_without_frames_is_whole() {
    assert_eq!(frames(&usual(Order::Little, MICRO)), []);
}

#[test]
fn a_bad_file_header_is_refused() {
    let whole = usual(Order::Little, MICRO);
    assert_refused(&whole[..23], "the file header is cut short");
    assert_refused(
        &header(Order::Little, MICRO, (3, 4), 65_535, 1),
        "a pcap version that was never published",
    );
}

#[test]
fn every_damage_is_found_where_it_begins() {
    for order in Order::BOTH {
        let mut file = usual(order, NANO);
        record(&mut file, order, [7, 0, 3, 3], b"abc");
        record(&mut file, order, [7, 1, 2, 2], b"de");
        let offset = file.len();
        let cases: [(Vec<u8>, &str); 4] = [
            (
                order.words(&[7, 2, 3]),
                "the file ends inside a record header",
            ),
            (order.words(&[7, 2, 3, 3]), "the file ends inside a record"),
            (
                [order.words(&[7, 2, 3, 3]), b"ab".to_vec()].concat(),
                "the file ends inside a record",
            ),
            (
                order.words(&[7, 2, 262_145, 262_145]),
                "a record claims over 262144 captured octets",
            ),
        ];
        for (octets, reason) in cases {
            let damaged = [file.clone(), octets].concat();
            assert_damaged(&damaged, 2, offset, reason);
        }
    }
}

#[test]
fn the_longest_frame_is_read() {
    let long = vec![7; 262_144];
    let mut file = header(Order::Little, MICRO, (2, 4), 262_144, 1);
    record(&mut file, Order::Little, [1, 0, 1, 1], b"a");
    record(&mut file, Order::Little, [1, 0, 262_144, 262_144], &long);
    record(&mut file, Order::Little, [1, 0, 1, 1], b"b");
    let expected = [kept((1, 0), b"a"), kept((1, 0), &long), kept((1, 0), b"b")];
    assert!(frames(&file) == expected);
}
