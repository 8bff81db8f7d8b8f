//! The pcapng format.

use tcptrace::time::Resolution;

use super::{Kept, Order, assert_damaged, frames, kept, read};

const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const OBSOLETE: u32 = 2;
const SIMPLE: u32 = 3;
const ENHANCED: u32 = 6;

/// A block of any type.
fn block(order: Order, kind: u32, body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    body.resize(body.len().next_multiple_of(4), 0);
    let total = u32::try_from(body.len() + 12).unwrap();
    let mut block = order.words(&[kind, total]);
    block.extend(body);
    block.extend(order.u32(total));
    block
}

fn section(order: Order) -> Vec<u8> {
    let mut body = order.words(&[0x1a2b_3c4d, 1]);
    body.extend(order.u64(u64::MAX));
    block(order, SECTION, &body)
}

fn option(order: Order, code: u16, value: &[u8]) -> Vec<u8> {
    let mut option = order.u16(code).to_vec();
    option.extend(order.u16(u16::try_from(value.len()).unwrap()));
    option.extend(value);
    option.resize(option.len().next_multiple_of(4), 0);
    option
}

fn interface(order: Order, link_type: u16, snapshot: u32, options: &[u8]) -> Vec<u8> {
    let mut body = order.u16(link_type).to_vec();
    body.extend([0, 0]);
    body.extend(order.u32(snapshot));
    body.extend(options);
    block(order, INTERFACE, &body)
}

/// A resolution of 2^-`exponent` s.
fn power_of_two(exponent: u8) -> u8 {
    0x80 | exponent
}

/// An Ethernet in microseconds.
fn ethernet(order: Order) -> Vec<u8> {
    interface(order, 1, 0, &[])
}

/// An enhanced or an obsolete packet block, `number` its first word.
fn packet(order: Order, kind: u32, number: u32, units: u64, bytes: &[u8], len: u32) -> Vec<u8> {
    let captured = u32::try_from(bytes.len()).unwrap();
    let upper = u32::try_from(units >> 32).unwrap();
    let lower = u32::try_from(units & 0xffff_ffff).unwrap();
    let mut body = order.words(&[number, upper, lower, captured, len]);
    body.extend(bytes);
    block(order, kind, &body)
}

/// A packet of the first interface.
fn enhanced(order: Order, units: u64, bytes: &[u8]) -> Vec<u8> {
    let len = u32::try_from(bytes.len()).unwrap();
    packet(order, ENHANCED, 0, units, bytes, len)
}

/// 1.5 s in microseconds.
const UNITS: u64 = 1_500_000;
const TIME: (i64, u32) = (1, 500_000_000);

#[test]
fn each_interface_has_its_own_link_type_and_clock() {
    for order in Order::BOTH {
        let nanoseconds = option(order, 9, &[9]);
        let with_offset = [
            option(order, 2, b"eth0"),
            option(order, 9, &[power_of_two(20)]),
            option(order, 14, &order.u64(1_000)),
            option(order, 0, &[]),
        ]
        .concat();
        let file = [
            section(order),
            interface(order, 1, 0, &[]),
            interface(order, 113, 96, &nanoseconds),
            interface(order, 276, 0, &with_offset),
            packet(order, ENHANCED, 0, UNITS, b"abc", 3),
            packet(order, ENHANCED, 1, 3_000_000_007, b"defg", 1500),
            packet(order, ENHANCED, 2, 3 << 19, b"h", 1),
        ]
        .concat();
        let expected = [
            kept(TIME, b"abc"),
            Kept {
                resolution: Resolution::Nano,
                link_type: 113,
                len: 1500,
                ..kept((3, 7), b"defg")
            },
            Kept {
                resolution: Resolution::Nano,
                link_type: 276,
                ..kept((1001, 500_000_000), b"h")
            },
        ];
        assert_eq!(frames(&file), expected, "{order:?}");
    }
}

#[test]
fn each_section_has_its_own_byte_order_and_interfaces() {
    let (little, big) = (Order::Little, Order::Big);
    let file = [
        section(little),
        interface(little, 113, 0, &[]),
        enhanced(little, UNITS, b"abc"),
        section(big),
        ethernet(big),
        enhanced(big, UNITS, b"de"),
        section(little),
        ethernet(little),
        enhanced(little, UNITS, b"f"),
    ]
    .concat();
    let first = Kept {
        link_type: 113,
        ..kept(TIME, b"abc")
    };
    assert_eq!(frames(&file), [first, kept(TIME, b"de"), kept(TIME, b"f")]);
}

#[test]
fn interfaces_of_an_older_section_are_forgotten() {
    let order = Order::Little;
    let file = [section(order), ethernet(order), section(order)].concat();
    let damaged = [file.clone(), enhanced(order, UNITS, b"abc")].concat();
    let reason = "a packet of an interface that was not described";
    assert_damaged(&damaged, 0, file.len(), reason);
}

#[test]
fn unknown_blocks_and_options_are_passed_over() {
    for order in Order::BOTH {
        let options = [
            option(order, 1, b"a comment of odd length"),
            option(order, 2988, b"private"),
            option(order, 0, &[]),
            // Behind the end of the options nothing is read.
            order.u32(0xffff_ffff).to_vec(),
        ]
        .concat();
        let file = [
            section(order),
            block(order, 0x0bad, b"unknown"),
            interface(order, 1, 0, &options),
            // Name resolution, statistics, decryption secrets, custom, empty.
            block(order, 4, &[0; 8]),
            block(order, 5, &[0; 12]),
            block(order, 10, &[0; 8]),
            block(order, 0x8000_0bad, &[]),
            enhanced(order, UNITS, b"abc"),
            block(order, 5, &[0; 12]),
        ]
        .concat();
        assert_eq!(frames(&file), [kept(TIME, b"abc")], "{order:?}");
    }
}

#[test]
fn simple_packets_have_no_time_and_the_first_interface() {
    for order in Order::BOTH {
        let simple = |len, bytes: &[u8]| {
            let body = [order.u32(len).to_vec(), bytes.to_vec()].concat();
            block(order, SIMPLE, &body)
        };
        let file = [
            section(order),
            interface(order, 113, 4, &[]),
            ethernet(order),
            simple(3, b"abc"),
            simple(60, b"defg"),
        ]
        .concat();
        let short = Kept {
            link_type: 113,
            ..kept((0, 0), b"abc")
        };
        let cut = Kept {
            link_type: 113,
            len: 60,
            ..kept((0, 0), b"defg")
        };
        assert_eq!(frames(&file), [short, cut], "{order:?}");
    }
}

#[test]
fn obsolete_packets_count_drops_beside_the_interface() {
    for order in Order::BOTH {
        let words = |interface: u16, drops: u16| {
            let halves = [order.u16(interface), order.u16(drops)].concat();
            let word: [u8; 4] = halves.try_into().unwrap();
            match order {
                Order::Little => u32::from_le_bytes(word),
                Order::Big => u32::from_be_bytes(word),
            }
        };
        let file = [
            section(order),
            ethernet(order),
            interface(order, 113, 0, &[]),
            packet(order, OBSOLETE, words(1, 900), UNITS, b"abc", 3),
            packet(order, OBSOLETE, words(0, 0xffff), UNITS, b"de", 2),
        ]
        .concat();
        let first = Kept {
            link_type: 113,
            ..kept(TIME, b"abc")
        };
        assert_eq!(frames(&file), [first, kept(TIME, b"de")], "{order:?}");
    }
}

#[test]
fn a_file_without_interfaces_or_frames_is_whole() {
    assert_eq!(frames(&section(Order::Big)), []);
}

/// Damaged blocks and what is said of them.
fn damages(order: Order) -> Vec<(Vec<u8>, &'static str)> {
    let whole = enhanced(order, UNITS, b"abcd");
    let with_total = |total: u32| [order.words(&[ENHANCED, total]), vec![0; 64]].concat();
    let mut differing = whole.clone();
    let last = differing.len() - 4;
    differing[last..].copy_from_slice(&order.u32(8));
    let claiming = |captured: u32| {
        let body = order.words(&[0, 0, 0, captured, captured, 0]);
        block(order, ENHANCED, &body)
    };
    vec![
        (whole[..11].to_vec(), "the file ends inside a block header"),
        (
            whole[..whole.len() - 1].to_vec(),
            "the file ends inside a block",
        ),
        (with_total(8), "an impossible block length"),
        (with_total(33), "an impossible block length"),
        (with_total(16 * 1024 * 1024 + 4), "a block of over 16 MiB"),
        (differing, "the two lengths of a block differ"),
        (
            block(order, SECTION, &order.words(&[0x1111_1111, 1, 0, 0])),
            "a section header without byte order",
        ),
        (
            block(order, SECTION, &order.words(&[0x1a2b_3c4d, 1])),
            "a section header that is too short",
        ),
        (
            block(order, INTERFACE, &[0; 4]),
            "an interface description that is too short",
        ),
        (
            interface(order, 1, 0, &option(order, 9, &[6])[..4]),
            "an interface option that is longer than its block",
        ),
        (
            claiming(262_145),
            "a record claims over 262144 captured octets",
        ),
        (claiming(5), "a packet that is longer than its block"),
        (
            packet(order, ENHANCED, 1, UNITS, b"abc", 3),
            "a packet of an interface that was not described",
        ),
        (
            block(order, ENHANCED, &order.words(&[0, 0, 0, 0])),
            "a packet block that is too short",
        ),
        (
            block(order, SIMPLE, &[]),
            "a packet block that is too short",
        ),
    ]
}

#[test]
fn every_damage_is_found_where_it_begins() {
    for order in Order::BOTH {
        let file = [
            section(order),
            ethernet(order),
            enhanced(order, UNITS, b"abc"),
            enhanced(order, UNITS, b"de"),
        ]
        .concat();
        for (octets, reason) in damages(order) {
            let damaged = [file.clone(), octets].concat();
            assert_damaged(&damaged, 2, file.len(), reason);
        }
    }
}

#[test]
fn there_is_an_end_to_the_interfaces_of_a_section() {
    let order = Order::Little;
    let mut file = section(order);
    let one = ethernet(order);
    for _ in 0..65_536 {
        file.extend(&one);
    }
    file.extend(packet(order, ENHANCED, 65_535, UNITS, b"abc", 3));
    assert_eq!(frames(&file), [kept(TIME, b"abc")]);
    let offset = file.len();
    file.extend(&one);
    assert_damaged(&file, 1, offset, "over 65536 interfaces in a section");
}

#[test]
fn a_section_that_is_damaged_at_once_has_no_frames() {
    let (frames, error) = read(&section(Order::Little)[..20]);
    assert_eq!(frames, []);
    assert_eq!(
        error.unwrap().to_string(),
        "x: damaged at octet 0: the file ends inside a block"
    );
}
