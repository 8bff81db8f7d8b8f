//! The figures that people look for first: round trips, throughput, silence.

mod legs;
mod stream;

use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::flow::Flow;

pub use legs::{Leg, Legs};
use stream::DataStream;
pub use stream::Throughput;

/// The figures of a connection; made by its first segment.
#[derive(Debug, Clone)]
pub(super) struct Figures {
    /// The latest time of a segment, counted from the beginning of the connection.
    latest: Span,
    silence: Option<Silence>,
    /// What each end sends, from its second segment with data on.
    to_server: Option<Box<DataStream>>,
    to_client: Option<Box<DataStream>>,
}

/// A time without segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// How long.
    pub lasted: Span,
    /// The frame that ended it.
    pub ended_by: NonZeroU64,
}

impl Figures {
    /// Of a connection whose first segment came at a time.
    pub(super) const fn begun_at(now: Span) -> Self {
        Self {
            latest: now,
            silence: None,
            to_server: None,
            to_client: None,
        }
    }

    /// Takes a segment, with the connection as it was before; `octets` of its data are
    /// new.
    #[inline]
    pub(super) fn take(
        &mut self,
        flow: &Flow,
        dir: Dir,
        segment: &Segment<'_>,
        now: Span,
        octets: u32,
    ) {
        if now > self.latest {
            let lasted = Span(now.0.saturating_sub(self.latest.0));
            if self.silence.is_none_or(|longest| lasted > longest.lasted) {
                self.silence = Some(Silence {
                    lasted,
                    ended_by: segment.frame,
                });
            }
            self.latest = now;
        }
        let (own, other) = match dir {
            Dir::ToServer => (&mut self.to_server, &mut self.to_client),
            Dir::ToClient => (&mut self.to_client, &mut self.to_server),
        };
        if let Some(other) = other {
            other.take_answer(segment, now, own.is_none());
        }
        if segment.payload_len == 0 {
            return;
        }
        match own {
            Some(own) => own.take_data(flow.sender(dir), segment, now, octets),
            None if octets > 0 && flow.sender(dir).data_segments > 0 => {
                let mut stream = DataStream::begun_by(flow.sender(dir), now);
                stream.take_data(flow.sender(dir), segment, now, octets);
                *own = Some(Box::new(stream));
            }
            None => {}
        }
    }

    /// The longest time without segments.
    pub(super) const fn silence(&self) -> Option<Silence> {
        self.silence
    }

    /// What is known of what an end sends.
    pub(super) const fn stream(&self, dir: Dir) -> Option<&DataStream> {
        let stream = match dir {
            Dir::ToServer => &self.to_server,
            Dir::ToClient => &self.to_client,
        };
        match stream {
            Some(stream) => Some(stream),
            None => None,
        }
    }

    /// How fast the end sends that sends in direction `dir`.
    pub(super) fn throughput(&self, flow: &Flow, dir: Dir) -> Option<Throughput> {
        self.stream(dir)?.throughput(flow.sender(dir))
    }
}
