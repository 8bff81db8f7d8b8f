//! A file gives the same frames however it is read.

use std::io::{self, Cursor, Read};
use std::path::PathBuf;

use proptest::collection::vec;
use proptest::prelude::*;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, savefile};

use super::frame;
use super::support::capture::{ETHERNET, Pcap};

/// A reader that returns as many octets at a time as it was told, in turn; 0
/// stands for an interruption.
struct Chunks {
    file: Cursor<Vec<u8>>,
    sizes: Vec<usize>,
    turn: usize,
}

impl Read for Chunks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes[self.turn % self.sizes.len()];
        self.turn += 1;
        if size == 0 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let most = size.min(buffer.len());
        self.file.read(&mut buffer[..most])
    }
}

/// A frame as it was written: nanoseconds, octets, length on the wire.
type Written = (u64, Vec<u8>, usize);

/// A file of frames that may have been cut.
fn file_of(frames: &[Written]) -> Vec<u8> {
    let mut file = Pcap::new(ETHERNET);
    for (time, bytes, len) in frames {
        file.cut_frame(*time, bytes, *len);
    }
    file.0
}

fn read_back(input: impl Read + Send + 'static) -> Vec<Written> {
    let path = PathBuf::from("memory");
    let mut source = savefile::from_reader(path, input, Filter::new("")).unwrap();
    let mut frames = Vec::new();
    while let Next::Frame(frame) = source.next_frame().unwrap() {
        let seconds = frame.time.seconds().cast_unsigned();
        let time = seconds * 1_000_000_000 + u64::from(frame.time.nanosecond());
        frames.push((time, frame.bytes.to_vec(), frame.len as usize));
    }
    frames
}

fn written() -> impl Strategy<Value = Vec<Written>> {
    let long = vec(any::<u8>(), 0..3_000);
    let octets = prop_oneof![4 => frame().prop_map(|(_, octets)| octets), 1 => long];
    let time = 0..u64::from(u32::MAX) * 1_000_000_000;
    let frame = (time, octets, 0..2_000_usize);
    let cut = frame.prop_map(|(time, octets, more)| {
        let len = octets.len() + more;
        (time, octets, len)
    });
    vec(cut, 0..40)
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(
        frames in written(),
        mut sizes in vec(0..5_000_usize, 1..8),
    ) {
        // At least one turn must bring something.
        sizes.push(1);
        let file = Cursor::new(file_of(&frames));
        let chunks = Chunks { file, sizes, turn: 0 };
        prop_assert_eq!(read_back(chunks), frames);
    }
}

#[test]
fn frames_longer_than_the_window_are_read_back() {
    // Each as long as a frame may be, so that none lies in the window whole
    // when the one before was delivered.
    let octets = |nth: u8| vec![nth; 262_144];
    let frames: Vec<_> = (0..5).map(|nth| (0, octets(nth), 262_144)).collect();
    let file = Cursor::new(file_of(&frames));
    let chunks = Chunks {
        file,
        sizes: vec![100_000, 0, 3, 262_145],
        turn: 0,
    };
    assert!(read_back(chunks) == frames);
}
