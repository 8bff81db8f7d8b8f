//! Byte orders, and numbers in them.

/// The byte order of a file, or of a section of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    /// A number at an offset; 0 where it is not there.
    #[inline]
    pub(super) fn u16(self, octets: &[u8], at: usize) -> u16 {
        let octets = chunk(octets, at);
        match self {
            Self::Little => u16::from_le_bytes(octets),
            Self::Big => u16::from_be_bytes(octets),
        }
    }

    /// A number at an offset; 0 where it is not there.
    #[inline]
    pub(super) fn u32(self, octets: &[u8], at: usize) -> u32 {
        let octets = chunk(octets, at);
        match self {
            Self::Little => u32::from_le_bytes(octets),
            Self::Big => u32::from_be_bytes(octets),
        }
    }

    /// The numbers that `octets` begins with; `None` where there are fewer.
    #[inline]
    pub(super) fn words<const COUNT: usize>(self, octets: &[u8]) -> Option<[u32; COUNT]> {
        let words = octets.as_chunks::<4>().0.first_chunk::<COUNT>()?;
        Some(match self {
            Self::Little => words.map(u32::from_le_bytes),
            Self::Big => words.map(u32::from_be_bytes),
        })
    }

    pub(super) fn i64(self, octets: [u8; 8]) -> i64 {
        match self {
            Self::Little => i64::from_le_bytes(octets),
            Self::Big => i64::from_be_bytes(octets),
        }
    }
}

#[inline]
fn chunk<const LEN: usize>(octets: &[u8], at: usize) -> [u8; LEN] {
    let rest = octets.get(at..).unwrap_or_default();
    rest.first_chunk().copied().unwrap_or([0; LEN])
}
