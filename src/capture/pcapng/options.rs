//! What pcapng blocks are made of behind their fixed parts: options.

use crate::capture::order::Order;

/// Code, length and value, padded to four octets, up to code 0 or the end: the
/// options of a block, and the records of a name resolution block.
pub(super) struct Options<'a> {
    order: Order,
    rest: &'a [u8],
}

/// An option that is longer than its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overrun;

impl<'a> Options<'a> {
    pub(super) const fn new(order: Order, octets: &'a [u8]) -> Self {
        let rest = octets;
        Self { order, rest }
    }

    /// The first option of a code that is text.
    pub(super) fn text(mut self, wanted: u16) -> Option<&'a str> {
        let found = self.find(|option| !matches!(option, Ok((code, _)) if *code != wanted));
        let (_, value) = found?.ok()?;
        Some(text(value))
    }
}

impl<'a> Iterator for Options<'a> {
    type Item = Result<(u16, &'a [u8]), Overrun>;

    fn next(&mut self) -> Option<Self::Item> {
        let (header, behind) = self.rest.split_first_chunk::<4>()?;
        let code = self.order.u16(header, 0);
        let len = usize::from(self.order.u16(header, 2));
        if code == 0 {
            self.rest = &[];
            return None;
        }
        let value = behind.get(..len);
        self.rest = behind.get(len.next_multiple_of(4)..).unwrap_or_default();
        Some(value.map(|value| (code, value)).ok_or(Overrun))
    }
}

/// Text up to a first zero or the first octets that are no UTF-8.
pub(super) fn text(octets: &[u8]) -> &str {
    let end = octets.iter().position(|&octet| octet == 0);
    let octets = &octets[..end.unwrap_or(octets.len())];
    octets
        .utf8_chunks()
        .next()
        .map_or("", |chunk| chunk.valid())
}
