//! A zstd frame (RFC 8878).

use std::io::{self, Read};

use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::capture::compressed::member::MemberDecoder;
use crate::capture::compressed::portions::{Boundary, Portion, Portions};
use crate::capture::window::Window;

/// The last block of a frame, raw and empty, and room for a checksum.
const LAST_BLOCK: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];

/// A place in a frame.
#[derive(Debug, Clone, Copy)]
enum ZstdPlace {
    Header,
    Block {
        /// Octets of a checksum behind the last block.
        checksum: usize,
    },
    Behind,
}

impl Boundary for ZstdPlace {
    fn portion(self, octets: &[u8]) -> Portion<Self> {
        match (self, octets) {
            (Self::Header, [_, _, _, _, descriptor, ..]) => {
                // RFC 8878 §3.1.1.1: magic number, descriptor, window, dictionary,
                // length of the content.
                let is_single = descriptor >> 5 & 1;
                let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
                let content = match descriptor >> 6 {
                    0 => usize::from(is_single),
                    size => 1 << size,
                };
                let block = Self::Block {
                    checksum: usize::from(descriptor >> 2 & 1) * 4,
                };
                let window = usize::from(1 - is_single);
                Portion::Whole(5 + window + dictionary + content, block)
            }
            (Self::Header, _) => Portion::Untold(5),
            (Self::Block { checksum }, &[a, b, c, ..]) => {
                let header = u32::from_le_bytes([a, b, c, 0]);
                let len = match header >> 1 & 3 {
                    // One octet, repeated.
                    1 => 1,
                    _ => (header >> 3) as usize,
                };
                if header & 1 == 1 {
                    Portion::Whole(3 + len + checksum, Self::Behind)
                } else {
                    Portion::Whole(3 + len, self)
                }
            }
            (Self::Block { .. }, _) => Portion::Untold(3),
            (Self::Behind, _) => Portion::Rest,
        }
    }
}

/// What ended a frame before its time.
enum FrameTrouble {
    /// The input's.
    Input(io::Error),
    /// The frame's own.
    Frame(FrameDecoderError),
}

impl From<io::Error> for FrameTrouble {
    fn from(error: io::Error) -> Self {
        Self::Input(error)
    }
}

impl From<FrameDecoderError> for FrameTrouble {
    fn from(error: FrameDecoderError) -> Self {
        Self::Frame(error)
    }
}

/// A frame and its place.
struct Zstd {
    decoder: FrameDecoder,
    input: Portions<ZstdPlace>,
    has_begun: bool,
    /// What ended the frame before its time. It is told when all that was
    /// decompressed is delivered.
    trouble: Option<io::Error>,
}

pub(super) fn decoder(input: Window) -> Box<dyn MemberDecoder> {
    Box::new(Zstd {
        decoder: FrameDecoder::new(),
        input: Portions::new(input, ZstdPlace::Header),
        has_begun: false,
        trouble: None,
    })
}

impl Zstd {
    /// Decompresses until there is something to deliver.
    fn decompress(&mut self) -> Result<(), FrameTrouble> {
        if !self.has_begun {
            self.input.begin()?;
            self.has_begun = true;
            self.decoder.init(&mut self.input)?;
        }
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            self.input.begin()?;
            let one = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder.decode_blocks(&mut self.input, one)?;
        }
        Ok(())
    }

    /// Ends the frame here. The decoder keeps back as much as a later block may
    /// refer to, until it has seen the last one.
    fn end(&mut self, trouble: &FrameTrouble) {
        let damaged = match trouble {
            FrameTrouble::Frame(FrameDecoderError::WindowSizeTooBig { .. }) => {
                "its zstd window is over 128 MiB; type: zstd -dc --long=31 FILE | tcptrace -r -"
            }
            FrameTrouble::Frame(FrameDecoderError::DictNotProvided { .. }) => {
                "it needs a zstd dictionary; type: zstd -dc -D DICTIONARY FILE | tcptrace -r -"
            }
            _ => "the zstd data cannot be decompressed",
        };
        self.trouble = Some(self.input.input.blame("the zstd data ends early", damaged));
        let all = BlockDecodingStrategy::All;
        // Where even that fails, there is nothing to deliver.
        let _ = self.decoder.decode_blocks(&LAST_BLOCK[..], all);
    }

    /// The checksum, where the frame has one, is right.
    fn is_intact(&self) -> bool {
        let written = self.decoder.get_checksum_from_data();
        written.is_none() || written == self.decoder.get_calculated_checksum()
    }
}

impl MemberDecoder for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.trouble.is_none() {
            match self.decompress() {
                Ok(()) => {}
                Err(FrameTrouble::Input(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                    return Err(error);
                }
                Err(trouble) => self.end(&trouble),
            }
        }
        match (self.decoder.read(buffer)?, self.trouble.take()) {
            (0, Some(trouble)) => Err(trouble),
            (0, None) if !self.is_intact() => Err(self.input.input.blame(
                "the zstd data ends early",
                "the checksum of the zstd data is wrong",
            )),
            (read, trouble) => {
                self.trouble = trouble;
                Ok(read)
            }
        }
    }

    fn into_input(self: Box<Self>) -> Window {
        self.input.input
    }
}
