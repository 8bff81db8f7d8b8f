//! The connections that began last, and the headers of their first segments.
//!
//! Of a flood most connections never have more than a segment or three. Such a
//! one is whole while it is among the latest; when others have taken its place
//! here, and it had no further segment, its headers are all that is kept.

use crate::flow_key::End;
use crate::segment::Segment;
use crate::track::flow::FlowId;
use crate::track::held::Held;
use crate::track::keep::header::Header;
use crate::track::sighting::Sighting;

/// The most segments of a connection that is kept as their headers.
pub(super) const MOST_SEGMENTS: usize = 3;
/// How many connections are in the nursery: more than begin between a SYN and
/// its answer in nearly any capture.
const MOST: usize = 1 << 15;

/// A connection in the nursery.
#[derive(Debug, Clone)]
struct Nursling {
    /// Its number; `None` where the bed is free.
    id: Option<FlowId>,
    headers: [Option<Header>; MOST_SEGMENTS],
}

impl Nursling {
    const NOBODY: Self = Self {
        id: None,
        headers: [None; MOST_SEGMENTS],
    };
}

/// Beds, taken in turn.
#[derive(Debug)]
pub(super) struct Nursery {
    most: usize,
    beds: Vec<Nursling>,
    next: usize,
}

impl Default for Nursery {
    fn default() -> Self {
        Self::of(MOST)
    }
}

impl Nursery {
    /// A nursery of so many beds, one at least.
    pub(super) const fn of(most: usize) -> Self {
        Self {
            most,
            beds: Vec::new(),
            next: 0,
        }
    }

    /// The bed that the next connection gets, and who is in it.
    pub(super) fn next_bed(&mut self) -> (u32, Option<FlowId>) {
        if self.beds.len() < self.most {
            self.beds.push(Nursling::NOBODY);
            self.next = self.beds.len() - 1;
        }
        let bed = self.next % self.most;
        self.next = bed + 1;
        (u32::try_from(bed).unwrap_or(u32::MAX), self.beds[bed].id)
    }

    /// Puts a connection into a bed, with the headers of the segments that it
    /// has had.
    pub(super) fn lay(&mut self, bed: u32, id: FlowId, headers: &[Header]) {
        let nursling = &mut self.beds[bed as usize];
        nursling.id = Some(id);
        nursling.headers = [None; MOST_SEGMENTS];
        for (place, header) in nursling.headers.iter_mut().zip(headers) {
            *place = Some(*header);
        }
    }

    /// Notes a segment of the connection in a bed; `false` where there is no room
    /// for it, so that the connection is to stay whole.
    pub(super) fn note(
        &mut self,
        bed: u32,
        segment: &Segment<'_>,
        sender: End,
        (sight, held): (Sighting, Held),
    ) -> bool {
        let nursling = &mut self.beds[bed as usize];
        let free = nursling.headers.iter_mut().find(|place| place.is_none());
        let header = Header::of(segment, sender, sight).map(|header| header.behind(held));
        if let (Some(free), Some(header)) = (free, header) {
            *free = Some(header);
            return true;
        }
        nursling.id = None;
        false
    }

    /// The headers of the segments of the connection in a bed.
    pub(super) fn headers(&self, bed: u32) -> Box<[Header]> {
        let headers = &self.beds[bed as usize].headers;
        headers.iter().flatten().copied().collect()
    }
}
