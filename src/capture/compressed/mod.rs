//! Compressed captures: gzip, zstd and LZ4, told apart by content.
//!
//! Compressed data is a row of members, each with a magic number of its own:
//! files that were compressed one by one and joined, the pieces of a parallel
//! compressor, an index behind them. So each member is looked at anew. Of one
//! that is cut short or damaged all is delivered that can be decompressed, and
//! then the damage.
//!
//! Memory is bounded: 32 KiB for gzip, 16 MiB for LZ4, and for zstd the 128 MiB
//! that its own program allows.
//!
//! What comes by and by is delivered as far as it can be: of gzip what was flushed,
//! of LZ4 whole blocks, of zstd whole frames, since until its frame ends the decoder
//! keeps back as much as later blocks may refer to.

mod gzip;
mod lz4;
mod member;
mod portions;
mod zstd;

use std::io::{self, Read};
use std::mem;

use crate::capture::compressed::member::MemberDecoder;
use crate::capture::damage::Damage;
use crate::capture::window::Window;

/// Octets that tell a member's format.
const MAGIC_LEN: usize = 4;
/// Octets of a skippable frame (RFC 8878 §3.1.2) before its content.
const SKIPPABLE_HEADER: usize = 8;

/// What a member is, by its first octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MemberFormat {
    Gzip,
    Zstd,
    Lz4,
    /// Of zstd or LZ4, and no part of the content.
    Skippable,
}

impl MemberFormat {
    const fn of(octets: &[u8]) -> Option<Self> {
        match octets {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            [0x04, 0x22, 0x4d, 0x18, ..] => Some(Self::Lz4),
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Skippable),
            _ => None,
        }
    }
}

/// Whether an input that begins with `octets` is compressed in a way that can
/// be read.
pub(super) const fn is_compressed(octets: &[u8]) -> bool {
    MemberFormat::of(octets).is_some()
}

/// What to do with a file that is compressed in another way.
///
/// There are decoders of xz and bzip2 in Rust alone. They would take 16 s to
/// build, and a pipe is as fast and has a processor of its own (measured).
pub(super) fn advice(octets: &[u8]) -> Option<&'static str> {
    const PIPES: [(&[u8], &str); 6] = [
        (
            b"\xfd7zX",
            "it is compressed by xz; type: xz -dc FILE | tcptrace -r -",
        ),
        (
            b"BZh",
            "it is compressed by bzip2; type: bzip2 -dc FILE | tcptrace -r -",
        ),
        (
            b"LZIP",
            "it is compressed by lzip; type: lzip -dc FILE | tcptrace -r -",
        ),
        (
            b"\x1f\x9d",
            "it is compressed by compress; type: gzip -dc FILE | tcptrace -r -",
        ),
        (
            b"PK\x03\x04",
            "it is a zip archive; type: unzip -p FILE | tcptrace -r -",
        ),
        (
            b"7z\xbc\xaf",
            "it is a 7z archive; type: 7z x -so FILE | tcptrace -r -",
        ),
    ];
    let told = PIPES.iter().find(|(magic, _)| octets.starts_with(magic));
    told.map(|(_, advice)| *advice)
}

/// A window on what another one holds compressed.
pub(super) fn content(compressed: Window) -> Window {
    let path = compressed.path().to_owned();
    let content = Decompressed(Progress::Before(compressed));
    Window::on_part(path, ", decompressed", Box::new(content))
}

/// The content of a compressed input.
struct Decompressed(Progress);

/// Where in the row of members the reader is.
enum Progress {
    Before(Window),
    Inside(Box<dyn MemberDecoder>),
    Behind,
}

impl Read for Decompressed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            // Where there is nothing for now, the place is kept. Any other error
            // leaves the reader behind everything.
            let read = match &mut self.0 {
                Progress::Before(input) => input.show(MAGIC_LEN).map(|_| 0),
                Progress::Inside(decoder) => decoder.read(buffer),
                Progress::Behind => return Ok(0),
            };
            match read {
                Ok(0) => {}
                Err(error) if error.kind() != io::ErrorKind::WouldBlock => {
                    self.0 = Progress::Behind;
                    return Err(error);
                }
                read => return read,
            }
            self.0 = match mem::replace(&mut self.0, Progress::Behind) {
                Progress::Before(input) => next_member(input)?,
                Progress::Inside(decoder) => Progress::Before(decoder.into_input()),
                Progress::Behind => Progress::Behind,
            };
        }
    }
}

/// Enters the member that `input` begins with, or passes over it.
fn next_member(mut input: Window) -> io::Result<Progress> {
    let decoder: Box<dyn MemberDecoder> = match MemberFormat::of(input.octets()) {
        Some(MemberFormat::Gzip) => gzip::decoder(input),
        Some(MemberFormat::Zstd) => zstd::decoder(input),
        Some(MemberFormat::Lz4) => lz4::decoder(input),
        Some(MemberFormat::Skippable) => {
            skip(&mut input)?;
            return Ok(Progress::Before(input));
        }
        None if is_padding(&mut input)? => return Ok(Progress::Behind),
        None => {
            return Err(damage(
                &input,
                "behind the compressed data is something else",
            ));
        }
    };
    Ok(Progress::Inside(decoder))
}

/// Passes over a skippable frame.
fn skip(input: &mut Window) -> io::Result<()> {
    let mut left = SKIPPABLE_HEADER;
    if input.show_waiting(SKIPPABLE_HEADER)?
        && let [_, _, _, _, len @ ..] = input.octets()
        && let Some(&len) = len.first_chunk()
    {
        left += u32::from_le_bytes(len) as usize;
    }
    while left > 0 {
        if !input.show_waiting(1)? {
            return Err(damage(input, "a skippable frame ends early"));
        }
        let here = left.min(input.octets().len());
        input.advance(here);
        left -= here;
    }
    Ok(())
}

/// Whether nothing follows but the zeros that fill a block of a tape or disk.
fn is_padding(input: &mut Window) -> io::Result<bool> {
    while input.show_waiting(1)? {
        let visible = input.octets();
        if visible.iter().any(|&octet| octet != 0) {
            return Ok(false);
        }
        let visible = visible.len();
        input.advance(visible);
    }
    Ok(true)
}

fn damage(input: &Window, reason: &'static str) -> io::Error {
    let offset = input.offset();
    Damage { offset, reason }.into()
}
