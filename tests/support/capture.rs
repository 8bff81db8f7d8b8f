//! Capture files in memory, and a run of the pipeline over one.

use std::io::{Cursor, Read};
use std::path::PathBuf;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::error::Error;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::Sink;

/// LINKTYPE numbers.
pub const ETHERNET: u32 = 1;

/// The magic numbers of pcap.
pub const MICRO: u32 = 0xa1b2_c3d4;
pub const NANO: u32 = 0xa1b2_3c4d;

/// A pcap file under construction: little-endian, nanoseconds.
#[derive(Debug, Clone)]
pub struct Pcap(pub Vec<u8>);

impl Pcap {
    pub fn new(link_type: u32) -> Self {
        Self(header(NANO, (2, 4), 0, link_type))
    }

    /// Adds a whole frame, captured `nanoseconds` after the epoch.
    pub fn frame(&mut self, nanoseconds: u64, bytes: &[u8]) {
        self.cut_frame(nanoseconds, bytes, bytes.len());
    }

    /// Adds the beginning of a frame that had `len` octets on the wire.
    pub fn cut_frame(&mut self, nanoseconds: u64, bytes: &[u8], len: usize) {
        let words = [
            nanoseconds / 1_000_000_000,
            nanoseconds % 1_000_000_000,
            bytes.len() as u64,
            len as u64,
        ];
        for word in words {
            let word = u32::try_from(word).unwrap();
            self.0.extend(word.to_le_bytes());
        }
        self.0.extend(bytes);
    }
}

/// A little-endian pcap file header.
pub fn header(magic: u32, version: (u16, u16), snapshot: u32, link_type: u32) -> Vec<u8> {
    let mut octets = magic.to_le_bytes().to_vec();
    octets.extend(version.0.to_le_bytes());
    octets.extend(version.1.to_le_bytes());
    octets.extend([0; 8]);
    octets.extend(snapshot.to_le_bytes());
    octets.extend(link_type.to_le_bytes());
    octets
}

/// Shows the capture in `file` through `sink`.
pub fn show(file: Vec<u8>, sink: impl Sink) -> Result<(), Error> {
    show_from(Cursor::new(file), sink)
}

/// The same from any reader. What was read before an error is shown.
pub fn show_from(input: impl Read + Send + 'static, sink: impl Sink) -> Result<(), Error> {
    let path = PathBuf::from("memory");
    let mut source = savefile::from_reader(path, input, Filter::new(""))?;
    let mut pipeline = Pipeline::new(sink, None);
    let result = pipeline.read(&mut *source, || false);
    pipeline.end()?;
    result.map(drop)
}
