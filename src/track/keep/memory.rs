//! How much memory the connections take, counted as they come and go.

use crate::track::figures::Figures;
use crate::track::keep::embryo::Embryo;
use crate::track::keep::gone::Gone;
use crate::track::keep::header::Header;
use crate::track::keep::whole::Whole;
use crate::track::point::Point;
use crate::track::turns::Dialogue;
use crate::track::wants::Wants;
use crate::track::wireshark::Wireshark;

/// What an allocation costs beside what was asked for, and what the index takes
/// for a key, in octets.
const ALLOCATION: usize = 16;
const KEY: usize = 20;
/// What a connection takes for lists of its own, on average and in octets:
/// holes, what was sent lately, segments that wait for their acknowledgment.
const LISTS: usize = 512;

/// What the notes of a short connection take, in octets; of a long one the accounts
/// of the dialects take some more.
const NOTES: usize = 640;

/// Octets that are taken, and the most that may be.
#[derive(Debug)]
pub(super) struct Memory {
    taken: usize,
    most: usize,
    whole: usize,
}

impl Memory {
    /// For connections of which that is kept what is wanted.
    pub(super) const fn new(wants: Wants, most: usize) -> Self {
        let mut whole = size_of::<Option<Whole>>() + KEY + LISTS;
        if wants.wireshark {
            whole += size_of::<Wireshark>() + ALLOCATION;
        }
        if wants.zeek || wants.classic {
            whole += NOTES + ALLOCATION;
        }
        if wants.turns {
            whole += size_of::<Dialogue>() + ALLOCATION;
        }
        if wants.figures {
            whole += size_of::<Figures>() + ALLOCATION;
        }
        // Most connections are short, whatever a trace may hold.
        let points = if wants.points < 64 { wants.points } else { 64 };
        whole += size_of::<Point>() * points as usize;
        Self {
            taken: 0,
            most,
            whole,
        }
    }

    /// Whether there is more than there may be.
    pub(super) const fn is_full(&self) -> bool {
        self.taken > self.most
    }

    /// Whether there is so much that room should be made while it is made.
    pub(super) const fn is_nearly_full(&self) -> bool {
        self.taken > self.most / 8 * 7
    }

    /// How many connections that are gone may be remembered.
    pub(super) const fn most_gone(&self) -> usize {
        self.most / 8 / Self::GONE
    }

    const GONE: usize = size_of::<Option<Gone>>() + KEY;

    pub(super) const fn add_whole(&mut self) {
        self.taken += self.whole;
    }

    pub(super) const fn remove_whole(&mut self) {
        self.taken = self.taken.saturating_sub(self.whole);
    }

    pub(super) fn add_embryo(&mut self, embryo: &Embryo) {
        self.taken += Self::of_embryo(embryo);
    }

    pub(super) fn remove_embryo(&mut self, embryo: &Embryo) {
        self.taken = self.taken.saturating_sub(Self::of_embryo(embryo));
    }

    fn of_embryo(embryo: &Embryo) -> usize {
        let headers = size_of::<Header>() * embryo.headers.len();
        size_of::<Option<Embryo>>() + KEY + headers + ALLOCATION
    }
}
