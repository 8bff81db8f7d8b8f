//! Compressed files: told by content, read to the last frame before the damage.

use std::io::{Cursor, Read, Write};
use std::process::{Command, Stdio};
use std::{fs, io};

use flate2::Compression;
use flate2::write::GzEncoder;
use lz4_flex::frame::{BlockSize, FrameEncoder, FrameInfo};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use tcptrace::error::Error;

use super::support::program::{captures, run, run_with_input};
use super::{Kept, frames, read, read_from};

fn capture(name: &str) -> Vec<u8> {
    fs::read(captures().join(name)).unwrap()
}

fn gzip(octets: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

fn zstd(octets: &[u8]) -> Vec<u8> {
    compress_to_vec(octets, CompressionLevel::Fastest)
}

/// In small blocks, with checksums.
fn lz4(octets: &[u8]) -> Vec<u8> {
    let info = FrameInfo::new()
        .block_size(BlockSize::Max64KB)
        .block_checksums(true)
        .content_checksum(true);
    let mut encoder = FrameEncoder::with_frame_info(info, Vec::new());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

/// A frame without content, as zstd and LZ4 have it.
fn skippable(octets: &[u8]) -> Vec<u8> {
    let len = u32::try_from(octets.len()).unwrap().to_le_bytes();
    [b"\x5e\x2a\x4d\x18", &len[..], octets].concat()
}

type Compressor = fn(&[u8]) -> Vec<u8>;
const FORMATS: [(&str, Compressor); 3] = [("gzip", gzip), ("zstd", zstd), ("LZ4", lz4)];

#[test]
fn compressed_files_are_told_by_their_content() {
    for name in ["hello.pcap", "greeting.pcapng"] {
        let plain = capture(name);
        for (format, compress) in FORMATS {
            assert_eq!(frames(&compress(&plain)), frames(&plain), "{name} {format}");
        }
    }
}

#[test]
fn members_are_read_one_after_the_other() {
    let plain = capture("hello.pcap");
    let expected = frames(&plain);
    let (head, tail) = plain.split_at(150);
    for (format, compress) in FORMATS {
        let joined = [compress(head), compress(&[]), compress(tail)].concat();
        assert_eq!(frames(&joined), expected, "{format}");
        // As a tape or a disk would fill it up.
        let padded = [joined, vec![0; 1000]].concat();
        assert_eq!(frames(&padded), expected, "{format}");
    }
    let mixed = [
        skippable(b"an index"),
        gzip(&head[..10]),
        skippable(&[]),
        zstd(&head[10..]),
        lz4(tail),
        skippable(&vec![7; 300_000]),
    ]
    .concat();
    assert_eq!(frames(&mixed), expected);
}

/// One octet at a time.
struct Slow(Cursor<Vec<u8>>);

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(1);
        self.0.read(&mut buffer[..most])
    }
}

#[test]
fn a_slow_pipe_brings_the_same_frames() {
    let plain = capture("greeting.pcapng");
    for (format, compress) in FORMATS {
        let (slow, error) = read_from(Slow(Cursor::new(compress(&plain))));
        assert!(error.is_none(), "{format}: {error:?}");
        assert_eq!(slow, frames(&plain), "{format}");
    }
}

/// Some octets at a time, and before them, where it pauses, nothing for now.
struct Pausing {
    octets: Cursor<Vec<u8>>,
    at_once: usize,
    pauses: bool,
    has_paused: bool,
}

impl Read for Pausing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.has_paused = self.pauses && !self.has_paused;
        if self.has_paused {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let most = buffer.len().min(self.at_once);
        self.octets.read(&mut buffer[..most])
    }
}

#[test]
fn pauses_anywhere_change_nothing() {
    let assert_same = |octets: &[u8], at_once| {
        let [paused, flowing] = [true, false].map(|pauses| {
            let (frames, error) = read_from(Pausing {
                octets: Cursor::new(octets.to_vec()),
                at_once,
                pauses,
                has_paused: false,
            });
            (frames, error.map(|error| error.to_string()))
        });
        assert_eq!(paused.1, flowing.1, "{at_once} {}", octets.len());
        assert_eq!(paused.0, flowing.0);
    };
    for name in ["hello.pcap", "greeting.pcapng"] {
        let plain = capture(name);
        let joined = |compress: Compressor| {
            let (head, tail) = plain.split_at(150);
            [
                compress(head),
                skippable(b"between"),
                compress(tail),
                vec![0; 9],
            ]
            .concat()
        };
        let compressed = FORMATS.map(|(_, compress)| joined(compress));
        for file in compressed.iter().chain([&plain]) {
            // Whole, cut anywhere, and damaged.
            for len in (0..=file.len()).rev().step_by(7) {
                let mut file = file[..len].to_vec();
                assert_same(&file, 1);
                if let Some(octet) = file.get_mut(len / 2) {
                    *octet ^= 0x41;
                }
                assert_same(&file, 5);
            }
        }
    }
    let long = long();
    for (_, compress) in FORMATS {
        assert_same(&compress(&long), 1_000);
    }
}

/// A file that fills many blocks of any format, and does not compress well.
fn long() -> Vec<u8> {
    let mut file = capture("hello.pcap")[..24].to_vec();
    let mut state = 1_u32;
    for number in 0..4000_u32 {
        let words = [number, 0, 100, 100].map(u32::to_le_bytes);
        file.extend(words.as_flattened());
        file.extend((0..100).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Two bits of eight are news.
            (state >> 24) as u8 & 3
        }));
    }
    file
}

#[track_caller]
fn assert_prefix(some: &[Kept], all: &[Kept]) {
    assert!(all.starts_with(some), "other frames than before");
}

#[test]
fn all_before_a_cut_is_shown_and_then_the_cut() {
    let short = capture("hello.pcap");
    let all = frames(&short);
    for (format, compress) in FORMATS {
        let whole = compress(&short);
        for len in 4..whole.len() {
            let (some, error) = read(&whole[..len]);
            assert_prefix(&some, &all);
            let Some(Error::Damaged { offset, reason, .. }) = error else {
                panic!("{format} cut at {len}: {error:?}");
            };
            assert_eq!(offset, len as u64, "{format}");
            assert_eq!(reason, format!("the {format} data ends early"));
        }
    }
    // Of a long file most comes before the cut: but for the last block.
    let long = long();
    let all = frames(&long);
    for (format, compress) in FORMATS {
        let whole = compress(&long);
        let (some, error) = read(&whole[..whole.len() - 5]);
        assert_prefix(&some, &all);
        assert!(matches!(error, Some(Error::Damaged { .. })), "{format}");
        let lost = (all.len() - some.len()) * 116;
        assert!(lost <= 128 * 1024 + 116, "{format}: lost {lost} octets");
    }
}

#[test]
fn damage_is_found_and_no_frame_before_it_is_lost() {
    let long = long();
    let all = frames(&long);
    for (format, compress) in FORMATS {
        let mut damaged = compress(&long);
        let middle = damaged.len() / 2;
        for octet in &mut damaged[middle..middle + 8] {
            *octet ^= 0x55;
        }
        let (some, error) = read(&damaged);
        assert!(error.is_some(), "{format}");
        // What the damaged block holds may be anything.
        let right = some
            .iter()
            .zip(&all)
            .take_while(|(ours, right)| ours == right);
        assert!(right.count() > all.len() / 4, "{format}: {}", some.len());
    }
    let whole = capture("hello.pcap");
    let mut checksum = zstd(&whole);
    let last = checksum.len() - 1;
    checksum[last] ^= 1;
    let (some, error) = read(&checksum);
    assert_eq!(some, frames(&whole));
    let said = error.unwrap().to_string();
    assert!(
        said.ends_with("the checksum of the zstd data is wrong"),
        "{said}"
    );
    let joined = [gzip(&whole), b"and more".to_vec()].concat();
    let (some, error) = read(&joined);
    assert_eq!(some, frames(&whole));
    let said = error.unwrap().to_string();
    assert!(
        said.ends_with("behind the compressed data is something else"),
        "{said}"
    );
}

#[test]
fn every_flipped_bit_is_survived() {
    let plain = capture("refused.pcap");
    for (_, compress) in FORMATS {
        let whole = compress(&plain);
        for bit in 0..whole.len() * 8 {
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let (frames, _) = read(&damaged);
            assert!(frames.len() < 1000);
        }
    }
}

#[test]
fn what_is_not_read_is_refused_with_advice() {
    let refused = |octets: &[u8]| {
        let (frames, error) = read(octets);
        assert!(frames.is_empty());
        error.unwrap().to_string()
    };
    assert_eq!(
        refused(b"\xfd7zXZ\0\0\x04"),
        "x: not a capture file: it is compressed by xz; type: xz -dc FILE | tcptrace -r -"
    );
    assert_eq!(
        refused(b"BZh91AY&SY"),
        "x: not a capture file: it is compressed by bzip2; type: bzip2 -dc FILE | tcptrace -r -"
    );
    assert_eq!(
        refused(&zstd(&gzip(&capture("hello.pcap")))),
        "x, decompressed: not a capture file: it is compressed once more; decompress it first"
    );
    assert_eq!(
        refused(&gzip(b"")),
        "x, decompressed: not a capture file: it is empty"
    );
    assert_eq!(
        refused(&lz4(b"some text")),
        "x, decompressed: not a capture file: neither pcap nor pcapng by its first four octets"
    );
}

#[test]
fn a_compressed_file_may_come_on_standard_input() {
    let plain = run("--plain -r hello.pcap");
    for (_, compress) in FORMATS {
        let compressed = compress(&capture("hello.pcap"));
        let piped = run_with_input("--plain -r -", &compressed);
        assert_eq!((piped.status, &piped.out), (Some(0), &plain.out));
        let cut = run_with_input("--plain -r -", &compressed[..compressed.len() - 1]);
        assert_eq!(cut.status, Some(1));
        assert!(
            cut.err.contains("standard input: damaged at octet"),
            "{}",
            cut.err
        );
    }
}

#[test]
fn what_the_programs_write_is_read() {
    let plain = long();
    let expected = frames(&plain);
    let commands = [
        "gzip -c -1",
        "gzip -c -9",
        "zstd -c -1",
        "zstd -c -19 --check",
        "zstd -c --ultra -22 --long=27",
        "pzstd -c -p 2",
        "lz4 -c -1",
        "lz4 -c -9 -BD -BX --content-size",
    ];
    for command in commands {
        let mut words = command.split(' ');
        let mut command = Command::new(words.next().unwrap());
        let command = command.args(words).stdin(Stdio::piped());
        let command = command.stdout(Stdio::piped()).stderr(Stdio::null());
        let Ok(mut child) = command.spawn() else {
            println!("skipped: {command:?} is not installed");
            continue;
        };
        let mut stdin = child.stdin.take().unwrap();
        let octets = plain.clone();
        let writer = std::thread::spawn(move || stdin.write_all(&octets));
        let written = child.wait_with_output().unwrap();
        // One that does not know an option says so, and writes nothing.
        if writer.join().unwrap().is_ok() && written.status.success() {
            assert_eq!(frames(&written.stdout), expected, "{command:?}");
        }
    }
}
