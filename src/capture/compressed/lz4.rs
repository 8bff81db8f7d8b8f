//! An LZ4 frame, as the program lz4 writes it.

use std::io::{self, Read};

use lz4_flex::frame::FrameDecoder;

use crate::capture::compressed::member::MemberDecoder;
use crate::capture::window::Window;

pub(super) fn decoder(input: Window) -> Box<dyn MemberDecoder> {
    Box::new(FrameDecoder::new(input))
}

impl MemberDecoder for FrameDecoder<Window> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match Read::read(self, buffer) {
            // The decoder does not miss an end mark. With one it would not have
            // met the end of the input.
            Ok(0) if !self.get_ref().is_at_end() => Ok(0),
            Ok(read @ 1..) => Ok(read),
            Ok(0) | Err(_) => {
                let (cut, damaged) = (
                    "the LZ4 data ends early",
                    "the LZ4 data cannot be decompressed",
                );
                Err(self.get_mut().blame(cut, damaged))
            }
        }
    }

    fn into_input(self: Box<Self>) -> Window {
        self.into_inner()
    }
}
