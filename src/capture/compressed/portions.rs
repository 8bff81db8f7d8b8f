//! An input that is read portion by portion: the header of a frame, then its blocks.
//!
//! A decoder that finds no more octets inside a portion cannot go on there later. So
//! it gets one when all of it is in the window, and before that is told that there
//! is nothing for now.

use std::io::{self, Read};

use crate::capture::window::Window;

/// A place between two portions of a format.
pub(super) trait Boundary: Copy + Send {
    /// The portion that begins here.
    fn portion(self, octets: &[u8]) -> Portion<Self>;
}

/// What the first octets of a portion say of it.
pub(super) enum Portion<P> {
    /// Too little: so many octets tell more.
    Untold(usize),
    /// It has so many octets, and behind it is this place.
    Whole(usize, P),
    /// Nothing: what follows is left to the decoder.
    Rest,
}

/// A window that is read portion by portion.
pub(super) struct Portions<P> {
    pub(super) input: Window,
    /// Behind the portion that is being read.
    place: P,
    /// Octets of that portion that were not read yet.
    left: usize,
}

impl<P: Boundary> Portions<P> {
    /// `place` is where the input stands.
    pub(super) const fn new(input: Window, place: P) -> Self {
        Self {
            input,
            place,
            left: 0,
        }
    }

    /// Begins the next portion, unless one is being read. What it fails with is told
    /// by [`blame`](Window::blame).
    pub(super) fn begin(&mut self) -> io::Result<()> {
        while self.left == 0 {
            match self.place.portion(self.input.octets()) {
                Portion::Untold(octets) if self.shows(octets)? => {}
                Portion::Whole(octets, behind) => {
                    // Where the input ends before, the decoder finds that out.
                    self.shows(octets)?;
                    (self.left, self.place) = (octets, behind);
                }
                Portion::Untold(_) | Portion::Rest => self.left = usize::MAX,
            }
        }
        Ok(())
    }

    fn shows(&mut self, octets: usize) -> io::Result<bool> {
        let shown = self.input.show(octets);
        shown.map_err(|error| self.input.keep(error))
    }
}

impl<P: Boundary> Read for Portions<P> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.begin()?;
        let most = buffer.len().min(self.left);
        let read = self.input.read(&mut buffer[..most])?;
        self.left -= read;
        Ok(read)
    }
}
