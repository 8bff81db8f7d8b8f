//! A member of a gzip file (RFC 1952).

use std::io::{self, Read};

use flate2::bufread::GzDecoder;

use crate::capture::compressed::member::MemberDecoder;
use crate::capture::window::Window;

/// Most octets asked for at a time: what was decompressed in the same call is
/// lost where the decoder meets damage.
const STRETCH: usize = 64 * 1024;

pub(super) fn decoder(input: Window) -> Box<dyn MemberDecoder> {
    Box::new(GzDecoder::new(input))
}

impl MemberDecoder for GzDecoder<Window> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(STRETCH);
        Read::read(self, &mut buffer[..most]).map_err(|_| {
            let (cut, damaged) = (
                "the gzip data ends early",
                "the gzip data cannot be decompressed",
            );
            self.get_mut().blame(cut, damaged)
        })
    }

    fn into_input(self: Box<Self>) -> Window {
        self.into_inner()
    }
}
