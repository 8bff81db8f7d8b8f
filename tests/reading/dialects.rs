//! pcap as others than libpcap write it.

use super::{frames, read};

fn file(words: &[u32], frame: &[u8]) -> Vec<u8> {
    let mut file: Vec<_> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    file.extend(frame);
    file
}

/// Version 2.4, no zone, whole frames, Ethernet.
const HEADER: [u32; 5] = [0x0004_0002, 0, 0, 65_535, 1];

#[test]
fn ixia_writes_the_length_of_all_records_behind_the_file_header() {
    for (magic, nanoseconds) in [(0x1c00_01ab, 5_000), (0x1c00_01ac, 5)] {
        let words = [&[magic], &HEADER[..], &[19, 7, 5, 3, 60]].concat();
        let little = file(&words, b"abc");
        let mut big: Vec<_> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
        big[4..8].copy_from_slice(&[0, 2, 0, 4]);
        big.extend(b"abc");
        for octets in [little, big] {
            let frames = frames(&octets);
            assert_eq!(frames.len(), 1);
            assert_eq!((frames[0].time, frames[0].len), ((7, nanoseconds), 60));
            assert_eq!(frames[0].bytes, b"abc");
        }
        let (_, error) = read(&file(&words[..6], b""));
        let reason = "x: not a capture file: the file header is cut short";
        assert_eq!(error.unwrap().to_string(), reason);
    }
}

#[test]
fn aix_writes_nanoseconds_and_interface_types() {
    let header = |link_type| {
        [
            0xa1b2_c3d4,
            0x0002_0002,
            0,
            0,
            65_535,
            link_type,
            7,
            5,
            60,
            3,
        ]
    };
    for (interface_type, link_type) in [(6, 1), (9, 6), (15, 10), (24, 0)] {
        let frames = frames(&file(&header(interface_type), b"abc"));
        assert_eq!(frames[0].link_type, link_type);
        assert_eq!((frames[0].time, frames[0].len), ((7, 5), 60));
    }
    // Anything else of that version is libpcap's of 1994.
    let frames = frames(&file(&header(1), b"abc"));
    assert_eq!((frames[0].time, frames[0].link_type), ((7, 5_000), 1));
}

#[test]
fn raw_ip_of_openbsd_is_filtered_as_raw_ip() {
    let words = [&[0xa1b2_c3d4], &HEADER[..4], &[14, 7, 5, 20, 20]].concat();
    let mut packet = [0; 20];
    (packet[0], packet[9]) = (0x45, 6);
    let octets = file(&words, &packet);
    for (expression, passing) in [("tcp", 1), ("udp", 0)] {
        let filter = tcptrace::capture::filter::Filter::new(expression);
        let input = std::io::Cursor::new(octets.clone());
        let source = tcptrace::capture::savefile::from_reader("x".into(), input, filter);
        let (frames, error) = super::drain(source);
        assert!(error.is_none(), "{error:?}");
        assert_eq!(frames.len(), passing, "{expression}");
    }
}
