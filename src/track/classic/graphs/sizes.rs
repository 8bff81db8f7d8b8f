//! How large an end's segments were.

use crate::track::point::Point;

/// The values of a segment size graph, for what one end sent.
#[derive(Debug, Clone, Default)]
pub struct Sizes {
    sum: u64,
    count: u64,
}

/// What the lines show at a segment with data, octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizesAt {
    /// Its size.
    pub octets: u32,
    /// The mean so far.
    pub mean: u64,
}

impl Sizes {
    /// Takes a segment of the end.
    pub fn take(&mut self, point: &Point) -> Option<SizesAt> {
        let octets = point.payload_len;
        if octets == 0 {
            return None;
        }
        self.sum += u64::from(octets);
        self.count += 1;
        Some(SizesAt {
            octets,
            mean: self.sum / self.count,
        })
    }
}
