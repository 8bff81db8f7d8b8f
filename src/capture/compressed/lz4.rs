//! An LZ4 frame, as the program lz4 writes it.

use std::io::{self, Read};

use lz4_flex::frame::FrameDecoder;

use crate::capture::compressed::member::MemberDecoder;
use crate::capture::compressed::portions::{Boundary, Portion, Portions};
use crate::capture::window::Window;

/// The largest block there is.
const LARGEST_BLOCK: usize = 4 * 1024 * 1024;

pub(super) fn decoder(input: Window) -> Box<dyn MemberDecoder> {
    Box::new(FrameDecoder::new(Portions::new(input, Lz4Place::Header)))
}

/// A place in a frame.
#[derive(Debug, Clone, Copy)]
enum Lz4Place {
    Header,
    Block {
        /// Octets of a checksum behind each block, and behind all of them.
        block_checksum: usize,
        checksum: usize,
    },
    Behind,
}

impl Boundary for Lz4Place {
    fn portion(self, octets: &[u8]) -> Portion<Self> {
        match (self, octets) {
            // Magic number, flags, largest block; a checksum at the end.
            (Self::Header, [_, _, _, _, flags, ..]) => {
                let if_set = |bit: u8, octets: usize| usize::from(flags >> bit & 1) * octets;
                let block = Self::Block {
                    block_checksum: if_set(4, 4),
                    checksum: if_set(2, 4),
                };
                Portion::Whole(7 + if_set(3, 8) + if_set(0, 4), block)
            }
            (Self::Header, _) => Portion::Untold(5),
            (
                Self::Block {
                    block_checksum,
                    checksum,
                },
                &[a, b, c, d, ..],
            ) => {
                // The upper bit says that it is not compressed.
                match u32::from_le_bytes([a, b, c, d & 0x7f]) as usize {
                    0 => Portion::Whole(4 + checksum, Self::Behind),
                    len if len > LARGEST_BLOCK => Portion::Rest,
                    len => Portion::Whole(4 + len + block_checksum, self),
                }
            }
            (Self::Block { .. }, _) => Portion::Untold(4),
            (Self::Behind, _) => Portion::Rest,
        }
    }
}

impl MemberDecoder for FrameDecoder<Portions<Lz4Place>> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match Read::read(self, buffer) {
            // The decoder does not miss an end mark. With one it would not have
            // met the end of the input.
            Ok(0) if !self.get_ref().input.is_at_end() => Ok(0),
            Ok(read @ 1..) => Ok(read),
            Ok(0) | Err(_) => {
                let (cut, damaged) = (
                    "the LZ4 data ends early",
                    "the LZ4 data cannot be decompressed",
                );
                Err(self.get_mut().input.blame(cut, damaged))
            }
        }
    }

    fn into_input(self: Box<Self>) -> Window {
        self.into_inner().input
    }
}
