//! A zstd frame (RFC 8878).

use std::io::{self, Read};

use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::capture::compressed::member::MemberDecoder;
use crate::capture::window::Window;

/// The last block of a frame, raw and empty, and room for a checksum.
const LAST_BLOCK: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];

/// A frame and its place.
struct Zstd {
    decoder: FrameDecoder,
    input: Window,
    has_begun: bool,
    /// What ended the frame before its time. It is told when all that was
    /// decompressed is delivered.
    trouble: Option<io::Error>,
}

pub(super) fn decoder(input: Window) -> Box<dyn MemberDecoder> {
    Box::new(Zstd {
        decoder: FrameDecoder::new(),
        input,
        has_begun: false,
        trouble: None,
    })
}

impl Zstd {
    /// Decompresses until there is something to deliver.
    fn decompress(&mut self) -> Result<(), FrameDecoderError> {
        if !self.has_begun {
            self.has_begun = true;
            self.decoder.init(&mut self.input)?;
        }
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let one = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder.decode_blocks(&mut self.input, one)?;
        }
        Ok(())
    }

    /// Ends the frame here. The decoder keeps back as much as a later block may
    /// refer to, until it has seen the last one.
    fn end(&mut self, error: &FrameDecoderError) {
        let damaged = match error {
            FrameDecoderError::WindowSizeTooBig { .. } => {
                "its zstd window is over 128 MiB; type: zstd -dc --long=31 FILE | tcptrace -r -"
            }
            FrameDecoderError::DictNotProvided { .. } => {
                "it needs a zstd dictionary; type: zstd -dc -D DICTIONARY FILE | tcptrace -r -"
            }
            _ => "the zstd data cannot be decompressed",
        };
        self.trouble = Some(self.input.blame("the zstd data ends early", damaged));
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
        if self.trouble.is_none()
            && let Err(error) = self.decompress()
        {
            self.end(&error);
        }
        match (self.decoder.read(buffer)?, self.trouble.take()) {
            (0, Some(trouble)) => Err(trouble),
            (0, None) if !self.is_intact() => Err(self.input.blame(
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
        self.input
    }
}
