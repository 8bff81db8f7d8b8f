//! What a format of compression has to offer.

use std::io;

use crate::capture::window::Window;

/// A decoder of one member.
pub(super) trait MemberDecoder: Send {
    /// Reads some of the content; 0 octets are its end.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize>;

    /// What follows the member.
    fn into_input(self: Box<Self>) -> Window;
}
