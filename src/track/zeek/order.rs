//! Which data the capture missed, as Zeek finds it: octets that were
//! acknowledged and never seen.

use crate::track::zeek::endpoint::Endpoint;

/// How much data may stand behind a hole while nothing was acknowledged.
const MOST_AHEAD: u32 = 16_384;
/// The most pieces of data that wait behind holes; after more of them nothing
/// is said about the end's data.
const MOST_PIECES: usize = 64;

/// Data behind a hole, in order and apart: where each piece begins and ends,
/// counted from the SYN.
#[derive(Debug, Clone, Default)]
pub(super) struct Ahead(Vec<(u32, u32)>);

impl Ahead {
    /// Takes data of `end` from `start` on, seen by the capture in full.
    pub(super) fn data(&mut self, end: &mut Endpoint, start: u32, len: u32) {
        let stop = start.wrapping_add(len);
        let from = later(later(start, end.acked_offset()), end.trimmed);
        if end.is_skipped || distance(stop, from) <= 0 {
            return;
        }
        if distance(from, end.complete) > 0 {
            self.insert(end, from, stop);
        } else if distance(stop, end.complete) > 0 {
            end.complete = stop;
            self.join(end);
        }
        if !end.has_nothing_acked() {
            return;
        }
        let size = end.acked_offset().max(end.complete);
        if size > MOST_AHEAD {
            end.trimmed = later(end.trimmed, end.complete);
        }
        let ahead = self
            .0
            .last()
            .map_or(0, |last| distance(last.1, end.complete));
        if ahead > MOST_AHEAD.cast_signed() {
            self.give_up(end);
        }
    }

    /// Takes an acknowledgment of everything before `ack`: how many holes it
    /// passes over.
    pub(super) fn acknowledge(&mut self, end: &mut Endpoint, ack: u32, is_partial: bool) -> u32 {
        let ack = match end.fin_end {
            Some(fin_end) if distance(ack, fin_end) >= 0 => fin_end.wrapping_sub(1),
            _ => ack,
        };
        if distance(ack, end.trimmed) <= 0 {
            return 0;
        }
        end.trimmed = ack;
        // The start was invented, or the first segment was a keep-alive.
        let is_invented = is_partial && ack <= 2;
        if distance(ack, end.complete) <= 0 || is_invented {
            return 0;
        }
        let mut holes = 0;
        let behind = self.0.partition_point(|piece| distance(piece.0, ack) < 0);
        for (start, stop) in self.0.drain(..behind) {
            holes += u32::from(distance(start, end.complete) > 0);
            end.complete = later(end.complete, stop);
        }
        if distance(ack, end.complete) > 0 {
            holes += 1;
            end.complete = ack;
        }
        self.join(end);
        if end.is_skipped { 0 } else { holes }
    }

    fn insert(&mut self, end: &mut Endpoint, start: u32, stop: u32) {
        let first = self.0.partition_point(|piece| distance(piece.1, start) < 0);
        let after = self.0.partition_point(|piece| distance(piece.0, stop) <= 0);
        let touched = self.0.get(first..after).unwrap_or_default();
        let whole = touched.iter().fold((start, stop), |whole, piece| {
            (earlier(whole.0, piece.0), later(whole.1, piece.1))
        });
        self.0.splice(first..after.max(first), [whole]);
        if self.0.len() > MOST_PIECES {
            self.give_up(end);
        }
    }

    /// Moves on over the pieces that a hole no longer parts from the rest.
    fn join(&mut self, end: &mut Endpoint) {
        let reached = self
            .0
            .iter()
            .take_while(|piece| {
                let follows = distance(piece.0, end.complete) <= 0;
                if follows {
                    end.complete = later(end.complete, piece.1);
                }
                follows
            })
            .count();
        self.0.drain(..reached);
    }

    fn give_up(&mut self, end: &mut Endpoint) {
        self.0 = Vec::new();
        end.is_skipped = true;
    }
}

const fn distance(to: u32, from: u32) -> i32 {
    to.wrapping_sub(from).cast_signed()
}

const fn later(a: u32, b: u32) -> u32 {
    if distance(a, b) > 0 { a } else { b }
}

const fn earlier(a: u32, b: u32) -> u32 {
    if distance(a, b) < 0 { a } else { b }
}
